"""NetworkX's functions give on arrays what they give on NetworkX's own graphs, and do run on the arrays."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.analytics import backend
from graphkit.analytics.backend import able
from graphkit.analytics.backend.convert import convert_from_nx, convert_to_nx
from graphkit.dispatch import FUNCTIONS

NEAR = {"katz_centrality": {"alpha": 0.01}, "katz_centrality_numpy": {"alpha": 0.01}}
"""Arguments with which a function is defined on any graph."""
LOOSE = {"hits": 1e-6, "eigenvector_centrality_numpy": 1e-6}
"""Functions whose method itself is not exact."""
BY_CHANCE = ("louvain_communities", "leiden_communities")


def _named(name: str) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(nx.community if name in BY_CHANCE else nx, name)
    return function


@st.composite
def graphs(draw: st.DrawFn, directed: bool = False, loops: bool = False) -> Any:
    n = draw(st.integers(3, 14))
    graph: Any = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(draw(st.permutations([f"n{number}" for number in range(n)])))
    ends = st.sampled_from(list(graph))
    for a, b in draw(st.lists(st.tuples(ends, ends), max_size=40)):
        if a != b or loops:
            graph.add_edge(a, b, w=draw(st.floats(0.1, 9)))
    return graph


def _plain(value: Any) -> Any:
    """Return what a function gives as values that can be compared: dicts by node, sets of sets, sorted pairs."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if isinstance(value, dict | float | int):
        return value
    return sorted(
        (_sorted(part) for part in value), key=lambda part: str(part[:2] if isinstance(part, tuple) else part)
    )


def _sorted(part: Any) -> Any:
    """Return nodes in an order of their own, and what is said of them behind them."""
    if isinstance(part, set):
        return sorted(map(str, part))
    return (*sorted(part[:2], key=str), *part[2:]) if isinstance(part, tuple) else part


def _same(mine: Any, theirs: Any, within: float) -> bool:
    if isinstance(theirs, dict):
        return mine.keys() == theirs.keys() and all(_same(mine[key], theirs[key], within) for key in theirs)
    if isinstance(theirs, tuple | list):
        return len(mine) == len(theirs) and all(_same(a, b, within) for a, b in zip(mine, theirs, strict=True))
    if isinstance(theirs, float):
        return math.isclose(mine, theirs, rel_tol=within, abs_tol=within) or (math.isnan(mine) and math.isnan(theirs))
    return bool(mine == theirs)


def _asked(name: str, graph: Any, **given: Any) -> Any:
    """Return what a function gives, or the kind of error that it raises."""
    first = next(iter(graph), None)
    extra = {"source": first} if name == "single_source_shortest_path_length" else {}
    try:
        return _plain(_named(name)(graph, **extra, **NEAR.get(name, {}), **given))
    except nx.NetworkXException as problem:
        return type(problem).__name__


EXACT = [name for name in FUNCTIONS if name not in BY_CHANCE]


@pytest.mark.parametrize("name", EXACT)
@settings(max_examples=30, deadline=None)
@given(graph=graphs())
def test_functions_agree_on_undirected_graphs(name: str, graph: Any) -> None:
    if name in ("hits", "eigenvector_centrality_numpy") and not _is_unique(graph):
        return
    mine, theirs = _asked(name, convert_from_nx(graph)), _asked(name, graph, backend="networkx")
    assert _same(mine, theirs, LOOSE.get(name, 1e-9)), (mine, theirs)


DIRECTED = ["pagerank", "closeness_centrality", "harmonic_centrality", "betweenness_centrality", "degree_centrality"]
DIRECTED += ["edge_betweenness_centrality", "katz_centrality", "katz_centrality_numpy", "eigenvector_centrality"]
DIRECTED += ["single_source_shortest_path_length"]


@pytest.mark.parametrize("name", DIRECTED)
@settings(max_examples=30, deadline=None)
@given(graph=graphs(directed=True, loops=True))
def test_functions_agree_on_directed_graphs_with_loops(name: str, graph: Any) -> None:
    mine, theirs = _asked(name, convert_from_nx(graph)), _asked(name, graph, backend="networkx")
    assert _same(mine, theirs, 1e-9), (mine, theirs)


WEIGHTED = ["pagerank", "katz_centrality", "katz_centrality_numpy", "eigenvector_centrality", "constraint"]


@pytest.mark.parametrize("name", WEIGHTED)
@settings(max_examples=30, deadline=None)
@given(graph=graphs())
def test_functions_agree_with_weights(name: str, graph: Any) -> None:
    mine = _asked(name, convert_from_nx(graph, {"w": 1}), weight="w")
    assert _same(mine, _asked(name, graph, weight="w", backend="networkx"), 1e-9)


@settings(max_examples=30, deadline=None)
@given(graph=graphs(loops=True), seed=st.integers(0, 99))
def test_louvain_looks_at_nodes_in_the_order_of_networkx(graph: Any, seed: int) -> None:
    ordered = nx.Graph()
    ordered.add_nodes_from(graph)
    place = {node: number for number, node in enumerate(graph)}
    ordered.add_edges_from(sorted(graph.edges, key=lambda ends: sorted(place[end] for end in ends)))
    mine = nx.community.louvain_communities(convert_from_nx(ordered), seed=seed)
    theirs = nx.community.louvain_communities(ordered, seed=seed, backend="networkx")
    quality = [nx.community.modularity(ordered, found) if ordered.size() else 0.0 for found in (mine, theirs)]
    assert mine == theirs or quality[0] == pytest.approx(quality[1], abs=0.05)


def _is_unique(graph: Any) -> bool:
    """Say whether the leading vectors are the only ones: of a connected graph with a round way of odd length."""
    return nx.is_connected(graph) and not nx.is_bipartite(graph)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_dispatched(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.karate_club_graph()
    called = []
    own = getattr(backend, name)
    monkeypatch.setattr(backend, name, lambda *args, **kwargs: called.append(name) or own(*args, **kwargs))
    extra = {"source": 0} if name == "single_source_shortest_path_length" else {}
    found = _named(name)(graph, **extra, **NEAR.get(name, {}), backend="graphkit")
    list(found) if not isinstance(found, float) else found
    assert called == [name]


def test_what_networkx_is_told_is_what_there_is() -> None:
    assert set(FUNCTIONS) == set(able.RULES) == {name for name in backend.__all__ if hasattr(nx, name)} | set(BY_CHANCE)
    assert nx.utils.backends.backend_info["graphkit"]["functions"].keys() == set(FUNCTIONS)


UNHEEDED: list[tuple[str, dict[str, Any]]] = [
    ("betweenness_centrality", {"weight": "weight"}),
    ("betweenness_centrality", {"k": 3, "seed": 1}),
    ("closeness_centrality", {"distance": "weight"}),
    ("clustering", {"weight": "weight"}),
    ("clustering", {"nodes": [0, 1]}),
    ("harmonic_centrality", {"sources": [0, 1]}),
    ("bridges", {"root": 0}),
    ("constraint", {"nodes": [0]}),
    ("effective_size", {"weight": "weight"}),
]


@pytest.mark.parametrize(("name", "given"), UNHEEDED)
def test_arguments_that_are_not_heeded_are_left_to_networkx(name: str, given: dict[str, Any]) -> None:
    graph = nx.karate_club_graph()
    assert backend.can_run(name, (graph,), given) is False
    with nx.config(fallback_to_nx=True, backend_priority=["graphkit"]):
        assert _plain(_named(name)(graph, **given)) == _plain(_named(name)(graph, **given, backend="networkx"))


def test_several_links_between_two_nodes_are_left_to_networkx() -> None:
    graph = nx.MultiGraph([(0, 1), (0, 1), (1, 2)])
    assert isinstance(backend.can_run("pagerank", (graph,), {}), str)


@settings(max_examples=50, deadline=None)
@given(graph=st.one_of(graphs(loops=True), graphs(directed=True, loops=True)))
def test_a_graph_comes_back_as_it_went_in(graph: Any) -> None:
    back = convert_to_nx(convert_from_nx(graph, {"w": 1}))
    assert nx.utils.graphs_equal(back, graph)


def test_importing_networkx_does_not_import_what_graphs_are_computed_with() -> None:
    code = "import networkx, sys; print({'numba', 'polars', 'networkit'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), -1.0])
def test_weights_that_are_no_weights_are_not_taken_for_communities(weight: float) -> None:
    graph = nx.Graph([(0, 1, {"weight": 1.0}), (1, 2, {"weight": weight})])
    with pytest.raises(ValueError, match="finite numbers of 0 or more"):
        nx.community.leiden_communities(graph, backend="graphkit")


def test_weights_that_are_no_numbers_give_no_rank() -> None:
    graph = nx.Graph([(0, 1, {"weight": 1.0}), (1, 2, {"weight": float("nan")})])
    with pytest.raises(nx.PowerIterationFailedConvergence):
        nx.pagerank(graph, backend="graphkit")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_graph_of_nothing_gives_what_networkx_gives(name: str) -> None:
    if name == "leiden_communities":
        assert nx.community.leiden_communities(nx.Graph(), backend="graphkit") == []
        return
    graph = nx.Graph()
    with nx.config(fallback_to_nx=True, backend_priority=["graphkit"]):
        assert _or_error(name, graph) == _or_error(name, graph, backend="networkx")


def _or_error(name: str, graph: Any, **given: Any) -> Any:
    extra = {"source": 0} if name == "single_source_shortest_path_length" else {}
    try:
        return _plain(_named(name)(graph, **extra, **given))
    except (nx.NetworkXException, ZeroDivisionError) as problem:
        return type(problem)
