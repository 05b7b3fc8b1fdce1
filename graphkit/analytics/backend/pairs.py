"""What two nodes share."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Any

import networkx as nx
import numpy as np

from graphkit.analytics.backend.convert import as_arrays
from graphkit.analytics.kernels import pairs
from graphkit.graph.array_graph import ArrayGraph

Pairs = Iterable[tuple[Hashable, Hashable]] | None
Scored = Iterator[tuple[Hashable, Hashable, float]]


def adamic_adar_index(G: Any, ebunch: Pairs = None) -> Scored:
    """As ``networkx.adamic_adar_index``."""
    return _predicted(G, "adamic_adar", ebunch)


def resource_allocation_index(G: Any, ebunch: Pairs = None) -> Scored:
    """As ``networkx.resource_allocation_index``."""
    return _predicted(G, "resource_allocation", ebunch)


def jaccard_coefficient(G: Any, ebunch: Pairs = None) -> Scored:
    """As ``networkx.jaccard_coefficient``."""
    return _predicted(G, "jaccard", ebunch)


def _predicted(G: Any, measure: str, ebunch: Pairs) -> Scored:
    graph: ArrayGraph = as_arrays(G)
    if ebunch is None:
        return _of_all(graph, measure)
    asked = list(ebunch)
    for node in (node for pair in asked for node in pair):
        if node not in graph:
            raise nx.NodeNotFound(f"Node {node} not in G.")
    return _of(graph, measure, asked)


def _of(graph: ArrayGraph, measure: str, asked: list[tuple[Hashable, Hashable]]) -> Scored:
    low, high = (np.array([graph.numbers[pair[side]] for pair in asked], dtype=np.int32) for side in (0, 1))
    scores = pairs.scored(graph.links.out, measure, low, high).tolist()
    return ((a, b, score) for (a, b), score in zip(asked, scores, strict=True))


def _of_all(graph: ArrayGraph, measure: str) -> Scored:
    """Yield every pair that is not linked, computed node by node."""
    rows = graph.links.out
    for number, node in enumerate(graph.nodes):
        later = np.arange(number + 1, len(graph), dtype=np.int32)
        linked = rows.far[rows.pointers[number] : rows.pointers[number + 1]]
        others = np.setdiff1d(later, linked, assume_unique=True)
        yield from _of(graph, measure, [(node, graph.nodes[other]) for other in others.tolist()])
