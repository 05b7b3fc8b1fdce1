"""Which values say nothing of who is behind a site: hidden ones, and what everybody has."""

from __future__ import annotations

import polars as pl

from graphkit.identity.websites.observed import HIDDEN, REGISTRANT
from graphkit.identity.websites.warned import warned

HIDES = "hidden"
DAMPED = ("kind", "value", "seen_on", "why")


def cleaned(values: pl.DataFrame, services: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the values that can tell something, and those that were left out: kind, value, seen_on and why.

    ``services`` are values of which sources say that many share them, with the same columns but ``seen_on``. Text is
    as in ``TOLD``.
    """
    hidden = _hidden(values)
    said = services.join(hidden, on=["kind", "value"], how="anti")
    known = pl.concat([hidden, said])
    found = pl.concat([known, warned(values.join(known, on=["kind", "value"], how="anti"))])
    counted = values.join(found, on=["kind", "value"]).group_by("kind", "value", "why")
    damped = counted.agg(seen_on=pl.col("site").n_unique()).select(list(DAMPED))
    return values.join(found, on=["kind", "value"], how="anti"), damped


def hiding(values: pl.DataFrame, damped: pl.DataFrame) -> pl.DataFrame:
    """Return the sites of which something about the registrant is hidden, by what was left out of their values."""
    hidden = damped.filter(pl.col("why") == HIDES)
    return values.join(hidden, on=["kind", "value"], how="semi").select("site").unique()


def _hidden(values: pl.DataFrame) -> pl.DataFrame:
    """Return values that say that something is hidden, or nothing at all."""
    distinct = values.filter(pl.col("kind").is_in(REGISTRANT)).select("kind", "value").unique()
    return distinct.filter(pl.col("value").cast(pl.String).str.contains(HIDDEN)).with_columns(why=pl.lit(HIDES))
