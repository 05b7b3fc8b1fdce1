"""What the claims say of each thing and relation that requests are about, and on whose word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from graphkit.exports import wording
from graphkit.graph.snapshot import Snapshot
from graphkit.model.claim import DENIALS, Claim, as_claims
from graphkit.model.defanging import defang
from graphkit.model.interval import Interval
from graphkit.model.schema import Catalog
from graphkit.pivoting import LARGE, Onward, Pivot, Successor, pivot, successors
from graphkit.requesting import called, days
from graphkit.requesting.held import held
from graphkit.requesting.near import near
from graphkit.requesting.values import Party, Saying, Word

_BOUNDS = {"_low": "at least ", "_high": "at most "}

Relation = dict[str, Any]


class Said:
    """The relations of a snapshot that requests are about, and the claims on these, and on the things in them."""

    def __init__(self, view: Snapshot, claims: pl.DataFrame, catalog: Catalog) -> None:
        self.view = view
        self.catalog = catalog
        self._claims = claims
        self._near = near(view)

    @cached_property
    def _about(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in as_claims(self._claims.sort("source", "property", "locator", "id")):
            found[claim.about].append(claim)
        return found

    @cached_property
    def _relations(self) -> tuple[dict[tuple[str, str], list[Relation]], dict[tuple[str, str], list[Relation]]]:
        leaving: dict[tuple[str, str], list[Relation]] = defaultdict(list)
        coming: dict[tuple[str, str], list[Relation]] = defaultdict(list)
        for row in self._near.relations.iter_rows(named=True):
            leaving[row["type"], row["from"]].append(row)
            coming[row["type"], row["to"]].append(row)
        return leaving, coming

    def leaving(self, type_: str, id_: str) -> list[Relation]:
        """Return the relations of a type that lead from a thing."""
        return self._relations[0].get((type_, id_), [])

    def coming(self, type_: str, id_: str) -> list[Relation]:
        """Return the relations of a type that lead to a thing."""
        return self._relations[1].get((type_, id_), [])

    def of_type(self, type_: str) -> Iterator[Relation]:
        """Yield all relations of a type."""
        for (name, _), rows in self._relations[0].items():
            if name == type_:
                yield from rows

    @cached_property
    def _things(self) -> dict[str, tuple[str, str]]:
        return {id_: (kind, name) for id_, kind, name in self.view.things.select("id", "kind", "name").iter_rows()}

    def kind(self, id_: str) -> str:
        """Return the kind of a thing."""
        return self._things[id_][0]

    def name(self, id_: str) -> str:
        """Return what a thing is called, a website or domain so that nobody takes it for another, or opens it."""
        kind, name = self._things.get(id_, ("", id_))
        if kind == "Website":
            return called.website(self.onward.reached(id_), name)
        return defang(name) if kind == "Domain" else name

    def is_there(self, id_: str) -> bool:
        """Say whether a thing is in the snapshot."""
        return id_ in self._things

    @cached_property
    def _pivot(self) -> Pivot | None:
        """The groups of websites; None where one would wait for them."""
        return pivot(self.view) if self.view.relations.height <= LARGE else None

    def successors(self, domain: str, until: date | None) -> tuple[Successor, ...]:
        """Return what may have taken the place of a website, as is computed; nothing where one would wait for it."""
        return successors(self._pivot, domain, self.onward, until) if self._pivot else ()

    @cached_property
    def onward(self) -> Onward:
        """When the websites of the snapshot began, and which of them were decided not to be one."""
        return Onward(self.view)

    @cached_property
    def _called(self) -> wording.Names:
        return wording.called(self.view)

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {id_: name or id_ for id_, name in self.view.sources.select("id", "name").iter_rows()}

    @cached_property
    def _contradicted(self) -> dict[str, dict[str, str]]:
        """What is contradicted of each thing and relation, by property, in words."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        near_by = [*self._near.things, *self._near.relations["id"]]
        for row in self.view.conflicts.filter(pl.col("about").is_in(near_by)).iter_rows(named=True):
            found[row["about"]][row["property"]] = wording.difference(row, self._called)
        return found

    def contradicted(self, id_: str) -> dict[str, str]:
        """Return what sources contradict each other in of a thing or relation, by property."""
        return self._contradicted.get(id_, {})

    def alike(self, item: str) -> list[str]:
        """Return the ids of all content items that have the same SHA-256 as one, itself too."""
        return list(self._near.alike.get(item, [item]))

    def word(self, claim: Claim) -> Word:
        """Return on whose word a claim stands."""
        return Word(
            who=wording.speaker(claim.claimant, claim.source, self._called),
            stance=claim.stance,
            modality=claim.modality,
            source=claim.source,
            title=self._titles.get(claim.source, claim.source),
            locator=claim.locator or "",
            rating=wording.rating(claim.confidence, claim.credibility),
            summary=claim.summary or "",
            claim=claim.id,
        )

    def links(self, relation: str) -> list[Claim]:
        """Return the claims that a relation is."""
        return [claim for claim in self._about.get(relation, ()) if claim.object_kind and claim.stance not in DENIALS]

    def words(self, relation: str) -> tuple[Word, ...]:
        """Return on whose word a relation stands."""
        return tuple(self.word(claim) for claim in self.links(relation))

    def party(self, relation: Relation, end: str) -> Party:
        """Return one end of a relation, and who says that it is one."""
        id_ = relation[end]
        return Party(id_, self.kind(id_), self.name(id_), self.words(relation["id"]))

    def sayings(
        self, about: str, name: str, since: Interval | None = None, ordered: bool = False
    ) -> tuple[Saying, ...]:
        """Return the values of a property, or the bounds of a count, each with all who say it, by when it began.

        With ``ordered`` each says how it lies to the day that can be any of ``since``.
        """
        groups: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
        for claim in self._about.get(about, ()):
            if not claim.object_kind and claim.stance not in DENIALS:
                bound = claim.property.removeprefix(name)
                if claim.property == name or (bound in _BOUNDS and claim.property == name + bound):
                    value = _BOUNDS.get(bound, "") + claim.value
                    groups[value, claim.valid_from or "", claim.valid_to or ""].append(claim)
        found = [
            Saying(value, held([(start, end)]), self._each(said), days.order(start, end, since) if ordered else "")
            for (value, start, end), said in sorted(groups.items(), key=lambda group: _first(*group[0]))
        ]
        return tuple(found)

    def _each(self, claims: Sequence[Claim]) -> tuple[Word, ...]:
        return tuple(self.word(claim) for claim in claims)


def _first(value: str, start: str, end: str) -> tuple[Any, ...]:
    return *days.begins(start), value, end
