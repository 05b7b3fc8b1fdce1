"""What is erased is nowhere under the store, does not come back, and leaves the graph that a rebuild gives."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit import flow
from graphkit.documents import Folder
from graphkit.errors import ChooseAgain, NotFound
from graphkit.last_used import LastUsed
from graphkit.stores import Store, open_store
from tests.budget import budget
from tests.contracts.world import (
    A_DECISION,
    LATER,
    ME,
    MORE,
    ORGANIZATIONS,
    PERSONS,
    SOURCES,
    WORLD,
    decide,
    is_a_rebuild,
)
from tests.remains import answers_holding, files_holding

REASON = flow.Reason("A. Analyst", "asked for by letter")
ZORA = "zora-vantongeren"
NAMES = [ZORA, "Zora Vantongeren", "Vantongeren"]
PAPER = {"kind": "Source", "id": "paper", "name": "The Paper", "cases": ["c"]}
TOLD = {"kind": "Source", "id": "told-by-hush", "name": "Hushed talks", "cases": ["c"], "based_on": ["paper"]}
HOUSE = {"kind": "Organization", "id": "house", "name": "The House", "source": "paper"}
OWN = [
    {"kind": "Person", "id": ZORA, "name": "Zora Vantongeren", "position": "envoy", "source": "paper"},
    {"kind": "EMPLOYED_BY", "from": ZORA, "to": "house", "role": "head of Vantongeren", "source": "paper"},
    {"kind": "Incident", "id": "fire", "name": "Fire", "killed": 3, "source": "paper", "claimant": ZORA},
    {"kind": "COOPERATES_WITH", "from": "house", "to": ZORA, "source": "told-by-hush", "locator": "page 2"},
]
OTHERS = [
    HOUSE,
    {"kind": "Person", "id": "kim", "name": "Kim", "source": "paper"},
    {"kind": "Incident", "id": "fire", "name": "Fire", "injured": 2, "source": "told-by-hush"},
]


@pytest.fixture
def held(store: Store, load: Any) -> Store:
    load(store, PAPER, TOLD, *OTHERS)
    load(store, *OWN)
    return store


def remains(store: Store, folder: Path, words: list[str]) -> list[Any]:
    """Return where the words still stand; the files of a server are its own, and the loaded ones the analyst's."""
    (folder / "records.jsonl").unlink(missing_ok=True)
    return [*files_holding(folder, words), *answers_holding(store, words)]


def test_an_erased_person_is_nowhere_and_all_else_is_as_it_was(
    held: Store, tmp_path: Path, last_used: LastUsed, load: Any, claims_of: Any, graph_of: Any, rebuilt: Any
) -> None:
    last_used.say(held.address, "c", {"source": "paper", "claimant": ZORA})
    assert remains(held, tmp_path, [ZORA])
    before = held.claims()
    made = flow.erase(held, ZORA, REASON, last_used)
    assert (made.kind, made.claims, made.decisions, made.documents) == ("Person", 7, 0, 0)
    assert (made.mentions, made.entries, made.merged_with) == ([], [], [])
    assert remains(held, tmp_path, NAMES) == []
    left = held.claims()
    assert left.equals(before.join(left, on="id", how="semi"))
    assert len(left) == len(before) - 7
    is_a_rebuild(held, graph_of, rebuilt)
    (tombstone,) = held.register("Tombstone").to_dicts()
    assert tombstone["id"] == made.tombstone
    assert (tombstone["what"], tombstone["who"], tombstone["why"]) == ("Person", "A. Analyst", "asked for by letter")


def test_a_source_goes_with_its_claims_documents_and_what_others_say_they_rest_on(
    held: Store, tmp_path: Path, last_used: LastUsed, load: Any, graph_of: Any, rebuilt: Any
) -> None:
    found = flow.Collected("me", "2024")
    flow.attach(held, "paper", "of-paper.txt", b"Only the paper has this.", found)
    for source in ("paper", "told-by-hush"):
        flow.attach(held, source, "shared.txt", b"Both have this.", found)
    flow.retract(held, ME, ["paper", "told-by-hush"])
    made = flow.erase(held, "paper", REASON, last_used)
    assert (made.kind, made.documents, made.decisions) == ("Source", 2, 0)
    assert set(held.claims()["source"]) == {"told-by-hush"}
    assert [path.read_bytes() for path in Folder.of(held.address).files()] == [b"Both have this."]
    assert flow.verify(held).unwell == []
    (source,) = held.register("Source").to_dicts()
    assert (source["id"], source["based_on"] or []) == ("told-by-hush", [])
    (decision,) = held.register("Decision").to_dicts()
    assert decision["about"] == ["told-by-hush"]
    assert remains(held, tmp_path, ["The Paper", "of-paper", "Only the paper", "kim"]) == []
    is_a_rebuild(held, graph_of, rebuilt)


def test_records_that_name_it_are_rejected_from_then_on(
    held: Store, last_used: LastUsed, load: Any, claims_of: Any, graph_of: Any
) -> None:
    flow.erase(held, ZORA, REASON, last_used)
    before = claims_of(held), graph_of(held)
    merge = {"kind": "Decision", "id": "m", "action": "merge", "about": ["kim", ZORA], "who": "A", "why": "b"}
    report = load(held, PAPER, TOLD, *OTHERS, *OWN, merge | {"when": "2024"})
    assert (report.rejected, report.new_claims) == (5, 0)
    assert {reject.field for reject in report.rejects} == {"id", "from", "to", "claimant", "about"}
    for reject in report.rejects:
        assert reject.problem.startswith("names something that was erased on 20")
    assert (claims_of(held), graph_of(held)) == before
    flow.erase(held, "told-by-hush", REASON, last_used)
    report = load(held, TOLD, OTHERS[-1], {**PAPER, "id": "other", "based_on": ["told-by-hush"]})
    assert [reject.field for reject in report.rejects] == ["id", "source", "based_on"]
    assert len(set(held.register("Tombstone")["salt"])) == 1


def test_words_of_others_are_listed_and_erased_when_asked(
    held: Store, tmp_path: Path, last_used: LastUsed, load: Any, graph_of: Any, rebuilt: Any
) -> None:
    says = {"kind": "Person", "id": "kim", "position": "aide", "source": "paper", "summary": "As Vantongeren's aide"}
    quotes = {**says, "position": "friend", "summary": None, "quote": "I met ZORA VANTONGEREN."}
    load(held, says, quotes, {**PAPER, "publisher": "Zora Vantongeren"})
    flow.merge(held, flow.Maker("M", "Zora Vantongeren says so", "c"), ["kim", ZORA])
    flow.withdraw(held, flow.Maker("M", "Not by Zora Vantongeren", "c"), held.claims(about=["house"])["id"].to_list())
    told = flow.erasure(held, ZORA)
    (named,) = told.mentions
    assert held.claims_by_id([named])["quote"].to_list() == ["I met ZORA VANTONGEREN."]
    assert told.entries == ["Source paper", *(e for e in told.entries if e.startswith("Decision withdraw-"))]
    assert (told.decisions, told.merged_with) == (1, ["kim"])
    made = flow.erase(held, ZORA, REASON, last_used, with_mentions=True)
    assert (made.mentions, made.entries) == ([], ["Source paper"])
    assert held.claims_by_id([named]).is_empty()
    assert held.register("Decision")["why"].to_list() == ["erased"]
    load(held, {**PAPER, "publisher": "The House"})
    assert remains(held, tmp_path, NAMES[:2]) == []
    is_a_rebuild(held, graph_of, rebuilt)
    assert [reject.field for reject in load(held, quotes).rejects] == ["summary"]


def test_what_a_correction_ties_together_goes_together(
    held: Store, last_used: LastUsed, graph_of: Any, rebuilt: Any
) -> None:
    old, *_ = held.claims(about=["fire"]).filter(pl.col("property") == "injured")["id"]
    made = flow.correct(held, ME, old, {"claimant": ZORA})
    assert flow.erase(held, ZORA, REASON, last_used).decisions == 1
    assert held.claims_by_id([old, made["by"]]).is_empty()
    assert held.register("Decision").is_empty()
    is_a_rebuild(held, graph_of, rebuilt)


@pytest.mark.parametrize(
    ("id_", "says"),
    [
        ("nobody", "Nothing named 'nobody'"),
        ("c", "'c' is a case"),
        ("claim", "is a Claim"),
        ("tombstone", "is a Tombstone"),
        ("told-by-hush", "was erased on"),
    ],
)
def test_what_cannot_be_erased_says_so_and_changes_nothing(
    held: Store, last_used: LastUsed, id_: str, says: str
) -> None:
    made = flow.erase(held, "told-by-hush", REASON, last_used)
    given = {"claim": held.claims()["id"][0], "tombstone": made.tombstone}.get(id_, id_)
    before = held.version()
    with pytest.raises((ChooseAgain, NotFound), match=says) as problem:
        flow.erase(held, str(given), REASON, last_used)
    assert "\n" not in str(problem.value)
    assert held.version() == before


@pytest.mark.parametrize("why", ["Zora Vantongeren asked", f"about {ZORA.upper()}", " "])
def test_a_reason_must_not_name_what_goes(held: Store, last_used: LastUsed, why: str) -> None:
    before = held.version()
    with pytest.raises(ChooseAgain, match="--why"):
        flow.erase(held, ZORA, flow.Reason("A", why), last_used)
    assert held.version() == before


def test_a_tombstone_is_made_by_the_command_alone(held: Store, load: Any) -> None:
    report = load(held, {"kind": "Tombstone", "id": "t", "what": "Person", "salt": "00", "hash": "00"})
    assert [reject.problem for reject in report.rejects] == [
        "'Tombstone' is made by 'graphkit erase' alone; leave this record out"
    ]


@pytest.mark.timeout(1800)
@given(steps=st.lists(A_DECISION, max_size=6), erased=st.lists(st.integers(0, 2**32), min_size=1, max_size=3))
@budget(5, many=10)
def test_after_any_decisions_and_erasures_the_graph_is_a_rebuild(
    empty_place: Any,
    tmp_path_factory: Any,
    load: Any,
    last_used: Any,
    graph_of: Any,
    rebuilt: Any,
    steps: Any,
    erased: Any,
) -> None:
    store = open_store(empty_place(tmp_path_factory.mktemp("erased")), flow.catalog())
    load(store, *WORLD, *MORE, *LATER)
    for what, seed in steps:
        try:
            decide(store, load, what, seed)
        except ChooseAgain:
            continue
    for seed in erased:
        before = store.claims()
        id_ = random.Random(seed).choice([*PERSONS, *ORGANIZATIONS, *SOURCES])
        try:
            flow.erase(store, id_, REASON, last_used, with_mentions=seed % 2 == 0)
        except (ChooseAgain, NotFound):
            continue
        left = store.claims()
        assert left.equals(before.join(left, on="id", how="semi"))
        assert id_ not in {*left["anchor"], *left["claimant"], *left["value"], *left["source"]}
        decisions = store.register("Decision")
        assert id_ not in set(decisions["about"].explode()) | set(decisions["keep"])
        assert graph_of(store) == rebuilt(store)
    is_a_rebuild(store, graph_of, rebuilt)
    store.close()
