"""How the scores of a metric are spread: few numbers about many things, to be drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.analytics import PLAIN, Counting
from graphkit.graph.snapshot import Snapshot
from graphkit.kinds import catalog
from graphkit.ranking import scored, things_counted

BINS = 40
"""How many bars a histogram has at most."""
POINTS = 300
"""How many points a curve has at most."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """The scores of the things of a snapshot, summed up.

    ``bins`` has ``low``, ``high`` and ``things``, how many score from low on and below high, the last one up to high;
    where ``whole`` is true scores are whole numbers, and so are ``low`` and ``high``. ``tail`` has ``score`` and
    ``share``, which share of the things score as much or more (the complementary cumulative distribution).
    ``undefined`` is how many things have no score.
    """

    bins: pl.DataFrame
    tail: pl.DataFrame
    whole: bool
    things: int
    undefined: int
    median: float
    highest: float
    computed_on: str


def distribution(view: Snapshot, metric: str, kind: str | None, counting: Counting = PLAIN) -> Distribution:
    """Return how the scores of a metric are spread over the things of a snapshot, of one kind if given."""
    found = scored(view, metric, counting)
    values = found.values
    if kind:
        kinds = things_counted(view, counting)["kind"]
        values = values[(kinds == catalog().entity(kind).name).to_numpy()]
    defined = np.sort(values[~np.isnan(values)])
    whole = bool((defined == np.floor(defined)).all())
    return Distribution(
        bins=_bins(defined, whole),
        tail=_tail(defined),
        whole=whole,
        things=len(defined),
        undefined=len(values) - len(defined),
        median=float(np.median(defined)) if len(defined) else 0.0,
        highest=float(defined[-1]) if len(defined) else 0.0,
        computed_on=found.computed_on,
    )


def _bins(ordered: NDArray[np.float64], whole: bool) -> pl.DataFrame:
    if not len(ordered):
        return pl.DataFrame(schema={"low": pl.Float64, "high": pl.Float64, "things": pl.Int64})
    if whole:
        step = np.ceil((np.ptp(ordered) + 1) / BINS)
        edges = np.arange(ordered[0], ordered[-1] + 1 + step, step)
    else:
        edges = np.linspace(ordered[0], ordered[-1] if ordered[-1] > ordered[0] else ordered[0] + 1, BINS + 1)
    things = np.histogram(ordered, edges)[0]
    return pl.DataFrame({"low": edges[:-1], "high": edges[1:], "things": things})


def _tail(ordered: NDArray[np.float64]) -> pl.DataFrame:
    scores, first = np.unique(ordered, return_index=True)
    share = (len(ordered) - first) / max(len(ordered), 1)
    if len(scores) > POINTS:
        steps = np.unique(np.geomspace(1, len(ordered), POINTS).astype(int))
        picked = np.unique(np.searchsorted(-share, -steps[::-1] / len(ordered), side="left"))
        scores, share = scores[picked[picked < len(scores)]], share[picked[picked < len(scores)]]
    return pl.DataFrame({"score": scores, "share": share})
