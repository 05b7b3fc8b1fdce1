"""All that a scope says of one thing, and finding it by name."""

from __future__ import annotations

import shlex
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from graphkit.errors import ChooseAgain, NotFound
from graphkit.exports import wording
from graphkit.graph.scope import Scope
from graphkit.model.claim import Claim, as_claims
from graphkit.model.source import REGISTERS
from graphkit.scoped import Scoped, in_scope
from graphkit.stores import Store

MAX_DOSSIER = 2_000
MAX_CANDIDATES = 2_000


@dataclass(frozen=True)
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

    @cached_property
    def called(self) -> wording.Names:
        """What all that is mentioned, and who published it, is called."""
        return wording.Names(self.names, wording.voices(self.sources.values()))


def show(store: Store, scope: Scope, id_: str) -> Dossier:
    """Return the dossier of a thing; NotFound suggests what may be meant."""
    return in_scope(store, scope, lambda held: _dossier(held, id_))


def _dossier(held: Scoped, id_: str) -> Dossier:
    touching = held.touching(id_, MAX_DOSSIER)
    links = touching.filter(pl.col("object_kind").is_not_null())["about"]
    claims = pl.concat([touching, held.claims(sorted({id_, *links}))]).unique("id").sort("subject", "property", "id")
    resolved = held.resolved(claims)
    entities = resolved.entities().filter(pl.col("id") == id_)
    if entities.is_empty():
        raise _not_found(held, id_)
    kind = entities["kind"][0]
    node = resolved.nodes[kind].row(by_predicate=pl.col("id") == id_, named=True) | {"kind": kind}
    relations = resolved.relations.filter((pl.col("from") == id_) | (pl.col("to") == id_)).sort("type", "from", "to")
    mentioned = {*relations["from"], *relations["to"], *claims["claimant"].drop_nulls(), *claims["anchor"]}
    mentioned |= set(claims.filter(pl.col("object_kind").is_not_null())["value"])
    about = [id_, *relations["id"]]
    return Dossier(
        node=node,
        claims=as_claims(claims),
        relations=relations.to_dicts(),
        conflicts=resolved.conflicts.filter(pl.col("about").is_in([*about, *links])).to_dicts(),
        names=_names(held, sorted(mentioned)),
        sources={row["id"]: row for row in held.sources.iter_rows(named=True)},
        decisions=held.decisions.filter(pl.col("about").is_in(about)).to_dicts(),
        complete=len(touching) < MAX_DOSSIER,
    )


def _not_found(held: Scoped, id_: str) -> NotFound:
    register = held.view.kinds_of([id_]).get(id_)
    if register in REGISTERS:
        return NotFound(f"'{id_}' is a {register} and not a thing of its own: see 'graphkit case list'.")
    elsewhere = sorted(set(_cases_of(held, id_)) - set(held.scope.cases))
    if elsewhere:
        there = f"It is in {', '.join(elsewhere)}: --case {shlex.quote(elsewhere[0])}."
        return NotFound(f"Nothing named '{id_}' in case {held.scope}. {there}")
    near = ", ".join(hit["id"] for hit in _search(held, id_, 3))
    return NotFound(f"Nothing named '{id_}' in case {held.scope}." + (f" Near it: {near}." if near else ""))


def _cases_of(held: Scoped, id_: str) -> list[str]:
    speaking = held.view.claims_touching(id_, MAX_DOSSIER)["source"].unique().to_list()
    cases: list[str] = held.all_sources.filter(pl.col("id").is_in(speaking))["cases"].explode().drop_nulls().to_list()
    return cases


def _names(held: Scoped, ids: Sequence[str]) -> dict[str, str]:
    entities = held.resolved(held.claims(ids)).entities()
    return {id_: id_.partition(":")[2] or id_ for id_ in ids} | dict(entities.select("id", "name").iter_rows())


def search(store: Store, scope: Scope, text: str, limit: int) -> list[dict[str, Any]]:
    """Return the things of a scope whose id or names hold the text: id, kind, name, names, best first."""
    if not text.strip():
        raise ChooseAgain("There is nothing to search for: name a part of a name or of an id.")
    return in_scope(store, scope, lambda held: _search(held, text.strip(), limit))


def _search(held: Scoped, text: str, limit: int) -> list[dict[str, Any]]:
    wanted = unicodedata.normalize("NFC", text).lower()
    found = held.view.search(wanted, MAX_CANDIDATES, held.source_ids)
    own = held.claims(found)
    without = sorted(set(found) - set(own["about"]))[: limit * 4]
    entities = held.resolved(pl.concat([own, *(held.touching(id_, 1) for id_ in without)]).unique("id")).entities()
    holds = pl.concat_list(pl.col("id"), pl.col("name"), pl.col("names")).list.eval(
        pl.element().str.to_lowercase().str.contains(wanted, literal=True)
    )
    hits = entities.filter(pl.col("id").is_in(found) & holds.list.any())
    starts = pl.col("name").str.to_lowercase().str.starts_with(wanted)
    ranked = hits.sort(~starts, pl.col("name").str.len_chars(), "id").head(limit)
    return ranked.select("id", "kind", "name", "names").to_dicts()
