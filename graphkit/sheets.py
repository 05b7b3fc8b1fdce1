"""Sheets before they are loaded: a mapping proposed, corrected, and the first records that it makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from graphkit.errors import FileUnreadable, Rejected
from graphkit.ingest import readers, sheets
from graphkit.ingest.importers import Origin
from graphkit.ingest.readers import zipped
from graphkit.ingest.record import Record
from graphkit.ingest.sheets import correcting, layout, mapping_file, parts, proposal, questions
from graphkit.ingest.sheets.mapping import Column, FileMapping, Part, SheetMapping
from graphkit.ingest.sheets.questions import Question
from graphkit.ingest.sheets.sheet import Sheet, text
from graphkit.ingest.validate import Validator
from graphkit.model.schema import Catalog

_ELSEWHERE = ("kind", "id", "from", "to", "source", "locator", "claimant")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """A column of a sheet, the first value in it, and the fields that it goes to, as ``label.field``.

    ``refused`` says that the deny-list takes no such column; its values are not shown.
    """

    name: str
    first: str
    goes_to: tuple[str, ...]
    refused: bool


@dataclass(frozen=True, slots=True)
class SheetUse:
    """A sheet as a mapping takes it: the row of its header, its columns, and its first records."""

    title: str
    header: int
    columns: list[ColumnUse]
    records: list[Record]


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """What a mapping makes of a file.

    ``text`` is the mapping as YAML. ``questions`` ask what the file cannot tell; ``notes`` say what is left out.
    """

    mapping: FileMapping
    text: str
    sheets: list[SheetUse]
    questions: tuple[Question, ...]
    notes: list[str]


def sheet_preview(
    path: Path, catalog: Catalog, mapping: FileMapping | None = None, corrections: Sequence[str] = (), rows: int = 3
) -> SheetPreview:
    """Return what a file becomes by a mapping, or by one that is proposed for it.

    ``corrections`` change the mapping, a line each: ``actor.kind=Person``, ``actor.name=Full name``, ``dates=day
    first``, ``-link`` to leave a record out. FileUnreadable and ChooseAgain say what is wrong with the file, the
    mapping or a correction.
    """
    _must_be_a_sheet(path)
    with zipped.unzipped(path, sheets.ENDINGS) as inside:
        found = _previewed(inside[0], catalog, mapping, corrections, rows)
    return replace(found, notes=[*zipped.left_out(path, sheets.ENDINGS), *found.notes])


def _previewed(
    path: Path, catalog: Catalog, mapping: FileMapping | None, corrections: Sequence[str], rows: int
) -> SheetPreview:
    ending = readers.ending(path)
    changes = correcting.changes(corrections)
    notes: list[str] = []
    if mapping is None:
        opening = mapping_file.opening(changes.get("encoding"), changes.get("separator"), catalog)
        header = changes.get("header")
        raw = sheets.opened(path, ending, opening)
        mapping = proposal.proposed(path, raw, catalog, int(header) if header and header.isdigit() else None)
        notes = [f"{sheet.title}: {note}." for sheet in raw for note in sheet.notes]
    if changes:
        mapping = correcting.corrected(mapping, changes, catalog)
    origin = Origin(path.name, catalog, claimant=mapping.claimant)
    opened = sheets.opened(path, ending, mapping)
    source = mapping.source.get("id") or sheets.source_id(path)
    asked: list[Question] = []
    used = [_used(sheets.named(opened, one, path), one, source, origin, rows, asked) for one in mapping.sheets]
    asked += questions.of_file(mapping, catalog)
    notes = list(dict.fromkeys([*notes, *origin.said]))
    return SheetPreview(mapping, mapping_file.written(mapping), used, tuple(asked), notes)


def needs_mapping(path: Path) -> bool:
    """Say whether a file is a sheet whose rows are no records yet: it names no kind in its first row."""
    ending = readers.ending(path)
    if ending not in sheets.ENDINGS:
        return False
    if ending not in readers.ENDINGS:
        return True
    first = next(sheets.opened(path, ending)[0].rows(), (1, []))[1]
    return "kind" not in map(text, first)


def _must_be_a_sheet(path: Path) -> None:
    ending = readers.ending(path)
    if not path.exists():
        raise FileUnreadable(f"{path}: there is no such file.")
    if ending not in sheets.ENDINGS and path.suffix.lower() != zipped.ENDING:
        raise FileUnreadable(f"{path}: is no sheet. Sheets are {', '.join(sheets.ENDINGS)}, also as .gz, .zst or .zip.")


def _used(  # noqa: PLR0913
    sheet: Sheet, mapping: SheetMapping, source: str, origin: Origin, rows: int, asked: list[Question]
) -> SheetUse:
    catalog = origin.catalog
    found = layout.found(sheet, mapping.header)
    left_out = layout.LeftOut()
    top = layout.sample(sheet, found, left_out)
    asked += questions.of_sheet(sheet.title, mapping, found.columns, top)
    goes: dict[str, list[str]] = {}
    for template in mapping.records:
        for name, given in (("kind", (template.kind,)), *template.fields.items()):
            for column in (column for part in given for column in _columns(part)):
                goes.setdefault(column, []).append(f"{template.label}.{name}")
    uses = []
    for at, name in enumerate(found.columns):
        refused = catalog.deny.refuses(name)
        first = "" if refused else next((row[at] for row in top if row[at]), "")
        first = parts.allowed(first, catalog.deny, {})
        uses.append(ColumnUse(name, first, tuple(goes.get(name, ())), refused))
    made = sheets.records_of(sheet, mapping, source, Origin(origin.file, catalog, claimant=origin.claimant))
    validator = Validator(catalog)
    records = [_checked(record, catalog, validator) for record in islice(made, rows * len(mapping.records))]
    origin.said += [f"{sheet.title}: {note}." for note in (*sheet.notes, *left_out.notes())]
    return SheetUse(sheet.title, found.header, uses, records)


def _checked(record: Record, catalog: Catalog, validator: Validator) -> Record:
    """Return a record less what is refused, with what would be wrong with it; who says it is asked for elsewhere."""
    if record.data is None:
        return record
    data = catalog.deny.strip(record.data)[0]
    try:
        _, problems = validator.check(validator.kind(data), {0: data})
        wrong = problems[0].wrong if problems else {}
    except Rejected as problem:
        wrong = problem.wrong
    return replace(record, data=data, wrong={**wrong, **record.wrong} if set(wrong) - {"claimant"} else record.wrong)


def _columns(part: Part) -> Sequence[str]:
    return part.reads() if isinstance(part, Column) else ()


def in_short(record: Record) -> tuple[str, str, str]:
    """Return the kind and the id of a record, and what it says, each on one line."""
    said = record.data
    if said is None:
        return "", record.place, f"rejected: {record.problem}"
    if record.wrong:
        wrong = "; ".join(f"{name}: {problem}" for name, problem in record.wrong.items())
        return said["kind"], record.place, f"rejected: {wrong}"
    id_ = said.get("id") or (f"{said['from']} → {said['to']}" if "from" in said else "")
    fields = {name: value for name, value in said.items() if name not in _ELSEWHERE}
    return (
        said["kind"],
        _short(str(id_)),
        "; ".join(f"{name}: {_short(_text(value))}" for name, value in fields.items()),
    )


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
