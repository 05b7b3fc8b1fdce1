"""A domain and the same one with ``www.`` before it are one website, called by the first where both are told of."""

from __future__ import annotations

import polars as pl

from graphkit.graph.snapshot import Snapshot

_DOMAIN, _WWW = "domain:", "domain:www."


def bare(view: Snapshot) -> dict[str, str]:
    """Return the domains that are another one of the snapshot with ``www.`` before it: by those, that other."""
    ids = view.things["id"]
    www = ids.filter(ids.str.starts_with(_WWW)).str.strip_prefix(_WWW)
    others = www.filter((_DOMAIN + www).is_in(ids.to_list())) if len(www) else www
    return {f"www.{domain}": domain for domain in others}


def as_bare(column: str, view: Snapshot) -> pl.Expr:
    """Return a column of domains, of which those that are another with ``www.`` before it are that other."""
    found = bare(view)
    return pl.col(column).replace(found) if found else pl.col(column)
