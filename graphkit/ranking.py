"""Who ranks where by a metric, and on what that rests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.analytics import LOW_IS_HIGH, METRICS, PLAIN, Counting, Scores, metric_named
from graphkit.analytics.firmness import DRAWS, LEFT_OUT, SOURCES, firmness, rank_of
from graphkit.graph.arrays import Floats
from graphkit.graph.snapshot import Snapshot
from graphkit.kinds import catalog


@dataclass(frozen=True, slots=True)
class Ranking:
    """Things by score, the first rank first, ties by id, and what the scores were computed on."""

    metric: str
    rows: list[dict[str, Any]]
    computed_on: str
    kind: str | None = None


def rank(view: Snapshot, metric: str, kind: str | None, top: int, counting: Counting = PLAIN) -> Ranking:
    """Return the ``top`` things of a snapshot by a metric, of one kind if given.

    Things for which the metric is not defined have no rank.
    """
    wanted = catalog().entity(kind).name if kind else None
    scores = scored(view, metric, counting)
    view = among_kinds(view, counting.among)
    table = ranked(view, metric, scores)
    if wanted:
        table = table.filter(pl.col("kind") == wanted)
    rows = [{"rank": place} | row for place, row in enumerate(table.head(top).iter_rows(named=True), start=1)]
    return Ranking(metric, rows, scores.computed_on, wanted)


def firm(view: Snapshot, ranking: Ranking, counting: Counting = PLAIN) -> Ranking:
    """Return a ranking of a snapshot that also says of each row how firm its rank is.

    ``low`` and ``high`` are the ranks between which it stays when a tenth of the relations is left out at random, in
    nine of ten draws; ``without`` is the title of the source whose absence moves it most, ``rank_without`` where it
    ranks then; both are None where no source moves it.
    """
    view, counting = among_kinds(view, counting.among), replace(counting, among=())
    nodes = np.array([view.number(row["id"]) for row in ranking.rows], dtype=np.int64)
    others = (
        (view.things["kind"] != ranking.kind).to_numpy() if ranking.kind else np.zeros(len(view.things), dtype=bool)
    )
    low_first = ranking.metric in LOW_IS_HIGH

    def order(scores: Floats) -> NDArray[np.int64]:
        return rank_of(np.where(others, np.nan, scores), low_first)

    found = firmness(view, nodes, order, METRICS[ranking.metric], counting)
    titles = dict(view.sources.select("id", "name").iter_rows())
    rows = [
        row
        | {"low": int(low), "high": int(high), "without": source and (titles.get(source) or source)}
        | {"rank_without": int(without) if source else None}
        for row, low, high, source, without in zip(
            ranking.rows, found.low, found.high, found.source, found.without, strict=True
        )
    ]
    told = f"; how firm: {DRAWS} draws without {LEFT_OUT:.0%} of the relations, and without each of {SOURCES} sources"
    return replace(ranking, rows=rows, computed_on=ranking.computed_on + told)


def scored(view: Snapshot, metric: str, counting: Counting) -> Scores:
    """Return the scores of the things of a snapshot, or of those of the kinds that are to be counted among."""
    found = metric_named(metric, METRICS)(among_kinds(view, counting.among), replace(counting, among=()))
    only = f"; only among {', '.join(counting.among)}" if counting.among else ""
    return replace(found, computed_on=found.computed_on + only)


def among_kinds(view: Snapshot, kinds: Sequence[str]) -> Snapshot:
    """Return the snapshot of things of these kinds and the relations between them; all when there are none."""
    return view.among([catalog().entity(name).name for name in kinds]) if kinds else view


def ranked(view: Snapshot, metric: str, scores: Scores) -> pl.DataFrame:
    """Return id, name, kind and score of the things that have a score, the first rank first."""
    table = view.things.select("id", "name", "kind").with_columns(score=scores.values)
    defined = table.filter(pl.col("score").is_not_nan())
    return defined.sort(["score", "id"], descending=[metric not in LOW_IS_HIGH, False])
