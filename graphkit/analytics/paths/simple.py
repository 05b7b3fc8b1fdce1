"""The graph that paths lead through: directions ignored, all relations between the same two things one pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.analytics.paths import cost
from graphkit.graph.snapshot import Snapshot

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
FAR = 2**29
"""The distance of what is not reached."""
MANY = 10_000
"""Where more links than this lead on, looking through all nodes is quicker than sorting those that are reached."""


@dataclass(frozen=True, slots=True)
class Simple:
    """Arrays of the simple graph of a snapshot, nodes by their numbers.

    The neighbours of node ``v`` are ``near[pointers[v]:pointers[v + 1]]``, ascending, and ``pair`` has beside each the
    number of the pair. Of each pair ``cost`` is what the evidence of its cheapest relation costs, and its relations are
    ``rows[starts[p]:starts[p + 1]]``. ``degree`` is how many neighbours each node has, ``passing`` what it costs to
    pass it.
    """

    pointers: Longs
    near: Ints
    pair: Ints
    cost: Longs
    starts: Longs
    rows: Ints
    degree: Longs
    passing: Longs

    @classmethod
    def of(cls, view: Snapshot) -> Simple:
        """Return the simple graph of a snapshot, whose pairs are the links of ``view.graph()``; loops are not in it."""
        start, end = view.ends
        n = len(view.things)
        both = view.graph().links.out
        rows = np.flatnonzero(start != end).astype(np.int32)
        low, high = np.minimum(start, end)[rows].astype(np.int64), np.maximum(start, end)[rows]
        key = low * n + high
        order = np.argsort(key)
        rows, key = rows[order], key[order]
        first = np.flatnonzero(np.diff(key, prepend=-1))
        starts = np.append(first, len(key))
        best = np.minimum.reduceat(cost.of_relations(view.weights)[rows], first) if len(first) else first
        return cls(both.pointers, both.far, both.link, best, starts, rows, both.degrees, cost.of_passing(both.degrees))

    def rows_of(self, pair: int) -> Ints:
        """Return the rows of the relations of a pair."""
        return self.rows[self.starts[pair] : self.starts[pair + 1]]

    def links(self, nodes: Longs) -> tuple[Longs, Longs]:
        """Return where in ``near`` the neighbours of these nodes stand, node by node, and the node of each place."""
        counts = self.degree[nodes]
        before = np.cumsum(counts) - counts
        places = np.arange(counts.sum()) + np.repeat(self.pointers[nodes] - before, counts)
        return places, np.repeat(nodes, counts)

    def hops_from(self, node: int, limit: int, passed: NDArray[np.bool_]) -> Ints:
        """Return in how many hops each node is reached, ``FAR`` beyond the limit.

        Nodes that are not ``passed`` are reached and not passed; the first one always is.
        """
        hops = np.full(len(self.degree), FAR, dtype=np.int32)
        hops[node] = 0
        edge = np.array([node])
        for hop in range(1, limit + 1):
            reached = self.near[self.links(edge)[0]]
            fresh = reached[hops[reached] == FAR]
            hops[fresh] = hop
            edge = np.flatnonzero(hops == hop) if len(fresh) > MANY else np.unique(fresh)
            edge = edge[passed[edge]]
            if not len(edge):
                break
        return hops
