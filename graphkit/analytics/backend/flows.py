"""Who is linked to by what is itself well linked."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import networkx as nx
import numpy as np
import scipy.sparse.linalg as arpack

from graphkit.analytics.backend.convert import ByNode, as_arrays, by_node
from graphkit.analytics.kernels import cuts, walks
from graphkit.graph.array_graph import ArrayGraph
from graphkit.graph.arrays import Floats

Given = Mapping[Any, float] | None


def pagerank(
    G: Any,
    alpha: float = 0.85,
    personalization: Given = None,
    max_iter: int = 100,
    tol: float = 1.0e-6,
    nstart: Given = None,
    weight: str | None = "weight",
    dangling: Given = None,
) -> ByNode:
    """As ``networkx.pagerank``, ended by the same rule."""
    graph: ArrayGraph = as_arrays(G)
    n = len(graph)
    if n == 0:
        return {}
    weights = graph.links.weight(weight)
    personal = _shares(graph, personalization)
    start = _shares(graph, nstart)
    onward = personal if dangling is None else _shares(graph, dangling)
    strength = walks.gathered(graph.links.out, np.ones(n), weights)
    into = graph.links.into
    with _told(max_iter):
        found = walks.pagerank(into, strength, weights, alpha, start, personal, onward, max_iter, n * tol)
    return by_node(graph, found)


def _shares(graph: ArrayGraph, given: Given) -> Floats:
    """Return the given values as shares of 1, equal ones where nothing is given."""
    n = len(graph)
    if given is None:
        return np.full(n, 1.0 / n)
    values = np.array([given.get(node, 0) for node in graph.nodes], dtype=float)
    if values.sum() == 0:
        raise ZeroDivisionError
    shares: Floats = values / values.sum()
    return shares


@contextmanager
def _told(rounds: int) -> Iterator[None]:
    """Raise what NetworkX raises where scores do not settle."""
    try:
        yield
    except (walks.NotSettled, arpack.ArpackNoConvergence) as problem:
        raise nx.PowerIterationFailedConvergence(rounds) from problem


def eigenvector_centrality(
    G: Any, max_iter: int = 100, tol: float = 1.0e-6, nstart: Given = None, weight: str | None = None
) -> ByNode:
    """As ``networkx.eigenvector_centrality``, ended by the same rule."""
    graph: ArrayGraph = as_arrays(G)
    n = len(graph)
    start = np.ones(n) if nstart is None else np.array([nstart[node] for node in graph.nodes], dtype=float)
    if not start.any():
        raise nx.NetworkXError("initial vector cannot have all zero values")
    into, weights = graph.links.into, graph.links.weight(weight)

    def turn(here: Floats) -> Floats:
        there = here + walks.gathered(into, here, weights)
        length = float(np.linalg.norm(there))
        return there / length if length else there

    with _told(max_iter):
        return by_node(graph, walks.settled(start / start.sum(), turn, max_iter, n * tol))


def eigenvector_centrality_numpy(G: Any, weight: str | None = None, max_iter: int = 50, tol: float = 0) -> ByNode:
    """As ``networkx.eigenvector_centrality_numpy``, of a connected graph, by the same ARPACK."""
    graph: ArrayGraph = as_arrays(G)
    if not cuts.connected(graph.links):
        raise nx.AmbiguousSolution(
            "`eigenvector_centrality_numpy` does not give consistent results for disconnected graphs"
        )
    found = walks.leading(graph.links.into, graph.links.weight(weight), max_iter, tol)
    return by_node(graph, found / (np.sign(found.sum()) * np.linalg.norm(found)))


def katz_centrality(
    G: Any,
    alpha: float = 0.1,
    beta: float | Mapping[Hashable, float] = 1.0,
    max_iter: int = 1000,
    tol: float = 1.0e-6,
    nstart: Given = None,
    normalized: bool = True,
    weight: str | None = None,
) -> ByNode:
    """As ``networkx.katz_centrality``, ended by the same rule."""
    graph: ArrayGraph = as_arrays(G)
    n = len(graph)
    if n == 0:
        return {}
    own = _beta(graph, beta)
    start = np.zeros(n) if nstart is None else np.array([nstart[node] for node in graph.nodes], dtype=float)
    into, weights = graph.links.into, graph.links.weight(weight)

    def turn(here: Floats) -> Floats:
        return alpha * walks.gathered(into, here, weights) + own

    with _told(max_iter):
        found = walks.settled(start, turn, max_iter, n * tol)
    length = float(np.linalg.norm(found)) if normalized else 1.0
    return by_node(graph, found / (length or 1.0))


def _beta(graph: ArrayGraph, beta: Any) -> Floats:
    if isinstance(beta, Mapping):
        if set(beta) != set(graph.nodes):
            raise nx.NetworkXError("beta dictionary must have a value for every node")
        return np.array([beta[node] for node in graph.nodes], dtype=float)
    try:
        return np.full(len(graph), float(beta))
    except (TypeError, ValueError) as problem:
        raise nx.NetworkXError("beta must be a number") from problem


def katz_centrality_numpy(
    G: Any,
    alpha: float = 0.1,
    beta: float | Mapping[Hashable, float] = 1.0,
    normalized: bool = True,
    weight: str | None = None,
) -> ByNode:
    """As ``networkx.katz_centrality_numpy``: the exact solution of the linear equations, sparse."""
    graph: ArrayGraph = as_arrays(G)
    if len(graph) == 0:
        return {}
    found = walks.katz(graph.links, graph.links.weight(weight), alpha, _beta(graph, beta))
    length = np.sign(found.sum()) * np.linalg.norm(found) if normalized else 1.0
    return by_node(graph, found / length)


def hits(
    G: Any, max_iter: int = 100, tol: float = 1.0e-8, nstart: Given = None, normalized: bool = True
) -> tuple[ByNode, ByNode]:
    """As ``networkx.hits``: hubs and authorities, by the same ARPACK."""
    graph: ArrayGraph = as_arrays(G)
    weights = graph.links.weight("weight")
    start = None if nstart is None else np.array(list(nstart.values()), dtype=float)
    with _told(max_iter):
        hub, authority = walks.hubs(graph.links, weights, max_iter, tol, start)
    if normalized:
        hub, authority = hub / hub.sum(), authority / authority.sum()
    return by_node(graph, hub), by_node(graph, authority)
