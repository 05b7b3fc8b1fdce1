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
from graphkit.model import typed
from graphkit.model.claim import Claim, as_claims
from graphkit.model.entity import standing
from graphkit.model.source import REGISTERS
from graphkit.scoped import Scoped, in_scope
from graphkit.stores import Store

MAX_DOSSIER = 2_000
MAX_CANDIDATES = 2_000


@dataclass(frozen=True)
class Dossier:
    """All that a scope says of one thing: its node, its claims, its relations, what is contradicted.

    ``claims`` are those that stand, ``set_aside`` those that do not, each with the decision that did it. ``names``
    are of everything the claims and relations mention, ``names_apart`` of what is decided on, each id by itself,
    ``sources`` by id, ``documents`` by source; ``complete`` is False when there are more than ``MAX_DOSSIER`` claims.
    """

    node: dict[str, Any]
    claims: list[Claim]
    relations: list[dict[str, Any]]
    conflicts: list[dict[str, Any]]
    names: dict[str, str]
    names_apart: dict[str, str]
    sources: dict[str, dict[str, Any]]
    documents: dict[str, list[dict[str, Any]]]
    decisions: list[dict[str, Any]]
    set_aside: list[tuple[Claim, dict[str, Any]]]
    complete: bool

    @cached_property
    def called(self) -> wording.Names:
        """What all that is mentioned, and who published it, is called."""
        return wording.Names(self.names, wording.voices(self.sources.values()))


def show(store: Store, scope: Scope, id_: str) -> Dossier:
    """Return the dossier of a thing; NotFound suggests what may be meant."""
    return in_scope(store, scope, lambda held: _dossier(held, id_))


def _dossier(held: Scoped, given: str) -> Dossier:
    id_ = held.decided.linker.read(typed.known(given, held.view.kinds_of))
    touching = held.touching(id_, MAX_DOSSIER)
    links = touching.filter(pl.col("object_kind").is_not_null())["about"]
    written = pl.concat([touching, held.claims(sorted({id_, *links}))]).unique("id")
    resolved = held.resolved(written)
    entities = resolved.entities().filter(pl.col("id") == id_)
    if entities.is_empty():
        raise _not_found(held, given)
    kind = entities["kind"][0]
    node = resolved.nodes[kind].row(by_predicate=pl.col("id") == id_, named=True) | {"kind": kind}
    relations = resolved.relations.filter((pl.col("from") == id_) | (pl.col("to") == id_)).sort("type", "from", "to")
    claims = standing(written, held.decided, held.catalog).sort("subject", "property", "id")
    mentioned = {*relations["from"], *relations["to"], *written["claimant"].drop_nulls(), *written["anchor"]}
    mentioned |= set(written.filter(pl.col("object_kind").is_not_null())["value"])
    decisions = _decisions(held, id_, written)
    about = {id_, *relations["id"], *claims.filter(pl.col("object_kind").is_not_null())["about"]}
    return Dossier(
        node=node,
        claims=as_claims(claims),
        relations=relations.to_dicts(),
        conflicts=resolved.conflicts.filter(pl.col("about").is_in(about)).to_dicts(),
        names=_names(held, sorted(mentioned)),
        names_apart=held.names_apart(decisions),
        sources={row["id"]: row for row in held.sources.iter_rows(named=True)},
        documents=held.documents(sorted(set(written["source"]))),
        decisions=decisions,
        set_aside=_set_aside(held, written),
        complete=len(touching) < MAX_DOSSIER,
    )


def _decisions(held: Scoped, id_: str, claims: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the decisions in force on a thing, on claims that touch it, or on their sources."""
    near = {*held.decided.linker.with_members([id_]), *claims["id"], *claims["source"]}
    return [dict(entry) for entry in held.decided.in_force if near.intersection(entry["about"])]


def _set_aside(held: Scoped, claims: pl.DataFrame) -> list[tuple[Claim, dict[str, Any]]]:
    by = held.decided.set_aside_by(claims)
    out = claims.with_columns(by=by).filter(by.is_not_null()).sort("subject", "property", "id")
    return [
        (claim, dict(held.decided.entries.get(id_, {"id": id_})))
        for claim, id_ in zip(as_claims(out), out["by"], strict=True)
    ]


def _not_found(held: Scoped, id_: str) -> NotFound:
    register = held.view.kinds_of([id_]).get(id_)
    if register in REGISTERS:
        where = {"Document": "document SOURCE", "Decision": "log", "Tombstone": "query"}.get(register, "case list")
        return NotFound(f"'{id_}' is a {register} and not a thing of its own: see 'graphkit {where}'.")
    touching = held.touching(id_, MAX_DOSSIER)
    if not touching.is_empty():
        by = ", ".join(sorted(held.decided.set_aside_by(touching).drop_nulls().unique()))
        return NotFound(
            f"All that is said of '{id_}' in case {held.scope} is set aside by {by}. "
            "See 'graphkit log'; 'graphkit undo DECISION' takes a decision back."
        )
    whenever = Scoped(held.view, Scope(held.scope.cases), held.catalog)
    if held.scope.moment and not whenever.touching(id_, 1).is_empty():
        return NotFound(f"Nothing of '{id_}' is in case {held.scope}. It is at other times: leave the date out.")
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
    link = held.decided.linker
    called = dict(held.resolved(held.claims(ids)).entities().select("id", "name").iter_rows())
    every = {*ids, *map(link.read, ids)}
    return {id_: called.get(link.read(id_)) or id_.partition(":")[2] or id_ for id_ in every}


def search(store: Store, scope: Scope, text: str, limit: int) -> list[dict[str, Any]]:
    """Return the things of a scope whose id or names hold the text: id, kind, name, names, best first."""
    if not text.strip():
        raise ChooseAgain("There is nothing to search for: name a part of a name or of an id.")
    return in_scope(store, scope, lambda held: _search(held, text.strip(), limit))


def _search(held: Scoped, text: str, limit: int) -> list[dict[str, Any]]:
    wanted = unicodedata.normalize("NFC", text).lower()
    hits = held.view.search(wanted, MAX_CANDIDATES, held.source_ids)
    found = list(dict.fromkeys(map(held.decided.linker.read, hits)))
    own = held.claims(found)
    without = sorted(set(found) - set(own["about"]))[: limit * 4]
    entities = held.resolved(pl.concat([own, *(held.touching(id_, 1) for id_ in without)]).unique("id")).entities()
    ids = pl.col("ids").fill_null(pl.lit([], dtype=pl.List(pl.String)))
    holds = pl.concat_list(pl.col("id"), ids, pl.col("name"), pl.col("names")).list.eval(
        pl.element().str.to_lowercase().str.contains(wanted, literal=True)
    )
    named = entities.filter(pl.col("id").is_in(found) & holds.list.any())
    starts = pl.col("name").str.to_lowercase().str.starts_with(wanted)
    ranked = named.sort(~starts, pl.col("name").str.len_chars(), "id").head(limit)
    return ranked.select("id", "kind", "name", "names").to_dicts()
