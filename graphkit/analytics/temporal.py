"""What could have reached whom, and when: ways on which each relation held no earlier than the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.analytics.metric import Counting, computed_on
from graphkit.graph.snapshot import Snapshot

_EPOCH = date(1970, 1, 1)
_OPEN = 10**7


@dataclass(frozen=True, slots=True)
class Reached:
    """The first day on which each thing is reached, as days since 1970, int64; -``OPEN`` or less where always.

    ``steps`` is over how many relations, -1 where a thing is not reached.
    """

    days: NDArray[np.int64]
    steps: NDArray[np.int32]
    computed_on: str

    def day(self, node: int) -> str | None:
        """Return the first day on which a thing is reached; None where it is reached without any date."""
        days = int(self.days[node])
        return None if abs(days) >= _OPEN else str(_EPOCH + timedelta(days=days))


def earliest(view: Snapshot, id_: str, since: str | None, certainly: bool = False, directed: bool = False) -> Reached:
    """Return what a thing reaches from a day on, by relations that follow one another in time, and when first.

    A relation can be used on any day on which it is said to have held, waiting is allowed, and one step takes no
    time. A relation without dates can be used whenever, or with ``certainly`` not at all. Wu, Cheng, Huang, Ke, Lu and
    Xu, Path Problems in Temporal Graphs, 2014.
    """
    from graphkit.analytics.kernels.temporal import earliest_arrival

    source = view.number(id_)
    begin = (date.fromisoformat(since) - _EPOCH).days if since else -_OPEN
    contacts = _contacts(view, certainly)
    near, far = view.ends
    row = contacts["row"].to_numpy()
    ends = (near[row], far[row])
    start, stop = contacts["start"].to_numpy(), contacts["stop"].to_numpy()
    days, steps = earliest_arrival(len(view.things), ends, (start, stop), source, begin, directed)
    dated = "dated relations only" if certainly else "undated relations whenever"
    from_day = f" from {since}" if since else ""
    told = f"exact; first arrival from {id_}{from_day}; {dated}; compiled loops"
    return Reached(days, steps, computed_on(view, told, Counting(directed=directed)))


def _contacts(view: Snapshot, certainly: bool) -> pl.DataFrame:
    """Return row of the relation, first and last day, one row a span; days since 1970."""
    spans = view.times.select("spans").with_row_index("row").explode("spans")
    dated = spans.filter(pl.col("spans").is_not_null())
    ends = dated.select(
        "row",
        start=pl.col("spans").str.split("/").list.first(),
        stop=pl.col("spans").str.split("/").list.last(),
    )
    days = ends.select(
        "row",
        start=_days("start").fill_null(-_OPEN),
        stop=(_days("stop") - 1).fill_null(_OPEN),
    )
    if certainly:
        return days
    undated = spans.filter(pl.col("spans").is_null()).select("row", start=pl.lit(-_OPEN), stop=pl.lit(_OPEN))
    return pl.concat([days, undated.cast(days.schema)])


def _days(name: str) -> pl.Expr:
    return pl.col(name).str.to_date("%Y-%m-%d", strict=False).to_physical().cast(pl.Int64)
