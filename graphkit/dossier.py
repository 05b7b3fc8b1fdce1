"""All that a scope says of one thing, and finding it by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from graphkit.errors import ChooseAgain, NotFound
from graphkit.graph.scope import Scope
from graphkit.model.claim import Claim, as_claims
from graphkit.model.entity import Resolved, resolve
from graphkit.model.source import REGISTERS
from graphkit.stores import Store

MAX_DOSSIER = 2_000
MAX_CANDIDATES = 2_000


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a scope says of one thing: its node, its claims, its relations, what is contradicted.

    ``names`` are of everything the claims and relations mention, ``sources`` by id; ``complete`` is False
    when there are more than ``MAX_DOSSIER`` claims.
    """

    node: dict[str, Any]
    claims: list[Claim]
    relations: list[dict[str, Any]]
    conflicts: list[dict[str, Any]]
    names: dict[str, str]
    sources: dict[str, dict[str, Any]]
    decisions: list[dict[str, Any]]
    complete: bool


def show(store: Store, scope: Scope, id_: str) -> Dossier:
    """Return the dossier of a thing; NotFound suggests what may be meant."""
    touching = store.claims_touching(id_, MAX_DOSSIER)
    links = touching.filter(pl.col("object_kind").is_not_null())["about"]
    more = store.claims(about=sorted({id_, *links}))
    claims = _in_scope(store, scope, pl.concat([touching, more]).unique("id")).sort("subject", "property", "id")
    resolved = _resolved(store, scope, claims)
    entities = resolved.entities().filter(pl.col("id") == id_)
    if entities.is_empty():
        register = store.kinds_of([id_]).get(id_)
        if register and register in REGISTERS:
            raise NotFound(f"'{id_}' is a {register} and not a thing of its own: see 'graphkit case list' or the app.")
        near = ", ".join(hit["id"] for hit in search(store, scope, id_, 3))
        raise NotFound(f"Nothing named '{id_}' in case {scope}." + (f" Near it: {near}." if near else ""))
    kind = entities["kind"][0]
    node = resolved.nodes[kind].row(by_predicate=pl.col("id") == id_, named=True) | {"kind": kind}
    relations = resolved.relations.filter((pl.col("from") == id_) | (pl.col("to") == id_)).sort("type", "from", "to")
    mentioned = {*relations["from"], *relations["to"], *claims["claimant"].drop_nulls(), *claims["anchor"]}
    mentioned |= set(claims.filter(pl.col("object_kind").is_not_null())["value"])
    decided = scope.decisions(store.register("Decision")).filter(pl.col("about") == id_)
    return Dossier(
        node=node,
        claims=as_claims(claims),
        relations=relations.to_dicts(),
        conflicts=resolved.conflicts.to_dicts(),
        names=_names(store, scope, sorted(mentioned)),
        sources={row["id"]: row for row in scope.sources(store.register("Source")).iter_rows(named=True)},
        decisions=decided.to_dicts(),
        complete=len(touching) < MAX_DOSSIER,
    )


def _names(store: Store, scope: Scope, ids: Sequence[str]) -> dict[str, str]:
    entities = _resolved(store, scope, _in_scope(store, scope, store.claims(about=ids))).entities()
    return {id_: id_.partition(":")[2] or id_ for id_ in ids} | dict(entities.select("id", "name").iter_rows())


def search(store: Store, scope: Scope, text: str, limit: int) -> list[dict[str, Any]]:
    """Return the things of a scope whose id or names hold the text: id, kind, name, names, best first."""
    if not text.strip():
        raise ChooseAgain("There is nothing to search for: name a part of a name or of an id.")
    found = store.search(text.strip(), MAX_CANDIDATES)
    own = _in_scope(store, scope, store.claims(about=found))
    without = sorted(set(found) - set(own["about"]))[: limit * 4]
    touching = [_in_scope(store, scope, store.claims_touching(id_, MAX_DOSSIER)) for id_ in without]
    entities = _resolved(store, scope, pl.concat([own, *touching]).unique("id")).entities()
    wanted = text.strip().lower()
    held = pl.concat_list(pl.col("id"), pl.col("name"), pl.col("names")).list.eval(
        pl.element().str.to_lowercase().str.contains(wanted, literal=True)
    )
    hits = entities.filter(pl.col("id").is_in(found) & held.list.any())
    starts = pl.col("name").str.to_lowercase().str.starts_with(wanted)
    ranked = hits.sort(~starts, pl.col("name").str.len_chars(), "id").head(limit)
    return ranked.select("id", "kind", "name", "names").to_dicts()


def _resolved(store: Store, scope: Scope, claims: pl.DataFrame) -> Resolved:
    decisions = scope.decisions(store.register("Decision"))
    return resolve(claims, store.register("Source"), decisions, store.catalog)


def _in_scope(store: Store, scope: Scope, claims: pl.DataFrame) -> pl.DataFrame:
    return claims.filter(pl.col("source").is_in(scope.sources(store.register("Source"))["id"].to_list()))
