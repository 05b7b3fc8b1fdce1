"""Who is near to all, and who stands between others. Every link is one step."""

from __future__ import annotations

import numpy as np

from graphkit.analytics.metric import PLAIN, Counting, Scores, computed_on, links_for
from graphkit.graph.snapshot import Snapshot

ERROR = 0.01
"""How far approximate betweenness may be off."""
FEW = 1000
"""Things up to which all ways are counted, since no sample is quicker."""
DOUBT = 0.1
"""How likely it may be further off than that."""


def closeness(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """How few steps it is from a thing to others: 1 / the mean of the steps, times the share of things within reach.

    Between 0 and 1. Along directions, steps that lead to the thing count. Wasserman and Faust, Social Network
    Analysis, 1994, p. 201; all sources at once after Then and others, The More the Merrier, 2014.
    """
    from graphkit.analytics.kernels.distances import closeness as kernel
    from graphkit.analytics.kernels.distances import farness

    links = links_for(view, counting, "closeness", "directed")
    total, _, reached = farness(links.into, counting.told)
    return Scores(kernel(total, reached, links.n, over_all=True), computed_on(view, "exact; compiled loops", counting))


def harmonic(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """How near a thing is to all others: the sum of 1 / steps; things out of reach add nothing.

    Along directions, steps that lead to the thing count. Boldi and Vigna, Axioms for Centrality, 2014.
    """
    from graphkit.analytics.kernels.distances import farness

    links = links_for(view, counting, "harmonic", "directed")
    return Scores(farness(links.into, counting.told)[1], computed_on(view, "exact; compiled loops", counting))


def betweenness(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """How many of the shortest ways between others lead through a thing, as a share of all pairs, 0 to 1.

    Exact: on 100,000 things it takes minutes to hours; see betweenness_approximate. Freeman, A Set of Measures of
    Centrality Based on Betweenness, 1977, computed after Brandes, A Faster Algorithm for Betweenness Centrality, 2001.
    """
    from graphkit.analytics.kernels import between

    links = links_for(view, counting, "betweenness", "directed")
    counted, _ = between.betweenness(links.out, np.arange(links.n), told=counting.told)
    pairs = max((links.n - 1) * (links.n - 2), 1)
    return Scores(counted / pairs, computed_on(view, "exact; compiled loops", counting))


def betweenness_approximate(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """Betweenness from a sample of shortest ways: with a probability of 90 % no score is off by more than 0.01.

    So it tells who stands out, and not who is ahead of whom by less. Borassi and Natale, KADABRA is an ADaptive
    Algorithm for Betweenness via Random Approximation, 2019, as NetworKit computes it, halved to count each pair once
    as betweenness does; the same sample at each call. Of up to 1,000 things all ways are counted.
    """
    from graphkit.analytics.kernels.sampled import betweenness as sampled

    links = links_for(view, counting, "betweenness_approximate")
    if links.n <= FEW:
        return betweenness(view, counting)
    told = f"approximate: off by at most {ERROR} with probability {1 - DOUBT:.0%}; NetworKit"
    return Scores(sampled(links, ERROR, DOUBT), computed_on(view, told, counting))
