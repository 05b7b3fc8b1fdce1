"""How far everything is from everything: breadth-first searches from 64 nodes at a time.

Then, Kaufmann, Chanial, Hoang, Pham, Kemper, Neumann and Vo, The More the Merrier: Efficient Multi-Source Graph
Traversal, VLDB 2014.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.analytics.kernels.progress import Told, silent
from graphkit.analytics.kernels.spread import parts, spread
from graphkit.compiled import compiled
from graphkit.graph.arrays import Floats, Ints, Rows

_LANES = 64
Longs = NDArray[np.int64]


def farness(rows: Rows, told: Told = silent) -> tuple[Longs, Floats, Longs]:
    """Return for each node, searching along ``rows``: the sum of steps, of 1 / steps, and how many are reached.

    The node itself is reached in 0 steps and counts neither in the second sum nor among the reached.
    """
    n = len(rows.pointers) - 1
    total, inverse, reached = np.zeros(n, dtype=np.int64), np.zeros(n), np.zeros(n, dtype=np.int64)

    def search(sources: Longs) -> None:
        _search(rows.pointers, rows.far, sources, total, inverse, reached)

    for _ in spread(parts(n, _LANES), search, told):
        pass
    return total, inverse, reached


@compiled
def _search(pointers: Longs, far: Ints, sources: Longs, total: Longs, inverse: Floats, reached: Longs) -> None:
    n = len(pointers) - 1
    seen = np.zeros(n, dtype=np.uint64)
    here = np.zeros(n, dtype=np.uint64)
    there = np.zeros(n, dtype=np.uint64)
    edge = np.empty(n, dtype=np.int32)
    touched = np.empty(n, dtype=np.int32)
    planes = np.zeros(64, dtype=np.uint64)
    size = 0
    for lane in range(len(sources)):
        node = sources[lane]
        here[node] |= np.uint64(1) << np.uint64(lane)
        seen[node] |= np.uint64(1) << np.uint64(lane)
        edge[size] = node
        size += 1
    steps = 0
    while size > 0:
        steps += 1
        found = 0
        for at in range(size):
            node = edge[at]
            bits = here[node]
            for place in range(pointers[node], pointers[node + 1]):
                other = far[place]
                new = bits & ~seen[other]
                if new:
                    if there[other] == 0:
                        touched[found] = other
                        found += 1
                    there[other] |= new
            here[node] = 0
        planes[:] = 0
        for at in range(found):
            node = touched[at]
            bits = there[node]
            seen[node] |= bits
            here[node] = bits
            there[node] = 0
            edge[at] = node
            plane = 0
            while bits:
                both = planes[plane] & bits
                planes[plane] ^= bits
                bits = both
                plane += 1
        size = found
        for lane in range(len(sources)):
            count = _count(planes, np.uint64(lane))
            total[sources[lane]] += steps * count
            inverse[sources[lane]] += count / steps
            reached[sources[lane]] += count


@compiled
def _count(planes: NDArray[np.uint64], lane: np.uint64) -> int:
    """Return the number of a lane, of which each plane holds one binary digit for all lanes."""
    count = 0
    for plane in range(32):
        count += int((planes[plane] >> lane) & np.uint64(1)) << plane
    return count


def closeness(total: Longs, reached: Longs, n: int, over_all: bool) -> Floats:
    """Return 1 / the mean steps to whatever reaches a node; with ``over_all`` times the share of nodes that do.

    Wasserman and Faust, Social Network Analysis, 1994, p. 201.
    """
    found: Floats = np.divide(reached, total, out=np.zeros(len(total)), where=total > 0)
    return found * (reached / (n - 1)) if over_all and n > 1 else found


def steps_from(rows: Rows, sources: Longs, most: int) -> Ints:
    """Return how many steps each node is from the nearest of the sources, int32; -1 where none within ``most`` is."""
    return _steps(rows.pointers, rows.far, sources, most)


@compiled
def _steps(pointers: Longs, far: Ints, sources: Longs, most: int) -> Ints:
    n = len(pointers) - 1
    steps = np.full(n, -1, dtype=np.int32)
    queue = np.empty(n, dtype=np.int32)
    last = 0
    for source in sources:
        if steps[source] < 0:
            steps[source] = 0
            queue[last] = source
            last += 1
    at = 0
    while at < last:
        node = queue[at]
        at += 1
        if steps[node] >= most:
            break
        for place in range(pointers[node], pointers[node + 1]):
            other = far[place]
            if steps[other] < 0:
                steps[other] = steps[node] + 1
                queue[last] = other
                last += 1
    return steps
