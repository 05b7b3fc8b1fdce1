"""What a network of records would be without some of its things: a computation on records, and no advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.analytics import LOW_IS_HIGH, METRICS, PLAIN, Counting
from graphkit.analytics.firmness import rank_of
from graphkit.graph.snapshot import Snapshot
from graphkit.ranking import asked_for, counted, scored
from graphkit.results import remembered


@dataclass(frozen=True, slots=True)
class Whole:
    """A network in numbers.

    ``pieces`` are its parts of two things or more between which there is no way, ``alone`` how many things are linked
    to nothing, ``largest`` how many things its largest piece has. ``connected`` is which share of the pairs of the
    things that stay hang together, 0 to 1.
    """

    things: int
    relations: int
    pieces: int
    alone: int
    largest: int
    connected: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A network before and after some things are taken out, and who then ranks where.

    ``rows`` has id, name, kind, ``before`` and ``after``, the ranks, equal scores sharing the better one, and
    ``change``, how many ranks a thing rose; one row for each thing that stays and has a score after, the first first.
    """

    before: Whole
    after: Whole
    rows: pl.DataFrame
    computed_on: str


def what_if(view: Snapshot, ids: Sequence[str], metric: str, counting: Counting = PLAIN) -> WhatIf:
    """Return what a snapshot would be without these things; NotFound names near ids.

    Where only some kinds are counted, things of other kinds are not there before either.
    """
    gone = view.things["id"].gather([view.number(id_) for id_ in ids])
    among, _ = counted(view, counting)
    stays = ~among.things["id"].is_in(gone.to_list()).to_numpy()
    rows, computed_on = ranks_without(view, ids, metric, counting)
    return WhatIf(_whole(among, stays), _whole(_left(among, ids), None), rows, computed_on)


def whole(view: Snapshot, counting: Counting = PLAIN) -> Whole:
    """Return a snapshot in numbers, as it is."""
    return _whole(counted(view, counting)[0], None)


def ranks_without(
    view: Snapshot, ids: Sequence[str], metric: str, counting: Counting = PLAIN
) -> tuple[pl.DataFrame, str]:
    """Return the rows of ``WhatIf``, and what the ranks were computed on; what took long is not computed again."""

    def compute() -> tuple[pl.DataFrame, str]:
        among, heeded = counted(view, counting)
        left = _left(among, ids)
        before = _ranks(among, metric, scored(view, metric, replace(counting, told=PLAIN.told)).values)
        scores = METRICS[metric](left, heeded)
        both = _ranks(left, metric, scores.values).join(before, on="id", how="left", suffix="_before")
        rows = both.select("id", "name", "kind", before="rank_before", after="rank")
        return rows.with_columns(change=pl.col("before") - pl.col("after")).sort("after", "id"), scores.computed_on

    return remembered(view, asked_without(ids, metric, counting), compute)


def asked_without(ids: Sequence[str], metric: str, counting: Counting) -> str:
    """Return what ``remembered`` knows ranks without some things by."""
    return asked_for(f"without {sorted(ids)}", metric, None, counting)


def _left(among: Snapshot, ids: Sequence[str]) -> Snapshot:
    return among.without([id_ for id_ in ids if id_ in among.index])


def _ranks(view: Snapshot, metric: str, scores: NDArray[np.float64]) -> pl.DataFrame:
    ranks = rank_of(scores, metric in LOW_IS_HIGH)
    table = view.things.select("id", "name", "kind").with_columns(rank=ranks)
    return table.filter(pl.Series(~np.isnan(scores)))


def _whole(view: Snapshot, stays: NDArray[np.bool_] | None) -> Whole:
    from graphkit.analytics.kernels.cuts import components

    things = len(view.things)
    if things == 0:
        return Whole(0, 0, 0, 0, 0, 0.0)
    found = components(view.graph().links)
    sizes = np.bincount(found)
    staying = np.bincount(found, weights=stays).astype(float)
    left = float(staying.sum())
    pairs = left * (left - 1) / 2
    return Whole(
        things=things,
        relations=len(view.types),
        pieces=int((sizes > 1).sum()),
        alone=int((sizes == 1).sum()),
        largest=int(sizes.max()),
        connected=float((staying * (staying - 1) / 2).sum()) / pairs if pairs else 0.0,
    )
