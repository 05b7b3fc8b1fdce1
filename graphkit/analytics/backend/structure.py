"""How a graph hangs together."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.analytics.backend.convert import ByNode, as_arrays, by_node
from graphkit.analytics.kernels import cohesion
from graphkit.analytics.kernels.cuts import components, cuts
from graphkit.graph.array_graph import ArrayGraph

Nodes = set[Hashable]


def degree_centrality(G: Any) -> dict[Hashable, float]:
    """As ``networkx.degree_centrality``."""
    graph: ArrayGraph = as_arrays(G)
    if len(graph) <= 1:
        return dict.fromkeys(graph.nodes, 1)
    links = graph.links
    ends = np.bincount(np.concatenate([links.start, links.end]), minlength=len(graph))
    return by_node(graph, (ends * (1.0 / (len(graph) - 1.0))).astype(np.float64))


def core_number(G: Any) -> dict[Hashable, int]:
    """As ``networkx.core_number``, of an undirected graph."""
    graph: ArrayGraph = as_arrays(G)
    return _counts(graph, cohesion.core_numbers(graph.links.out))


def triangles(G: Any, nodes: None = None) -> dict[Hashable, int]:
    """As ``networkx.triangles``, of all nodes."""
    graph: ArrayGraph = as_arrays(G)
    return _counts(graph, cohesion.triangles(graph.links))


def _counts(graph: ArrayGraph, values: NDArray[np.int64]) -> dict[Hashable, int]:
    return dict(zip(graph.nodes, values.tolist(), strict=True))


def clustering(G: Any, nodes: None = None, weight: None = None) -> ByNode:
    """As ``networkx.clustering``, of all nodes of an undirected graph."""
    graph: ArrayGraph = as_arrays(G)
    return by_node(graph, cohesion.clustering(graph.links))


def average_clustering(G: Any, nodes: None = None, weight: None = None, count_zeros: bool = True) -> float:
    """As ``networkx.average_clustering``, of all nodes of an undirected graph."""
    found = cohesion.clustering(as_arrays(G).links)
    if not count_zeros:
        found = found[found > 0]
    total: float = sum(found.tolist())
    return total / len(found)


def constraint(G: Any, nodes: None = None, weight: str | None = None) -> ByNode:
    """As ``networkx.constraint``, of all nodes of an undirected graph."""
    graph: ArrayGraph = as_arrays(G)
    return by_node(graph, cohesion.constraint(graph.links, graph.links.weight(weight)))


def effective_size(G: Any, nodes: None = None, weight: None = None) -> ByNode:
    """As ``networkx.effective_size``, of all nodes of an undirected graph, every link the same."""
    graph: ArrayGraph = as_arrays(G)
    return by_node(graph, cohesion.effective_size(graph.links))


def connected_components(G: Any) -> Iterator[Nodes]:
    """As ``networkx.connected_components``."""
    graph: ArrayGraph = as_arrays(G)
    yield from _sets(graph, np.arange(len(graph)), components(graph.links))


def biconnected_components(G: Any) -> Iterator[Nodes]:
    """As ``networkx.biconnected_components``."""
    graph: ArrayGraph = as_arrays(G)
    links, block = graph.links, cuts(graph.links).block
    yield from _sets(graph, np.concatenate([links.start, links.end]), np.concatenate([block, block]))


def _sets(graph: ArrayGraph, nodes: NDArray[Any], groups: NDArray[Any]) -> Iterator[Nodes]:
    order = np.argsort(groups, kind="stable")
    ends = np.flatnonzero(np.diff(groups[order])) + 1
    for numbers in np.split(nodes[order], ends) if len(order) else []:
        yield {graph.nodes[number] for number in numbers.tolist()}


def articulation_points(G: Any) -> Iterator[Hashable]:
    """As ``networkx.articulation_points``."""
    graph: ArrayGraph = as_arrays(G)
    for number in np.flatnonzero(cuts(graph.links).cutting).tolist():
        yield graph.nodes[number]


def bridges(G: Any, root: None = None) -> Iterator[tuple[Hashable, Hashable]]:
    """As ``networkx.bridges``, of the whole graph."""
    graph: ArrayGraph = as_arrays(G)
    links = graph.links
    for link in np.flatnonzero(cuts(links).side).tolist():
        yield graph.nodes[links.start[link]], graph.nodes[links.end[link]]
