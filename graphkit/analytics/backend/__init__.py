"""NetworkX's functions on graphkit's arrays: ``nx.pagerank(snapshot)``, ``nx.pagerank(G, backend="graphkit")``.

Each function gives what NetworkX's own gives, in the same order. Arguments that it does not know how to heed are
refused by ``can_run``, and NetworkX computes by itself.
"""

from __future__ import annotations

from graphkit.analytics.backend.able import can_run, should_run
from graphkit.analytics.backend.communities import leiden_communities, louvain_communities
from graphkit.analytics.backend.convert import convert_from_nx, convert_to_nx
from graphkit.analytics.backend.distances import (
    betweenness_centrality,
    closeness_centrality,
    edge_betweenness_centrality,
    harmonic_centrality,
    single_source_shortest_path_length,
)
from graphkit.analytics.backend.flows import (
    eigenvector_centrality,
    eigenvector_centrality_numpy,
    hits,
    katz_centrality,
    katz_centrality_numpy,
    pagerank,
)
from graphkit.analytics.backend.pairs import adamic_adar_index, jaccard_coefficient, resource_allocation_index
from graphkit.analytics.backend.structure import (
    articulation_points,
    average_clustering,
    biconnected_components,
    bridges,
    clustering,
    connected_components,
    constraint,
    core_number,
    degree_centrality,
    effective_size,
    triangles,
)

__all__ = [
    "adamic_adar_index",
    "articulation_points",
    "average_clustering",
    "betweenness_centrality",
    "biconnected_components",
    "bridges",
    "can_run",
    "closeness_centrality",
    "clustering",
    "connected_components",
    "constraint",
    "convert_from_nx",
    "convert_to_nx",
    "core_number",
    "degree_centrality",
    "edge_betweenness_centrality",
    "effective_size",
    "eigenvector_centrality",
    "eigenvector_centrality_numpy",
    "harmonic_centrality",
    "hits",
    "jaccard_coefficient",
    "katz_centrality",
    "katz_centrality_numpy",
    "leiden_communities",
    "louvain_communities",
    "pagerank",
    "resource_allocation_index",
    "should_run",
    "single_source_shortest_path_length",
    "triangles",
]
