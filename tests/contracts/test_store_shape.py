"""The shape of the graph that Cypher sees, the same on every store."""

from __future__ import annotations

from typing import Any

import pytest

from graphkit.stores import Store
from graphkit.stores.base import LAYOUT


def one(store: Store, cypher: str, **params: Any) -> Any:
    rows = store.query(cypher, params, 10_000, 60).rows
    assert len(rows) == 1
    return rows[0][0]


def test_a_store_names_its_layout(seed: Store) -> None:
    assert one(seed, "MATCH (g:Graphkit) RETURN g.layout AS n") == LAYOUT


def test_everything_but_claims_decisions_and_the_layout_is_an_entity(seed: Store) -> None:
    rows = seed.query("MATCH (n) RETURN labels(n) AS labels, count(*) AS n", {}, 1000, 60).rows
    plain = {tuple(labels) for labels, _ in rows if "Entity" not in labels}
    assert plain == {("Claim",), ("Decision",), ("Graphkit",)}
    assert all(len(labels) == 2 for labels, _ in rows if "Entity" in labels)
    kinds = {next(label for label in labels if label != "Entity") for labels, _ in rows if "Entity" in labels}
    assert {"Source", "Case", *seed.graph()[0]} == kinds


@pytest.mark.parametrize(("edge", "key"), [("ABOUT", "anchor"), ("FROM", "source"), ("SAID_BY", "claimant")])
def test_every_claim_hangs_on_what_it_names(seed: Store, edge: str, key: str) -> None:
    wanted = sorted(seed.claims().filter(seed.claims()[key].is_not_null()).select("id", key).rows())
    rows = seed.query(f"MATCH (c:Claim)-[:{edge}]->(n) RETURN c.id AS claim, n.id AS end", {}, 100_000, 60)
    assert rows.complete
    assert sorted(map(tuple, rows.rows)) == wanted


def test_sources_hold_the_from_edges_and_only_they(seed: Store) -> None:
    assert one(seed, "MATCH (:Claim)-[:FROM]->(n) WHERE NOT n:Source RETURN count(*) AS n") == 0


def test_kind_and_name_are_always_set(seed: Store) -> None:
    assert one(seed, "MATCH (n:Entity) WHERE n.kind IS NULL OR n.name IS NULL RETURN count(*) AS n") == 0
    assert one(seed, "MATCH (n:Entity) WHERE NOT n.kind IN labels(n) RETURN count(*) AS n") == 0


def test_every_end_has_its_kind_though_nobody_described_it(store: Store, load: Any) -> None:
    load(
        store,
        {"kind": "Source", "id": "s", "name": "S"},
        {"kind": "Redirect", "domain": "one.example", "to_domain": "two.example", "source": "s"},
    )
    rows = store.query("MATCH (a)-[:REDIRECTS_TO]->(b) RETURN a.kind, a.name, b.kind, b.name", {}, 10, 60).rows
    assert rows == [["Domain", "one.example", "Domain", "two.example"]]
    assert one(store, "MATCH (n:Domain:Entity) RETURN count(*) AS n") == 2


def test_there_is_one_relation_for_ends_and_type(seed: Store) -> None:
    doubled = "MATCH (a:Entity)-[r]->(b:Entity) WITH a, b, type(r) AS t, count(*) AS n WHERE n > 1 RETURN count(*) AS n"
    assert one(seed, doubled) == 0
    total = one(seed, "MATCH (:Entity)-[r]->(:Entity) RETURN count(*) AS n")
    assert total == seed.stats()["relations"] > 2000


def test_relations_carry_what_they_rest_on(seed: Store) -> None:
    lacking = "WHERE r.id IS NULL OR r.n_claims IS NULL OR r.n_sources IS NULL OR r.disputed IS NULL"
    assert one(seed, f"MATCH (:Entity)-[r]->(:Entity) {lacking} RETURN count(*) AS n") == 0
    spans = seed.query("MATCH (:Domain)-[r:RESOLVES_TO]->(:Host) RETURN r.spans, r.first_seen LIMIT 3", {}, 3, 60).rows
    assert all(isinstance(held, list) and held[0].startswith(first) for held, first in spans)


def test_counts_are_numbers_for_cypher(store: Store, load: Any) -> None:
    incident = {"kind": "Incident", "id": "i", "name": "I", "source": "s"}
    other = {"kind": "Incident", "id": "j", "name": "J", "source": "s"}
    load(store, {"kind": "Source", "id": "s", "name": "S"}, {**incident, "killed": 29}, other)
    assert one(store, "MATCH (i:Incident) WHERE i.killed > 28 RETURN i.killed + 1 AS n") == 30
    assert one(store, "MATCH (i:Incident {id: 'j'}) RETURN i.killed IS NULL AS n") is True
    ministry = {"kind": "Organization", "id": "m", "name": "M", "source": "s"}
    load(store, ministry, {**incident, "killed": 33, "claimant": "m"})
    both = store.query("MATCH (i:Incident {id: 'i'}) RETURN i.killed_low, i.killed_high", {}, 9, 60).rows
    assert both == [[29, 33]]
