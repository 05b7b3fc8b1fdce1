"""How far things are, and what lies on the ways between them."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import networkx as nx
import numpy as np

from graphkit.analytics.backend.convert import ByNode, as_arrays, by_node
from graphkit.analytics.kernels import between, distances
from graphkit.graph.array_graph import ArrayGraph

_FAR = np.iinfo(np.int64).max


def closeness_centrality(G: Any, u: Hashable | None = None, distance: None = None, wf_improved: bool = True) -> Any:
    """As ``networkx.closeness_centrality``; every link is one step."""
    graph: ArrayGraph = as_arrays(G)
    if u is not None:
        if u not in graph:
            raise nx.NodeNotFound(f"Source {u} is not in G")
        steps = distances.steps_from(graph.links.into, np.array([graph.numbers[u]]), _FAR)
        total, reached = np.array([steps[steps > 0].sum()]), np.array([(steps > 0).sum()])
        return float(distances.closeness(total, reached, len(graph), wf_improved)[0])
    total, _, reached = distances.farness(graph.links.into)
    return by_node(graph, distances.closeness(total, reached, len(graph), wf_improved))


def harmonic_centrality(G: Any, nbunch: None = None, distance: None = None, sources: None = None) -> ByNode:
    """As ``networkx.harmonic_centrality``, of all nodes; every link is one step."""
    graph: ArrayGraph = as_arrays(G)
    return by_node(graph, distances.farness(graph.links.into)[1])


def betweenness_centrality(
    G: Any,
    k: int | None = None,
    normalized: bool = True,
    weight: None = None,
    endpoints: bool = False,
    seed: object = None,
) -> ByNode:
    """As ``networkx.betweenness_centrality``, exact, from all nodes; every link is one step."""
    graph: ArrayGraph = as_arrays(G)
    counted, _ = between.betweenness(graph.links.out, np.arange(len(graph)), endpoints=endpoints)
    return by_node(graph, counted * _scale(len(graph) - (not endpoints), graph.is_directed(), normalized))


def edge_betweenness_centrality(
    G: Any, k: int | None = None, normalized: bool = True, weight: None = None, seed: object = None
) -> dict[tuple[Hashable, Hashable], float]:
    """As ``networkx.edge_betweenness_centrality``, exact, from all nodes; every link is one step."""
    graph: ArrayGraph = as_arrays(G)
    links = graph.links
    _, over = between.betweenness(links.out, np.arange(len(graph)), len(links.start))
    over = over * _scale(len(graph), graph.is_directed(), normalized)
    names = graph.nodes
    ends = zip(links.start.tolist(), links.end.tolist(), over.tolist(), strict=True)
    return {(names[a], names[b]): value for a, b, value in ends}


def _scale(n: int, directed: bool, normalized: bool) -> float:
    if n < 2:
        return 1.0
    return 1.0 / (n * (n - 1)) if normalized else 1.0 if directed else 0.5


def single_source_shortest_path_length(G: Any, source: Hashable, cutoff: float | None = None) -> dict[Hashable, int]:
    """As ``networkx.single_source_shortest_path_length``: the nearest first."""
    graph: ArrayGraph = as_arrays(G)
    if source not in graph:
        raise nx.NodeNotFound(f"Source {source} is not in G")
    most = _FAR if cutoff is None or cutoff == float("inf") else int(cutoff)
    steps = distances.steps_from(graph.links.out, np.array([graph.numbers[source]]), most)
    order = np.argsort(steps, kind="stable")
    found = order[steps[order] >= 0]
    return {graph.nodes[number]: step for number, step in zip(found.tolist(), steps[found].tolist(), strict=True)}
