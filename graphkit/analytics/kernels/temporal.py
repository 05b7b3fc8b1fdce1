"""First arrivals over links that hold for some time."""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

from graphkit.compiled import compiled
from graphkit.graph.arrays import Ints

Longs = NDArray[np.int64]


def earliest_arrival(
    n: int, ends: tuple[Ints, Ints], held: tuple[Longs, Longs], source: int, begin: int, directed: bool
) -> tuple[Longs, Ints]:
    """Return the first time at which each node is reached from ``source``, int64, and over how many links, int32.

    Link ``i`` leads from ``ends[0][i]`` to ``ends[1][i]`` at any time between ``held[0][i]`` and ``held[1][i]``, both
    included; passing takes no time. Not reached: steps -1. Of ways that arrive at the same time the shortest counts.
    """
    near, far = ends if directed else (np.concatenate(ends), np.concatenate(ends[::-1]))
    start, stop = held if directed else (np.concatenate([held[0]] * 2), np.concatenate([held[1]] * 2))
    order = np.argsort(near, kind="stable")
    pointers = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(near, minlength=n), out=pointers[1:])
    return _earliest(pointers, far[order], start[order], stop[order], source, begin)


@compiled
def _earliest(pointers: Longs, far: Ints, start: Longs, stop: Longs, source: int, begin: int) -> tuple[Longs, Ints]:
    n = len(pointers) - 1
    arrival = np.full(n, np.iinfo(np.int64).max)
    steps = np.full(n, -1, dtype=np.int32)
    done = np.zeros(n, dtype=np.bool_)
    arrival[source] = begin
    steps[source] = 0
    queue = [(np.int64(begin), np.int64(0), np.int64(source))]
    while len(queue) > 0:
        when, count, node = heapq.heappop(queue)
        if done[node]:
            continue
        done[node] = True
        for place in range(pointers[node], pointers[node + 1]):
            other = far[place]
            at = max(when, start[place])
            if at > stop[place] or done[other]:
                continue
            if at < arrival[other] or (at == arrival[other] and count + 1 < steps[other]):
                arrival[other] = at
                steps[other] = count + 1
                heapq.heappush(queue, (np.int64(at), np.int64(count + 1), np.int64(other)))
    return arrival, steps
