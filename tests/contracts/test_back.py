"""Load, export, load: every format that can be loaded back gives the same claims, registers and graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit import flow
from graphkit.errors import ChooseAgain
from graphkit.exports import BACK
from graphkit.graph.scope import Scope
from graphkit.last_used import LastUsed
from graphkit.settings import shipped
from graphkit.stores import Store, open_store
from tests.budget import budget
from tests.conftest import SHARED
from tests.contracts.conftest import Back
from tests.contracts.world import A_DECISION, MORE, WORLD, decide, loads


@pytest.fixture
def anew(store: Store, last_used: LastUsed, emptied: Any) -> Iterator[Callable[[list[Path], str | None], Store]]:
    """Load files into a store that holds nothing else."""

    def loaded(paths: list[Path], case: str | None) -> Store:
        emptied(store)
        assert not flow.load(store, paths, case, last_used).rejects
        return store

    yield loaded


@pytest.mark.parametrize("name", BACK)
def test_a_case_is_the_same_when_it_is_loaded_back(anew: Any, back: Back, held: Any, name: str) -> None:
    store = anew([shipped("seed") / "article"], None)
    before = held(store)
    assert back(store, Scope(("article",)), name) == before


def _without_protection(folder: Path) -> list[Path]:
    """Write the invented case down, its protected person like any other."""
    for path in (shipped("seed") / "invented").iterdir():
        lines = path.read_text(encoding="utf-8").replace('"protected": "witness", ', "")
        (folder / path.name).write_text(lines, encoding="utf-8")
    return [folder]


@pytest.mark.long_on_neo4j
@pytest.mark.parametrize("name", BACK)
def test_websites_and_what_was_observed_of_them_are_the_same(
    anew: Any, back: Back, held: Any, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "invented"
    folder.mkdir()
    store = anew(_without_protection(folder), None)
    before = held(store)
    assert {"Registration", "Host", "Domain", "Website", "Identifier", "ContentItem"} <= before["graph"].keys()
    assert back(store, Scope(("invented",)), name) == before


@pytest.mark.shared
@pytest.mark.long_on_neo4j
@pytest.mark.parametrize("name", BACK)
def test_a_catalogue_of_another_tool_is_the_same(anew: Any, back: Back, held: Any, name: str) -> None:
    store = anew([SHARED / "data" / "attack_ics" / "ics-attack.json"], "ics")
    before = held(store)
    assert len(before["claims"]) > 4000
    assert back(store, Scope(("ics",)), name) == before


@pytest.mark.long_on_neo4j
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", BACK)
@given(steps=loads)
@budget(6, many=10)
def test_whatever_was_loaded_is_the_same_when_it_is_loaded_back(
    empty_place: Any, tmp_path_factory: Any, load: Any, back: Back, held: Any, name: str, steps: Any
) -> None:
    store = open_store(empty_place(tmp_path_factory.mktemp("world")), flow.catalog())
    for step in [WORLD, *steps]:
        load(store, *step)
    before = held(store)
    assert back(store, Scope(("c",)), name) == before
    store.close()


@pytest.mark.long_on_neo4j
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", BACK)
@given(steps=st.lists(A_DECISION, min_size=3, max_size=12))
@budget(6, many=10)
def test_whatever_was_decided_is_the_same_when_it_is_loaded_back(
    empty_place: Any, tmp_path_factory: Any, load: Any, back: Back, held: Any, name: str, steps: Any
) -> None:
    store = open_store(empty_place(tmp_path_factory.mktemp("decided")), flow.catalog())
    load(store, *WORLD, *MORE)
    for what, seed in steps:
        try:
            decide(store, load, what, seed)
        except ChooseAgain:
            continue
    before = held(store)
    assert back(store, Scope(("c",)), name) == before
    store.close()
