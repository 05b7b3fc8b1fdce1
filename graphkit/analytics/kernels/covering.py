"""Sets of nodes that together reach most others, each the best one after those before it."""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

from graphkit.analytics.kernels.progress import Told, silent
from graphkit.analytics.kernels.spread import parts, spread
from graphkit.compiled import compiled
from graphkit.graph.arrays import Ints, Rows

_PART = 1024
Bools = NDArray[np.bool_]
Longs = NDArray[np.int64]


def covering(rows: Rows, size: int, steps: int, told: Told = silent) -> tuple[list[int], list[int]]:
    """Return nodes, and how many nodes those up to each reach within ``steps``, themselves among them.

    Of equals the lowest number comes first. The greedy set reaches at least 1 - 1/e of what the best one does
    (Nemhauser, Wolsey and Fisher, 1978). What a node would add only falls as others are taken, so it is counted anew
    only when it may be the best (Minoux, 1978).
    """
    n = len(rows.pointers) - 1
    covered = np.zeros(n, dtype=np.bool_)

    def adds(nodes: Longs) -> Longs:
        return _adds(rows.pointers, rows.far, nodes, steps, covered)

    gains = (gain for part in spread(parts(n, _PART), adds, told) for gain in part.tolist())
    queue = [(-gain, node) for node, gain in enumerate(gains)]
    heapq.heapify(queue)
    chosen, reached, total = list[int](), list[int](), 0
    while queue and len(chosen) < size:
        _, node = heapq.heappop(queue)
        gain = int(adds(np.array([node]))[0])
        if queue and (-gain, node) > queue[0]:
            heapq.heappush(queue, (-gain, node))
            continue
        _cover(rows.pointers, rows.far, node, steps, covered)
        total += gain
        chosen.append(node)
        reached.append(total)
    return chosen, reached


@compiled
def _adds(pointers: Longs, far: Ints, nodes: Longs, steps: int, covered: Bools) -> Longs:
    """Return how many nodes that are not covered each of some nodes reaches."""
    n = len(pointers) - 1
    met = np.full(n, -1, dtype=np.int32)
    queue = np.empty(n, dtype=np.int32)
    found = np.zeros(len(nodes), dtype=np.int64)
    for turn in range(len(nodes)):
        for place in range(_walk(pointers, far, nodes[turn], steps, met, turn, queue)):
            found[turn] += not covered[queue[place]]
    return found


@compiled
def _cover(pointers: Longs, far: Ints, node: int, steps: int, covered: Bools) -> None:
    n = len(pointers) - 1
    met = np.full(n, -1, dtype=np.int32)
    queue = np.empty(n, dtype=np.int32)
    for place in range(_walk(pointers, far, node, steps, met, 0, queue)):
        covered[queue[place]] = True


@compiled
def _walk(pointers: Longs, far: Ints, node: int, steps: int, met: Ints, turn: int, queue: Ints) -> int:
    """Put what a node reaches into ``queue``, itself first, and return how many that are."""
    queue[0] = node
    met[node] = turn
    begin, end = 0, 1
    for _ in range(steps):
        last = end
        for at in range(begin, last):
            for place in range(pointers[queue[at]], pointers[queue[at] + 1]):
                other = far[place]
                if met[other] != turn:
                    met[other] = turn
                    queue[end] = other
                    end += 1
        begin = last
    return end
