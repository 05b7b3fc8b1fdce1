"""A scope of a store at one moment: every read sees the same version, and nothing of other cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import polars as pl

from graphkit.graph.parts import Parts, of_resolved
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.graph.written import Written, made_here
from graphkit.model.decision import Decided
from graphkit.model.entity import Resolved, resolve, standing
from graphkit.model.schema import Catalog
from graphkit.model.source import with_origins
from graphkit.stores import Store
from graphkit.stores.view import View

T = TypeVar("T")
_ALL = 2**31 - 1
_ON = {"id": pl.String(), "on": pl.List(pl.String())}


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

    @cached_property
    def decided(self) -> Decided:
        """What the decisions made in the scope add up to."""
        return Decided(self.decisions)

    def claims(self, about: Sequence[str] | None = None) -> pl.DataFrame:
        """Return the claims of the scope, all or those about these ids and what is read as the same things."""
        members = None if about is None else self.decided.linker.with_members(about)
        return self._of_the_moment(self.view.claims(about=members, sources=self.source_ids), are_all=about is None)

    def _of_the_moment(self, claims: pl.DataFrame, are_all: bool = False) -> pl.DataFrame:
        """Return the claims of the moment that is looked at; some of them, or all that the scope has."""
        moment = self.scope.moment
        held = moment.holding(moment.recorded(claims))
        if not moment.as_of or held.is_empty():
            return held
        link = self.decided.linker
        ends = held.select(near="anchor", far=pl.when(pl.col("object_kind").is_not_null()).then("value"))
        dated = claims
        if not are_all:
            near = link.with_members({*ends["near"], *ends["far"].drop_nulls()})
            dated = self.view.claims(about=near, sources=self.source_ids)
        unbegun = moment.unbegun(standing(moment.recorded(dated), self.decided, self.catalog), self.catalog)
        gone = link.with_members(unbegun)
        there = ~pl.any_horizontal(pl.col("near", "far").is_in(gone).fill_null(False))
        return held.filter(ends.select(there=there)["there"])

    def counted_sources(self, claims: pl.DataFrame | None = None) -> pl.DataFrame:
        """Return the sources of the scope by id, with ``n_claims``; ``claims`` are all, where they were read."""
        if claims is None and not self.scope.moment:
            counts = self.view.claims_by_source()
        else:
            claims = self.claims() if claims is None else claims
            counts = dict(claims.group_by("source").agg(pl.len()).iter_rows())
        counted = pl.col("id").replace_strict(counts, default=0, return_dtype=pl.Int64)
        return self.sources.with_columns(n_claims=counted).sort("id")

    def touching(self, id_: str, limit: int) -> pl.DataFrame:
        """Return up to ``limit`` claims of the scope that touch a thing, under any of its ids."""
        members = self.decided.linker.with_members([id_])
        read = _ALL if self.scope.moment else limit
        parts = [self.view.claims_touching(member, read, self.source_ids) for member in members]
        return self._of_the_moment(pl.concat(parts).unique("id").sort("id")).head(limit)

    def documents(self, sources: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        """Return the documents of these sources, as far as they are in the scope, by source and file name."""
        here = set(sources).intersection(self.source_ids)
        kept = self.view.register("Document").filter(pl.col("source").is_in(sorted(here))).sort("file_name", "sha256")
        found: dict[str, list[dict[str, Any]]] = {}
        for entry in kept.to_dicts():
            found.setdefault(entry["source"], []).append(entry)
        return found

    def shaping(self, things: pl.Series, claims: pl.DataFrame) -> pl.DataFrame:
        """Return the decisions in force that shape what these claims show of these things.

        ``on`` are the ids of the things that a decision is on: none for a retracted source.
        """
        near = claims.select("id", "anchor", far=pl.when(pl.col("object_kind").is_not_null()).then("value"))
        shown, link = set(things), self.decided.linker
        kept: dict[str, list[str]] = {}
        by_claim = {id_: [end for end in ends if end] for id_, *ends in self._replacing(near).iter_rows()}
        for entry in self.decided.of("merge", "split", "read", "watch", "correct", "retract"):
            ids = by_claim.get(entry["by"], []) if entry["action"] == "correct" else entry["about"]
            on = sorted({link.read(id_) for id_ in ids} & shown)
            if entry["action"] == "retract":
                kept |= {entry["id"]: []} if set(entry["about"]) & set(self.source_ids) else {}
            elif on:
                kept[entry["id"]] = on
        named = pl.DataFrame({"id": list(kept), "on": list(kept.values())}, schema=_ON)
        return self.decisions.join(named, on="id", how="inner").sort("when", "id")

    def _replacing(self, claims: pl.DataFrame) -> pl.DataFrame:
        return claims.filter(pl.col("id").is_in([entry["by"] for entry in self.decided.of("correct")]))

    @cached_property
    def version(self) -> str:
        """The version of the store."""
        return self.view.version()

    @cached_property
    def protected(self) -> dict[str, list[str]]:
        """The names of protected persons by the ids that stand for them in this scope."""
        found: dict[str, list[str]] = {}
        for id_, names in self.view.protected().items():
            found.setdefault(self.decided.linker.read(id_), []).extend([*names, id_])
        return found

    def whole(self) -> Scoped:
        """Return the same with all read that a snapshot of its claims takes, so that one can be made later."""
        _ = self.version, self.protected, self.sources, self.decisions
        return self

    def snapshot(self, claims: pl.DataFrame | None = None) -> Snapshot:
        """Return the graph of the scope, frozen; ``claims`` are all of its claims where they were read already."""
        return Snapshot(Parts.given(self.parts(claims)), self.scope, self.version, self.protected)

    def parts(self, claims: pl.DataFrame | None = None) -> dict[str, pl.DataFrame]:
        """Return the parts of the same snapshot, all of them."""
        claims = self.claims() if claims is None else claims
        resolved = self.resolved(claims)
        decisions = self.shaping(resolved.entities()["id"], claims)
        return of_resolved(resolved, self.counted_sources(claims), decisions)

    def written(self, claims: pl.DataFrame) -> Written:
        """Return the scope as it is written; ``claims`` are all of its claims."""
        here = list(self.scope.cases)
        inside = pl.col("cases").list.set_intersection(here)
        cases = pl.when(inside.list.len() > 0).then(inside).otherwise(pl.lit(here))
        sources = with_origins(self.all_sources, self.source_ids).with_columns(cases=cases.list.sort()).sort("id")
        known = self.view.register("Case").filter(pl.col("id").is_in(here)).sort("id")
        return Written(made_here(claims, self.decisions), sources, known, self.decisions.sort("when", "id"))

    def names_apart(self, decisions: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        """Return what is decided on in words, by id: things as each is called by itself, and what claims say."""
        things = _decided_on(decisions, "merge", "split")
        own = self.view.claims(about=things, sources=self.source_ids)
        apart = resolve(own, self.all_sources, Decided(self.decisions.clear()), self.catalog).entities()
        names = dict(apart.filter(pl.col("id").is_in(things)).select("id", "name").iter_rows())
        said = self.view.claims_by_id(_decided_on(decisions, "correct", "withdraw"))
        wordings = said.with_columns(pl.col("property").str.replace_all("_", " ").str.to_lowercase())
        return names | {
            id_: f"{name}: {value}" for id_, name, value in wordings.select("id", "property", "value").iter_rows()
        }

    def resolved(self, claims: pl.DataFrame) -> Resolved:
        """Return what claims add up to in this scope."""
        return resolve(claims, self.all_sources, self.decided, self.catalog)


def _decided_on(decisions: Sequence[Mapping[str, Any]], *actions: str) -> list[str]:
    of_these = [entry for entry in decisions if entry["action"] in actions]
    return sorted({id_ for entry in of_these for id_ in (*entry["about"], entry["by"]) if id_})
