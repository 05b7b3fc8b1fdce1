"""The stored graph is what the claims add up to, whatever was loaded in which order."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given

from graphkit import flow
from graphkit.ingest import readers
from graphkit.last_used import LastUsed
from graphkit.model.source import REGISTERS
from graphkit.settings import shipped
from graphkit.stores import Store, open_store
from tests.budget import budget
from tests.contracts.world import WORLD, loads, source


@pytest.mark.timeout(1800)
@given(steps=loads)
@budget(10, many=25)
def test_after_any_loads_the_stored_graph_is_a_rebuild(
    empty_place: Any, tmp_path_factory: Any, load: Any, graph_of: Any, rebuilt: Any, steps: Any
) -> None:
    store = open_store(empty_place(tmp_path_factory.mktemp("world")), flow.catalog())
    load(store, *WORLD)
    for step in steps:
        report = load(store, *step)
        assert not report.rejects
        assert graph_of(store) == rebuilt(store)
    store.close()


MEMBER = {"kind": "MEMBER_OF", "from": "p1", "to": "o1", "claimant": "o2", "confidence": 50}


@pytest.mark.parametrize(
    "last",
    [
        source("s2", based_on=["s1"]),
        source("s2", reliability="D"),
        {**MEMBER, "source": "s1", "stance": "retracts"},
        {**MEMBER, "source": "s1", "confidence": 90},
        {**MEMBER, "source": "s3", "stance": "denies"},
    ],
    ids=["a source that turns out a copy", "a rating of a source", "a retraction", "a rating of a claim", "a denial"],
)  # fmt: skip
def test_what_changes_the_weight_of_old_claims_changes_the_relation(
    store: Store, load: Any, graph_of: Any, rebuilt: Any, last: dict[str, Any]
) -> None:
    load(store, *WORLD, {**MEMBER, "source": "s1"}, {**MEMBER, "source": "s2", "claimant": "p3"})
    before = graph_of(store)["relations"]
    load(store, last)
    assert graph_of(store) == rebuilt(store)
    assert graph_of(store)["relations"] != before


def test_a_digest_of_two_sources_changes_nothing_of_what_they_say(store: Store, load: Any, graph_of: Any) -> None:
    load(store, *WORLD, {**MEMBER, "source": "s1"}, {**MEMBER, "source": "s2", "claimant": "p3"})
    before = graph_of(store)["relations"]
    load(store, source("s5", based_on=["s1", "s2"]))
    assert graph_of(store)["relations"] == before


def test_a_decision_that_moves_lets_go_of_what_it_was_about(
    store: Store, load: Any, graph_of: Any, rebuilt: Any
) -> None:
    position = {"kind": "Person", "position": "mayor", "source": "s1"}
    decision = {
        "kind": "Decision", "id": "d", "action": "read", "property": "position", "value": "mayor",
        "read_as": "consul", "who": "A", "when": "2026-01-01", "why": "B", "case": "c",
    }  # fmt: skip
    load(store, *WORLD, {**position, "id": "p1"}, {**position, "id": "p2"}, {**decision, "about": "p1"})
    assert graph_of(store)["Person"]["p1"]["position"] == ["consul"]
    load(store, {**decision, "about": "p2"})
    assert graph_of(store) == rebuilt(store)


def test_retracting_the_only_claim_leaves_no_trace_of_its_value(store: Store, load: Any, graph_of: Any) -> None:
    position = {"kind": "Person", "id": "p1", "position": "mayor", "source": "s1", "claimant": "o1"}
    employed = {"kind": "EMPLOYED_BY", "from": "p1", "to": "o1", "role": "clerk", "source": "s1", "claimant": "o1"}
    load(store, *WORLD, position, employed)
    assert graph_of(store)["Person"]["p1"]["position"] == ["mayor"]
    assert [row["role"] for row in graph_of(store)["relations"].values()] == [["clerk"]]
    load(store, {**position, "stance": "retracts"}, {**employed, "stance": "retracts"})
    assert "position" not in graph_of(store)["Person"]["p1"]
    assert graph_of(store)["relations"] == {}


def test_a_role_that_is_retracted_leaves_the_relation_without_it(
    store: Store, load: Any, graph_of: Any, rebuilt: Any
) -> None:
    employed = {"kind": "EMPLOYED_BY", "from": "p1", "to": "o1", "source": "s1", "claimant": "o1"}
    load(store, *WORLD, {**employed, "role": "clerk"})
    load(store, {**employed, "role": "clerk", "stance": "retracts"})
    load(store, {**employed, "said_at": "2020-01-01", "claimant": "p2"})
    assert graph_of(store) == rebuilt(store)
    assert [row.get("role") for row in graph_of(store)["relations"].values()] == [None]


def seed_records() -> list[dict[str, Any]]:
    found = [record.data for path in readers.files([shipped("seed")]) for record in readers.read(path)]
    kept = [data for data in found if data is not None]
    return [data if data["kind"] in REGISTERS else {"recorded_at": "2026-01-01", **data} for data in kept]


@pytest.fixture(scope="session")
def in_one_load(
    empty_place: Any, tmp_path_factory: pytest.TempPathFactory, graph_of: Any, claims_of: Any
) -> tuple[Any, Any]:
    folder = tmp_path_factory.mktemp("one")
    store = open_store(empty_place(folder), flow.catalog())
    file = folder / "all.json"
    file.write_text(json.dumps(seed_records()), encoding="utf-8")
    flow.load(store, [file], None, LastUsed(folder / "state"))
    held = claims_of(store), graph_of(store)
    store.close()
    return held


@pytest.mark.long_on_neo4j
@pytest.mark.parametrize("shuffle", [1, pytest.param(2, marks=pytest.mark.long)])
def test_the_seed_in_pieces_in_any_order_ends_as_the_seed_in_one_load(
    store: Store, load: Any, in_one_load: Any, claims_of: Any, graph_of: Any, rebuilt: Any, shuffle: int
) -> None:
    chance = random.Random(shuffle)
    waiting = seed_records()
    chance.shuffle(waiting)
    pieces = [waiting[place::5] for place in range(5)]
    left: list[dict[str, Any]] = []
    for piece in [*pieces, []]:
        report = load(store, *left, *piece)
        lines = [int(reject.place.rpartition(":")[2]) for reject in report.rejects]
        left = [[*left, *piece][line - 1] for line in lines]
        assert graph_of(store) == rebuilt(store)
    assert left == []
    assert (claims_of(store), graph_of(store)) == in_one_load
