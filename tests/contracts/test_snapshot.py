"""A snapshot says the same whether the store's own graph is read or all claims are resolved anew."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from graphkit import as_stored, flow
from graphkit.errors import ChooseAgain, NotFound
from graphkit.graph.moment import Moment
from graphkit.graph.parts import Parts
from graphkit.graph.scope import Scope
from graphkit.scoped import Scoped
from graphkit.stores import Store, open_store
from tests.budget import budget
from tests.contracts.world import A_DECISION, LATER, ME, MORE, WORLD, decide, loads, source

CASE = Scope(("c",))
ODD = 'p,"4" \\e'
FURTHER = [
    {"kind": "MEMBER_OF", "from": "p1", "to": "o1", "claimant": "o2", "source": "s2", "stance": "denies"},
    {"kind": "EMPLOYED_BY", "from": "p2", "to": "o2", "role": "clerk", "source": "s1", "valid_from": "2013"},
    {"kind": "EMPLOYED_BY", "from": "p2", "to": "o2", "role": "head", "source": "s4", "valid_to": "2015-06"},
    {"kind": "ATTENDED_TALKS", "from": "p1", "to": "p2", "rounds": "two", "source": "s1"},
    {"kind": "ATTENDED_TALKS", "from": "p1", "to": "p2", "rounds": "three", "source": "s3"},
    {"kind": "TARGET_OF", "from": "o1", "to": "i1", "source": "s3", "said_at": "2014", "stance": "denies"},
    {"kind": "Incident", "id": "i1", "killed": 2, "date": "2014-03-01", "source": "s1"},
    {"kind": "Incident", "id": "i1", "killed": 5, "date": "2014", "source": "s2"},
    {"kind": "Person", "id": "p3", "protected": "witness", "source": "s1"},
    {"kind": "Person", "id": ODD, "name": "  odd \\ names, 昆明\n", "position": ["", "\\e"], "source": "s1"},
    {"kind": "COOPERATES_WITH", "from": "o1", "to": ODD, "source": "s1"},
    {"kind": "Person", "id": "alone", "name": "Nobody's friend", "source": "s3"},
    {"kind": "Domain", "domain": "a.example", "source": "s3"},
]  # fmt: skip


def is_the_same_either_way(store: Store, scope: Scope = CASE) -> None:
    """Compare all parts, column by column, with those that are resolved out of all claims."""

    def compared(view: Any) -> None:
        held = Scoped(view, scope, store.catalog)
        assert as_stored.leaves_nothing_out(held)
        stored = Parts(lambda made, name: as_stored.part(held, made, name))
        for name, resolved in held.parts().items():
            assert_frame_equal(stored[name], resolved, check_exact=True)
        whole = held.snapshot()
        read = flow.snapshot(store, scope)
        for name in ("relations", "entities", "conflicts", "denials", "sources", "decisions"):
            assert_frame_equal(getattr(read, name), getattr(whole, name), check_exact=True)
        assert (read.kinds, read.protected, read.index) == (whole.kinds, whole.protected, whole.index)

    store.reading(compared)


def test_the_seed_is_the_same_either_way(seed: Store) -> None:
    is_the_same_either_way(seed, Scope(tuple(flow.cases(seed)["id"])))


def test_odd_names_protected_persons_and_conflicts_are_the_same_either_way(store: Store, load: Any) -> None:
    assert not load(store, *WORLD, *MORE, *FURTHER).rejects
    is_the_same_either_way(store)
    view = flow.snapshot(store, CASE)
    assert set(view.protected) == {"p3"}
    assert {"killed", "MEMBER_OF"} <= set(view.conflicts["property"])
    assert ODD in view.index


def _claim(store: Store, **wanted: str) -> str:
    found: str = store.claims().filter(*(pl.col(name) == value for name, value in wanted.items()))["id"][0]
    return found


DECIDED: dict[str, Any] = {
    "two that both have relations are one": lambda store: flow.merge(store, ME, ["p1", "p2"], None),
    "what is disputed is merged": lambda store: flow.merge(store, ME, ["o1", "o2"], "o2"),
    "a far end is merged with what has none": lambda store: flow.merge(store, ME, ["alone", ODD], "alone"),
    "what said that there is a relation is set aside, what disputes its rounds is not": lambda store: [
        flow.withdraw(store, ME, [claim])
        for claim in store.claims().filter(pl.col("property") == "ATTENDED_TALKS")["id"].to_list()
    ],
    "a source is retracted": lambda store: flow.retract(store, ME, ["s1"]),
    "a value is corrected": lambda store: flow.correct(
        store, ME, _claim(store, property="killed", value="5"), {"value": "2"}
    ),
    "a claim is corrected into a denial of another's": lambda store: flow.correct(
        store, ME, _claim(store, property="MEMBER_OF", stance="denies"), {"claimant": "p2"}
    ),
}


@pytest.mark.parametrize("decision", DECIDED)
def test_what_was_decided_is_the_same_either_way(store: Store, load: Any, decision: str) -> None:
    load(store, *WORLD, *MORE, *FURTHER)
    DECIDED[decision](store)
    is_the_same_either_way(store)
    flow.undo(store, ME, store.register("Decision")["id"].to_list())
    is_the_same_either_way(store)


@pytest.mark.long_on_neo4j
@pytest.mark.timeout(1800)
@given(steps=st.lists(A_DECISION, max_size=6), loaded=loads)
@budget(10, many=25)
def test_after_any_records_and_decisions_it_is_the_same_either_way(
    empty_place: Any, tmp_path_factory: Any, load: Any, steps: Any, loaded: Any
) -> None:
    store = open_store(empty_place(tmp_path_factory.mktemp("either")), flow.catalog())
    load(store, *WORLD, *MORE)
    for step in loaded:
        load(store, *step)
    for what, seed in steps:
        try:
            decide(store, load, what, seed)
        except (ChooseAgain, NotFound):
            continue
    is_the_same_either_way(store)
    store.close()


@pytest.mark.parametrize(
    "scope", [CASE, Scope(("other",)), Scope(("c", "other"), Moment(known_on="2020-06-01"))], ids=str
)
def test_a_scope_that_leaves_anything_out_is_resolved(store: Store, load: Any, scope: Scope) -> None:
    load(store, *WORLD, source("s5", cases=["other"]), {"kind": "Person", "id": "p1", "name": "Q", "source": "s5"})
    held = Scoped(store.view(), scope, store.catalog)
    assert not as_stored.leaves_nothing_out(held)
    names = {("c",): ["P1"], ("other",): ["Q"]}.get(scope.cases, [])
    assert flow.snapshot(store, scope).entities.filter(pl.col("id") == "p1")["names"].to_list() == (
        [names] if names else []
    )


def test_a_decision_made_in_another_case_leaves_it_out(store: Store, load: Any) -> None:
    load(store, *WORLD, *LATER)
    load(store, source("s1"), case="other")
    flow.merge(store, flow.Maker("A", "b", "other"), ["p1", "p2"], None)
    assert not as_stored.leaves_nothing_out(Scoped(store.view(), CASE, store.catalog))
    assert {"p1", "p2"} <= set(flow.snapshot(store, CASE).things["id"])


def test_relations_are_in_the_order_of_their_ends_and_their_rows_touch_what_they_say(article: Any) -> None:
    keys = article.relations.select("from", "to", "type")
    assert keys.equals(keys.sort("from", "to", "type"))
    start, end = article.ends
    ids = article.things["id"]
    assert (ids.gather(start).to_list(), ids.gather(end).to_list()) == (keys["from"].to_list(), keys["to"].to_list())
    assert article.types.cast(pl.String).to_list() == keys["type"].to_list()
    node = article.number(keys["to"][0])
    rows = article.relations[article.relation_rows(node)]
    assert ((rows["from"] == ids[node]) | (rows["to"] == ids[node])).all()
    assert article.weights.schema["n_claims"] == pl.Int32
