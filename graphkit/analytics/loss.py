"""Whose loss would break the network of these records apart."""

from __future__ import annotations

import numpy as np

from graphkit.analytics.metric import PLAIN, Counting, Scores, computed_on, links_for
from graphkit.graph.snapshot import Snapshot


def fragmentation(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """Which share of the pairs of things is no longer connected once a thing is gone, 0 to 1.

    Pairs that it is part of itself count as well. KPP-Neg: Borgatti, Identifying Sets of Key Players in a Social
    Network, 2006; for all things in one search by the tree of blocks and cut points (Hopcroft and Tarjan, 1973).
    """
    from graphkit.analytics.kernels.cuts import cuts

    links = links_for(view, counting, "fragmentation")
    found = cuts(links)
    own = np.bincount(found.component, minlength=1)[found.component] - 1 if links.n else np.zeros(0)
    pairs = max(links.n * (links.n - 1) / 2, 1)
    return Scores((found.pairs_lost + own) / pairs, computed_on(view, "exact; compiled loops", counting))


def cut_off(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """How many pairs of other things hang together by this thing alone; above 0 at articulation points only.

    Hopcroft and Tarjan, Efficient Algorithms for Graph Manipulation, 1973.
    """
    from graphkit.analytics.kernels.cuts import cuts

    links = links_for(view, counting, "cut_off")
    return Scores(cuts(links).pairs_lost, computed_on(view, "exact; compiled loops", counting))
