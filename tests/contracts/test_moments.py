"""A moment of a case says the same as a picture, as a dossier, as a search and when it is asked in Cypher."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from graphkit import flow
from graphkit.errors import NotFound
from graphkit.graph.moment import Moment
from graphkit.stores import Store

MOMENTS = [
    Moment(as_of="2022-06-01"),
    Moment(as_of="2022-06-14", certainly=True),
    Moment(as_of="2021"),
    Moment(published_by="2022-06-16"),
    Moment(published_by="2022-06", certainly=True),
    Moment(as_of="2022-06-14", published_by="2022-06-16", known_on="2026-11-26"),
]
WORLD = [
    {"kind": "Source", "id": "s1", "name": "One", "published": "2014-03-01", "cases": ["c"]},
    {"kind": "Source", "id": "s2", "name": "Two", "published": "2015", "cases": ["c"]},
    {"kind": "Person", "id": "p", "name": "P", "source": "s1", "recorded_at": "2020-01-01"},
    {"kind": "Organization", "id": "o", "name": "O", "source": "s1", "recorded_at": "2020-01-01"},
    {"kind": "Incident", "id": "i", "name": "I", "date": "2014-02", "source": "s1", "recorded_at": "2020-01-01"},
    {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "valid_from": "2010", "valid_to": "2013-06", "source": "s1",
     "recorded_at": "2020-01-01"},
    {"kind": "TARGET_OF", "from": "o", "to": "i", "source": "s2", "recorded_at": "2021-01-01"},
]  # fmt: skip


def scope(moment: Moment, case: str = "c") -> flow.Scope:
    return flow.Scope((case,), moment)


@pytest.fixture
def world(store: Store, load: Any) -> Store:
    load(store, *WORLD)
    return store


def relations(store: Store, moment: Moment) -> list[str]:
    return flow.snapshot(store, scope(moment)).relations["type"].sort().to_list()


def test_what_held_on_a_day(world: Store) -> None:
    assert relations(world, Moment(as_of="2012-05-05")) == ["EMPLOYED_BY"]
    assert relations(world, Moment(as_of="2010-05-05", certainly=True)) == []
    assert relations(world, Moment(as_of="2014-02-10")) == ["TARGET_OF"]
    assert relations(world, Moment(as_of="2014-02-10", certainly=True)) == []
    assert "i" not in flow.snapshot(world, scope(Moment(as_of="2014-01-31"))).index
    assert "i" in flow.snapshot(world, scope(Moment(as_of="2014-02-10"))).index
    assert "i" not in flow.snapshot(world, scope(Moment(as_of="2014-02-10", certainly=True))).index


def test_what_had_been_published_and_recorded(world: Store) -> None:
    assert relations(world, Moment(published_by="2014-12-31")) == ["EMPLOYED_BY"]
    assert relations(world, Moment(published_by="2015-02-01")) == ["EMPLOYED_BY", "TARGET_OF"]
    assert relations(world, Moment(published_by="2015-02-01", certainly=True)) == ["EMPLOYED_BY"]
    assert relations(world, Moment(known_on="2020-06-01")) == ["EMPLOYED_BY"]


def test_a_decision_made_later_was_not_known(world: Store, load: Any) -> None:
    made = {"who": "A", "why": "one", "case": "c", "when": "2022-05-05"}
    load(world, {"kind": "Decision", "id": "d", "action": "retract", "about": "s1", **made})
    assert relations(world, Moment()) == ["TARGET_OF"]
    assert relations(world, Moment(known_on="2022-05-04")) == ["EMPLOYED_BY", "TARGET_OF"]
    assert flow.log(world, scope(Moment(known_on="2022-05-04"))).entries == []


def test_what_is_there_at_another_time_only_is_said_so(world: Store) -> None:
    with pytest.raises(NotFound, match="It is at other times: leave the date out"):
        flow.show(world, scope(Moment(as_of="2013")), "i")
    with pytest.raises(NotFound, match=r"c as of 1999, published by 1999 holds nothing. Choose another date"):
        flow.filled_snapshot(world, scope(Moment(as_of="1999", published_by="1999")))


@pytest.mark.long_on_neo4j
@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_every_way_of_looking_says_the_same(seed: Store, moment: Moment) -> None:
    at = scope(moment, "invented")
    view = flow.snapshot(seed, at)
    whole = flow.snapshot(seed, scope(Moment(), "invented"))
    assert set(view.entities["id"]) < set(whole.entities["id"])
    actors = whole.entities.filter(pl.col("kind").is_in(flow.ACTORS))["id"].to_list()
    for id_ in actors[MOMENTS.index(moment) :: len(MOMENTS)]:
        if id_ in view.index:
            found = flow.show(seed, at, id_)
            row = view.entities.row(by_predicate=pl.col("id") == id_, named=True)
            assert {name: found.node[name] for name in row} == row
            assert len(found.relations) == len(view.relation_rows(view.number(id_)))
        else:
            with pytest.raises(NotFound):
                flow.show(seed, at, id_)
    with flow.rebuilt(seed, at) as made:
        rows = flow.query(made, "MATCH (a)-[r]->(b) WHERE r.id STARTS WITH 'rel:' RETURN r.id", {}, 10_000, 60).rows
        assert sorted(id_ for (id_,) in rows) == view.relations["id"].sort().to_list()
        assert made.stats()["entities"] == len(view.entities)
