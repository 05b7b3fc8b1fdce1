"""Which links can be the first, second … hop of a path, and the least that the rest of the path then costs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graphkit.analytics.paths.held import Held
from graphkit.analytics.paths.simple import FAR, Ints, Longs, Simple

NEVER = np.int64(2**60)
ONE_BY_ONE = 16
"""How many of the links that go on from a node are looked at one by one at most, fewer where there are many nodes."""
LOOKED_AT = 2_000_000


@dataclass(frozen=True, slots=True)
class Layer:
    """The links that can be one hop of a path, by source and then by target.

    ``rest`` is the least that a way on to the end costs after it, the passing of ``target`` included, in as many hops
    as are left and without going straight back: 0 when the target is the end.
    """

    source: Longs
    target: Ints
    pair: Ints
    cost: Longs
    rest: Longs

    def onward(self, node: int) -> slice:
        """Return where the links from a node stand."""
        first, last = np.searchsorted(self.source, (node, node + 1))
        return slice(int(first), int(last))

    def keeping(self, kept: NDArray[np.bool_]) -> Layer:
        """Return the links that are kept."""
        return Layer(self.source[kept], self.target[kept], self.pair[kept], self.cost[kept], self.rest[kept])


def layers(graph: Simple, ends: tuple[int, int], max_hops: int, passed: NDArray[np.bool_], at_most: int) -> list[Layer]:
    """Return the links within reach of both ends, hop by hop, through nodes that are ``passed``; ``rest`` is 0.

    Links that cost more than ``at_most`` with what they join are left out.
    """
    inner = passed.copy()
    inner[list(ends)] = False
    from_a, from_b = (_inside(graph, end, max_hops - 1, inner) for end in ends)
    passing = graph.passing.copy()
    passing[list(ends)] = 0
    found = []
    for hop in range(1, max_hops + 1):
        places, source = graph.links(np.flatnonzero(from_a < hop))
        kept = from_b[graph.near[places]] <= max_hops - hop
        places, source = places[kept], source[kept]
        target, pair = graph.near[places], graph.pair[places]
        every = Layer(source, target, pair, graph.cost[pair], np.zeros(len(pair), dtype=np.int64))
        found.append(every.keeping(passing[source] + every.cost + passing[target] <= at_most))
    return found


def _inside(graph: Simple, end: int, limit: int, inner: NDArray[np.bool_]) -> Ints:
    """Return in how many hops each inner node is reached from an end; the other nodes are out of reach."""
    hops = np.where(inner, graph.hops_from(end, limit, inner), FAR)
    hops[end] = 0
    return hops


def bounded(graph: Simple, found: list[Layer], end: int, held: Held) -> list[Layer]:
    """Return the layers with the least that the rest costs, and without links that lead to no end.

    What cannot be on a path is in no layer, but for ways that come back to a node after three hops or more.
    """
    made = [found[-1]]
    for layer in found[-2::-1]:
        rest = np.where(layer.target == end, 0, _way_on(graph, layer, made[-1], held))
        made.append(replace(layer, rest=rest).keeping(rest < NEVER))
    return made[::-1]


def _way_on(graph: Simple, layer: Layer, onward: Layer, held: Held) -> Longs:
    """Return the least that it costs to pass the target of each link and go on from there, but not straight back.

    Of the links that go on from a node the cheapest few are looked at one by one, with what they cost in time; the
    others cost no less than the cheapest of them, and no less in time than if they held whenever any from the node did.
    """
    n, node = len(graph.degree), layer.target
    after = np.full(len(node), NEVER)
    if not len(onward.source):
        return after
    first = np.flatnonzero(np.diff(onward.source, prepend=-1))
    nodes, costs = onward.source[first], onward.cost + onward.rest
    best, taken = np.full(n, NEVER), np.zeros(n, dtype=np.int64)
    for _ in range(min(max(LOOKED_AT // (len(node) + 1), 2), ONE_BY_ONE)):
        best[nodes] = np.minimum.reduceat(costs, first)
        cheapest = np.flatnonzero(costs == best[onward.source])[::-1]
        taken[onward.source[cheapest]] = cheapest
        link = taken[node]
        there = best[node] + held.least(layer.pair, onward.pair[link])
        after = np.minimum(after, np.where(onward.target[link] == layer.source, NEVER, there))
        costs[taken[nodes]] = NEVER
    best[nodes] = np.minimum.reduceat(costs, first)
    others = best[node] + held.least_of_all(layer.pair, node, held.together(onward.pair, first, nodes, n))
    rest: Longs = np.minimum(np.minimum(after, others) + graph.passing[node], NEVER)
    return rest
