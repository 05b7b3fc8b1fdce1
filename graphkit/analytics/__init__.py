"""Metrics by name. Each is a function from a snapshot to one score a node, and explains itself."""

from __future__ import annotations

from graphkit.analytics.centrality import (
    authorities,
    degree,
    eigenvector,
    hubs,
    in_degree,
    katz,
    out_degree,
    pagerank,
    strength,
)
from graphkit.analytics.cohesion import clustering, constraint, core, effective_size
from graphkit.analytics.loss import cut_off, fragmentation
from graphkit.analytics.metric import PLAIN, Counting, Metric, Scores, metric_named
from graphkit.analytics.reach import betweenness, betweenness_approximate, closeness, harmonic

METRICS: dict[str, Metric] = {
    "degree": degree,
    "in_degree": in_degree,
    "out_degree": out_degree,
    "strength": strength,
    "pagerank": pagerank,
    "eigenvector": eigenvector,
    "katz": katz,
    "hubs": hubs,
    "authorities": authorities,
    "closeness": closeness,
    "harmonic": harmonic,
    "betweenness": betweenness,
    "betweenness_approximate": betweenness_approximate,
    "core": core,
    "clustering": clustering,
    "effective_size": effective_size,
    "constraint": constraint,
    "fragmentation": fragmentation,
    "cut_off": cut_off,
}

HEEDS: dict[str, tuple[str, ...]] = {
    "strength": ("weights",),
    "pagerank": ("weights", "directed", "near"),
    "eigenvector": ("weights",),
    "katz": ("weights",),
    "hubs": ("weights",),
    "authorities": ("weights",),
    "closeness": ("directed",),
    "harmonic": ("directed",),
    "betweenness": ("directed",),
    "constraint": ("weights",),
}
"""Fields of ``Counting`` that can change the scores of a metric; ``among`` can change those of all."""
LOW_IS_HIGH = ("constraint",)
"""Metrics of which the lowest score ranks first."""

__all__ = ["HEEDS", "LOW_IS_HIGH", "METRICS", "PLAIN", "Counting", "Metric", "Scores", "metric_named"]
