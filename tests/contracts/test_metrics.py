"""Every metric agrees with NetworkX, says where it comes from and what it was computed on."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest

import graphkit.analytics
import graphkit.exports
import graphkit.ingest.readers
from graphkit import flow
from graphkit.analytics import METRICS, metric_named
from graphkit.analytics.reach import ERROR
from graphkit.errors import ChooseAgain
from graphkit.exports import BACK, EXPORTS
from graphkit.graph.parts import Parts, of_resolved
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.ingest.readers import READERS
from graphkit.stores import Store
from tests.contracts.references import REFERENCE, simple

PARTS_WITHOUT_A_METRIC = {
    "backend",
    "communities",
    "firmness",
    "kernels",
    "keyplayers",
    "metric",
    "paths",
    "prediction",
    "stakes",
}
PARTS_WITHOUT_A_METRIC |= {"temporal", "ties"}
PARTS_WITHOUT_AN_EXPORT = {"flat", "listing", "network", "palette", "shown", "sides", "tables", "wording"}
PARTS_WITHOUT_AN_EXPORT |= {
    "described",
    "ftm_entities",
    "homes",
    "stix_common",
    "stix_fixed",
    "stix_ids",
    "stix_objects",
}
PARTS_WITHOUT_A_READER = {"graph", "graph_json", "parquet", "parquet_footer", "stream", "xml", "zipped"}


def agrees(name: str, view: Snapshot) -> None:
    wanted = REFERENCE[name](view)
    if wanted is None:
        with pytest.raises(ChooseAgain, match=f"{name} is not defined where nothing is linked"):
            METRICS[name](view)
        return
    scores = METRICS[name](view)
    assert scores.values.shape == (len(view.entities),)
    near = ERROR if name == "betweenness_approximate" else 1e-9
    np.testing.assert_allclose(scores.values, [wanted[id_] for id_ in view.entities["id"]], rtol=0, atol=near)


@pytest.fixture
def view_of(store: Store, load: Any) -> Callable[..., Snapshot]:
    """Return the snapshot of persons and of who cooperates with whom: ``view_of("abc", "ab", "bc")``."""

    def made(people: str, *links: str) -> Snapshot:
        said = {"source": "s"}
        load(
            store,
            {"kind": "Source", "id": "s", "name": "S", "cases": ["c"]},
            *({"kind": "Person", "id": id_, "name": id_} | said for id_ in people),
            *({"kind": "COOPERATES_WITH", "from": a, "to": b} | said for a, b in links),
        )
        return flow.snapshot(store, Scope(("c",)))

    return made


def test_every_metric_has_a_reference() -> None:
    assert set(REFERENCE) == set(METRICS)


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_agrees_with_networkx_on_both_seed_cases(article: Snapshot, invented: Snapshot, name: str) -> None:
    assert len(article.relations) > 20
    assert len(invented.relations) > 1000
    agrees(name, article)
    agrees(name, invented)


SHAPES = {
    "no relations": ("abc",),
    "one thing": ("a",),
    "two parts": ("abcdefg", "ab", "bc", "de"),
    "a star": ("abcde", "ab", "ac", "ad", "ae"),
    "a ring": ("abcd", "ab", "bc", "cd", "da"),
    "a pair": ("ab", "ab"),
}


@pytest.mark.long_on_neo4j
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", METRICS)
def test_a_metric_agrees_with_networkx_on_small_shapes(view_of: Any, name: str, shape: str) -> None:
    view = view_of(*SHAPES[shape])
    assert len(view.entities) == len(SHAPES[shape][0])
    agrees(name, view)


@pytest.mark.long_on_neo4j
@pytest.mark.parametrize("name", METRICS)
def test_a_metric_of_nothing_is_nothing(store: Store, load: Any, name: str) -> None:
    load(store, {"kind": "Source", "id": "s", "name": "S", "cases": ["c"]})
    scores = METRICS[name](flow.snapshot(store, Scope(("c",))))
    assert scores.values.shape == (0,)
    assert scores.computed_on


@pytest.mark.long_on_neo4j
@pytest.mark.parametrize("name", METRICS)
def test_parallel_relations_and_directions_count_once(store: Store, load: Any, name: str) -> None:
    said = {"source": "s", "claimant": "x"}
    load(
        store,
        {"kind": "Source", "id": "s", "name": "S", "cases": ["c"]},
        *({"kind": "Organization", "id": id_, "name": id_, "source": "s"} for id_ in "abx"),
        {"kind": "Person", "id": "p", "name": "p", "source": "s"},
        {"kind": "COOPERATES_WITH", "from": "a", "to": "b", **said},
        {"kind": "PART_OF", "from": "a", "to": "b", **said},
        {"kind": "PART_OF", "from": "b", "to": "a", **said},
        {"kind": "MEMBER_OF", "from": "p", "to": "a", **said},
        {"kind": "EMPLOYED_BY", "from": "p", "to": "a", **said},
    )
    view = flow.snapshot(store, Scope(("c",)))
    assert len(view.relations) == 5
    agrees(name, view)
    assert dict(simple(view).degree()) == {"a": 2, "b": 1, "p": 1, "x": 0}


@pytest.mark.long_on_neo4j
@pytest.mark.parametrize("name", METRICS)
def test_a_loop_counts_for_nothing(view_of: Any, name: str) -> None:
    view = view_of("abc", "ab", "bc")
    loop = view.relations.head(1).with_columns(pl.col("from").alias("to"), id=pl.lit("loop"))
    resolved = replace(view.resolved, relations=view.relations.vstack(loop))
    looped = replace(view, parts=Parts.given(of_resolved(resolved, view.sources, view.decisions)))
    assert len(looped.relations) == 3
    np.testing.assert_allclose(METRICS[name](looped).values, METRICS[name](view).values, atol=1e-12)


@pytest.mark.long_on_neo4j
@pytest.mark.parametrize("name", METRICS)
def test_being_quoted_raises_no_score(store: Store, load: Any, name: str) -> None:
    person = {"kind": "Person", "source": "s"}
    load(
        store,
        {"kind": "Source", "id": "s", "name": "S", "cases": ["c"]},
        *({**person, "id": id_, "name": id_} for id_ in ("spokesman", "a", "b", "c")),
        {"kind": "COOPERATES_WITH", "from": "a", "to": "b", "source": "s"},
    )
    before = METRICS[name](flow.snapshot(store, Scope(("c",))))
    load(store, *({**person, "id": "a", "statement": f"S{n}", "claimant": "spokesman"} for n in range(30)))
    after = METRICS[name](flow.snapshot(store, Scope(("c",))))
    np.testing.assert_array_equal(before.values, after.values)


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_names_its_source_and_what_it_was_computed_on(article: Snapshot, name: str) -> None:
    text = inspect.getdoc(METRICS[name]) or ""
    assert re.search(r"[A-Z]\w+.*,? (1[89]|20)\d\d", text, re.S), "a docstring names author and year of the method"
    line = METRICS[name](article).computed_on
    for part in ("case article", f"{len(article.entities):,} things", f"{len(article.relations):,} relations"):
        assert part in line
    assert re.search("exact|approximate", line)
    assert re.search("direction", line)
    assert re.search("NumPy|SciPy|NetworKit|compiled loops", line)
    assert "\n" not in line


def test_a_wrong_name_suggests_the_right_one() -> None:
    with pytest.raises(ChooseAgain, match=r"No metric named 'betweeness'. Did you mean 'betweenness'\?"):
        metric_named("betweeness", METRICS)


def parts(package: Any) -> set[str]:
    return {module.name for module in pkgutil.iter_modules(package.__path__)}


@pytest.mark.parametrize(
    ("package", "listed", "without"),
    [
        (graphkit.analytics, METRICS, PARTS_WITHOUT_A_METRIC),
        (graphkit.exports, {**EXPORTS, **BACK}, PARTS_WITHOUT_AN_EXPORT),
        (graphkit.ingest.readers, READERS, PARTS_WITHOUT_A_READER),
    ],
    ids=["metrics", "exports", "readers"],
)
def test_no_module_is_forgotten(package: Any, listed: dict[str, Any], without: set[str]) -> None:
    used = {
        function.__module__.rpartition(".")[2]
        for function in listed.values()
        if function.__module__ != package.__name__
    }
    assert parts(package) == used | without


def test_no_metric_is_forgotten_in_its_module() -> None:
    for module in {inspect.getmodule(metric) for metric in METRICS.values()}:
        assert module is not None
        own = {
            name
            for name, value in inspect.getmembers(module, inspect.isfunction)
            if value.__module__ == module.__name__ and not name.startswith("_")
        }
        assert own <= set(METRICS)
