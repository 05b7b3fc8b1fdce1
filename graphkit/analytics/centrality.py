"""Who stands where in these records. Central in the records is not important in the world."""

from __future__ import annotations

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from graphkit.analytics.metric import Scores, computed_on
from graphkit.graph.snapshot import Snapshot

Ints = NDArray[np.int64]


def _linked(snapshot: Snapshot) -> tuple[Ints, Ints]:
    """Return both directions of the simple undirected graph: parallel relations count once, no loops."""
    start, end = (numbers.astype(np.int64) for numbers in snapshot.ends)
    n = max(len(snapshot.things), 1)
    apart = start != end
    pairs = np.unique(np.minimum(start, end)[apart] * n + np.maximum(start, end)[apart])
    low, high = pairs // n, pairs % n
    return np.concatenate([low, high]), np.concatenate([high, low])


def degree(snapshot: Snapshot) -> Scores:
    """How many other things each thing is linked to.

    Several relations between the same two things count once, in either direction. Freeman, Centrality in
    Social Networks, 1979, without normalising.
    """
    counts = np.bincount(_linked(snapshot)[0], minlength=len(snapshot.things)).astype(float)
    return Scores(counts, computed_on(snapshot, "exact; directions ignored; NumPy"))


def pagerank(snapshot: Snapshot) -> Scores:
    """Being linked to by what is itself well linked; the scores of all things add up to 1.

    Damping 0.85, directions ignored, as most relations of evidence can be read both ways. Iterated until
    the scores change by less than 1e-12 in all. Page, Brin, Motwani and Winograd, 1999.
    """
    n = len(snapshot.things)
    if n == 0:
        return Scores(np.zeros(0), computed_on(snapshot, "nothing to compute on"))
    start, end = _linked(snapshot)
    degrees = np.bincount(start, minlength=n).astype(float)
    share = np.divide(1.0, degrees, out=np.zeros(n), where=degrees > 0)
    rank = np.full(n, 1.0 / n)
    for _ in range(1000):
        lost = rank[degrees == 0].sum()
        new = 0.85 * (np.bincount(end, weights=(rank * share)[start], minlength=n) + lost / n) + 0.15 / n
        change = np.abs(new - rank).sum()
        rank = new
        if change < 1e-12:
            break
    return Scores(rank, computed_on(snapshot, "exact to 1e-12; damping 0.85; directions ignored; NumPy"))


def betweenness(snapshot: Snapshot) -> Scores:
    """How many of the shortest ways between others lead through a thing, as a share of all pairs, 0 to 1.

    Exact; directions ignored, each link one step. Freeman, A Set of Measures of Centrality Based on
    Betweenness, 1977, computed after Brandes, 2001.
    """
    start, end = snapshot.ends
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(snapshot.things)))
    graph.add_edges_from_no_data(list(zip(start.tolist(), end.tolist(), strict=True)))
    scores = rx.betweenness_centrality(graph, normalized=True)
    values = np.array([scores[node] for node in range(len(snapshot.things))], dtype=float)
    return Scores(values, computed_on(snapshot, "exact; directions ignored; rustworkx"))
