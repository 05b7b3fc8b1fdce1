"""What NetworkX is told of our backend before it is needed; whoever imports networkx pays for this module alone."""

from __future__ import annotations

from typing import Any

FUNCTIONS = (
    "adamic_adar_index",
    "articulation_points",
    "average_clustering",
    "betweenness_centrality",
    "biconnected_components",
    "bridges",
    "closeness_centrality",
    "clustering",
    "connected_components",
    "constraint",
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
    "single_source_shortest_path_length",
    "triangles",
)
"""The functions of NetworkX that run on graphkit's arrays."""


def info() -> dict[str, Any]:
    """Return what NetworkX lists of a backend."""
    return {
        "backend_name": "graphkit",
        "project": "graphkit",
        "package": "graphkit",
        "short_summary": "Frozen arrays and compiled loops, for snapshots of evidence graphs and for any graph.",
        "functions": {name: {} for name in FUNCTIONS},
    }
