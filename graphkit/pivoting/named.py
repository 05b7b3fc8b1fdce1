"""Finding websites by a part of their domain or name."""

from __future__ import annotations

import polars as pl

from graphkit.graph.snapshot import Snapshot
from graphkit.model import values
from graphkit.model.defanging import refang


def named_like(view: Snapshot, text: str) -> list[str]:
    """Return the domains that hold a text, or whose website is called so; those that begin with it come first.

    Of an address the host counts.
    """
    wanted = refang(values.host_of(text) or text.strip()).lower()
    things = view.things.select("name", id=pl.col("id"), kind=pl.col("kind").cast(pl.String))
    sites = things.filter(pl.col("kind").is_in(["Domain", "Website"])).with_columns(
        domain=pl.col("id").str.replace("^[a-z]+:", "")
    )
    holds = [pl.col(column).str.to_lowercase().str.contains(wanted, literal=True) for column in ("domain", "name")]
    hits = sites.filter(pl.any_horizontal(holds).fill_null(value=False))["domain"].unique().to_list()
    there = (domain for domain in hits if wanted and f"domain:{domain}" in view.index)
    return sorted(there, key=lambda domain: (not domain.startswith(wanted), domain))
