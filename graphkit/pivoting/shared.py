"""What a website has that others have too, where that is not enough for a link."""

from __future__ import annotations

import polars as pl

from graphkit.identity.websites.derived import keyed


def shared(rows: pl.DataFrame, site: str, damped: pl.DataFrame) -> pl.DataFrame:
    """Return what a website has that others have too, what fewest have first, but not the values that are ``damped``.

    One row a value: kind, value as a source writes it, and the other websites that have it, sorted. ``rows`` are
    ``seen.observations``.
    """
    compared = keyed(rows.with_columns(written="value"))
    own = compared.filter(pl.col("site") == site).group_by("kind", "value").agg(pl.col("written").min())
    telling = own.join(keyed(damped), on=["kind", "value"], how="anti")
    others = compared.filter(pl.col("site") != site).join(telling, on=["kind", "value"])
    found = others.group_by("kind", "value").agg(pl.col("written_right").first(), pl.col("site").unique().sort())
    in_order = found.sort(pl.col("site").list.len(), "kind", "value")
    return in_order.select("kind", value="written_right", websites="site")
