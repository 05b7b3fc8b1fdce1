"""What claims add up to on each property of a thing: all values, the leading one first."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from graphkit.model import interval
from graphkit.model.schema import Property

BOUNDS = ("low", "high")
OPEN_DAYS = 10**9


def ranked(said: pl.DataFrame, properties: Mapping[str, Property]) -> pl.DataFrame:
    """Return the distinct values of each property of each ``about``, the leading one first.

    Of names, those of the id that merged things are kept under lead. More independent sources lead (copies count once,
    by ``root``), then higher confidence, then the later valid date, then (dates) the value that means fewer days, then
    what is asserted before what is only reported, then the earlier record.
    """
    dates = [name for name, prop in properties.items() if prop.type == "date"]
    return (
        said.group_by("about", "property", "value")
        .agg(
            own=((pl.col("subject") == pl.col("about")) & (pl.col("property") == "name")).any(),
            origins=pl.col("root").n_unique(),
            confidence=pl.col("confidence").max(),
            held=_begins(said["valid_from"]).max(),
            asserted=(pl.col("stance") == "asserts").any(),
            recorded_at=pl.col("recorded_at").min(),
        )
        .with_columns(days=pl.when(pl.col("property").is_in(dates)).then(_days(pl.col("value"))))
        .sort(
            ["about", "property", "own", "origins", "confidence", "held", "days", "asserted", "recorded_at", "value"],
            descending=[False, False, True, True, True, True, False, True, False, False],
            nulls_last=[False, False, True, True, True, True, True, False, False, False],
        )
    )


def _begins(dates: pl.Series) -> pl.Expr:
    days = {text: interval.parse(text).earliest for text in dates.drop_nulls().unique()}
    return pl.col(dates.name).replace_strict(days, default=None, return_dtype=pl.Date)


def _days(date: pl.Expr) -> pl.Expr:
    def width(text: str) -> int:
        day = interval.parse(text)
        return (day.latest - day.earliest).days if day.earliest and day.latest else OPEN_DAYS

    return date.map_elements(width, return_dtype=pl.Int64)


def property_table(said: pl.DataFrame, properties: Mapping[str, Property]) -> pl.DataFrame:
    """Return one row an ``about`` and columns for each property.

    A property with one value holds the leading one, one with many a list. A count also has ``_low`` and
    ``_high``, the hull of all values given for it: both are null when all agree on one number, one is when all are
    bounds of the other side; a date has ``_earliest``,
    ``_latest`` (the first day after it) and ``_precision``.
    """
    values = ranked(said, properties)
    table = values.select("about").unique().sort("about")
    for prop in properties.values():
        if prop.makes or _is_bound(prop, properties):
            continue
        own = values.filter(pl.col("property") == prop.name).group_by("about", maintain_order=True)
        held = pl.col("value") if prop.many else pl.col("value").first()
        table = table.join(own.agg(held.alias(prop.name)), on="about", how="left", maintain_order="left")
        table = _typed(table, prop)
        if f"{prop.name}_low" in properties:
            table = table.join(_hull(values, prop.name), on="about", how="left", maintain_order="left")
    return table


def _is_bound(prop: Property, properties: Mapping[str, Property]) -> bool:
    base, _, bound = prop.name.rpartition("_")
    return bound in BOUNDS and base in properties


def _hull(values: pl.DataFrame, name: str) -> pl.DataFrame:
    given = values.filter(pl.col("property").is_in([name, *(f"{name}_{bound}" for bound in BOUNDS)]))
    number = pl.col("value").cast(pl.Int64)
    ranged = (pl.col("property") != name).any()
    only = {bound: (pl.col("property") == f"{name}_{bound}").all() for bound in BOUNDS}
    hull = given.group_by("about").agg(
        low=pl.when(~only["high"]).then(number.min()), high=pl.when(~only["low"]).then(number.max()), ranged=ranged
    )
    hull = hull.filter((pl.col("low") < pl.col("high")) | pl.col("ranged")).drop("ranged")
    return hull.rename({bound: f"{name}_{bound}" for bound in BOUNDS})


def _typed(table: pl.DataFrame, prop: Property) -> pl.DataFrame:
    number = {"count": pl.Int64(), "number": pl.Float64()}.get(prop.type)
    if number is not None:
        return table.with_columns(pl.col(prop.name).cast(pl.List(number) if prop.many else number))
    if prop.type == "flag":
        return table.with_columns(pl.col(prop.name) == "true")
    if prop.type == "date" and not prop.many:
        return _dated(table, prop.name)
    return table


def _dated(table: pl.DataFrame, name: str) -> pl.DataFrame:
    days = {text: interval.parse(text) for text in table[name].drop_nulls().unique()}
    parts = {
        "earliest": {text: str(day.earliest) for text, day in days.items() if day.earliest},
        "latest": {text: str(day.latest) for text, day in days.items() if day.latest},
        "precision": {text: day.precision for text, day in days.items()},
    }
    column = pl.col(name)
    return table.with_columns(
        column.replace_strict(texts, default=None, return_dtype=pl.String).alias(f"{name}_{part}")
        for part, texts in parts.items()
    )
