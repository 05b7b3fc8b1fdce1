"""Paths as values: what is asked for, and what is found."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graphkit.analytics.paths import cost
from graphkit.analytics.paths.held import Apart, Held, Undated
from graphkit.analytics.paths.layers import NEVER, Layer, bounded, layers
from graphkit.analytics.paths.search import Way, best
from graphkit.analytics.paths.simple import FAR, Simple
from graphkit.errors import ChooseAgain
from graphkit.graph.snapshot import Snapshot

MAX_HOPS = 6
MAX_TOP = 100
SHORT = 2
HUB = 10
"""A hub is linked to more things than this, and than this many times what the middle one of linked things is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many hops a path may have, how many paths are wanted, and whether hubs may not be passed.

    ChooseAgain when more hops are wanted than say anything, or no path.
    """

    max_hops: int = 4
    top: int = 5
    avoid_hubs: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.max_hops <= MAX_HOPS:
            raise ChooseAgain(
                f"A path of {self.max_hops:,} hops is not looked for. Give max_hops from 1 to {MAX_HOPS}: "
                "over more hops nearly everything is linked with everything."
            )
        if not 1 <= self.top <= MAX_TOP:
            raise ChooseAgain(f"{self.top:,} paths are not looked for. Give top from 1 to {MAX_TOP}.")


@dataclass(frozen=True, slots=True)
class Step:
    """One hop: the rows of its relations, the best backed one first, and what it costs.

    ``passing`` is what it costs to go on from its end, ``in_time`` that it lies apart in time from the hop before, as
    ``apart`` has it; the last hop passes nothing, and none is before the first.
    """

    rows: tuple[int, ...]
    evidence: int
    passing: int
    in_time: int
    apart: Apart | None


@dataclass(frozen=True, slots=True)
class Path:
    """A path by the numbers of its nodes, and its hops."""

    nodes: tuple[int, ...]
    steps: tuple[Step, ...]

    @property
    def cost(self) -> int:
        """What the path costs, in millionths of a bit."""
        return sum(step.evidence + step.passing + step.in_time for step in self.steps)


@dataclass(frozen=True, slots=True)
class Unlinked:
    """Why there is no path: in how many hops the two are linked without and with hubs, None when they are not.

    ``around`` is how many other things each of the two is linked to by any number of hops.
    """

    hops: int | None
    through_hubs: int | None
    around: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """The best paths, the best first.

    ``hubs`` are the nodes that were avoided where ways of no more hops lead through them, the most linked first; they
    are linked to more than ``more_than`` others. ``degree`` has how many others each of all these nodes is linked to.
    ``sure`` is False when the search was stopped before it was done: then there may be more. ``unlinked`` says why
    there is none.
    """

    paths: tuple[Path, ...]
    hubs: tuple[int, ...]
    degree: dict[int, int]
    more_than: int
    sure: bool
    unlinked: Unlinked | None


def paths(view: Snapshot, a: int, b: int, wanted: Wanted) -> Found:
    """Return the best paths between two nodes of a snapshot, by their numbers, which differ."""
    graph = Simple.of(view)
    more_than = _more_than(graph)
    passed = ~((graph.degree > more_than) & wanted.avoid_hubs)
    ways, held, sure = _ways(view, graph, (a, b), wanted, passed)
    hubs = _avoided(graph, (a, b), wanted.max_hops, passed) if wanted.avoid_hubs else ()
    nodes = {a, b, *hubs}.union(*(way.nodes for way in ways))
    return Found(
        paths=tuple(_path(way, view, graph, held) for way in ways),
        hubs=hubs,
        degree={node: int(graph.degree[node]) for node in nodes},
        more_than=more_than,
        sure=sure,
        unlinked=None if ways or not sure else _unlinked(graph, a, b, passed),
    )


def _ways(
    view: Snapshot, graph: Simple, ends: tuple[int, int], wanted: Wanted, passed: NDArray[np.bool_]
) -> tuple[list[Way], Held, bool]:
    """Return the best ways, when their pairs held, and whether there are no better ones.

    What short ways cost bounds what has to be looked at for longer ones. Where the search is stopped, ways that are the
    best but for time stand after those that were found.
    """
    ways: list[Way] = []
    at_most = int(NEVER)
    for hops in dict.fromkeys((min(SHORT, wanted.max_hops), wanted.max_hops)):
        found = layers(graph, ends, hops, passed, at_most)
        held = Held(view, graph, _pairs(graph, found))
        ways, sure = best(graph, bounded(graph, found, ends[1], held), held, ends, wanted.top)
        at_most = ways[-1].cost if len(ways) == wanted.top else at_most
    if not sure:
        undated = Undated(view, graph)
        others = best(graph, bounded(graph, found, ends[1], undated), undated, ends, wanted.top)[0]
        known = {way.nodes for way in ways}
        timed = [replace(way, cost=way.cost + held.of_all(way.pairs)) for way in others if way.nodes not in known]
        ways += sorted(timed, key=lambda way: (way.cost, way.nodes))
    return ways[: wanted.top], held, sure


def _pairs(graph: Simple, found: list[Layer]) -> NDArray[np.bool_]:
    pairs = np.zeros(len(graph.cost), dtype=bool)
    for layer in found:
        pairs[layer.pair] = True
    return pairs


def _more_than(graph: Simple) -> int:
    linked = graph.degree[graph.degree > 0]
    return max(HUB, HUB * int(np.median(linked))) if len(linked) else HUB


def _avoided(graph: Simple, ends: tuple[int, int], max_hops: int, passed: NDArray[np.bool_]) -> tuple[int, ...]:
    every = np.ones_like(passed)
    from_a, from_b = (graph.hops_from(end, max_hops - 1, every) for end in ends)
    between = ~passed & (from_a + from_b <= max_hops)
    between[list(ends)] = False
    nodes = np.flatnonzero(between)
    return tuple(nodes[np.argsort(-graph.degree[nodes], kind="stable")].tolist())


def _unlinked(graph: Simple, a: int, b: int, passed: NDArray[np.bool_]) -> Unlinked:
    every = np.ones_like(passed)
    without, from_a, from_b = (graph.hops_from(*way) for way in ((a, FAR, passed), (a, FAR, every), (b, FAR, every)))
    hops, through = (None if reached[b] == FAR else int(reached[b]) for reached in (without, from_a))
    around_a, around_b = (int(np.count_nonzero(reached < FAR)) - 1 for reached in (from_a, from_b))
    return Unlinked(hops, through, (around_a, around_b))


def _path(way: Way, view: Snapshot, graph: Simple, held: Held) -> Path:
    steps = []
    for place, pair in enumerate(way.pairs):
        before = way.pairs[place - 1] if place else None
        rows = graph.rows_of(pair)
        costs = cost.of_relations(view.weights[rows])
        steps.append(
            Step(
                rows=tuple(rows[np.lexsort((rows, costs))].tolist()),
                evidence=int(graph.cost[pair]),
                passing=int(graph.passing[way.nodes[place + 1]]) if place + 1 < len(way.pairs) else 0,
                in_time=0 if before is None else held.cost(before, pair),
                apart=None if before is None else held.apart(before, pair),
            )
        )
    return Path(way.nodes, tuple(steps))
