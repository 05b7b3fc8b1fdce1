"""Who ranks where by a metric, and on what that rests."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.analytics import LOW_IS_HIGH, METRICS, PLAIN, Counting, Scores, metric_named
from graphkit.analytics.firmness import DRAWS, LEFT_OUT, SOURCES, firmness, rank_of
from graphkit.errors import ChooseAgain
from graphkit.graph.arrays import Floats
from graphkit.graph.projected import projected
from graphkit.graph.snapshot import Snapshot
from graphkit.kinds import catalog
from graphkit.results import remembered

_TRIES = 3
_A_RELATION = 4e-6
_A_RELATION_OF_EACH_THING = {"closeness": 1e-9, "harmonic": 1e-9, "betweenness": 2e-8}
"""Seconds a metric takes, measured on two cores: for each relation, and where each thing looks at all of them."""


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
    table = ranked(things_counted(view, counting), metric, scores)
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
    found = firm_ranks(view, ranking.metric, ranking.kind, counting)
    numbers = dict(zip(found["id"], range(len(found)), strict=True))
    titles = dict(view.sources.select("id", "name").iter_rows())
    rows = []
    for row in ranking.rows:
        told = found.row(numbers[row["id"]], named=True)
        source = told["source"]
        rows.append(
            row
            | {"low": told["low"], "high": told["high"], "without": source and (titles.get(source) or source)}
            | {"rank_without": told["without"] if source else None}
        )
    line = f"; how firm: {DRAWS} draws without {LEFT_OUT:.0%} of the relations, and without each of {SOURCES} sources"
    return replace(ranking, rows=rows, computed_on=ranking.computed_on + line)


def firm_ranks(view: Snapshot, metric: str, kind: str | None, counting: Counting) -> pl.DataFrame:
    """Return id, low, high, source and without of each thing that is counted; see ``firm``."""

    def compute() -> tuple[pl.DataFrame, str]:
        among, left = counted(view, counting)
        apart = (among.things["kind"] != kind).to_numpy() if kind else np.zeros(len(among.things), dtype=bool)

        def order(scores: Floats) -> NDArray[np.int64]:
            return rank_of(np.where(apart, np.nan, scores), metric in LOW_IS_HIGH)

        nodes = np.arange(len(among.things))
        found = firmness(among, nodes, order, METRICS[metric], left)
        columns = {"low": found.low, "high": found.high, "without": found.without}
        frame = among.things.select("id").with_columns(**columns, source=pl.Series(found.source, dtype=pl.String))
        return frame, "firm ranks"

    return remembered(view, asked_for("firm", metric, kind, counting), compute)[0]


def firm_within(view: Snapshot, metric: str, seconds: float, counting: Counting = PLAIN) -> bool:
    """Say whether ``firm`` takes at most so many seconds, by how long one of its draws takes, which is tried.

    The quickest of a few tries counts, as others wait for what is loaded first, or for a machine that is busy.
    """
    if counting.through:
        return False
    among, left = counted(view, counting)
    if takes(among, metric) > seconds:
        return False
    kept = np.ones(len(among.types), dtype=bool)

    def one_draw() -> float:
        begun = time.perf_counter()
        METRICS[metric](among.keeping(kept), left)
        return time.perf_counter() - begun

    return any(one_draw() * (DRAWS + SOURCES) <= seconds for _ in range(_TRIES))


def takes(view: Snapshot, metric: str) -> float:
    """Return about how many seconds a metric takes on a snapshot, rather too many than too few."""
    things, relations = len(view.things), len(view.types)
    return relations * (_A_RELATION + things * _A_RELATION_OF_EACH_THING.get(metric, 0.0))


def scored(view: Snapshot, metric: str, counting: Counting = PLAIN) -> Scores:
    """Return the scores of the things of a snapshot, or of those of the kinds that are to be counted among.

    What took long is not computed again while the store does not change.
    """
    function = metric_named(metric, METRICS)

    def compute() -> tuple[pl.DataFrame, str]:
        found = function(*counted(view, counting))
        only = f"; only among {', '.join(counting.among)}" if counting.among else ""
        only += f", linked by shared {', '.join(counting.through)}" if counting.through else ""
        return pl.DataFrame({"score": found.values}), found.computed_on + only

    frame, line = remembered(view, asked_for("scores", metric, None, counting), compute)
    return Scores(frame["score"].to_numpy(), line)


def asked_for(verb: str, metric: str, kind: str | None, counting: Counting) -> str:
    """Return what ``remembered`` knows an analysis by."""
    return f"{verb} {metric} {kind} {counting.said()}"


def counted(view: Snapshot, counting: Counting) -> tuple[Snapshot, Counting]:
    """Return the snapshot of what is to be counted among and through, and what is left to heed."""
    kinds, shared = ([catalog().entity(name).name for name in names] for names in (counting.among, counting.through))
    if shared and not kinds:
        raise ChooseAgain("Say which things are linked by what they share: --among KIND.")
    if kinds:
        view = projected(view, kinds, shared) if shared else view.among(kinds)
    return view, replace(counting, among=(), through=())


def things_counted(view: Snapshot, counting: Counting) -> pl.DataFrame:
    """Return the things of what ``counted`` returns, without finding what they share."""
    return counted(view, replace(counting, through=()))[0].things


def ranked(things: pl.DataFrame, metric: str, scores: Scores) -> pl.DataFrame:
    """Return id, name, kind and score of the things that have a score, the first rank first, equal ones by id."""
    table = things.select("id", "name", "kind").with_columns(score=scores.values)
    defined = table.filter(pl.col("score").is_not_nan())
    near = pl.col("score").round_sig_figs(10)
    return defined.sort(near, "id", descending=[metric not in LOW_IS_HIGH, False])
