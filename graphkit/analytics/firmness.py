"""How firm a rank is: when some relations are missing, and when one source is not believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.analytics.metric import PLAIN, Counting, Metric
from graphkit.graph.snapshot import Snapshot

Bools = NDArray[np.bool_]
Ranks = NDArray[np.int64]
DRAWS = 50
"""How often relations are left out at random."""
LEFT_OUT = 0.1
"""The share of relations that is left out each time."""
SOURCES = 10
"""How many sources are left out, one at a time: those on which most relations rest alone."""
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Firmness:
    """Ranks of the things that were asked for, in their order, int64.

    ``low`` and ``high`` are the best and the worst rank, leaving out the best and worst 5 %, when a tenth of the
    relations is left out at random. ``source`` names the source without which a thing ranks most differently, and
    ``without`` says where it ranks then; None where no source changes it.
    """

    low: Ranks
    high: Ranks
    source: list[str | None]
    without: Ranks


def firmness(
    view: Snapshot,
    nodes: Ranks,
    order: Callable[[NDArray[np.float64]], Ranks],
    metric: Metric,
    counting: Counting = PLAIN,
) -> Firmness:
    """Return how firm the ranks of things are; ``order`` makes ranks of scores, 1 the first.

    The same for the same snapshot. Relations are left out as in Borgatti, Carley and Krackhardt, On the Robustness of
    Centrality Measures under Conditions of Imperfect Data, 2006. A source falls with all that only repeats it.
    """
    chance = np.random.default_rng(1)
    count = len(view.types)
    quiet = replace(counting, told=PLAIN.told)
    plain = order(metric(view, counting).values)[nodes]
    alone = _rest_on_one(view)
    turns = DRAWS + len(alone)

    def ranks(kept: Bools, turn: int) -> Ranks:
        counting.told((turn + 1) / turns)
        return order(metric(view.keeping(kept), quiet).values)[nodes]

    drawn = np.array([ranks(chance.random(count) >= LEFT_OUT, turn) for turn in range(DRAWS)])
    low, high = np.percentile(drawn, [5, 95], axis=0, method="nearest").astype(np.int64)
    source: list[str | None] = [None] * len(nodes)
    without = plain.copy()
    for turn, (id_, fallen) in enumerate(alone.items(), start=DRAWS):
        found = ranks(~fallen, turn)
        for place in np.flatnonzero(np.abs(found - plain) > np.abs(without - plain)):
            source[place], without[place] = id_, found[place]
    return Firmness(np.minimum(low, plain), np.maximum(high, plain), source, without)


def _rest_on_one(view: Snapshot) -> dict[str, Bools]:
    """Return by source which relations nobody else says, but for sources that only repeat it; the most first."""
    said = view.relations["sources"]
    count = said.list.len().to_numpy()
    rows = np.repeat(np.arange(len(said)), count)
    speakers = said.explode(empty_as_null=False)
    often = speakers.value_counts(sort=True).head(3 * SOURCES)[speakers.name].to_list()
    copies = _with_copies(view.sources)
    fallen: dict[str, Bools] = {}
    for id_ in often:
        own = speakers.is_in(copies.get(id_, [id_])).to_numpy()
        fallen[id_] = (np.bincount(rows, weights=own, minlength=len(said)) == count) & (count > 0)
    first = sorted(often, key=lambda id_: (-int(fallen[id_].sum()), id_))[:SOURCES]
    return {id_: fallen[id_] for id_ in first if fallen[id_].any()}


def _with_copies(sources: pl.DataFrame) -> dict[str, list[str]]:
    """Return by source what falls with it: itself and what is based on nothing but what falls."""
    drawn = dict(sources.select("id", "based_on").iter_rows())
    found: dict[str, list[str]] = {}
    for id_ in drawn:
        falls = {id_}
        while more := {other for other, on in drawn.items() if on and other not in falls and falls.issuperset(on)}:
            falls |= more
        found[id_] = sorted(falls)
    return found


def rank_of(scores: NDArray[np.float64], low_first: bool) -> Ranks:
    """Return the rank of each score, 1 the first; equal scores share the better rank, undefined ones come last.

    Scores that differ by rounding only are equal.
    """
    most = float(np.nanmax(np.abs(scores), initial=0.0)) or 1.0
    keys = np.round(np.nan_to_num(scores if low_first else -scores, nan=np.inf) / most, _DIGITS)
    ordered = np.sort(keys)
    return np.searchsorted(ordered, keys, side="left") + 1
