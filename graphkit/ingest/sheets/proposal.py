"""A mapping proposed for a file, from the names of its columns and a sample of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from graphkit.errors import FileUnreadable
from graphkit.ingest.sheets import columns, layout, shapes
from graphkit.ingest.sheets.columns import Profile
from graphkit.ingest.sheets.mapping import LINKED, Column, FileMapping, Same, SheetMapping, Template
from graphkit.ingest.sheets.sheet import Sheet
from graphkit.model.schema import Catalog

_SENTINELS = ("99", "999", "9999")
_MOST = 0.6


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet, what its columns hold, and a mapping for it."""

    sheet: Sheet
    profiles: Sequence[Profile]
    mapping: SheetMapping

    def ids(self) -> list[Column]:
        """Return what the ids of its things are made of."""
        given = (part for one in self.mapping.records for part in one.fields.get("id", ()))
        return [part for part in given if isinstance(part, Column)]

    def ends(self) -> list[Column]:
        """Return what its links lead to by name."""
        given = (one.fields.get("name", ()) for one in self.mapping.records if one.label in LINKED)
        return [part for parts in given for part in parts if isinstance(part, Column)]

    def values(self, part: Column) -> set[str]:
        """Return the values of a column, as far as they are in the sample."""
        return {value for one in self.profiles if one.name == part.columns[0] for value in one.values}


def proposed(path: Path, sheets: Sequence[Sheet], catalog: Catalog, header: int | None = None) -> FileMapping:
    """Return a mapping for a file; FileUnreadable when no sheet of it has rows below a header."""
    found = []
    for sheet in sheets:
        if sheet.is_hidden or not any(True for _ in sheet.rows()):
            continue
        layout_ = layout.found(sheet, header)
        if profiles := columns.profiles(layout_.columns, layout.sample(sheet, layout_), catalog.deny.refuses):
            templates = tuple(_with_nulls(one, profiles) for one in shapes.templates(profiles, sheet.name))
            found.append(_Found(sheet, profiles, SheetMapping(templates, sheet.name or None, layout_.header)))
    if not found:
        raise FileUnreadable(f"{path.name}: there are no rows below a header in it. Is it the right file?")
    found = _joined(found)
    made = _together([one.mapping for one in found])
    first = sheets[0]
    encoding = None if first.encoding in ("utf-8", "utf-8-sig", None) else first.encoding
    separator = first.separator if first.separator not in (",", None) else None
    return FileMapping(tuple(made), {"name": path.name}, None, encoding, separator)


def _together(sheets: Sequence[SheetMapping]) -> list[SheetMapping]:
    """Return the mappings of the sheets of a file, each label in only one of them."""
    labels: set[str] = set()
    made = []
    for sheet in sheets:
        made.append(replace(sheet, records=tuple(_apart(sheet.records, labels))))
        labels |= {one.label for one in made[-1].records}
    return made


def _apart(templates: Sequence[Template], taken: set[str]) -> Iterator[Template]:
    """Yield templates whose labels no other sheet has."""
    names = {}
    for one in templates:
        others = (f"{one.label}{number}" for number in count(2))
        names[one.label] = next(name for name in chain([one.label], others) if name not in taken)
    for one in templates:
        fields = {
            name: tuple(Same(names[part.label]) if isinstance(part, Same) else part for part in given)
            for name, given in one.fields.items()
        }
        yield Template(names[one.label], one.kind, fields)


def _joined(found: Sequence[_Found]) -> list[_Found]:
    """Return what was found, with links that lead to ids of another sheet leading to the things there."""
    found = _identified(found)
    listed = [(one, part, one.values(part)) for one in found for part in one.ids()]
    return [
        replace(one, mapping=_led(one, [(part, ids) for other, part, ids in listed if other is not one]))
        for one in found
    ]


def _identified(found: Sequence[_Found]) -> list[_Found]:
    """Return what was found; things that links of another sheet name have ids made of their names alone."""
    ends = [(one, one.values(part)) for one in found for part in one.ends()]
    made = []
    for one in found:
        named = [own for other, own in ends if other is not one]
        records = tuple(_with_id(template, one, named) for template in one.mapping.records)
        made.append(replace(one, mapping=replace(one.mapping, records=records)))
    return made


def _with_id(template: Template, found: _Found, named: Sequence[set[str]]) -> Template:
    name = next(iter(template.fields.get("name", ())), None)
    if template.label in LINKED or "id" in template.fields or not isinstance(name, Column):
        return template
    own = found.values(name)
    if not any(each and len(each & own) > _MOST * len(each) for each in named):
        return template
    return replace(template, fields={"id": (replace(name, id=template.label),), **template.fields})


def _led(found: _Found, listed: Sequence[tuple[Column, set[str]]]) -> SheetMapping:
    ends: dict[str, Column] = {}
    for template in found.mapping.records:
        given = template.fields.get("name", ())
        if template.label not in LINKED or list(template.fields) != ["name"] or not isinstance(given[0], Column):
            continue
        own = found.values(given[0])
        led = (part for part, ids in listed if own and len(own & ids) > _MOST * len(own))
        if part := next(led, None):
            ends[template.label] = Column(given[0].columns, id=part.id)
    kept = []
    for template in found.mapping.records:
        if template.label not in ends:
            fields = {
                name: tuple(ends.get(part.label, part) if isinstance(part, Same) else part for part in given)
                for name, given in template.fields.items()
            }
            kept.append(replace(template, fields=fields))
    return replace(found.mapping, records=tuple(kept))


def _with_nulls(template: Template, profiles: Sequence[Profile]) -> Template:
    """Return a template whose counts pass over numbers that stand for unknown, such as 99 above all others."""
    by_name = {one.name: one for one in profiles}
    fields = {}
    for name, given in template.fields.items():
        counted = name.startswith(("killed", "injured"))
        fields[name] = tuple(
            Column(part.columns, nulls=sentinels)
            if counted and isinstance(part, Column) and (sentinels := _sentinels(by_name[part.columns[0]]))
            else part
            for part in given
        )
    return Template(template.label, template.kind, fields)


def _sentinels(column: Profile) -> tuple[str, ...]:
    numbers = sorted(int(value) for value in column.values if value.isdecimal())
    found = []
    for word in _SENTINELS:
        below = [number for number in numbers if number < int(word)]
        if word in column.values and column.twice and (not below or max(below) * 2 < int(word)):
            found.append(word)
    return tuple(found)
