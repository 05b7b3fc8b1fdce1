"""Communities by moving one node at a time, in the order and with the ties of NetworkX.

Blondel, Guillaume, Lambiotte and Lefebvre, Fast Unfolding of Communities in Large Networks, 2008.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.compiled import compiled
from graphkit.graph.arrays import Floats, Links

Longs = NDArray[np.int64]
Order = Callable[[int], Longs]
"""Gives the numbers below a count in the order in which nodes are looked at."""


@dataclass(frozen=True, slots=True)
class _Level:
    """Links between communities found so far, in the order in which they were first met."""

    n: int
    start: Longs
    end: Longs
    weights: Floats

    def rows(self) -> tuple[Longs, Longs, Floats]:
        """Return pointers, far ends and weights, those of a node in the order in which its links were met."""
        near = np.stack([self.start, self.end], axis=1).ravel()
        far = np.stack([self.end, self.start], axis=1).ravel()
        each = np.repeat(self.weights, 2)
        kept = np.ones(len(near), dtype=bool)
        kept[1::2] = self.start != self.end
        near, far, each = near[kept], far[kept], each[kept]
        order = np.argsort(near, kind="stable")
        pointers = np.zeros(self.n + 1, dtype=np.int64)
        np.cumsum(np.bincount(near, minlength=self.n), out=pointers[1:])
        return pointers, far[order], each[order]

    def merged(self, groups: Longs) -> _Level:
        """Return the links between groups, met in the order of the smaller end."""
        pointers, far, each = self.rows()
        near = np.repeat(np.arange(self.n), np.diff(pointers))
        once = far >= near
        a, b, weights = groups[near[once]], groups[far[once]], each[once]
        n = int(groups.max()) + 1
        keys = np.minimum(a, b) * n + np.maximum(a, b)
        pairs, first, place = np.unique(keys, return_index=True, return_inverse=True)
        sums = np.bincount(place, weights=weights, minlength=len(pairs)).astype(np.float64)
        order = np.argsort(first)
        return _Level(n, pairs[order] // n, pairs[order] % n, sums[order])


def louvain(links: Links, weights: Floats | None, resolution: float, threshold: float, order: Order) -> Longs:
    """Return the number of the community of each node, int64; links without direction, at least one."""
    each = np.ones(len(links.start)) if weights is None else weights
    level = _Level(links.n, links.start.astype(np.int64), links.end.astype(np.int64), each)
    total, own = each.sum(), np.arange(links.n)
    before = _modularity(level, own, resolution)
    groups, improved = _moved(level, total, resolution, order), True
    whole = own
    while improved:
        whole = groups[whole]
        now = _modularity(level, groups, resolution)
        if now - before <= threshold:
            break
        before = now
        level = level.merged(groups)
        groups = _moved(level, total, resolution, order)
        improved = len(groups) > int(groups.max()) + 1
    return whole


def _moved(level: _Level, total: float, resolution: float, order: Order) -> Longs:
    pointers, far, weights = level.rows()
    ends = np.concatenate([level.start, level.end])
    degrees = np.bincount(ends, weights=np.concatenate([level.weights] * 2), minlength=level.n).astype(np.float64)
    found = _move(pointers, far, weights, degrees, total, resolution, order(level.n))
    numbered: Longs = np.unique(found, return_inverse=True)[1].astype(np.int64)
    return numbered


def _modularity(level: _Level, groups: Longs, resolution: float) -> float:
    count = int(groups.max()) + 1
    total = level.weights.sum()
    own, other = groups[level.start], groups[level.end]
    inside = level.weights[own == other].sum() / total
    ends = np.bincount(own, weights=level.weights, minlength=count)
    ends += np.bincount(other, weights=level.weights, minlength=count)
    return float(inside - resolution * ((ends / (2 * total)) ** 2).sum())


@compiled
def _move(
    pointers: Longs, far: Longs, weights: Floats, degrees: Floats, total: float, resolution: float, order: Longs
) -> Longs:
    n = len(pointers) - 1
    group = np.arange(n)
    sums = degrees.copy()
    to_group = np.zeros(n)
    met = np.empty(n, dtype=np.int64)
    known = np.zeros(n, dtype=np.bool_)
    moves = 1
    while moves > 0:
        moves = 0
        for node in order:
            own = group[node]
            size = 0
            for place in range(pointers[node], pointers[node + 1]):
                if far[place] != node:
                    other = group[far[place]]
                    if not known[other]:
                        known[other] = True
                        met[size] = other
                        size += 1
                    to_group[other] += weights[place]
            degree = degrees[node]
            sums[own] -= degree
            cost = -to_group[own] / total + resolution * (sums[own] * degree) / (2 * total**2)
            best, most = own, 0.0
            for at in range(size):
                other = met[at]
                gain = cost + to_group[other] / total - resolution * (sums[other] * degree) / (2 * total**2)
                if gain > most:
                    most, best = gain, other
                to_group[other] = 0.0
                known[other] = False
            sums[best] += degree
            if best != own:
                group[node] = best
                moves += 1
    return group
