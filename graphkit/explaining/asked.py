"""Asking why two things are linked: paths from a snapshot, and the claims of their hops from its store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from graphkit import dossier
from graphkit.analytics import paths
from graphkit.analytics.paths import Found, Step, Wanted, in_bits
from graphkit.errors import ChooseAgain, StoreChanged
from graphkit.explaining import words
from graphkit.explaining.values import Explanation, Hop, Link, Path, Said, Thing
from graphkit.exports import wording
from graphkit.graph.snapshot import Snapshot
from graphkit.model.claim import DENIALS, Claim, as_claims
from graphkit.model.entity import standing
from graphkit.model.schema import Catalog
from graphkit.scoped import Scoped, in_scope
from graphkit.stores import Store

DEFAULT = Wanted()
DENIED = 5
"""How many denials are told."""


def explain(store: Store, view: Snapshot, a: str, b: str, wanted: Wanted = DEFAULT) -> Explanation:
    """Return the best paths between two things of a snapshot, by any of their ids, with who says each hop.

    ``view`` is a snapshot of the store; StoreChanged when the store was written to since. NotFound says what may be
    meant when there is nothing of an id, ChooseAgain when both ids are of one thing. That there is no path is an
    answer.
    """
    numbers = [_number(store, view, id_) for id_ in (a, b)]
    if numbers[0] == numbers[1]:
        raise ChooseAgain(_one_thing(view, a, b))
    found = paths.paths(view, numbers[0], numbers[1], wanted)
    rows = sorted({row for path in found.paths for step in path.steps for row in step.rows})
    claims = in_scope(store, view.scope, lambda held: _claims(held, view, view.relations[rows])) if rows else []
    return _Told(view, found, claims, store.catalog).explanation(numbers[0], numbers[1], wanted)


def _number(store: Store, view: Snapshot, id_: str) -> int:
    if id_ not in view.index:
        dossier.show(store, view.scope, id_)
    return view.number(id_)


def _one_thing(view: Snapshot, a: str, b: str) -> str:
    if a == b:
        return f"'{a}' is named twice. Name two things: 'graphkit search' finds their ids."
    return f"'{a}' and '{b}' are one thing in case {view.scope}: 'graphkit log' has who decided so. Name another one."


def _claims(held: Scoped, view: Snapshot, relations: pl.DataFrame) -> list[Claim]:
    """Return the claims on these relations that stand, under whichever ids their ends are written."""
    if held.version != view.version:
        raise StoreChanged("The store was written to since this snapshot of it was taken. Take another one.")
    ends = relations.select(anchor="from", property="type", value="to")
    written = held.decided.linker.relations(ends, held.catalog).values()
    ids = sorted(set(relations["id"]).union(*written))
    read = standing(held.claims(ids), held.decided, held.catalog)
    here = read.filter(pl.col("about").is_in(relations["id"].to_list()))
    return as_claims(here.sort(pl.col("object_kind").is_null(), "source", "property", "id"))


@dataclass(frozen=True)
class _Told:
    """Puts what was found into words."""

    view: Snapshot
    found: Found
    claims: list[Claim]
    catalog: Catalog

    def explanation(self, a: int, b: int, wanted: Wanted) -> Explanation:
        """Return all of it."""
        ends = self._thing(a), self._thing(b)
        avoided = tuple(self._thing(node) for node in self.found.hubs)
        notes = [*words.notes(self.found, avoided, wanted), *self._denials(*ends)]
        return Explanation(
            a=ends[0],
            b=ends[1],
            answer=words.answer(*ends, self.found, wanted),
            paths=tuple(map(self._path, self.found.paths)),
            avoided=avoided,
            notes=tuple(notes),
            invented=self.view.invented,
            computed_on=words.computed_on(self.view, self.found.sure, wanted),
            method=words.METHOD,
        )

    def _thing(self, node: int) -> Thing:
        row = self.view.things.row(node, named=True)
        linked = self.found.degree[node]
        return Thing(row["id"], row["kind"], row["name"], linked, row["id"] in self.view.protected)

    def _path(self, path: paths.Path) -> Path:
        things = list(map(self._thing, path.nodes))
        ends = list(zip(things, things[1:], path.steps, strict=False))
        last = len(ends) - 1
        hops = (self._hop(start, end, step, place < last) for place, (start, end, step) in enumerate(ends))
        return Path(tuple(hops), in_bits(path.cost))

    def _hop(self, start: Thing, end: Thing, step: Step, passed: bool) -> Hop:
        rows = [self.view.relations.row(row, named=True) for row in step.rows]
        because = words.reasons(step, rows[0], end.linked if passed else None)
        return Hop(start, end, tuple(self._link(row, start) for row in rows), tuple(because))

    def _link(self, row: dict[str, Any], start: Thing) -> Link:
        edge = self.catalog[row["type"]].edge
        alleged = wording.alleged(row, self.catalog)
        says = wording.phrase(row, self.catalog)
        forward = "along" if row["from"] == start.id else "against"
        claims = [claim for claim in self.claims if claim.about == row["id"]]
        return Link(
            id=row["id"],
            type=row["type"],
            start=row["from"],
            end=row["to"],
            sentence=f"{self._named(row['from'])} {says} {self._named(row['to'])}" + (" (alleged)" if alleged else ""),
            way="both" if edge and edge.symmetric else forward,
            alleged=alleged,
            disputed=row["disputed"],
            support=row["support"],
            n_claims=row["n_claims"],
            n_sources=row["n_sources"],
            n_independent=row["n_independent"],
            when=wording.when(row),
            rests_on=wording.backing(row),
            said_by=wording.speakers(row["claimants"], row["voices"], self._called(row["claimants"])),
            said=tuple(self._said(claim) for claim in claims if claim.stance not in DENIALS),
            denied=tuple(self._said(claim) for claim in claims if claim.stance in DENIALS),
        )

    def _said(self, claim: Claim) -> Said:
        source = self._sources[claim.source]
        days = dict.fromkeys(text for text in (claim.valid_from, claim.valid_to) if text)
        return Said(
            who=wording.speaker(claim.claimant, claim.source, self._called([claim.claimant])),
            stance=claim.stance,
            modality=claim.modality,
            says="" if claim.object_kind else f"{claim.property.replace('_', ' ')}: {claim.value}",
            source=claim.source,
            title=source["name"] or claim.source,
            publisher=source["publisher"] or "",
            published=source["published"] or "",
            reliability=source["reliability"] or wording.UNRATED,
            rating=wording.rating(claim.confidence, claim.credibility),
            locator=claim.locator or "",
            said_at=claim.said_at or "",
            held=" to ".join(days),
            summary=claim.summary or "",
            quote=claim.quote or "",
            claim=claim.id,
        )

    def _denials(self, a: Thing, b: Thing) -> Iterator[str]:
        """Yield what is only denied of a relation between the two; where no path is found, of one of either."""
        denials = self.view.resolved.denials.filter(pl.col("object_kind").is_not_null())
        one, two = ((pl.col("anchor") == end.id) | (pl.col("value") == end.id) for end in (a, b))
        near = denials.filter((one & two) if self.found.paths else (one | two))
        rows = near.join(self.view.relations.select(about="id"), on="about", how="anti").sort("about", "source", "id")
        for row in rows.head(DENIED).iter_rows(named=True):
            who = wording.speaker(row["claimant"], row["source"], self._called([row["claimant"]]))
            says = wording.phrase({"type": row["property"]}, self.catalog)
            sentence = f"{self._named(row['anchor'])} {says} {self._named(row['value'])}"
            title = self._sources[row["source"]]["name"] or row["source"]
            yield f"{who} {wording.STANCES[row['stance']]} that {sentence}, in “{title}”. A denial links nothing."
        if len(rows) > DENIED:
            yield f"There are {len(rows) - DENIED:,} more denials."

    def _named(self, id_: str) -> str:
        return str(self.view.things["name"][self.view.index[id_]]) if id_ in self.view.index else id_

    def _called(self, claimants: Iterable[str | None]) -> wording.Names:
        return wording.Names({id_: self._named(id_) for id_ in claimants if id_}, self._voices)

    @cached_property
    def _sources(self) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for row in self.view.sources.iter_rows(named=True)}

    @cached_property
    def _voices(self) -> dict[str, str]:
        return wording.voices(self._sources.values())
