"""Rows of a sheet as records, by a mapping."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from graphkit.errors import ChooseAgain, did_you_mean
from graphkit.ingest.checks import ATTRIBUTION, checks
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.record import Record
from graphkit.ingest.sheets import layout, numbers, parts
from graphkit.ingest.sheets.mapping import Column, Part, Same, SheetMapping, Template
from graphkit.ingest.sheets.sheet import Sheet, text
from graphkit.model import values
from graphkit.model.schema import Catalog, Kind

_DATES = ("said_at", "recorded_at", "valid_from", "valid_to")
_CALLED = {
    "Person": {"individual", "people", "man", "woman", "suspect", "victim", "human"},
    "Organization": {"organisation", "company", "org", "entity", "business", "agency", "firm", "office"},
    "Group": {"gang", "network", "cell"},
    "Identifier": {"telephone", "phone", "email", "e-mail", "account", "handle", "number", "bank account", "vehicle"},
    "Place": {"location", "address", "city", "country", "site"},
    "Incident": {"event", "attack"},
    "Website": {"web site", "page", "url"},
}
_SLOT = re.compile(r"\{([^}|]+)[^}]*\}")
Ids = Mapping[str, str | None]
Made = dict[str, Any]


def records(sheet: Sheet, mapping: SheetMapping, source: str, origin: Origin) -> Iterator[Record]:
    """Yield the records that the rows of a sheet make.

    ChooseAgain when the mapping names a column that the sheet lacks. Columns that no record is made of are counted as
    lost; those that the deny-list refuses go along, to be counted as such.
    """
    found = layout.found(sheet, mapping.header)
    for name in sorted(mapping.reads()):
        if name not in found.columns:
            near, there = did_you_mean(name, found.columns), ", ".join(found.columns[:40])
            raise ChooseAgain(
                f"{sheet.title}: it has no column '{name}', as the mapping says.{near} There are: {there}."
            )
    open_ = layout.with_hidden(sheet) if mapping.hidden == "take" else sheet
    left_out = layout.LeftOut()
    making = _Making(open_, mapping, found, source, origin)
    for number, cells in layout.body(open_, found, left_out):
        empty = True
        for record in making.records(number, [text(cell) for cell in cells]):
            yield record
            empty = False
        if empty:
            left_out.add("rows that make no record", number)
    origin.said += [f"{sheet.title}: {note}." for note in (*sheet.notes, *left_out.notes())]


class _Making:
    """Makes the records of rows."""

    def __init__(self, sheet: Sheet, mapping: SheetMapping, found: layout.Layout, source: str, origin: Origin) -> None:
        self._sheet = sheet
        self._origin = origin
        self._said_by = {"source": source} | ({"claimant": origin.claimant} if origin.claimant else {})
        refuses, read = origin.catalog.deny.refuses, mapping.reads()
        self._refused = [(at, name) for at, name in enumerate(found.columns) if refuses(name)]
        self._unread = [(at, name) for at, name in enumerate(found.columns) if name not in read and not refuses(name)]
        body = layout.body(sheet, found, layout.LeftOut())
        sample = [[text(cell) for cell in cells] for _, cells in islice(body, layout.SAMPLE)]
        reading = parts.Reading(found.columns, sample, mapping, refuses, source)
        self._templates = [_Made(one, reading, found.columns, origin.catalog, source) for one in mapping.records]
        self._entered: set[tuple[str, str]] = set()

    def records(self, number: int, row: Sequence[str]) -> Iterator[Record]:
        """Yield what one row says; what cannot be read of it is a record with a problem."""
        for at, name in self._unread:
            if row[at]:
                self._origin.lost[name] += 1
        refused = {name: row[at] for at, name in self._refused if row[at]}
        where = f"sheet {self._sheet.name}, row {number}" if self._sheet.name else f"row {number}"
        place = self._sheet.place(number)
        made = [(one, kind) for one in self._templates if (kind := one.kind(row)) and one.has_all(kind, row)]
        ids = {one.label: one.id(kind, row, number) for one, kind in made}
        for one, kind in made:
            try:
                said = one.said(kind, row, ids)
            except ValueError as problem:
                yield Record(place, None, None, f"{one.label}: {problem}")
                continue
            if said is None or (kind.registry and (kind.name, said["id"]) in self._entered):
                continue
            if kind.registry:
                self._entered.add((kind.name, said["id"]))
            else:
                said = {**self._said_by, "locator": where, **said}
            for record in _called_first(said):
                yield Record(place, record | refused)
                refused = {}


def _called_first(said: Made) -> Iterator[Made]:
    """Yield a record; the first of several names is what the thing is called, the others are names reported of it."""
    names = said.get("name")
    if not isinstance(names, list) or "id" not in said or "stance" in said:
        yield said
        return
    yield said | {"name": names[0]}
    same = {name: said[name] for name in ("kind", "id", *ATTRIBUTION) if name in said}
    yield same | {"name": names[1:], "stance": "reports"}


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a kind: its type, whether it takes several values, and what gives them."""

    name: str
    type: str
    many: bool
    given: tuple[parts.Values | Same, ...]


class _Made:
    """A template with its columns looked up, for each kind that it makes records of."""

    def __init__(
        self, template: Template, reading: parts.Reading, columns: Sequence[str], catalog: Catalog, source: str
    ) -> None:
        self.label = template.label
        self._template = template
        self._reading = reading
        self._catalog = catalog
        self._source = source
        links = any(isinstance(part, Same) for parts_ in template.fields.values() for part in parts_)
        self._reads = [] if links else sorted({columns.index(name) for name in template.reads()})
        self._kind = self._given(template.kind, "text")
        self._of_kind: dict[str, list[_Field]] = {}

    def kind(self, row: Sequence[str]) -> Kind | None:
        """Return the kind of the record that a row makes, None when the cells it is made of are all empty."""
        if self._reads and not any(row[at] for at in self._reads):
            return None
        named = [] if isinstance(self._kind, Same) else self._kind(row)
        if not named:
            return None
        if isinstance(self._template.kind, Column) and self._template.kind.means is None:
            return self._catalog.kinds.get(_kind_called(named[0], self._catalog))
        return self._catalog.kinds.get(named[0])

    def has_all(self, kind: Kind, row: Sequence[str]) -> bool:
        """Say whether a row gives all that a record of this kind must have."""
        needed = [prop.name for prop in kind.properties.values() if prop.required] if not kind.registry else []
        try:
            return all(name not in self._template.fields or self._texts(kind, name, row) for name in needed)
        except ValueError:
            return True

    def id(self, kind: Kind, row: Sequence[str], number: int) -> str | None:
        """Return the id: as the row gives it or its kind derives it, else made of the name, else of the row."""
        if kind.edge or kind.observation:
            return None
        try:
            if kind.id_template:
                return _SLOT.sub(lambda slot: self._normal(kind, slot[1], row), kind.id_template)
            for name in ("id", "name"):
                if name in self._template.fields:
                    found = next(iter(self._texts(kind, name, row)), None)
                    if found is None or name == "id":
                        return found
                    return f"{self._source}:{kind.name.lower()}:{values.slug(found)}"
        except ValueError:
            return None
        return f"{self._source}:{self.label}:row-{number}"

    def said(self, kind: Kind, row: Sequence[str], ids: Ids) -> Made | None:
        """Return the record less who says it, None when the row makes none; ValueError says what cannot be read."""
        said: Made = {"kind": kind.name}
        if not (kind.edge or kind.observation or kind.id_template):
            if ids[self.label] is None:
                return None
            said["id"] = ids[self.label]
        for field in self._fields(kind):
            given = _together(field, row, ids)
            if given and field.type == "count" and not field.many:
                said = numbers.counted(field.name, given[0]) | said
            elif given:
                said[field.name] = given[0] if len(given) == 1 else given
        if kind.edge and not {"from", "to"} <= said.keys():
            return None
        return said

    def _fields(self, kind: Kind) -> list[_Field]:
        if kind.name not in self._of_kind:
            given = {name: found for name, found in self._template.fields.items() if name != "id"}
            if isinstance(self._template.kind, Column):
                taken = {check.name for check in checks(kind)}
                given = {"value" if name == "name" not in taken else name: found for name, found in given.items()}
                given = {name: found for name, found in given.items() if name in taken}
            self._of_kind[kind.name] = [self._field(kind, name, found) for name, found in given.items()]
        return self._of_kind[kind.name]

    def _field(self, kind: Kind, name: str, given: Sequence[Part]) -> _Field:
        prop = kind.properties.get(name)
        dated = name in kind.valid_from + kind.valid_to or (name in _DATES and name in ATTRIBUTION)
        type_ = prop.type if prop else "date" if dated else "text"
        return _Field(name, type_, bool(prop and prop.many), tuple(self._given(part, type_) for part in given))

    def _given(self, part: Part, type_: str) -> parts.Values | Same:
        if isinstance(part, Same):
            return part
        return self._reading.values(part, type_) if isinstance(part, Column) else partial(_constant, [part])

    def _texts(self, kind: Kind, name: str, row: Sequence[str]) -> list[str]:
        field = self._field(kind, name, self._template.fields[name])
        return _together(field, row, {})

    def _normal(self, kind: Kind, name: str, row: Sequence[str]) -> str:
        found = self._texts(kind, name, row) if name in self._template.fields else []
        if not found:
            raise ValueError(f"{name} is missing")
        return kind.properties[name].normal(found[0])


def _kind_called(word: str, catalog: Catalog) -> str:
    """Return the kind of thing that a word stands for; what stands for none is a Concept."""
    plain = word.casefold().strip()
    own = {kind.name.casefold(): kind.name for kind in catalog.entities}
    return own.get(plain) or next((kind for kind, words in _CALLED.items() if plain in words), "Concept")


def _constant(value: list[str], row: Sequence[str]) -> list[str]:
    return value


def _together(field: _Field, row: Sequence[str], ids: Ids) -> list[str]:
    """Return all values of a field, each once."""
    found: list[str | None] = []
    for given in field.given:
        try:
            found.extend([ids.get(given.label)] if isinstance(given, Same) else given(row))
        except ValueError as problem:
            raise ValueError(f"{field.name}: {problem}") from None
    return list(dict.fromkeys(one for one in found if one))
