"""Which links carry the ways between others, and which alone hold two parts together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from graphkit.analytics.metric import PLAIN, Counting, Scores, computed_on, links_for
from graphkit.graph.snapshot import Snapshot


def edge_betweenness(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """How many of the shortest ways between all things lead over a link, as a share of all pairs, 0 to 1.

    Exact; every link is one step. Girvan and Newman, Community Structure in Social and Biological Networks, 2002,
    computed after Brandes, On Variants of Shortest-Path Betweenness Centrality, 2008.
    """
    from graphkit.analytics.kernels import between

    links = links_for(view, counting, "edge_betweenness", "directed")
    _, over = between.betweenness(links.out, np.arange(links.n), len(links.start), told=counting.told)
    return Scores(over / max(links.n * (links.n - 1), 1), computed_on(view, "exact; compiled loops", counting))


def bridge(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """How many things on the smaller side lose their only way to the rest when a link falls; 0 where one leads round.

    Tarjan, A Note on Finding the Bridges of a Graph, 1974.
    """
    from graphkit.analytics.kernels.cuts import cuts

    links = links_for(view, counting, "bridge")
    return Scores(cuts(links).side.astype(np.float64), computed_on(view, "exact; compiled loops", counting))


TIES: dict[str, Callable[..., Scores]] = {"edge_betweenness": edge_betweenness, "bridge": bridge}
"""Metrics of links by name: one score a link of ``Snapshot.graph``, in its order."""
