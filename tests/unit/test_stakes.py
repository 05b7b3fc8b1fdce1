"""How much hangs on a contradiction, beside what NetworkX counts on small graphs."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.analytics.stakes import at_stake
from graphkit.graph.parts import Parts, of_resolved
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.ingest.batch import gather
from graphkit.ingest.record import Record
from graphkit.model.decision import Decided
from graphkit.model.entity import resolve
from graphkit.model.schema import Catalog
from graphkit.settings import shipped

CATALOG = Catalog.load(shipped("schema"))
SOURCES = [
    {"kind": "Source", "id": "s", "name": "one"},
    {"kind": "Source", "id": "t", "name": "two"},
    {"kind": "Source", "id": "copy", "name": "copy", "based_on": ["t"]},
]
IDS = "abcdefgh"
LINKS = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(IDS), st.sampled_from(["PART_OF", "COOPERATES_WITH"])), max_size=14
)


def snapshot(*records: dict[str, Any]) -> Snapshot:
    bodies = [{"kind": "Organization", "id": id_, "name": id_, "source": "s"} for id_ in IDS]
    rows = [Record(f"x:{number}", data) for number, data in enumerate([*SOURCES, *bodies, *records], start=1)]
    batch = gather(rows, CATALOG, lambda ids: {}, "2026-11-24")
    assert batch.rejects == []
    sources = batch.registers["Source"]
    resolved = resolve(batch.claims, sources, Decided(batch.registers["Decision"]), CATALOG)
    made = of_resolved(resolved, sources.with_columns(n_claims=pl.lit(0)), pl.DataFrame())
    return Snapshot(Parts.given(made), Scope(("c",)), "1")


def link(start: str, end: str, kind: str = "PART_OF", source: str = "s", **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "from": start, "to": end, "source": source} | fields


def denied(start: str, end: str, kind: str = "PART_OF", source: str = "t") -> dict[str, Any]:
    return link(start, end, kind, source, stance="denies")


def size(id_: str, size: int, source: str) -> dict[str, Any]:
    return {"kind": "Incident", "id": id_, "killed": size, "source": source}


@settings(max_examples=60, deadline=None)
@given(LINKS, st.integers(0, 2**16))
def test_what_hangs_on_a_relation_is_what_is_near_cut_off_and_said(
    links: list[tuple[str, str, str]], seed: int
) -> None:
    made = [(start, end, kind) for start, end, kind in dict.fromkeys(links) if start != end]
    doubted = random.Random(seed).sample(made, min(3, len(made)))
    view = snapshot(*(link(*one) for one in made), *(denied(*one) for one in doubted))
    graph = view.networkx.to_undirected()
    rows = at_stake(view)
    assert set(rows["about"]) == set(view.conflicts["about"])
    for row in rows.iter_rows(named=True):
        ends = {row["from"], row["to"]}
        near = {other for end in ends for other in graph.neighbors(end)} - ends
        apart = nx.Graph([(a, b) for a, b, key in graph.edges(keys=True) if key != row["about"]])
        apart.add_nodes_from(graph)
        a, b = (nx.node_connected_component(apart, end) for end in (row["from"], row["to"]))
        assert row["linked"] == len(near)
        assert row["cut_off"] == (0 if a == b else min(len(a), len(b)))
        assert row["at_stake"] == row["linked"] + row["cut_off"] + 2
    assert rows.equals(rows.sort("at_stake", "about", "property", descending=[True, False, False]))


def test_on_a_property_hangs_what_its_thing_is_linked_to() -> None:
    place = link("i", "p", "OCCURRED_AT")
    records = [size("i", 4, "s"), size("i", 6, "t"), size("j", 4, "s"), size("j", 6, "t")]
    rows = at_stake(snapshot({"kind": "Place", "id": "p", "name": "P", "source": "s"}, place, *records))
    told = rows.select("about", "at_stake", "linked", "cut_off", "n_independent", "kinds").rows()
    assert told == [("i", 3, 1, 0, 2, ["Incident"]), ("j", 2, 0, 0, 2, ["Incident"])]


@pytest.mark.parametrize("more", [[link("b", "a", "COOPERATES_WITH")], [link("a", "c"), link("c", "b")]])
def test_what_another_way_leads_to_is_not_cut_off(more: list[dict[str, Any]]) -> None:
    alone = at_stake(snapshot(link("a", "b"), denied("a", "b")))
    assert alone["cut_off"].to_list() == [1]
    assert at_stake(snapshot(link("a", "b"), denied("a", "b"), *more))["cut_off"].to_list() == [0]


def test_a_disputed_property_of_a_relation_cuts_nothing_off() -> None:
    planned = [link("a", "b", "COOPERATES_WITH", source, planned=said) for source, said in (("s", True), ("t", False))]
    (row,) = at_stake(snapshot(*planned)).to_dicts()
    assert (row["property"], row["cut_off"], row["from"], row["to"]) == ("planned", 0, "a", "b")
    assert row["kinds"] == ["COOPERATES_WITH", "Organization"]


def test_copies_of_a_source_add_no_weight() -> None:
    records = [size("i", 4, "s"), size("i", 6, "t")]
    before, after = at_stake(snapshot(*records)), at_stake(snapshot(*records, size("i", 6, "copy")))
    assert before["at_stake"].to_list() == after["at_stake"].to_list() == [2]
    assert (before["n_sources"].to_list(), after["n_sources"].to_list()) == ([2], [3])


def test_where_nothing_is_contradicted_the_table_has_the_same_columns() -> None:
    said = [link("a", "b", "COOPERATES_WITH", source, stance="denies") for source in ("s", "t")]
    assert at_stake(snapshot(*said)).is_empty()
    assert at_stake(snapshot()).columns == at_stake(snapshot(size("i", 4, "s"), size("i", 6, "t"))).columns
