"""Rows of a sheet as records, by a mapping."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graphkit.errors import ChooseAgain, did_you_mean
from graphkit.ingest.checks import ATTRIBUTION
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.record import Record
from graphkit.ingest.sheets import layout, parts
from graphkit.ingest.sheets.making import Made, Maker, Thing
from graphkit.ingest.sheets.mapping import SheetMapping
from graphkit.ingest.sheets.sheet import Sheet, text
from graphkit.model.invisible import in_brief
from graphkit.model.schema import Kind


def records(sheet: Sheet, mapping: SheetMapping, source: str, origin: Origin) -> Iterator[Record]:
    """Yield the records that the rows of a sheet make.

    ChooseAgain when the mapping names a column that the sheet lacks. Columns that no record is made of are counted as
    lost; those that the deny-list refuses go along, to be counted as such.
    """
    found = layout.found(sheet, mapping.header)
    for name in sorted(mapping.reads()):
        if name not in found.columns:
            there, wanted = [in_brief(column, 40) for column in found.columns[:40]], in_brief(name, 40)
            near = did_you_mean(wanted, there)
            raise ChooseAgain(
                f"{sheet.title}: it has no column '{wanted}', as the mapping says.{near} There are: {', '.join(there)}."
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
        reading = parts.Reading(found.columns, layout.sample(sheet, found), mapping, refuses, source)
        self._templates = [Maker(one, reading, found.columns, origin.catalog, source) for one in mapping.records]
        self._refused_before: dict[str, str] = {}
        self._entered: set[tuple[str, str]] = set()

    def records(self, number: int, row: Sequence[str]) -> Iterator[Record]:
        """Yield what one row says; what cannot be read of it stands as it is written, and what is wrong with it."""
        for at, name in self._unread:
            if row[at]:
                self._origin.lost[name] += 1
        refused = self._refused_before | {name: row[at] for at, name in self._refused if row[at]}
        row = [parts.allowed(cell, self._origin.catalog.deny, refused) for cell in row]
        place = self._sheet.place(number)
        ids: dict[str, list[str]] = {one.label: [] for one in self._templates}
        made: list[tuple[Maker, Thing]] = []
        for one in self._templates:
            try:
                made += [(one, thing) for thing in one.things(row, number)]
            except ValueError as problem:
                yield Record(place, {"kind": one.kind_as_written(row)} | refused, wrong={"kind": str(problem)})
                refused = {}
        for one, thing in made:
            if thing.id:
                ids[one.label].append(thing.id)
        for one, thing in made:
            for ends in one.ends(ids):
                wrong = dict(thing.wrong)
                for said in self._attributed(thing.kind, one.said(thing, ends, wrong), number):
                    yield Record(place, said | refused, wrong=wrong)
                    refused = {}
        self._refused_before = refused

    def _attributed(self, kind: Kind, said: Made | None, number: int) -> Iterator[Made]:
        """Yield what is said with the row that says it; an entry of a register is made once and says it itself."""
        where = f"sheet {self._sheet.name}, row {number}" if self._sheet.name else f"row {number}"
        if said is None:
            return
        if not kind.registry:
            yield from _called_first({**self._said_by, "locator": where, **said})
        elif (kind.name, said["id"]) not in self._entered:
            self._entered.add((kind.name, said["id"]))
            yield said


def _called_first(said: Made) -> Iterator[Made]:
    """Yield a record; the first of several names is what the thing is called, the others are names reported of it."""
    names = said.get("name")
    if not isinstance(names, list) or "id" not in said or "stance" in said:
        yield said
        return
    yield said | {"name": names[0]}
    same = {name: said[name] for name in ("kind", "id", *ATTRIBUTION) if name in said}
    yield same | {"name": names[1:], "stance": "reports"}
