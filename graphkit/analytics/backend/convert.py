"""NetworkX graphs to arrays and back."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import chain
from typing import Any

import networkx as nx
import numpy as np

from graphkit.graph.array_graph import ArrayGraph
from graphkit.graph.arrays import Floats, simple

ByNode = dict[Hashable, float]


def convert_from_nx(graph: Any, edge_attrs: Mapping[str, float] | None = None, **_: Any) -> ArrayGraph:
    """Return a NetworkX graph as arrays, with these attributes of its links as weights.

    ``edge_attrs`` says what an attribute is where a link has none. Of several links between two nodes the weights
    are added up.
    """
    nodes = list(graph)
    numbers = {node: number for number, node in enumerate(nodes)}
    directed = graph.is_directed()
    near = np.fromiter(_repeated(graph), dtype=np.int32)
    far = np.fromiter((numbers[other] for other in _far(graph)), dtype=np.int32, count=len(near))
    kept = np.ones(len(near), dtype=bool) if directed else near <= far
    weights = {
        name: np.fromiter(_weights(graph, name, default), dtype=np.float64, count=len(near))[kept]
        for name, default in (edge_attrs or {}).items()
    }
    return ArrayGraph(nodes, simple(len(nodes), near[kept], far[kept], directed, **weights))


def _repeated(graph: Any) -> Iterator[int]:
    if graph.is_multigraph():
        sizes = (sum(map(len, around.values())) for _, around in graph.adjacency())
    else:
        sizes = (len(around) for _, around in graph.adjacency())
    return chain.from_iterable(_of(number, size) for number, size in enumerate(sizes))


def _of(number: int, size: int) -> list[int]:
    return [number] * size


def _far(graph: Any) -> Iterator[Any]:
    if graph.is_multigraph():
        return (other for _, around in graph.adjacency() for other, links in around.items() for _ in links)
    return chain.from_iterable(around for _, around in graph.adjacency())


def _weights(graph: Any, name: str, default: float) -> Iterator[float]:
    links: Iterator[Mapping[str, Any]] = (link for _, around in graph.adjacency() for link in around.values())
    if graph.is_multigraph():
        links = (link for several in links for link in several.values())
    return (link.get(name, default) for link in links)


def convert_to_nx(result: Any, **_: Any) -> Any:
    """Return a graph of arrays as one of NetworkX, and what is no graph as it is."""
    graph = as_arrays(result)
    if not isinstance(graph, ArrayGraph):
        return result
    built: nx.Graph[Any] = nx.DiGraph() if graph.is_directed() else nx.Graph()
    built.add_nodes_from(graph.nodes)
    links = graph.links
    ends = (map(graph.nodes.__getitem__, numbers.tolist()) for numbers in (links.start, links.end))
    names = list(links.weights)
    values = zip(*(links.weights[name].tolist() for name in names), strict=True) if names else None
    if values is None:
        built.add_edges_from(zip(*ends, strict=True))
    else:
        start, end = ends
        built.add_edges_from(
            (a, b, dict(zip(names, row, strict=True))) for a, b, row in zip(start, end, values, strict=True)
        )
    return built


def as_arrays(graph: Any) -> Any:
    """Return the arrays of what NetworkX hands over: those of a snapshot, or what it is itself."""
    return getattr(graph, "array_graph", graph)


def by_node(graph: ArrayGraph, values: Floats) -> ByNode:
    """Return the value of each node by what the node is called."""
    return dict(zip(graph.nodes, values.tolist(), strict=True))
