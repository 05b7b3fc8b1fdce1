"""What a store says of what was written to it."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from graphkit import flow
from graphkit.errors import StoreMissing
from graphkit.ingest import readers
from graphkit.ingest.batch import Batch, gather
from graphkit.model.claim import COLUMNS, RATED
from graphkit.model.source import REGISTERS
from graphkit.settings import shipped
from graphkit.stores import Store

READS = {
    "version": lambda store: store.version(),
    "claims": lambda store: store.claims(),
    "claims_by_id": lambda store: store.claims_by_id(["x"]),
    "ratings": lambda store: store.ratings(["x"]),
    "register": lambda store: store.register("Source"),
    "kinds_of": lambda store: store.kinds_of(["x"]),
    "graph": lambda store: store.graph(),
    "outline": lambda store: store.outline(),
    "nodes": lambda store: store.nodes("Person"),
    "relations": lambda store: store.relations(["id"]),
    "claims_by_source": lambda store: store.claims_by_source(),
    "in_doubt": lambda store: store.in_doubt(),
    "claims_on": lambda store: store.claims_on(["x"]),
    "claims_holding": lambda store: store.claims_holding(["x"]),
    "claims_starting": lambda store: store.claims_starting("0", 5),
    "claims_touching": lambda store: store.claims_touching("x", 10),
    "search": lambda store: store.search("x", 10),
    "stats": lambda store: store.stats(),
    "protected_ids": lambda store: store.protected_ids(),
    "aliases": lambda store: store.aliases(["x"]),
    "query": lambda store: store.query("RETURN 1 AS a", {}, 1, 5),
}


def test_every_read_of_a_view_is_among_these_reads() -> None:
    from graphkit.stores.view import View

    assert View.__abstractmethods__ | {"query"} == set(READS)


@pytest.mark.parametrize("read", READS)
def test_reading_a_store_that_is_not_there_says_how_to_make_one(store: Store, read: str) -> None:
    assert not store.exists()
    with pytest.raises(StoreMissing, match="graphkit load"):
        READS[read](store)
    assert not store.exists()


@pytest.fixture(scope="module")
def written() -> Batch:
    """The seed as it is given to a store, read without one."""
    records = (record for path in readers.files([shipped("seed")]) for record in readers.read(path))
    return gather(records, flow.catalog(), lambda ids: {}, "2026-01-01")


def same(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    return one.sort("id").drop("recorded_at").equals(other.sort("id").drop("recorded_at"))


def test_all_claims_come_back_as_they_were_written(seed: Store, written: Batch) -> None:
    held = seed.claims()
    assert held.schema == pl.Schema(COLUMNS)
    assert same(held, written.claims)


def test_claims_of_some_sources_are_those_claims(seed: Store, written: Batch) -> None:
    for source in written.cited:
        assert same(seed.claims(sources=[source]), written.claims.filter(pl.col("source") == source))
    two = written.cited[:2]
    assert same(seed.claims(sources=two), written.claims.filter(pl.col("source").is_in(two)))


def test_claims_about_some_things_are_those_claims(seed: Store, written: Batch) -> None:
    wanted = written.claims["about"].unique().sort()[::97].to_list()
    assert len(wanted) > 10
    assert same(seed.claims(about=wanted), written.claims.filter(pl.col("about").is_in(wanted)))


def test_about_and_sources_together_narrow_each_other(seed: Store, written: Batch) -> None:
    row = written.claims.row(5, named=True)
    both = (pl.col("about") == row["about"]) & (pl.col("source") == row["source"])
    assert same(seed.claims(about=[row["about"]], sources=[row["source"]]), written.claims.filter(both))


def test_no_ids_are_no_claims(seed: Store) -> None:
    for none in (seed.claims(about=[]), seed.claims(sources=[]), seed.claims_by_id([]), seed.claims(about=["nobody"])):
        assert none.is_empty()
        assert none.schema == pl.Schema(COLUMNS)


def test_claims_by_id_are_the_known_ones_among_them(seed: Store, written: Batch) -> None:
    wanted = written.claims["id"].sort()[::211].to_list()
    among = written.claims.filter(pl.col("id").is_in(wanted))
    assert same(seed.claims_by_id([*wanted, "0" * 32]), among)
    found = seed.ratings([*wanted, "0" * 32])
    assert found.sort("id").equals(among.select(list(RATED)).sort("id"))


def test_very_many_ids_are_looked_up_as_few_are(seed: Store, written: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [*written.claims["id"], "0" * 32]
    things = sorted({*written.claims["anchor"], *written.claims["source"], "nobody"})
    few = seed.ratings(ids).sort("id"), seed.kinds_of(things)
    monkeypatch.setattr("graphkit.stores.embedded._MANY", 10)
    assert seed.ratings(ids).sort("id").equals(few[0])
    assert seed.kinds_of(things) == few[1]
    assert few[0].equals(written.claims.select(list(RATED)).sort("id"))


def test_every_field_of_a_claim_comes_back(store: Store, load: Any) -> None:
    every = {
        "kind": "Person", "id": "p", "position": "Mayor\nof 'A' \"B\" \\ `C` 昆明 \U0001f600", "source": "s",
        "claimant": "p", "said_at": "2014", "recorded_at": "2015-01-01", "valid_from": "2013",
        "valid_to": "2016", "confidence": 0,
        "credibility": 2, "stance": "reports", "modality": "alleged", "locator": "page 2", "quote": "q", "summary": "s",
        "note": "n", "resolution": "r", "raw": "MAYOR", "lang": "en",
    }  # fmt: skip
    load(
        store,
        {"kind": "Source", "id": "s", "name": "S"},
        {"kind": "Person", "id": "p", "name": "P", "source": "s"},
        every,
    )
    held = store.claims().filter(property="position").row(0, named=True)
    given = {name: value for name, value in every.items() if name not in ("kind", "id", "position")}
    assert {name: held[name] for name in given} == given
    assert held["value"] == every["position"]
    assert (held["kind"], held["anchor"], held["claimant_kind"]) == ("Person", "p", "Person")
    assert set(RATED) <= held.keys()


def test_kinds_are_known_of_entities_and_registers_alike(seed: Store) -> None:
    registered = {"china-daily-2014-11-28": "Source", "article": "Case", "read-us-ministry-of-justice": "Decision"}
    assert seed.kinds_of([*registered, "yang-shaowen", "nobody", "Person"]) == {**registered, "yang-shaowen": "Person"}
    everything = {id_: kind for kind, rows in seed.graph()[0].items() for id_ in rows["id"]}
    assert seed.kinds_of(list(everything)) == everything


@pytest.mark.parametrize("kind", REGISTERS)
def test_registers_come_back_with_their_lists_and_gaps(seed: Store, written: Batch, kind: str) -> None:
    held, given = seed.register(kind), written.registers[kind].sort("id")
    assert held["id"].to_list() == given["id"].to_list()
    assert held.schema == given.schema
    for mine, theirs in zip(held.to_dicts(), given.to_dicts(), strict=True):
        assert {name: value or None for name, value in mine.items()} == {n: v or None for n, v in theirs.items()}


def test_a_case_without_a_name_is_called_by_its_id(store: Store, load: Any) -> None:
    load(store, {"kind": "Case", "id": "quiet"}, {"kind": "Source", "id": "s", "name": "S", "cases": ["cited"]})
    called = [("cited", "cited"), ("quiet", "quiet")]
    assert store.register("Case").select("id", "name").rows() == called
    asked = store.query("MATCH (c:`Case`) RETURN c.id AS id, c.name AS name ORDER BY id", {}, 10, 30)
    assert [tuple(row) for row in asked.rows] == called
    load(store, {"kind": "Case", "id": "quiet", "name": "The quiet one"})
    assert store.register("Case").select("id", "name").rows() == [("cited", "cited"), ("quiet", "The quiet one")]


def test_a_source_keeps_its_lists_when_another_has_none(store: Store, load: Any) -> None:
    full = {
        "kind": "Source",
        "id": "a",
        "name": "A",
        "authors": ["X, Y", "Z|W"],
        "based_on": ["b"],
        "cases": ["c", "d"],
    }
    load(store, full, {"kind": "Source", "id": "b", "name": "B"})
    held = {row["id"]: row for row in store.register("Source").to_dicts()}
    assert (held["a"]["authors"], held["a"]["based_on"], held["a"]["cases"]) == (["X, Y", "Z|W"], ["b"], ["c", "d"])
    assert (held["b"]["authors"] or None, held["b"]["reliability"], held["b"]["cases"]) == (None, None, ["default"])


def test_claims_touching_a_thing_are_found_from_either_end_denials_too(store: Store, load: Any) -> None:
    link = {"kind": "MEMBER_OF", "from": "p", "to": "o", "claimant": "q", "source": "s"}
    load(
        store,
        {"kind": "Source", "id": "s", "name": "S"},
        *({"kind": "Person", "id": id_, "name": id_, "source": "s"} for id_ in ("p", "q")),
        {"kind": "Organization", "id": "o", "name": "p", "source": "s"},
        {**link, "stance": "denies"},
    )
    denial = store.claims().filter(stance="denies")["id"][0]
    names = dict(store.claims().filter(property="name").select("subject", "id").iter_rows())
    assert set(store.claims_touching("p", 10)["id"]) == {denial, names["p"]}
    assert set(store.claims_touching("o", 10)["id"]) == {denial, names["o"]}
    assert set(store.claims_touching("q", 10)["id"]) == {names["q"], denial}
    assert store.graph()[1].is_empty()


def test_claims_touching_stop_at_the_limit_in_the_order_of_their_ids(seed: Store) -> None:
    hub = max(seed.graph()[1]["to"].value_counts().iter_rows(), key=lambda row: row[1])[0]
    everything = seed.claims_touching(hub, 10_000)
    assert len(everything) > 10
    assert seed.claims_touching(hub, 10)["id"].to_list() == everything["id"].sort()[:10].to_list()


def test_search_ignores_case(seed: Store) -> None:
    found = seed.search("KUNMING", 100)
    assert found
    assert found == seed.search("kunming", 100) == sorted(found)
    assert seed.search("no such thing anywhere", 100) == []


def test_search_finds_every_name_in_every_script(store: Store, load: Any) -> None:
    place = {"kind": "Place", "id": "p", "source": "s"}
    names = ("Kunming", "昆明", "Куньмин", "Émile", "STRASSE")
    load(store, {"kind": "Source", "id": "s", "name": "S"}, *({**place, "name": name} for name in names))
    load(store, {**place, "id": "q", "name": "Elsewhere"})
    for text in ("昆明", "куНЬ", "émi", "ÉMI", "strasse", "kunm"):
        assert store.search(text, 10) == ["p"]


def test_search_stops_at_the_limit(seed: Store) -> None:
    assert len(seed.search("a", 7)) == 7


def test_search_takes_every_sign_as_it_is(store: Store, load: Any) -> None:
    signs = ["'", '"', "\\", "`", "%", "*", ".*", "$text", "{", "//"]
    people = [{"kind": "Person", "id": f"p{n}", "name": f"a{sign}b", "source": "s"} for n, sign in enumerate(signs)]
    load(store, {"kind": "Source", "id": "s", "name": "S"}, *people)
    for sign in signs:
        assert store.search(sign, 100) == [p["id"] for p in people if sign in p["name"]]


def test_stats_count_what_is_there(seed: Store) -> None:
    nodes, relations = seed.graph()
    assert seed.stats() == {
        "claims": len(seed.claims()),
        "sources": len(seed.register("Source")),
        "cases": len(seed.register("Case")),
        "decisions": len(seed.register("Decision")),
        "entities": sum(map(len, nodes.values())),
        "relations": len(relations),
    }


def test_statements_of_a_store_that_is_closed_and_opened_again_are_the_same(
    store: Store, load: Any, graph_of: Any
) -> None:
    load(store, {"kind": "Source", "id": "s", "name": "S"}, {"kind": "Person", "id": "p", "name": "P", "source": "s"})
    version, graph = store.version(), graph_of(store)
    store.close()
    again = flow.store_at(store.address)
    assert (again.version(), graph_of(again)) == (version, graph)
    again.close()


def test_protected_persons_are_known_with_their_names(store: Store, load: Any) -> None:
    person = {"kind": "Person", "source": "s"}
    load(store, {"kind": "Source", "id": "s", "name": "S"}, {**person, "id": "open", "name": "Open"})
    assert store.protected() == {}
    load(store, {**person, "id": "p", "name": "One", "protected": "witness"}, {**person, "id": "p", "name": "Two"})
    assert {id_: set(names) for id_, names in store.protected().items()} == {"p": {"One", "Two"}}
