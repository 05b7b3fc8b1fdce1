"""What a snapshot tells of things as text, and days out of it."""

from __future__ import annotations

import polars as pl

from graphkit.graph.snapshot import Snapshot

REGISTRATION, REQUEST = "Registration", "Request"


def told(view: Snapshot, kind: str, names: tuple[str, ...]) -> pl.DataFrame:
    """Return what is told of all things of a kind: these properties as text, null where nothing is."""
    nodes = view.nodes_of(kind) if kind in view.kinds else pl.DataFrame(schema=dict.fromkeys(names, pl.String()))
    there = (pl.col(name) if name in nodes.columns else pl.lit(None).alias(name) for name in names)
    return nodes.select(one.cast(pl.String) for one in there)


def day(column: str) -> pl.Expr:
    """Return a column of dates as text as days, null where one is not that exact."""
    return pl.col(column).str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
