"""Decisions never touch a claim, can all be taken back, and leave the graph that a rebuild gives."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit import flow
from graphkit.errors import ChooseAgain
from graphkit.model.change import hanging
from graphkit.model.decision import Decided
from graphkit.stores import Store, open_store
from tests.budget import budget
from tests.contracts.world import A_DECISION, ME, MORE, WORLD, decide, is_a_rebuild


def holds(store: Store, graph_of: Any, rebuilt: Any, first: pl.DataFrame) -> None:
    assert store.claims().join(first.select("id"), on="id", how="semi").equals(first)
    is_a_rebuild(store, graph_of, rebuilt)


@pytest.mark.timeout(1800)
@given(steps=st.lists(A_DECISION, min_size=3, max_size=12))
@budget(5, many=12)
def test_after_any_decisions_the_claims_are_as_they_were_and_the_graph_is_a_rebuild(
    empty_place: Any, tmp_path_factory: Any, load: Any, graph_of: Any, rebuilt: Any, steps: Any
) -> None:
    store = open_store(empty_place(tmp_path_factory.mktemp("decided")), flow.catalog())
    load(store, *WORLD, *MORE)
    first = store.claims()
    for what, seed in steps:
        before = store.version()
        try:
            decide(store, load, what, seed)
        except ChooseAgain as problem:
            assert "\n" not in str(problem)
            assert store.version() == before
        holds(store, graph_of, rebuilt, first)
    for entry in reversed(Decided(store.register("Decision")).in_force):
        if entry["action"] != "undo":
            flow.undo(store, ME, [entry["id"]])
    made = store.claims().filter(pl.col("made_by").is_not_null())
    held = Decided(store.register("Decision"))
    assert held.linker.canonical == {}
    assert set(hanging(made, held)["anchor"]) <= {None}
    holds(store, graph_of, rebuilt, first)
    store.close()
