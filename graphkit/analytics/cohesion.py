"""How closely things are knit together around a thing, and what holes it spans."""

from __future__ import annotations

from graphkit.analytics.metric import PLAIN, Counting, Scores, computed_on, links_for
from graphkit.graph.snapshot import Snapshot


def core(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """The largest k such that a thing is in a part where each is linked to k others of it (k-core).

    Seidman, Network Structure and Minimum Degree, 1983; computed after Batagelj and Zaveršnik, 2003.
    """
    from graphkit.analytics.kernels.cohesion import core_numbers

    links = links_for(view, counting, "core")
    return Scores(core_numbers(links.out).astype(float), computed_on(view, "exact; compiled loops", counting))


def clustering(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """Which share of the things that a thing is linked to are linked to each other, 0 to 1.

    0 with fewer than two. Watts and Strogatz, Collective Dynamics of 'Small-World' Networks, 1998.
    """
    from graphkit.analytics.kernels import cohesion

    links = links_for(view, counting, "clustering")
    return Scores(cohesion.clustering(links), computed_on(view, "exact; compiled loops", counting))


def effective_size(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """How many of its links bring a thing to others that it would not reach by its other links.

    The number of its neighbours, less the mean number of the others that each of them is linked to; not defined
    without links. Burt, Structural Holes, 1992, in the form of Borgatti, Structural Holes: Unpacking Burt's Redundancy
    Measures, 1997.
    """
    from graphkit.analytics.kernels import cohesion

    links = links_for(view, counting, "effective_size")
    return Scores(cohesion.effective_size(links), computed_on(view, "exact; compiled loops", counting))


def constraint(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """How far the links of a thing lead back to one another: low where it spans holes, as a broker does.

    Not defined without links. Burt, Structural Holes, 1992.
    """
    from graphkit.analytics.kernels import cohesion

    links = links_for(view, counting, "constraint", "weights")
    found = cohesion.constraint(links, links.weight("weight"))
    return Scores(found, computed_on(view, "exact; compiled loops", counting))
