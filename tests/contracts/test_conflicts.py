"""What sources and cases contradict each other in, on every store: listed by what hangs on it, with both sides."""

from __future__ import annotations

from typing import Any

import pytest

from graphkit import flow
from graphkit.errors import ChooseAgain, NotFound
from graphkit.exports import wording
from graphkit.exports.sides import sides
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.last_used import LastUsed
from graphkit.stores import Store

RECORDS = [
    {"kind": "Source", "id": "s", "name": "A report", "publisher": "Ess Press", "published": "2024-05-02",
     "reliability": "B", "cases": ["a"]},
    {"kind": "Source", "id": "copy", "name": "A digest", "based_on": ["s"], "cases": ["a"]},
    {"kind": "Source", "id": "t", "name": "A note", "cases": ["b"]},
    {"kind": "Source", "id": "u", "name": "A log", "cases": ["a", "b"]},
    {"kind": "Organization", "id": "yard", "name": "The yard", "source": "s"},
    {"kind": "Organization", "id": "yard", "name": "Yard Ltd", "source": "t"},
    {"kind": "Organization", "id": "works", "name": "The works", "source": "s"},
    {"kind": "Incident", "id": "fire", "name": "The fire", "killed": 4, "source": "s", "locator": "page 3",
     "confidence": 70},
    {"kind": "Incident", "id": "fire", "killed": 4, "source": "copy"},
    {"kind": "Incident", "id": "fire", "killed_low": 5, "source": "t", "claimant": "yard"},
    {"kind": "Incident", "id": "flood", "name": "The flood", "date": "2024-05", "source": "u"},
    {"kind": "Incident", "id": "flood", "date": "2024-06-01/2024-06-03", "source": "u", "locator": "page 2"},
    {"kind": "COOPERATES_WITH", "from": "works", "to": "yard", "source": "s"},
    {"kind": "COOPERATES_WITH", "from": "yard", "to": "works", "source": "t", "claimant": "yard", "stance": "denies"},
    {"kind": "Tracker", "domain": "one.example", "tracker": "UA-1", "source": "s"},
    {"kind": "Tracker", "domain": "two.example", "tracker": "UA-1", "source": "t"},
]  # fmt: skip
ME = "A. Analyst"


def listed(view: Snapshot) -> list[tuple[Any, ...]]:
    return flow.conflicts(view).select("about", "property", "at_stake").rows()


def test_contradictions_come_with_their_sides_and_that_on_which_most_hangs_first(store: Store, load: Any) -> None:
    load(store, *RECORDS)
    view = flow.snapshot(store, Scope(("a", "b")))
    rows = flow.conflicts(view)
    assert rows["property"].to_list() == ["COOPERATES_WITH", "killed", "date"]
    assert rows["at_stake"].to_list() == [3, 2, 1]
    sources = {row["id"]: row for row in view.sources.to_dicts()}
    _, killed, _ = rows.to_dicts()
    one, other = sides(killed, sources, wording.called(view), flow.catalog())
    assert (one.says, one.independent, other.says, other.independent) == ("4", 1, "at least 5", 1)
    first, copied = one.voices
    told = (first.who, first.title, first.publisher, first.published, first.reliability, first.rating, first.locator)
    assert told == ("Ess Press", "A report", "Ess Press", "2024-05-02", "B", "confidence 70 of 100", "page 3")
    assert (copied.title, copied.reliability, copied.rating) == ("A digest", "not rated", "not rated")
    assert {voice.who for voice in other.voices} & {"The yard", "Yard Ltd"}


def test_a_kind_picks_things_relations_and_relations_of_such_things(store: Store, load: Any) -> None:
    load(store, *RECORDS)
    view = flow.snapshot(store, Scope(("a", "b")))
    picked = {kind: flow.conflicts(view, kind)["property"].to_list() for kind in ("Incident", "Organization", "Person")}
    assert picked == {"Incident": ["killed", "date"], "Organization": ["COOPERATES_WITH"], "Person": []}
    assert flow.conflicts(view, "COOPERATES_WITH")["property"].to_list() == ["COOPERATES_WITH"]
    for wrong in ("Source", "Tracker", "Incidnt"):
        with pytest.raises(ChooseAgain):
            flow.conflicts(view, wrong)


def test_a_case_has_only_its_own_contradictions(store: Store, load: Any) -> None:
    load(store, *RECORDS)
    assert [row[1] for row in listed(flow.snapshot(store, Scope(("a",))))] == ["date"]
    assert [row[1] for row in listed(flow.snapshot(store, Scope(("b",))))] == ["date"]


def test_two_cases_share_things_and_identifiers_and_only_together_contradict(
    store: Store, load: Any, last_used: LastUsed
) -> None:
    load(store, *RECORDS)
    found = flow.compare(store, "a", "b", last_used)
    told = {
        row["id"]: (row["name_a"], row["claims_a"], row["name_b"], row["claims_b"]) for row in found.things.to_dicts()
    }
    assert told["yard"] == ("The yard", 1, "Yard Ltd", 1)
    assert set(told) == {"yard", "works", "fire", "flood"}
    assert told["works"] == ("The works", 1, "works", 0)
    assert found.identifiers["id"].to_list() == ["tracker:UA-1"]
    assert found.conflicts["property"].to_list() == ["COOPERATES_WITH", "killed"]
    other = flow.compare(store, "b", "a", last_used)
    assert other.things.select("id", name="name_b").equals(found.things.select("id", name="name_a"))
    assert other.conflicts["about"].to_list() == found.conflicts["about"].to_list()


def test_a_case_is_compared_with_another_one_that_there_is(store: Store, load: Any, last_used: LastUsed) -> None:
    load(store, *RECORDS)
    with pytest.raises(ChooseAgain, match="named twice"):
        flow.compare(store, "a", "a", last_used)
    with pytest.raises(NotFound, match="No case named 'c'"):
        flow.compare(store, "a", "c", last_used)


def test_what_one_case_merges_is_one_thing_in_the_comparison(store: Store, load: Any, last_used: LastUsed) -> None:
    more = [
        {"kind": "Organization", "id": "yard-co", "name": "Yard Co", "source": "u"},
        {"kind": "Incident", "id": "blaze", "killed": 9, "source": "s"},
        {"kind": "Incident", "id": "blaze", "killed": 8, "source": "copy"},
        {"kind": "COOPERATES_WITH", "from": "works", "to": "yard-co", "source": "u"},
        {"kind": "COOPERATES_WITH", "from": "works", "to": "yard-co", "source": "u", "stance": "denies"},
    ]
    load(store, *RECORDS, *more)
    assert ("blaze", "killed", 1) in listed(flow.snapshot(store, Scope(("a",))))
    flow.merge(store, flow.Maker(ME, "one fire", "a"), ["blaze", "fire"], "fire")
    flow.merge(store, flow.Maker(ME, "one yard", "b"), ["yard-co", "yard"], "yard")
    found = flow.compare(store, "a", "b", last_used)
    assert found.conflicts.is_empty()
    told = {row["id"]: (row["name_a"], row["claims_a"]) for row in found.things.to_dicts()}
    assert "yard-co" not in told
    assert told["yard"][1] == 2


def test_a_hand_over_of_contradictions_names_no_protected_person(store: Store, load: Any) -> None:
    witness = [
        {"kind": "Person", "id": "jo", "name": "Jo Mellish", "protected": "witness", "source": "s"},
        {
            "kind": "Incident",
            "id": "fire",
            "killed": 6,
            "source": "u",
            "claimant": "jo",
            "locator": "as Jo Mellish said",
        },
        {"kind": "MEMBER_OF", "from": "jo", "to": "yard", "source": "s", "claimant": "works"},
        {"kind": "MEMBER_OF", "from": "jo", "to": "yard", "source": "u", "claimant": "jo", "stance": "denies"},
    ]
    load(store, *RECORDS, *witness)
    view = flow.snapshot(store, Scope(("a", "b")))
    assert "as Jo Mellish said" in flow.conflicts(view)["said_locators"].explode().to_list()
    table = flow.conflicts_to_hand_over(view)
    assert set(table["property"]) == {"MEMBER_OF", "COOPERATES_WITH", "killed", "date"}
    assert table.filter(property="MEMBER_OF")["from"].to_list() == ["protected-person-1"]
    assert "mellish" not in str(table.to_dicts()).lower()
    assert "'jo'" not in str(table.to_dicts())
    assert table["at_stake"].is_sorted(descending=True)
