"""What a network of records shows beyond ranks: its groups, what holds it together, what may be missing, and when."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from graphkit.analytics import LOW_IS_HIGH, METRICS, PLAIN, Counting, metric_named
from graphkit.analytics.communities import communities as found_communities
from graphkit.analytics.keyplayers import key_players as found_key_players
from graphkit.analytics.keyplayers import reaching as found_reaching
from graphkit.analytics.prediction import likely as found_likely
from graphkit.analytics.temporal import earliest
from graphkit.analytics.ties import TIES
from graphkit.errors import ChooseAgain
from graphkit.graph.moment import day
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.model import interval
from graphkit.ranking import asked_for, counted, ranked, scored, things_counted
from graphkit.results import remembered
from graphkit.snapshots import snapshot
from graphkit.stores import Store

LOG = logging.getLogger("graphkit.analysing")


@dataclass(frozen=True, slots=True)
class Answer:
    """A table with one row a thing, pair or group, and what it was computed on.

    ``told`` are sentences about the whole.
    """

    rows: pl.DataFrame
    computed_on: str
    told: tuple[str, ...] = ()


def communities(view: Snapshot, counting: Counting = PLAIN) -> Answer:
    """Return the communities of a snapshot: community, size, stability, id, name and kind, one row a thing.

    Things that are linked to nothing are a community each, and left out. What took long is not computed again while
    the store does not change.
    """

    def compute() -> tuple[pl.DataFrame, str]:
        among, heeded = counted(view, counting)
        found = found_communities(among, heeded)
        sizes = np.bincount(found.groups)
        table = among.things.select("id", "name", "kind").with_columns(
            community=found.groups + 1, size=sizes[found.groups], stability=found.stability[found.groups]
        )
        rows = table.filter(pl.col("size") > 1).select("community", "size", "stability", "id", "name", "kind")
        told = (
            found.computed_on,
            f"Modularity {found.modularity:.3f}: how much more lies inside communities than by chance, at most 1.",
            f"Runs with other seeds agree to {found.agreement:.2f} (adjusted Rand index, 1 is the same).",
        )
        return rows.sort("community", "id"), "\n".join(told)

    return _answered(*remembered(view, asked_for("communities", "", None, counting), compute))


def key_players(view: Snapshot, size: int, counting: Counting = PLAIN, steps: int = 0) -> Answer:
    """Return the things that matter most together: rank, id, name, kind, and a share, 0 to 1.

    The share is ``fragmented``: of all pairs, those that hang together no more when this thing and those before it are
    gone. With ``steps`` it is ``reached``: of all things, those within so many relations of them. What took long is not
    computed again while the store does not change.
    """

    def compute() -> tuple[pl.DataFrame, str]:
        among, heeded = counted(view, counting)
        told: tuple[str, ...] = ()
        if steps:
            reached = found_reaching(among, size, steps, heeded)
            nodes, share, on = reached.nodes, pl.Series("reached", reached.reached, pl.Float64), reached.computed_on
        else:
            lost = found_key_players(among, size, heeded)
            nodes, share, on = lost.nodes, pl.Series("fragmented", lost.fragmented, pl.Float64), lost.computed_on
            told = (f"{lost.connected:.1%} of all pairs hang together before any of them is gone.",)
        things = among.things.select("id", "name", "kind")[nodes]
        rows = things.select(pl.Series("rank", np.arange(1, len(nodes) + 1)), pl.all()).with_columns(share)
        return rows, "\n".join((on, *told))

    return _answered(*remembered(view, asked_for_players(size, counting, steps), compute))


def asked_for_players(size: int, counting: Counting, steps: int = 0) -> str:
    """Return what ``remembered`` knows key players by."""
    return asked_for(f"key players {size} {steps}", "", None, counting)


def _answered(rows: pl.DataFrame, lines: str) -> Answer:
    computed_on, *told = lines.split("\n")
    return Answer(rows, computed_on, tuple(told))


def ties(view: Snapshot, metric: str, top: int, counting: Counting = PLAIN) -> Answer:
    """Return the links of a snapshot by a metric of ``TIES``, the highest first, those of 0 left out.

    One row a link: rank, a, a_name, b, b_name, score, and ``types``, the types of the relations between the two.
    """
    view, counting = counted(view, counting)
    scores = metric_named(metric, TIES)(view, counting)
    links = view.graph(counting.directed).links
    first = np.argsort(-np.round(scores.values, 12), kind="stable")[:top]
    first = first[scores.values[first] > 0]
    near, far = (view.things[ends[first].tolist()] for ends in (links.start, links.end))
    types = [_types(view, *ends) for ends in zip(links.start[first].tolist(), links.end[first].tolist(), strict=True)]
    rows = pl.DataFrame(
        {"rank": np.arange(1, len(first) + 1), "a": near["id"], "a_name": near["name"], "b": far["id"]}
        | {"b_name": far["name"], "score": scores.values[first], "types": pl.Series(types, dtype=pl.String)}
    )
    return Answer(rows, scores.computed_on)


def _types(view: Snapshot, a: int, b: int) -> str:
    start, end = view.ends
    rows = view.relation_rows(a)
    other = np.where(start[rows] == a, end[rows], start[rows])
    return ", ".join(sorted(set(view.types.gather(rows[other == b]).cast(pl.String))))


def likely(view: Snapshot, measure: str, top: int, persons: bool = False, counting: Counting = PLAIN) -> Answer:
    """Return pairs that are not linked and share most: a, a_name, b, b_name, score, n_shared.

    Pairs with persons are only there when ``persons`` asks for them, which is logged.
    """
    view, counting = counted(view, counting)
    if persons:
        LOG.warning("Likely links of persons were asked for on case %s.", view.scope.named)
    found = found_likely(view, measure, top, persons, counting)
    names = view.things.select("id", "name")
    rows = found.pairs
    for end in ("a", "b"):
        rows = rows.join(names.rename({"id": end, "name": f"{end}_name"}), on=end, how="left", maintain_order="left")
    told = ("That two things share much is a reason to look, and no evidence that they are linked.",)
    return Answer(rows.select("a", "a_name", "b", "b_name", "score", "n_shared"), found.computed_on, told)


def reach(view: Snapshot, id_: str, since: str = "", certainly: bool = False, directed: bool = False) -> Answer:
    """Return what a thing reaches from a day on, by relations that follow one another: day, steps, id, name, kind.

    ``day`` is the first day on which it is reached, null where no date stands in the way.
    """
    first = str(interval.parse(_day(since)).earliest) if since.strip() else None
    found = earliest(view, id_, first, certainly, directed)
    there = np.flatnonzero(found.steps > 0)
    rows = view.things.select("id", "name", "kind")[there.tolist()].with_columns(
        day=pl.Series([found.day(node) for node in there.tolist()], dtype=pl.String), steps=found.steps[there]
    )
    told = (f"{len(there):,} of {len(view.things) - 1:,} other things are reached.",)
    wanted = rows.select("day", "steps", "id", "name", "kind").sort("day", "steps", "id", nulls_last=False)
    return Answer(wanted, found.computed_on, told)


def _day(text: str) -> str:
    try:
        return day(text)
    except ValueError as problem:
        raise ChooseAgain(
            f"'{text[:40]}' is no day, month or year. Write it as 2014-03-01, 2014-03 or 2014."
        ) from problem


def changes(
    store: Store, scope: Scope, metric: str, days: Sequence[str], counting: Counting = PLAIN
) -> tuple[Answer, Snapshot]:
    """Return the ranks of things by a metric as of several days, months or years, and the last snapshot.

    One row a thing: id, name, kind, one column with its rank for each day (null where it was not there, or the metric
    not defined), and ``change``, how many ranks it rose from the first to the last; those that moved most first.
    """
    days = list(dict.fromkeys(map(_day, days)))
    if len(days) < 2:
        raise ChooseAgain("Name two days, months or years at least: the ranks of one are compared with the other's.")
    metric_named(metric, METRICS)
    table, view = pl.DataFrame(schema={"id": pl.String}), None
    for text in days:
        view = snapshot(store, replace(scope, moment=replace(scope.moment, as_of=text)))
        scores = scored(view, metric, counting)
        rows = ranked(things_counted(view, counting), metric, scores).with_columns(
            pl.col("score").rank("min", descending=metric not in LOW_IS_HIGH).alias(text)
        )
        rows = rows.select("id", "name", "kind", pl.col(text).cast(pl.Int64))
        table = table.join(rows, on="id", how="full", coalesce=True, suffix="_later")
        for name in ("name", "kind"):
            if f"{name}_later" in table.columns:
                table = table.with_columns(pl.coalesce(name, f"{name}_later").alias(name)).drop(f"{name}_later")
    assert view is not None
    first, last = pl.col(days[0]), pl.col(days[-1])
    moved = table.with_columns(change=first - last).sort(
        pl.col("change").abs(), "id", descending=[True, False], nulls_last=True
    )
    line = scores.computed_on
    return Answer(moved.select("id", "name", "kind", *days, "change"), f"{line}; ranks as of {', '.join(days)}"), view
