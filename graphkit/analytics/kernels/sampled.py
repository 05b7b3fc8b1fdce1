"""What is too long to compute in full, from samples."""

from __future__ import annotations

import networkit as nk
import numpy as np

from graphkit.analytics.kernels.networkit import graph_of, reproducible
from graphkit.graph.arrays import Floats, Links


def betweenness(links: Links, error: float, doubt: float, seed: int = 1) -> Floats:
    """Return betweenness of links without direction, of many nodes, as a share of all pairs, off by at most ``error``.

    Further off with a probability of at most ``doubt``. Borassi and Natale, KADABRA is an ADaptive Algorithm for
    Betweenness via Random Approximation, 2019. NetworKit's scores are of ordered pairs and of all n (n - 1) of them.
    """
    n = links.n
    if len(links.start) == 0:
        return np.zeros(n)
    graph = graph_of(links)  # held here, as the search does not hold it
    with reproducible(seed):
        search = nk.centrality.KadabraBetweenness(graph, error * (n - 2) / n, doubt, True)
        search.run()
        found = np.asarray(search.scores(), dtype=np.float64)
    return found / 2 * n / (n - 2)
