"""What makes the records of one template: the columns it reads looked up, for each kind that it makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

from graphkit.ingest.checks import ATTRIBUTION, checks
from graphkit.ingest.sheets import called, numbers, parts
from graphkit.ingest.sheets.mapping import Column, Part, Same, Template
from graphkit.model import values
from graphkit.model.schema import Catalog, Kind

_DATES = ("said_at", "recorded_at", "valid_from", "valid_to")
_SLOT = re.compile(r"\{([^}|]+)[^}]*\}")
Ids = Mapping[str, str]
Made = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a kind: its type, whether it takes several values, and what gives them."""

    name: str
    type: str
    many: bool
    made_of: Sequence[Part]
    given: tuple[parts.Values | Same, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """What a template makes of the cells of a row: its kind, its id, and what is wrong with that."""

    kind: Kind
    cells: Sequence[str]
    id: str | None
    wrong: dict[str, str]


class Maker:
    """A template with its columns looked up, for each kind that it makes records of."""

    def __init__(
        self, template: Template, reading: parts.Reading, columns: Sequence[str], catalog: Catalog, source: str
    ) -> None:
        self.label = template.label
        self._template = template
        self._reading = reading
        self._catalog = catalog
        self._source = source
        self._ends = sorted(
            {part.label for parts_ in template.fields.values() for part in parts_ if isinstance(part, Same)}
        )
        self._reads = [] if self._ends else sorted({columns.index(name) for name in template.reads()})
        self._columns = columns
        self._kind = self._given(template.kind, "text")
        self._apart: dict[str, list[tuple[int, str]]] = {}
        self._looked_up: dict[tuple[str, str, str], _Field] = {}
        self._of_kind: dict[str, list[_Field]] = {}
        self._own = tuple(kind.name for kind in catalog.entities)

    def kind(self, row: Sequence[str]) -> Kind | None:
        """Return the kind of the record that a row makes, None when the cells it is made of are all empty."""
        if self._reads and not any(row[at] for at in self._reads):
            return None
        named = [] if isinstance(self._kind, Same) else self._kind(row)
        if not named:
            return None
        if isinstance(self._template.kind, Column) and not {*(self._template.kind.means or ())} - {""}:
            return self._catalog.kinds.get(called.kind(named[0], self._own) or "Concept")
        return self._catalog.kinds.get(named[0])

    def things(self, row: Sequence[str], number: int) -> Iterator[Thing]:
        """Yield what the template makes of a row, once for each value of a cell that holds several things.

        ValueError says why its kind cannot be read.
        """
        kind = self.kind(row)
        for cells in self._apart_in(kind, row) if kind else ():
            if kind is None or not self._has_all(kind, cells):
                continue
            try:
                yield Thing(kind, cells, self._id(kind, cells, number), {})
            except ValueError as problem:
                written = self._id_as_written(cells)
                yield Thing(kind, cells, written, {"id": str(problem)} if written else {})

    def kind_as_written(self, row: Sequence[str]) -> str:
        """Return the cells that the kind is read from."""
        return self._cells(self._template.kind, row) if isinstance(self._template.kind, Column) else ""

    def _has_all(self, kind: Kind, row: Sequence[str]) -> bool:
        """Say whether a row gives all that a record of this kind must have."""
        needed = [prop.name for prop in kind.properties.values() if prop.required] if not kind.registry else []
        try:
            return all(name not in self._template.fields or self._texts(kind, name, row) for name in needed)
        except ValueError:
            return True

    def _id(self, kind: Kind, row: Sequence[str], number: int) -> str | None:
        """Return the id: as the row gives it or its kind derives it, else made of the name, else of the row.

        ValueError says why what it is made of cannot be read.
        """
        if kind.edge or kind.observation:
            return None
        if kind.id_template:
            return _SLOT.sub(lambda slot: self._normal(kind, slot[1], row), kind.id_template)
        for name in ("id", "name"):
            if name in self._template.fields:
                found = next(iter(self._texts(kind, name, row)), None)
                if found is None or name == "id":
                    return found
                return self._observable(row, found) or f"{self._source}:{kind.name.lower()}:{values.slug(found)}"
        return f"{self._source}:{self.label}:row-{number}"

    def _id_as_written(self, row: Sequence[str]) -> str | None:
        """Return what would be the id if it could be read; None where a kind makes its ids of other fields."""
        name = next((name for name in ("id", "name") if name in self._template.fields), None)
        part = self._template.fields[name][0] if name else None
        if not isinstance(part, Column):
            return None
        scheme = part.id or self._scheme(row)
        return f"{scheme}:{self._cells(part, row)}" if scheme else self._cells(part, row)

    def _cells(self, part: Column, row: Sequence[str]) -> str:
        return part.join.join(row[self._columns.index(name)] for name in part.columns)

    def _observable(self, row: Sequence[str], name: str) -> str | None:
        """Return the id of what a row calls a telephone or an e-mail address, which is one in all sources."""
        scheme = self._scheme(row)
        return f"{scheme}:{parts.EVERYWHERE[scheme](name)}" if scheme else None

    def _scheme(self, row: Sequence[str]) -> str | None:
        if isinstance(self._kind, Same) or not isinstance(self._template.kind, Column):
            return None
        return called.scheme(next(iter(self._kind(row)), ""))

    def _apart_in(self, kind: Kind, row: Sequence[str]) -> Iterator[Sequence[str]]:
        """Yield the row; once for each value in a cell where several values are several things."""
        if kind.name not in self._apart:
            self._apart[kind.name] = self._several(kind)
        if not self._apart[kind.name]:
            yield row
            return
        cut = [(at, [part.strip() for part in row[at].split(mark)]) for at, mark in self._apart[kind.name]]
        for chosen in product(*([(at, part) for part in parts_ if part] for at, parts_ in cut)):
            cells = list(row)
            for at, part in chosen:
                cells[at] = part
            yield cells

    def _several(self, kind: Kind) -> list[tuple[int, str]]:
        """Return the columns whose cells hold several values for a field that takes one, with the mark between."""
        found = {}
        for name, given in self._template.fields.items():
            prop = kind.properties.get(name)
            takes_one = name in ("id", "from", "to") or (prop is not None and not prop.many and prop.type != "text")
            for part in given:
                if takes_one and isinstance(part, Column) and part.split and len(part.columns) == 1 and not part.json:
                    found[self._columns.index(part.columns[0])] = part.split
        return list(found.items())

    def ends(self, ids: Mapping[str, list[str]]) -> Iterator[Ids]:
        """Yield the ids of the other things of a row that are spoken of, in all combinations."""
        for chosen in product(*(ids[label] or [""] for label in self._ends)):
            yield dict(zip(self._ends, chosen, strict=True))

    def said(self, thing: Thing, ends: Ids, wrong: dict[str, str]) -> Made | None:
        """Return the record less who says it, None when the row makes none.

        What cannot be read stands in it as it is written; ``wrong`` gets what is wrong with it, by field.
        """
        kind = thing.kind
        said: Made = {"kind": kind.name}
        if not (kind.edge or kind.observation or kind.id_template):
            if thing.id is None:
                return None
            said["id"] = thing.id
        notes: list[str] = []
        for field in self._fields(kind):
            try:
                given = _together(field, thing.cells, ends)
            except ValueError as problem:
                wrong[field.name] = str(problem)
                given = [self._cells(part, thing.cells) for part in field.made_of if isinstance(part, Column)]
            if given and field.type == "count" and not field.many:
                counted, note = numbers.counted(field.name, given[0])
                said = counted | said
                notes += [note] if note else []
            elif given:
                said[field.name] = given[0] if len(given) == 1 else given
        if kind.edge and not {"from", "to"} <= said.keys():
            return None
        if _says_nothing(kind, said, wrong):
            return None
        if notes:
            said["note"] = "; ".join([*_texts(said.get("note")), *notes])
        return said

    def _fields(self, kind: Kind) -> list[_Field]:
        if kind.name not in self._of_kind:
            given = {name: name for name in self._template.fields if name != "id"}
            if isinstance(self._template.kind, Column):
                taken = {check.name for check in checks(kind)}
                for name in self._slots(kind) - given.keys():  # what such a thing is called is what its id is made of
                    given[name] = "name"
                given = {"value" if name == "name" not in taken else name: told for name, told in given.items()}
                given = {name: told for name, told in given.items() if name in taken}
            self._of_kind[kind.name] = [self._field(kind, name, told) for name, told in given.items()]
        return self._of_kind[kind.name]

    def _field(self, kind: Kind, name: str, told: str) -> _Field:
        """Return a field of a kind, made of what the template tells under a name; looked up once, not for each row."""
        key = (kind.name, name, told)
        if key not in self._looked_up:
            self._looked_up[key] = self._made_field(kind, name, self._template.fields[told])
        return self._looked_up[key]

    def _made_field(self, kind: Kind, name: str, given: Sequence[Part]) -> _Field:
        prop = kind.properties.get(name)
        dated = name in kind.valid_from + kind.valid_to or (name in _DATES and name in ATTRIBUTION)
        type_ = prop.type if prop else "date" if dated else "text"
        return _Field(name, type_, bool(prop and prop.many), given, tuple(self._given(part, type_) for part in given))

    def _given(self, part: Part, type_: str) -> parts.Values | Same:
        if isinstance(part, Same):
            return part
        return self._reading.values(part, type_) if isinstance(part, Column) else partial(_constant, [part])

    def _slots(self, kind: Kind) -> set[str]:
        """Return the fields that an id is made of, where a column says the kind and what is named is that."""
        if not isinstance(self._template.kind, Column) or "name" not in self._template.fields:
            return set()
        return set(_SLOT.findall(kind.id_template or ""))

    def _texts(self, kind: Kind, name: str, row: Sequence[str]) -> list[str]:
        return _together(self._field(kind, name, name), row, {})

    def _normal(self, kind: Kind, name: str, row: Sequence[str]) -> str:
        told = name if name in self._template.fields else "name" if name in self._slots(kind) else None
        found = _together(self._field(kind, name, told), row, {}) if told else []
        if not found:
            raise ValueError(f"{name} is missing")
        return kind.properties[name].normal(found[0])


def _says_nothing(kind: Kind, said: Made, wrong: Mapping[str, str]) -> bool:
    """Say whether a row only names the id of a thing, as rows do that add what is not taken."""
    derived = kind.edge or kind.observation or kind.id_template or kind.registry
    return not (derived or wrong or said.keys() - {"kind", "id", *ATTRIBUTION})


def _texts(value: str | list[str] | None) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _constant(value: list[str], row: Sequence[str]) -> list[str]:
    return value


def _together(field: _Field, row: Sequence[str], ids: Ids) -> list[str]:
    """Return all values of a field, each once."""
    found: list[str | None] = []
    for given in field.given:
        found.extend([ids.get(given.label)] if isinstance(given, Same) else given(row))
    return list(dict.fromkeys(one for one in found if one))
