"""A domain and the same one with ``www.`` before it are one website, called by the first where both are told of."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from graphkit.graph.snapshot import Snapshot

_DOMAIN, _WWW = "domain:", "domain:www."


def bare(view: Snapshot) -> dict[str, str]:
    """Return the domains that are another one of the snapshot with ``www.`` before it: by those, that other."""
    ids = view.things["id"]
    www = ids.filter(ids.str.starts_with(_WWW)).str.strip_prefix(_WWW)
    named = pl.DataFrame({"id": _DOMAIN + www, "domain": www})
    others = named.join(ids.to_frame("id"), on="id", how="semi", maintain_order="left")["domain"]
    return {f"www.{domain}": domain for domain in others}


def as_bare(column: str, www: Mapping[str, str]) -> pl.Expr:
    """Return a column of domains, of which those that are another with ``www.`` before it are that other."""
    return pl.col(column).replace(www) if www else pl.col(column)
