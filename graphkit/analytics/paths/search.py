"""The best paths through layers, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

import numpy as np

from graphkit.analytics.paths.held import Held
from graphkit.analytics.paths.layers import Layer
from graphkit.analytics.paths.simple import Longs, Simple

WORK = 10_000_000
"""The search is stopped after so much work: a link that is looked at is 1, a beginning of a path is ``BEGINNING``."""
BEGINNING = 200


@dataclass(frozen=True, slots=True)
class Way:
    """A path or its beginning: its nodes, the pairs between them, and what these and the nodes passed cost."""

    nodes: tuple[int, ...]
    pairs: tuple[int, ...]
    cost: int


def best(graph: Simple, layers: Sequence[Layer], held: Held, ends: tuple[int, int], top: int) -> tuple[list[Way], bool]:
    """Return the best ways through the layers, the best first, equal ones by their nodes, and whether that is sure.

    It is not when the search was stopped; the ways that are returned then are the best all the same, but fewer.
    """
    work = 0
    found: list[Way] = []
    open_: list[tuple[int, tuple[int, ...], Way | tuple[_Branch, int]]] = []
    _go_on(open_, _Branch(Way(ends[:1], (), 0), graph, layers, held), 0)
    while open_ and len(found) < top:
        if work > WORK:
            return found, False
        work += BEGINNING
        bound, nodes, item = heappop(open_)
        if isinstance(item, tuple):
            branch, place = item
            _go_on(open_, branch, place + 1)
            item, least = branch.way(place)
            if least > bound:
                heappush(open_, (least, nodes, item))
                continue
        if nodes[-1] == ends[1]:
            found.append(item)
        else:
            branch = _Branch(item, graph, layers, held)
            work += len(branch.order)
            _go_on(open_, branch, 0)
    return found, True


def _go_on(open_: list[Any], branch: _Branch, place: int) -> None:
    """Add the next of a branch that comes back to no node; those after it wait until it is looked at."""
    while place < len(branch.order):
        node = branch.node(place)
        if node not in branch.way_here.nodes:
            heappush(open_, (int(branch.least[place]), (*branch.way_here.nodes, node), (branch, place)))
            return
        place += 1


class _Branch:
    """The hops that can come after the beginning of a path, by the least that a path with them costs."""

    def __init__(self, way: Way, graph: Simple, layers: Sequence[Layer], held: Held) -> None:
        layer = layers[len(way.pairs)]
        here = layer.onward(way.nodes[-1])
        self.way_here = way
        self._held = held
        self._base = way.cost + (int(graph.passing[way.nodes[-1]]) if way.pairs else 0)
        self._target, self._pair = layer.target[here], layer.pair[here]
        self._cost, self._rest = layer.cost[here], layer.rest[here]
        costs = self._base + self._cost + self._rest
        if way.pairs:
            costs += held.least(way.pairs[-1], self._pair)
        self.order = np.argsort(costs, kind="stable")
        self.least: Longs = costs[self.order]

    def node(self, place: int) -> int:
        """Return where a hop leads."""
        return int(self._target[self.order[place]])

    def way(self, place: int) -> tuple[Way, int]:
        """Return the beginning with a hop more, and the least that a path with it costs."""
        link = self.order[place]
        way, pair = self.way_here, int(self._pair[link])
        in_time = self._held.cost(way.pairs[-1], pair) if way.pairs else 0
        cost = self._base + int(self._cost[link]) + in_time
        return Way((*way.nodes, self.node(place)), (*way.pairs, pair), cost), cost + int(self._rest[link])
