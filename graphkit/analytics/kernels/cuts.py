"""What alone holds a graph together: links and nodes whose loss cuts it apart, and the blocks between them.

One depth-first search: Hopcroft and Tarjan, Algorithm 447: Efficient Algorithms for Graph Manipulation, 1973.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.analytics.kernels.distances import steps_from
from graphkit.compiled import compiled
from graphkit.graph.arrays import Ints, Links

Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cuts:
    """What one search of the undirected links finds, per node and per link.

    ``block`` is the number of the biconnected block of each link, int32. ``side`` says of a bridge, a link that is in
    a block alone, how many nodes are on the smaller side of it, int64; it is 0 of other links. ``cutting`` says which
    nodes, once gone, leave their component in more pieces. ``component`` numbers the connected components, by their
    smallest node. ``pairs_lost`` is how many pairs of *other* nodes are no longer connected once a node is gone,
    float64.
    """

    block: Ints
    side: Longs
    cutting: NDArray[np.bool_]
    component: Ints
    pairs_lost: NDArray[np.float64]


def cuts(links: Links) -> Cuts:
    """Return what holds undirected links without loops together, in O(nodes + links)."""
    rows = links.out
    return Cuts(*_cuts(rows.pointers, rows.far, rows.link, len(links.start)))


def components(links: Links) -> Ints:
    """Return the number of the connected component of each node, int32, by their smallest node; directions ignored."""
    rows = links.undirected.out
    return _components(rows.pointers, rows.far)


@compiled
def _components(pointers: Longs, far: Ints) -> Ints:
    n = len(pointers) - 1
    component = np.full(n, -1, dtype=np.int32)
    queue = np.empty(n, dtype=np.int32)
    count = 0
    for root in range(n):
        if component[root] >= 0:
            continue
        component[root] = count
        queue[0] = root
        at, last = 0, 1
        while at < last:
            node = queue[at]
            at += 1
            for place in range(pointers[node], pointers[node + 1]):
                other = far[place]
                if component[other] < 0:
                    component[other] = count
                    queue[last] = other
                    last += 1
        count += 1
    return component


def connected(links: Links) -> bool:
    """Say whether there is a way from every node to every other one, along the links' directions."""
    if not links.directed:
        return not components(links).any()
    first = np.zeros(1, dtype=np.int64)
    return all(bool((steps_from(rows, first, links.n) >= 0).all()) for rows in (links.out, links.into))


@compiled
def _cuts(
    pointers: Longs, far: Ints, link: Ints, links: int
) -> tuple[Ints, Longs, NDArray[np.bool_], Ints, NDArray[np.float64]]:
    n = len(pointers) - 1
    found = np.full(n, -1, dtype=np.int32)
    low = np.zeros(n, dtype=np.int32)
    below = np.ones(n, dtype=np.int64)
    above = np.full(n, -1, dtype=np.int32)
    by = np.full(n, -1, dtype=np.int32)
    next_ = pointers[:-1].copy()
    block = np.full(links, -1, dtype=np.int32)
    side = np.zeros(links, dtype=np.int64)
    cutting = np.zeros(n, dtype=np.bool_)
    component = np.full(n, -1, dtype=np.int32)
    cut_off = np.zeros(n, dtype=np.int64)
    lost = np.zeros(n, dtype=np.float64)
    open_ = np.empty(links, dtype=np.int32)
    taken = np.zeros(links, dtype=np.bool_)
    order = np.empty(n, dtype=np.int32)
    size = blocks = components = clock = 0
    for root in range(n):
        if found[root] >= 0:
            continue
        first = clock
        found[root] = low[root] = clock
        order[clock] = root
        clock += 1
        component[root] = components
        children = 0
        node = root
        while node >= 0:
            if next_[node] < pointers[node + 1]:
                place = next_[node]
                next_[node] += 1
                other, own = far[place], link[place]
                if taken[own]:
                    continue
                taken[own] = True
                open_[size] = own
                size += 1
                if found[other] < 0:
                    found[other] = low[other] = clock
                    order[clock] = other
                    clock += 1
                    above[other], by[other] = node, own
                    component[other] = components
                    node = other
                else:
                    low[node] = min(low[node], found[other])
                continue
            up = above[node]
            if up >= 0:
                below[up] += below[node]
                low[up] = min(low[up], low[node])
                if low[node] >= found[up]:
                    if up == root:
                        children += 1
                    else:
                        cutting[up] = True
                    lost[up] += float(below[node]) * float(cut_off[up])
                    cut_off[up] += below[node]
                    count = 0
                    while True:
                        size -= 1
                        block[open_[size]] = blocks
                        count += 1
                        if open_[size] == by[node]:
                            break
                    if count == 1:
                        side[by[node]] = below[node]
                    blocks += 1
            node = up
        cutting[root] = children > 1
        whole = clock - first
        for at in range(first, clock):
            each = order[at]
            rest = whole - 1 - cut_off[each]
            lost[each] += float(cut_off[each]) * float(rest)
            if by[each] >= 0 and side[by[each]] > 0:
                side[by[each]] = min(below[each], whole - below[each])
        components += 1
    return block, side, cutting, component, lost
