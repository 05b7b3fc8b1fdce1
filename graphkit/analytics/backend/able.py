"""Which arguments are heeded; with others NetworkX computes by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphkit.analytics.backend.convert import as_arrays
from graphkit.graph.array_graph import ArrayGraph

Given = Mapping[str, Any]
Rule = Callable[[Any, Given], bool]

FEW = 100
"""Nodes up to which turning a graph into arrays takes longer than what they save."""
_ORDERS: dict[str, tuple[str, ...]] = {
    "average_clustering": ("nodes", "weight", "count_zeros"),
    "betweenness_centrality": ("k", "normalized", "weight", "endpoints", "seed"),
    "bridges": ("root",),
    "closeness_centrality": ("u", "distance", "wf_improved"),
    "clustering": ("nodes", "weight"),
    "constraint": ("nodes", "weight"),
    "edge_betweenness_centrality": ("k", "normalized", "weight", "seed"),
    "effective_size": ("nodes", "weight"),
    "eigenvector_centrality": ("max_iter", "tol", "nstart", "weight"),
    "eigenvector_centrality_numpy": ("weight", "max_iter", "tol"),
    "harmonic_centrality": ("nbunch", "distance", "sources"),
    "hits": ("max_iter", "tol", "nstart", "normalized"),
    "katz_centrality": ("alpha", "beta", "max_iter", "tol", "nstart", "normalized", "weight"),
    "katz_centrality_numpy": ("alpha", "beta", "normalized", "weight"),
    "leiden_communities": ("weight", "resolution", "max_level", "seed"),
    "louvain_communities": ("weight", "resolution", "threshold", "max_level", "seed"),
    "pagerank": ("alpha", "personalization", "max_iter", "tol", "nstart", "weight", "dangling"),
    "triangles": ("nodes",),
}
"""The arguments of a function after the graph, in their order."""


def _none(*names: str) -> Rule:
    return lambda graph, given: all(given.get(name) is None for name in names)


def _undirected(graph: Any, given: Given) -> bool:
    return not graph.is_directed()


def _without_loops(graph: Any, given: Given) -> bool:
    if isinstance(graph, ArrayGraph):
        return not graph.links.loops
    return not any(node in around for node, around in graph.adjacency())


def _linked(graph: Any, given: Given) -> bool:
    return bool(graph.number_of_edges())


def _not_empty(graph: Any, given: Given) -> bool:
    return len(graph) > 0


def _every_node(graph: Any, given: Given) -> bool:
    nodes: int = len(graph)
    return given.get("k") is None or int(given["k"]) == nodes


def _plain_weight(graph: Any, given: Given) -> bool:
    return not callable(given.get("weight"))


def _settles(graph: Any, given: Given) -> bool:
    return bool(given.get("max_iter", 1) > 0)


_NO_LOOPS = (_undirected, _without_loops)
RULES: dict[str, tuple[Rule, ...]] = {
    "adamic_adar_index": _NO_LOOPS,
    "articulation_points": _NO_LOOPS,
    "average_clustering": (*_NO_LOOPS, _none("nodes", "weight"), _not_empty),
    "betweenness_centrality": (_none("weight"), _every_node),
    "biconnected_components": _NO_LOOPS,
    "bridges": (*_NO_LOOPS, _none("root")),
    "closeness_centrality": (_none("distance"),),
    "clustering": (*_NO_LOOPS, _none("nodes", "weight")),
    "connected_components": (_undirected,),
    "constraint": (*_NO_LOOPS, _none("nodes"), _not_empty, _plain_weight),
    "core_number": _NO_LOOPS,
    "degree_centrality": (),
    "edge_betweenness_centrality": (_none("weight"), _every_node),
    "effective_size": (*_NO_LOOPS, _none("nodes", "weight"), _not_empty),
    "eigenvector_centrality": (_not_empty, _plain_weight),
    "eigenvector_centrality_numpy": (_not_empty, _plain_weight, lambda graph, given: len(graph) > 2),
    "harmonic_centrality": (_none("nbunch", "distance", "sources"),),
    "hits": (_settles, _linked, lambda graph, given: len(graph) > 2),
    "jaccard_coefficient": _NO_LOOPS,
    "katz_centrality": (_plain_weight,),
    "katz_centrality_numpy": (_plain_weight,),
    "leiden_communities": (_undirected, _none("max_level"), _plain_weight),
    "louvain_communities": (_undirected, _none("max_level"), _plain_weight),
    "pagerank": (_plain_weight,),
    "resource_allocation_index": _NO_LOOPS,
    "single_source_shortest_path_length": (),
    "triangles": (*_NO_LOOPS, _none("nodes")),
}
"""What must hold of a graph and of the arguments for a function to run here."""


def can_run(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool | str:
    """Say whether a function of NetworkX heeds these arguments here."""
    graph = as_arrays(args[0] if args else kwargs["G"])
    if graph.is_multigraph():
        return "several links between two nodes are not told apart"
    given = dict(zip(_ORDERS.get(name, ()), args[1:], strict=False)) | dict(kwargs)
    return all(rule(graph, given) for rule in RULES[name])


def should_run(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool | str:
    """Say whether it pays to turn a graph into arrays."""
    graph = as_arrays(args[0] if args else kwargs["G"])
    return (
        isinstance(graph, ArrayGraph) or len(graph) > 100 or "a graph of 100 nodes is computed before it is converted"
    )
