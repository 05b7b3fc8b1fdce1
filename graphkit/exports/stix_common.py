"""What the claims have in common that an object of a bundle carries."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import polars as pl

from graphkit.exports.stix_fixed import TLP
from graphkit.graph.written import LINK, Written
from graphkit.model.decision import Decided
from graphkit.model.stix import timestamp

_STRICT = list(TLP)


def in_common(claims: pl.DataFrame, written: Written) -> pl.DataFrame:
    """Return what the claims of each home have in common, by ``home``.

    ``_created`` and ``_modified`` are when the first and the last was said, or else recorded; ``_claimant`` says all,
    ``_confidence`` how sure all are, ``_tlp`` the strictest marking of a source, ``_locator`` the one place in which
    the relation stands; each is null where there is no such one.
    """
    read = dict(Decided(written.decisions).linker.canonical)
    said = pl.coalesce(_moments(claims["said_at"]), _moments(claims["recorded_at"]))
    strict = pl.col("source").replace_strict(_strictness(written), default=None, return_dtype=pl.Int64)
    linked = pl.col("locator").filter(LINK)
    shared = claims.group_by("home").agg(
        _created=said.min(),
        _modified=said.max(),
        _claimant=_only(pl.col("claimant").replace(read)),
        _confidence=_only(pl.col("confidence")),
        _tlp=strict.max(),
        _locator=pl.when(linked.n_unique() == 1).then(linked.first()),
    )
    return shared.with_columns(pl.col("_tlp").replace_strict(dict(enumerate(_STRICT)), return_dtype=pl.String))


def _moments(dates: pl.Series) -> pl.Expr:
    """Return a column of dates as timestamps, null where a date has no beginning."""
    found: dict[str, str | None] = {}
    for text in dates.drop_nulls().unique():
        with suppress(ValueError):
            found[text] = timestamp(text)
    return pl.col(dates.name).replace_strict(found, default=None, return_dtype=pl.String)


def _only(column: pl.Expr) -> pl.Expr:
    return pl.when(column.n_unique() == 1).then(column.first())


def _strictness(written: Written) -> Mapping[str, Any]:
    """Return for each source how strict its marking is, or that of one of its cases."""
    of_case = dict(written.cases.select("id", "tlp").iter_rows())
    found: dict[str, int | None] = {}
    for id_, own, cases in written.sources.select("id", "tlp", "cases").iter_rows():
        words = [own, *(of_case.get(case) for case in cases or ())]
        found[id_] = max((_STRICT.index(word) for word in words if word), default=None)
    return found
