"""Who is linked to much, and to what is itself well linked. Central in the records is not important in the world."""

from __future__ import annotations

import numpy as np

from graphkit.analytics.metric import PLAIN, Counting, Scores, computed_on, links_for
from graphkit.errors import ChooseAgain
from graphkit.graph.arrays import Links
from graphkit.graph.snapshot import Snapshot


def degree(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """How many other things each thing is linked to.

    Several relations between the same two things count once, in either direction. Freeman, Centrality in
    Social Networks, 1979, without normalising.
    """
    links = links_for(view, counting, "degree")
    return Scores(links.out.degrees.astype(float), computed_on(view, "exact; NumPy"))


def in_degree(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """How many other things have a relation that leads to this one; several from one thing count once.

    Which end a relation leads to is said with its kind in the reference. Freeman, Centrality in Social Networks, 1979.
    """
    return _one_way(view, counting, "in_degree")


def out_degree(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """How many other things a thing has a relation to; several to one thing count once.

    Which end a relation leads to is said with its kind in the reference. Freeman, Centrality in Social Networks, 1979.
    """
    return _one_way(view, counting, "out_degree")


def _one_way(view: Snapshot, counting: Counting, name: str) -> Scores:
    links_for(view, counting, name, "directed")
    ways = Counting(directed=True)
    links = view.graph(directed=True).links
    rows = links.into if name == "in_degree" else links.out
    return Scores(rows.degrees.astype(float), computed_on(view, "exact; NumPy", ways))


def strength(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """How much a thing is linked in all: the sum of the weights of its links, else how many relations it has.

    Barrat, Barthélemy, Pastor-Satorras and Vespignani, The Architecture of Complex Weighted Networks, 2004.
    """
    links_for(view, counting, "strength", "weights")
    weighed = Counting(weights="count" if counting.weights == "none" else counting.weights)
    links = view.graph(weights=weighed.weights).links
    each = links.weights["weight"]
    sums = np.zeros(links.n)
    for ends in (links.start, links.end):
        sums += np.bincount(ends, weights=each, minlength=links.n)
    return Scores(sums, computed_on(view, "exact; NumPy", weighed))


def pagerank(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """Being linked to by what is itself well linked; the scores of all things add up to 1.

    Damping 0.85. Directions are ignored unless asked for, as most relations of evidence can be read both ways. Near
    to things that are named, a walk begins and begins anew at these only, so scores say what is close to them
    (personalised PageRank). Iterated until the scores change by less than 1e-12 in all. Page, Brin, Motwani and
    Winograd, The PageRank Citation Ranking, 1999.
    """
    from graphkit.analytics.kernels import walks

    links = links_for(view, counting, "pagerank", "weights", "directed", "near")
    n = links.n
    if n == 0:
        return _nothing(view, counting)
    weights = links.weight("weight")
    begins, near = np.full(n, 1.0 / n), ""
    if counting.near:
        numbers = sorted({view.number(id_) for id_ in counting.near})
        begins = np.zeros(n)
        begins[numbers] = 1.0 / len(numbers)
        near = f"; near to {', '.join(counting.near)}"
    sums = walks.gathered(links.out, np.ones(n), weights)
    found = walks.pagerank(links.into, sums, weights, 0.85, begins, begins, begins, 1000, 1e-12)
    return Scores(found, computed_on(view, f"exact to 1e-12; damping 0.85; compiled loops{near}", counting))


def eigenvector(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """Being linked to what is itself well linked, on the largest connected part; of length 1, 0 elsewhere.

    On parts that are not connected the method says nothing about one beside the other, so the others are left out.
    Bonacich, Power and Centrality: A Family of Measures, 1987. Computed by ARPACK to rounding.
    """
    from graphkit.analytics.kernels import walks

    links = links_for(view, counting, "eigenvector", "weights")
    if links.n == 0:
        return _nothing(view, counting)
    _must_be_linked(links, "eigenvector")
    inside = _largest_part(links)
    vector = np.zeros(links.n)
    vector[inside] = np.abs(walks.leading_symmetric(_part(links, inside), 1e-14))
    told = f"exact to 1e-9 on the largest connected part ({int(inside.sum()):,} things); ARPACK of SciPy"
    return Scores(vector / np.linalg.norm(vector), computed_on(view, told, counting))


def katz(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """How many ways lead to a thing, of any length, a step further counting for less; of length 1.

    A step counts half of what would make the sums endless: 0.5 / the largest eigenvalue. Iterated until the scores
    change by less than 1e-12 in all. Katz, A New Status Index Derived from Sociometric Analysis, 1953.
    """
    from graphkit.analytics.kernels import walks

    links = links_for(view, counting, "katz", "weights")
    if links.n == 0:
        return _nothing(view, counting)
    weights = links.weight("weight")
    shorter = 0.0
    if len(links.start):
        vector = walks.leading_symmetric(links, 1e-14)
        shorter = 0.5 / float(vector @ walks.gathered(links.out, vector, weights))
    start = np.zeros(links.n)
    found = walks.settled(start, lambda here: shorter * walks.gathered(links.out, here, weights) + 1.0, 1000, 1e-12)
    told = f"exact to 1e-12; a step counts {shorter:.4g}; compiled loops"
    return Scores(found / np.linalg.norm(found), computed_on(view, told, counting))


def hubs(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """Having relations to what many have relations to; along the directions; the scores add up to 1.

    Kleinberg, Authoritative Sources in a Hyperlinked Environment, 1999. Computed by ARPACK.
    """
    return _hits(view, counting, "hubs")


def authorities(view: Snapshot, counting: Counting = PLAIN) -> Scores:
    """Being what many have relations to that have relations to much; along the directions; the scores add up to 1.

    Kleinberg, Authoritative Sources in a Hyperlinked Environment, 1999. Computed by ARPACK.
    """
    return _hits(view, counting, "authorities")


def _hits(view: Snapshot, counting: Counting, name: str) -> Scores:
    from graphkit.analytics.kernels import walks

    links_for(view, counting, name, "weights", "directed")
    ways = Counting(weights=counting.weights, directed=True)
    links = view.graph(True, counting.weights).links
    if links.n == 0:
        return _nothing(view, ways)
    _must_be_linked(links, name)
    hub, authority = walks.hubs(links, links.weight("weight"), None, 0.0, np.ones(links.n))
    values = np.abs(hub if name == "hubs" else authority)
    told = "exact to 1e-9 where one answer is the only one; ARPACK of SciPy"
    return Scores(values / values.sum(), computed_on(view, told, ways))


def _nothing(view: Snapshot, counting: Counting) -> Scores:
    return Scores(np.zeros(0), computed_on(view, "exact: nothing to compute on", counting))


def _must_be_linked(links: Links, name: str) -> None:
    if len(links.start) == 0:
        raise ChooseAgain(
            f"{name} is not defined where nothing is linked: these {links.n:,} things have no relations to one another."
        )


def _largest_part(links: Links) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    from graphkit.analytics.kernels.cuts import components

    component = components(links)
    inside: np.ndarray[tuple[int], np.dtype[np.bool_]] = component == np.bincount(component).argmax()
    return inside


def _part(links: Links, inside: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Links:
    """Return the links of some nodes, which are numbered anew in their order."""
    kept = inside[links.start]
    number = np.cumsum(inside, dtype=np.int32) - 1
    weights = {name: values[kept] for name, values in links.weights.items()}
    return Links(int(inside.sum()), number[links.start[kept]], number[links.end[kept]], links.directed, weights)
