"""How closely knit it is around each node: triangles, cores, and the holes between."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.compiled import compiled
from graphkit.graph.arrays import Floats, Ints, Links, Rows

Longs = NDArray[np.int64]


def triangles(links: Links) -> Longs:
    """Return in how many triangles each node is, int64; the links have no direction and no loops.

    Every link leads from the node of lower degree to that of higher degree and each triangle is found once: Chiba
    and Nishizeki, Arboricity and Subgraph Listing Algorithms, 1985.
    """
    rows = links.out
    up, far, _ = _upward(rows.pointers, rows.far, rows.link)
    return _triangles(up, far)


def clustering(links: Links) -> Floats:
    """Return which share of the pairs of a node's neighbours are linked themselves, 0 with fewer than two.

    Watts and Strogatz, Collective Dynamics of 'Small-World' Networks, 1998.
    """
    degrees = links.out.degrees
    found: Floats = 2.0 * triangles(links) / np.maximum(degrees * (degrees - 1), 1)
    return found


def effective_size(links: Links) -> Floats:
    """Return how many neighbours a node has, less how many of the others each is linked to on average.

    NaN without links. Borgatti, Structural Holes: Unpacking Burt's Redundancy Measures, 1997.
    """
    degrees = links.out.degrees
    inside = np.divide(2.0 * triangles(links), degrees, out=np.full(links.n, np.nan), where=degrees > 0)
    found: Floats = degrees - inside
    return found


def constraint(links: Links, weights: Floats | None = None) -> Floats:
    """Return how far the links of each node lead back to one another, float64; NaN without links.

    Burt, Structural Holes, 1992. Ways through a third node are summed triangle by triangle, so a hub costs no more
    than its triangles.
    """
    rows = links.out
    up, far, link = _upward(rows.pointers, rows.far, rows.link)
    each = np.ones(len(links.start)) if weights is None else weights
    return _constraint(up, far, link, links.start, links.end, each)


@compiled
def _upward(pointers: Longs, far: Ints, link: Ints) -> tuple[Longs, Ints, Ints]:
    n = len(pointers) - 1
    up = np.zeros(n + 1, dtype=np.int64)
    kept = np.empty(len(far) // 2, dtype=np.int32)
    kept_link = np.empty(len(far) // 2, dtype=np.int32)
    at = 0
    for node in range(n):
        own = pointers[node + 1] - pointers[node]
        for place in range(pointers[node], pointers[node + 1]):
            other = far[place]
            degree = pointers[other + 1] - pointers[other]
            if degree > own or (degree == own and other > node):
                kept[at] = other
                kept_link[at] = link[place]
                at += 1
        up[node + 1] = at
    return up, kept, kept_link


@compiled
def _triangles(up: Longs, far: Ints) -> Longs:
    n = len(up) - 1
    counts = np.zeros(n, dtype=np.int64)
    mark = np.full(n, -1, dtype=np.int32)
    for node in range(n):
        for place in range(up[node], up[node + 1]):
            mark[far[place]] = node
        for place in range(up[node], up[node + 1]):
            other = far[place]
            for further in range(up[other], up[other + 1]):
                third = far[further]
                if mark[third] == node:
                    counts[node] += 1
                    counts[other] += 1
                    counts[third] += 1
    return counts


@compiled
def _constraint(up: Longs, far: Ints, link: Ints, start: Ints, end: Ints, weights: Floats) -> Floats:
    n = len(up) - 1
    strength = np.zeros(n)
    linked = np.zeros(n, dtype=np.bool_)
    for each in range(len(start)):
        for node in (start[each], end[each]):
            strength[node] += weights[each]
            linked[node] = True
    shares = np.empty((2, len(start)))
    shares[0] = weights / strength[start]
    shares[1] = weights / strength[end]
    led = shares.copy()
    mark = np.full(n, -1, dtype=np.int32)
    by = np.empty(n, dtype=np.int32)
    for a in range(n):
        for place in range(up[a], up[a + 1]):
            mark[far[place]] = a
            by[far[place]] = link[place]
        for place in range(up[a], up[a + 1]):
            b, ab = far[place], link[place]
            for further in range(up[b], up[b + 1]):
                c, bc = far[further], link[further]
                if mark[c] == a:
                    ac = by[c]
                    _led_back(ab, ac, bc, a, b, start, shares, led)
                    _led_back(bc, ab, ac, b, c, start, shares, led)
                    _led_back(ac, ab, bc, a, c, start, shares, led)
    found = np.where(linked, 0.0, np.nan)
    for each in range(len(start)):
        found[start[each]] += led[0, each] ** 2
        found[end[each]] += led[1, each] ** 2
    return found


@compiled
def _led_back(side: int, first: int, second: int, x: int, y: int, start: Ints, shares: Floats, led: Floats) -> None:
    """Add to link ``side`` between x and y what leads by ``first`` from x to a third and by ``second`` on to y.

    And the same from y to x. Row 0 is of the node where a link starts, row 1 of that where it ends.
    """
    at_x, at_y = (0 if start[first] == x else 1), (0 if start[second] == y else 1)
    there = 0 if start[side] == x else 1
    led[there, side] += shares[at_x, first] * shares[1 - at_y, second]
    led[1 - there, side] += shares[at_y, second] * shares[1 - at_x, first]


def core_numbers(rows: Rows) -> Longs:
    """Return the largest k of each node such that it is in a part where all have k links to one another, int64.

    Batagelj and Zaveršnik, An O(m) Algorithm for Cores Decomposition of Networks, 2003.
    """
    return _cores(rows.pointers, rows.far)


@compiled
def _cores(pointers: Longs, far: Ints) -> Longs:
    n = len(pointers) - 1
    core = pointers[1:] - pointers[:-1]
    if n == 0:
        return core
    starts = np.zeros(core.max() + 2, dtype=np.int64)
    for node in range(n):
        starts[core[node] + 1] += 1
    starts = np.cumsum(starts)
    at = starts.copy()
    order = np.empty(n, dtype=np.int32)
    place = np.empty(n, dtype=np.int64)
    for node in range(n):
        place[node] = at[core[node]]
        order[place[node]] = node
        at[core[node]] += 1
    for turn in range(n):
        node = order[turn]
        for edge in range(pointers[node], pointers[node + 1]):
            other = far[edge]
            if core[other] > core[node]:
                first = starts[core[other]]
                if first <= turn:
                    first = turn + 1
                    starts[core[other]] = first
                ahead = order[first]
                order[first], order[place[other]] = other, ahead
                place[ahead], place[other] = place[other], first
                starts[core[other]] += 1
                core[other] -= 1
    return core
