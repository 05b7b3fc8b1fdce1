"""When hops held, and how far apart in time two of them are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.analytics.paths import cost
from graphkit.analytics.paths.simple import Ints, Longs, Simple
from graphkit.graph.snapshot import Snapshot
from graphkit.model.interval import OPEN

Spans = tuple[tuple[int, int], ...]
"""Days [first, last), counted from 1970-01-01; empty when nobody says when."""
EVER = 2**40
_ZERO = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Apart:
    """How two hops lie in time: ``days`` between them, 0 or more, or the ``spans`` that they have in common.

    Spans are texts as relations have them. Both are missing when nobody says when one of the two held.
    """

    days: int | None
    spans: tuple[str, ...]


class Held:
    """When the pairs of a graph held: the union of the times of their relations; any time when one is not dated."""

    def __init__(self, view: Snapshot, graph: Simple, pairs: NDArray[np.bool_]) -> None:
        """Read the first and last days of these pairs, marked by number."""
        self._graph = graph
        self._texts = view.times["spans"]
        self._first = np.full(len(pairs), -EVER, dtype=np.int64)
        self._last = np.full(len(pairs), EVER, dtype=np.int64)
        self._spans: dict[int, Spans] = {}
        numbers = np.flatnonzero(pairs)
        counts = np.diff(graph.starts)
        rows = graph.rows[np.repeat(pairs, counts)]
        if len(rows):
            bounds = _bounds(view.times, rows)
            first = np.cumsum(counts[numbers]) - counts[numbers]
            self._first[numbers] = np.minimum.reduceat(bounds[0], first)
            self._last[numbers] = np.maximum.reduceat(bounds[1], first)

    def least(self, pairs: Ints | int, others: Ints) -> Longs:
        """Return the least that it can cost in time to go on from pairs, or from one, to each of others."""
        gap = np.maximum(self._first[others] - self._last[pairs], self._first[pairs] - self._last[others])
        return cost.of_gap(gap)

    def together(self, pairs: Ints, first: Longs, nodes: Longs, n: int) -> tuple[Longs, Longs]:
        """Return the first and the last day of pairs that are grouped by node, of each node of ``n``."""
        start, end = np.full(n, -EVER), np.full(n, EVER)
        if len(first):
            start[nodes] = np.minimum.reduceat(self._first[pairs], first)
            end[nodes] = np.maximum.reduceat(self._last[pairs], first)
        return start, end

    def least_of_all(self, pairs: Ints, nodes: Ints, days: tuple[Longs, Longs]) -> Longs:
        """Return the least that it can cost in time to go on from each pair at its node, within the days of that."""
        gap = np.maximum(days[0][nodes] - self._last[pairs], self._first[pairs] - days[1][nodes])
        return cost.of_gap(gap)

    def cost(self, pair: int, other: int) -> int:
        """Return what it costs in time to go on from a pair to another."""
        days = self.apart(pair, other).days
        return 0 if days is None else int(cost.of_gap(np.array([days]))[0])

    def of_all(self, pairs: Sequence[int]) -> int:
        """Return what hops over these pairs, one after another, cost in time."""
        return sum(self.cost(pair, other) for pair, other in pairwise(pairs))

    def apart(self, pair: int, other: int) -> Apart:
        """Return how two pairs lie in time."""
        one, two = self._of(pair), self._of(other)
        common = tuple((max(a, c), min(b, d)) for a, b in one for c, d in two if max(a, c) < min(b, d))
        if common or not (one and two):
            return Apart(None, tuple(f"{_text(a)}/{_text(b)}" for a, b in common))
        return Apart(min(max(c - b, a - d) for a, b in one for c, d in two), ())

    def _of(self, pair: int) -> Spans:
        if pair not in self._spans:
            each = [self._texts[int(row)] for row in self._graph.rows_of(pair)]
            dated = all(texts is not None and len(texts) for texts in each)
            self._spans[pair] = _union([_days(text) for texts in each for text in texts]) if dated else ()
        return self._spans[pair]


class Undated(Held):
    """The same where nothing is dated, so that time costs nothing."""

    def __init__(self, view: Snapshot, graph: Simple) -> None:
        """Read nothing."""
        super().__init__(view, graph, np.zeros(len(graph.cost), dtype=bool))

    def _of(self, pair: int) -> Spans:
        return ()


def _bounds(relations: pl.DataFrame, rows: Ints) -> tuple[Longs, Longs]:
    """Return the first day of each relation and the first day after its last one."""
    dates = relations[rows].select(
        pl.col("first_seen", "last_seen").str.to_date("%Y-%m-%d").cast(pl.Int64),
        dated=pl.col("spans").list.len().fill_null(0) > 0,
    )
    ends = (("first_seen", -EVER), ("last_seen", EVER))
    first, last = (pl.when("dated").then(pl.col(name).fill_null(ever)).otherwise(ever) for name, ever in ends)
    told = dates.select(first=first, last=last)
    return told["first"].to_numpy(), told["last"].to_numpy()


def _days(span: str) -> tuple[int, int]:
    start, _, end = span.partition("/")
    return (
        -EVER if start == OPEN else date.fromisoformat(start).toordinal() - _ZERO,
        EVER if end == OPEN else date.fromisoformat(end).toordinal() - _ZERO,
    )


def _text(day: int) -> str:
    return OPEN if abs(day) == EVER else str(date.fromordinal(day + _ZERO))


def _union(spans: list[tuple[int, int]]) -> Spans:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
