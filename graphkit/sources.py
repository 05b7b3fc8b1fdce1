"""The sources of a scope: their entries in the register, and what they say."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Any

import polars as pl

from graphkit.errors import NotFound
from graphkit.exports import wording
from graphkit.graph.scope import Scope
from graphkit.model.claim import Claim, as_claims
from graphkit.scoped import Scoped, in_scope
from graphkit.stores import Store

FIRST = 5


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source: its entry, how many claims it makes, the first of them, what is called how in these, its documents."""

    entry: dict[str, Any]
    n_claims: int
    first: list[Claim]
    called: wording.Names
    documents: list[dict[str, Any]]


def sources(store: Store, scope: Scope) -> pl.DataFrame:
    """Return the sources of a scope, one a row by id, with ``n_claims``; ``retracted`` is the decision that did it."""
    return in_scope(store, scope, _sources)


def _sources(held: Scoped) -> pl.DataFrame:
    found = held.counted_sources()
    by = pl.DataFrame(list(held.decided.out_by_source.items()), {"id": pl.String, "retracted": pl.String}, orient="row")
    return found.join(by, on="id", how="left", maintain_order="left")


def source(store: Store, scope: Scope, id_: str) -> SourceEntry | None:
    """Return a source of a scope, None when the id is none of a source; NotFound names the case that it is in."""
    return in_scope(store, scope, lambda held: _source(held, id_))


def _source(held: Scoped, id_: str) -> SourceEntry | None:
    known = held.all_sources.filter(pl.col("id") == id_)
    if known.is_empty():
        return None
    (entry,) = known.to_dicts()
    if id_ not in held.source_ids:
        case = entry["cases"][0]
        there = f"It is in {', '.join(entry['cases'])}: --case {shlex.quote(case)}."
        raise NotFound(f"The source '{id_}' is not in case {held.scope}. {there}")
    claims = held.view.claims(sources=[id_]).sort("subject", "property", "id")
    first = claims.head(FIRST)
    spoken = {*first["anchor"], *first["claimant"].drop_nulls()}
    spoken |= set(first.filter(pl.col("object_kind").is_not_null())["value"])
    names = held.resolved(held.claims(sorted(spoken))).entities()
    called = {name: name for name in spoken} | dict(names.select("id", "name").iter_rows())
    documents = held.documents([id_]).get(id_, [])
    return SourceEntry(entry, len(claims), as_claims(first), wording.Names(called, wording.voices([entry])), documents)
