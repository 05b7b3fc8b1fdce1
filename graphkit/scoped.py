"""A scope of a store at one moment: every read sees the same version, and nothing of other cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

import polars as pl

from graphkit.graph.scope import Scope
from graphkit.model.entity import Resolved, resolve
from graphkit.model.schema import Catalog
from graphkit.stores import Store
from graphkit.stores.base import View

T = TypeVar("T")


def in_scope(store: Store, scope: Scope, read: Callable[[Scoped], T]) -> T:
    """Return what ``read`` makes of a scope of a store at one moment."""
    return store.reading(lambda view: read(Scoped(view, scope, store.catalog)))


class Scoped:
    """What a scope holds, read from one view of the store."""

    def __init__(self, view: View, scope: Scope, catalog: Catalog) -> None:
        self.view = view
        self.scope = scope
        self.catalog = catalog

    @cached_property
    def all_sources(self) -> pl.DataFrame:
        """All sources of the store: what one rests on may lie outside the scope."""
        return self.view.register("Source")

    @cached_property
    def sources(self) -> pl.DataFrame:
        """The sources of the scope."""
        return self.scope.sources(self.all_sources)

    @cached_property
    def source_ids(self) -> list[str]:
        """The ids of the sources of the scope."""
        return self.sources["id"].to_list()

    @cached_property
    def decisions(self) -> pl.DataFrame:
        """The decisions made in the scope."""
        return self.scope.decisions(self.view.register("Decision"))

    def claims(self, about: Sequence[str] | None = None) -> pl.DataFrame:
        """Return the claims of the scope, all or those about these ids."""
        return self.view.claims(about=about, sources=self.source_ids)

    def counted_sources(self, claims: pl.DataFrame) -> pl.DataFrame:
        """Return the sources of the scope by id, with ``n_claims``, how many of these claims each makes."""
        counted = claims.group_by(id="source").agg(n_claims=pl.len().cast(pl.Int64))
        joined = self.sources.join(counted, on="id", how="left")
        return joined.with_columns(pl.col("n_claims").fill_null(0)).sort("id")

    def touching(self, id_: str, limit: int) -> pl.DataFrame:
        """Return up to ``limit`` claims of the scope that touch a thing."""
        return self.view.claims_touching(id_, limit, self.source_ids)

    def resolved(self, claims: pl.DataFrame) -> Resolved:
        """Return what claims add up to in this scope."""
        return resolve(claims, self.all_sources, self.decisions, self.catalog)
