"""Groups of nodes that are linked to one another more than to the rest."""

from __future__ import annotations

import networkit as nk
import numpy as np
from numpy.typing import NDArray

from graphkit.analytics.kernels.networkit import graph_of, reproducible
from graphkit.graph.arrays import Floats, Links

Groups = NDArray[np.int64]


def leiden(links: Links, weights: Floats | None = None, resolution: float = 1.0, seed: int = 0) -> Groups:
    """Return the number of the community of each node, int64, the largest one 0; the same for the same seed.

    Traag, Waltman and van Eck, From Louvain to Leiden: Guaranteeing Well-Connected Communities, 2019, as NetworKit
    computes it, on one core, since several would make it a matter of luck. ValueError where a weight is negative,
    infinite or no number.
    """
    if weights is not None and not (np.isfinite(weights) & (weights >= 0)).all():
        raise ValueError("Leiden needs weights that are finite numbers of 0 or more")
    if len(links.start) == 0:
        return np.arange(links.n)
    graph = graph_of(links, weights)
    with reproducible(seed):
        search = nk.community.ParallelLeiden(graph, iterations=3, gamma=float(resolution))
        search.run()
        found = np.asarray(search.getPartition().getVector(), dtype=np.int64)
    return by_size(found)


def by_size(groups: Groups) -> Groups:
    """Return the same groups numbered by their size, the largest first, then by their smallest node."""
    _, first, place, sizes = np.unique(groups, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(first))
    return rank[place]


def modularity(links: Links, groups: Groups, weights: Floats | None = None, resolution: float = 1.0) -> float:
    """Return the modularity of groups of undirected links: Newman and Girvan, 2004; 0 where nothing is linked."""
    each = np.ones(len(links.start)) if weights is None else weights
    total = each.sum()
    if total == 0:
        return 0.0
    count = int(groups.max()) + 1
    own, other = groups[links.start], groups[links.end]
    inside = each[own == other].sum() / total
    ends = np.bincount(own, weights=each, minlength=count) + np.bincount(other, weights=each, minlength=count)
    return float(inside - resolution * ((ends / (2 * total)) ** 2).sum())
