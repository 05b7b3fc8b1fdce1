"""The claims that checked records make, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from graphkit.ingest.checked import Checked, Values
from graphkit.ingest.checks import ATTRIBUTION
from graphkit.ingest.dated import REACHED
from graphkit.model.claim import COLUMNS, claim_ids, relation_ids
from graphkit.model.schema import Catalog, Made, Property

NUMBER = "number"
"""The column that says which record of the load a row is of."""
CLAIMS: dict[str, pl.DataType] = {NUMBER: pl.UInt32(), "link": pl.Boolean()} | COLUMNS
_NOTHING = pl.lit(None, dtype=pl.String)
_OF_NAMES = ("script", "transliteration_of")


def made(checked: Checked, catalog: Catalog, now: str) -> pl.DataFrame:
    """Return the claims of records of one kind, with their ids and without the kinds of what they name.

    ``link`` says which are relations. A claim without ``recorded_at`` was recorded ``now``.
    """
    if checked.kind.registry:
        return pl.DataFrame(schema=CLAIMS)
    making = _Making(checked, catalog, now)
    parts = making.of_relations() if checked.kind.edge else making.of_things()
    claims = pl.concat([pl.DataFrame(schema=CLAIMS), *parts])
    return claims.with_columns(id=_texts(claim_ids(claims)))


class _Making:
    """Yields a frame for each property and each link."""

    def __init__(self, checked: Checked, catalog: Catalog, now: str) -> None:
        self._checked = checked
        self._catalog = catalog
        columns = {name: checked.column(name) for name in ATTRIBUTION}
        columns["recorded_at"] = [moment or now for moment in columns["recorded_at"]]
        reached = zip(("valid_from", "valid_to"), REACHED, strict=True)
        self._reached = {said: checked.column(name) for said, name in reached if name in checked.fields}
        self._base = pl.DataFrame(columns, schema={name: COLUMNS[name] for name in ATTRIBUTION}).with_columns(
            pl.Series(NUMBER, checked.numbers, dtype=pl.UInt32),
            *(_NOTHING.alias(name) for name in ("object_kind", "claimant_kind", "id")),
        )

    def of_relations(self) -> Iterator[pl.DataFrame]:
        checked, kind = self._checked, self._checked.kind
        starts, ends = checked.column("from"), checked.column("to")
        about = self._about(starts, kind.name, ends)
        linked = [place for place, link in enumerate(checked.column("link")) if link != "false"]
        rows = Values(linked, [ends[place] for place in linked], [None] * len(linked))
        yield self._links(rows, rows.pick(starts), kind.name, rows.pick(about))
        for prop, given in self._own():
            claims = self._claims(given, given.pick(about), kind.name, prop.name)
            yield claims.with_columns(anchor=_texts(given.pick(starts)), anchor_kind=_NOTHING)

    def of_things(self) -> Iterator[pl.DataFrame]:
        checked, kind = self._checked, self._checked.kind
        for prop, given in () if kind.observation else self._own():
            yield self._claims(given, given.pick(checked.ids), kind.name, prop.name)
        for prop in kind.properties.values():
            if prop.makes and prop.name in checked.fields:
                yield self._spelled(prop.makes, checked.values(prop.name))
        for start, relation, end in kind.links:
            from_ids, to_ids = self._ids(start), self._ids(end)
            rows = [(place, a, b) for place in from_ids.keys() & to_ids for a in from_ids[place] for b in to_ids[place]]
            if rows:
                starts = [a for _, a, _ in rows]
                ends = Values.of((place, b, None) for place, _, b in rows)
                yield self._links(ends, starts, relation, self._about(starts, relation, ends.values))

    def _own(self) -> Iterator[tuple[Property, Values]]:
        for prop in self._checked.kind.properties.values():
            if not prop.makes and prop.name in self._checked.fields:
                yield prop, self._checked.values(prop.name)

    def _spelled(self, thing: Made, given: Values) -> pl.DataFrame:
        """Return the claims on how things that values stand for are called or written."""
        ids = [thing.id(value) for value in given.values]
        if thing.named:
            return self._claims(Values(given.places, given.values, [None] * len(ids)), ids, thing.kind, "name")
        told = [
            (place, raw or value, id_)
            for place, value, raw, id_ in zip(given.places, given.values, given.written, ids, strict=True)
            if raw or id_ != thing.prefix + value
        ]
        spelled = Values.of((place, value, None) for place, value, _ in told)
        return self._claims(spelled, [id_ for _, _, id_ in told], thing.kind, "written_as")

    def _ids(self, field: str) -> dict[int, list[str]]:
        """Return the ids that each record has in a field, each once, by its place."""
        if field == "self":
            return {place: [id_] for place, id_ in enumerate(self._checked.ids)}
        thing, given = self._checked.kind.properties[field].makes, self._checked.values(field)
        found: dict[int, dict[str, None]] = {}
        for place, value in zip(given.places, given.values, strict=True):
            if thing:
                found.setdefault(place, {})[thing.id(value)] = None
        return {place: list(ids) for place, ids in found.items()}

    def _about(self, starts: Sequence[str], relation: str, ends: Sequence[str]) -> list[str]:
        edge = self._catalog[relation].edge
        return relation_ids(starts, relation, ends, bool(edge and edge.symmetric))

    def _links(self, ends: Values, starts: list[str], relation: str, about: list[str]) -> pl.DataFrame:
        held = {name: _texts(ends.pick(column)) for name, column in self._reached.items()}
        claims = self._claims(ends, starts, None, relation)
        return claims.with_columns(about=_texts(about), link=pl.lit(value=True), **held)

    def _claims(self, given: Values, subjects: list[str], kind: str | None, name: str) -> pl.DataFrame:
        """Return a claim for each value; without a kind it is that of the subject, filled in later."""
        of_all = given.places == list(range(len(self._base)))
        subject = _texts(subjects)
        told = (self._base if of_all else self._base[given.places]).with_columns(
            *(_NOTHING.alias(other) for other in _OF_NAMES if name != "name"),
            about=subject,
            anchor=subject,
            anchor_kind=pl.lit(kind, dtype=pl.String),
            subject=subject,
            kind=pl.lit(kind, dtype=pl.String),
            property=pl.lit(name),
            value=_texts(given.values),
            raw=pl.coalesce("raw", _texts(given.written)),
            link=pl.lit(False),
        )
        return told.select(list(CLAIMS))


def _texts(column: Sequence[str | None]) -> pl.Series:
    return pl.Series(column, dtype=pl.String)
