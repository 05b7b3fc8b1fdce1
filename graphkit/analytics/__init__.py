"""Metrics by name. Each is a function from a snapshot to one score a node, and explains itself."""

from __future__ import annotations

from graphkit.analytics.centrality import betweenness, degree, pagerank
from graphkit.analytics.metric import Metric, Scores, metric_named

METRICS: dict[str, Metric] = {
    "degree": degree,
    "pagerank": pagerank,
    "betweenness": betweenness,
}

__all__ = ["METRICS", "Metric", "Scores", "metric_named"]
