"""What each metric is, computed plainly: by NetworkX, by dense matrices, or by trying."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import networkx as nx
import numpy as np

from graphkit.graph.snapshot import Snapshot

Values = dict[str, float] | None
"""By id; None where a metric is not defined."""


def simple(view: Snapshot) -> nx.Graph:
    """Return the graph that metrics speak of: undirected, parallel relations once, no loops."""
    return nx.Graph(directed(view))


def directed(view: Snapshot) -> nx.DiGraph:
    """Return the same with the directions of the relations."""
    graph = nx.DiGraph()
    graph.add_nodes_from(view.entities["id"])
    graph.add_edges_from((a, b) for a, b in view.relations.select("from", "to").iter_rows() if a != b)
    return graph


def strength(view: Snapshot) -> Values:
    """Return how many relations to others each thing has."""
    ends = Counter(id_ for pair in view.relations.select("from", "to").iter_rows() if len({*pair}) == 2 for id_ in pair)
    return {id_: ends[id_] for id_ in view.entities["id"]}


def pagerank(view: Snapshot) -> Values:
    """Return PageRank as the solution of its equation, without iterating."""
    graph = simple(view)
    if not len(graph):
        return {}
    matrix = np.asarray(nx.google_matrix(graph, alpha=0.85)).T - np.eye(len(graph))
    matrix[0] = 1.0
    one = np.zeros(len(graph))
    one[0] = 1.0
    return dict(zip(graph, np.linalg.solve(matrix, one).tolist(), strict=True))


def eigenvector(view: Snapshot) -> Values:
    """Return the leading eigenvector of the largest component, which is the first of several as large."""
    graph = simple(view)
    if not graph.size():
        return {} if not len(graph) else None
    part = graph.subgraph(max(nx.connected_components(graph), key=len))
    vector = np.abs(np.linalg.eigh(nx.to_numpy_array(part))[1][:, -1])
    return dict.fromkeys(graph, 0.0) | dict(zip(part, vector.tolist(), strict=True))


def katz(view: Snapshot) -> Values:
    """Return the solution of Katz's equation for half of the largest possible factor."""
    graph = simple(view)
    if not len(graph):
        return {}
    matrix = nx.to_numpy_array(graph)
    largest = np.linalg.eigvalsh(matrix)[-1]
    factor = 0.5 / largest if graph.size() else 0.0
    found = np.linalg.solve(np.eye(len(graph)) - factor * matrix, np.ones(len(graph)))
    return dict(zip(graph, (found / np.linalg.norm(found)).tolist(), strict=True))


def hits(view: Snapshot, hubs: bool) -> Values:
    """Return hubs or authorities; of several answers the one that is nearest to all alike."""
    graph = directed(view)
    if not graph.size():
        return {} if not len(graph) else None
    matrix = nx.to_numpy_array(graph)
    values, vectors = np.linalg.eigh(matrix.T @ matrix)
    leading = vectors[:, values > values[-1] - 1e-9]
    authority = leading @ (leading.T @ np.ones(len(graph)))
    found = matrix @ authority if hubs else authority
    return dict(zip(graph, (found / found.sum()).tolist(), strict=True))


def pairs(graph: nx.Graph) -> int:
    """Return how many pairs of nodes hang together."""
    return sum(len(part) * (len(part) - 1) // 2 for part in nx.connected_components(graph))


def fragmentation(view: Snapshot) -> Values:
    """Return by trying which share of the pairs falls apart."""
    graph = simple(view)
    return {node: (pairs(graph) - pairs(_without(graph, node))) / max(_all_pairs(graph), 1) for node in graph}


def cut_off(view: Snapshot) -> Values:
    """Return by trying how many pairs of others fall apart."""
    graph = simple(view)
    own = {node: len(part) - 1 for part in nx.connected_components(graph) for node in part}
    return {node: pairs(graph) - pairs(_without(graph, node)) - own[node] for node in graph}


def _without(graph: nx.Graph, node: str) -> nx.Graph:
    return graph.subgraph(graph.nodes - {node})


def _all_pairs(graph: nx.Graph) -> int:
    return len(graph) * (len(graph) - 1) // 2


REFERENCE: dict[str, Callable[[Snapshot], Values]] = {
    "degree": lambda view: dict(simple(view).degree()),
    "in_degree": lambda view: dict(directed(view).in_degree()),
    "out_degree": lambda view: dict(directed(view).out_degree()),
    "strength": strength,
    "pagerank": pagerank,
    "eigenvector": eigenvector,
    "katz": katz,
    "hubs": lambda view: hits(view, True),
    "authorities": lambda view: hits(view, False),
    "closeness": lambda view: nx.closeness_centrality(simple(view)),
    "harmonic": lambda view: nx.harmonic_centrality(simple(view)),
    "betweenness": lambda view: nx.betweenness_centrality(simple(view)),
    "betweenness_approximate": lambda view: nx.betweenness_centrality(simple(view)),
    "core": lambda view: nx.core_number(simple(view)),
    "clustering": lambda view: nx.clustering(simple(view)),
    "effective_size": lambda view: nx.effective_size(simple(view)) if len(view.entities) else {},
    "constraint": lambda view: nx.constraint(simple(view)) if len(view.entities) else {},
    "fragmentation": fragmentation,
    "cut_off": cut_off,
}
