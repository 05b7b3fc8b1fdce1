"""A sheet of names as it came, with columns on what of it is in a case. Protected persons are left out of them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.errors import ChooseAgain
from graphkit.exports import tables, wording
from graphkit.exports.flat import cleaned
from graphkit.ingest import sheets
from graphkit.ingest.sheets.sheet import Sheet, text
from graphkit.matching import Matched, chosen, opened
from graphkit.model import values

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS = tuple(
    f"graphkit: {name}"
    for name in ("found", "name", "id", "kind", "why", "score", "claims", "sources", "more candidates")
)
_KEPT_WHOLE = (".xlsx", ".xlsm")
_MORE = 5
_CLAIMS = 5
_PARTS = {
    "charts": "xl/charts/", "pictures": "xl/media/", "pivot tables": "xl/pivotTables/", "macros": "xl/vbaProject",
    "slicers": "xl/slicers/", "forms": "xl/ctrlProps/",
}  # fmt: skip

Value = str | float | int | None


@dataclass(frozen=True, slots=True)
class HandedBack:
    """A file with columns added, and sentences on what of the one that came is not in it."""

    content: bytes
    notes: tuple[str, ...]


def must_be_sheet(ending: str) -> None:
    """Raise ChooseAgain when no sheet is written as files that end so."""
    if ending not in (".xlsx", *sheets.TEXT_ENDINGS):
        raise ChooseAgain(f"'{ending}' is no format of a sheet. End --out in .xlsx or .csv.")


def handed_back(file: Path, matched: Matched, ending: str) -> HandedBack:
    """Return the file that names were taken from, with ``COLUMNS`` added to the right of its sheet.

    ``ending`` is .xlsx, or that of a table in text. A workbook of Excel stays one with all its sheets and formats; text
    keeps its encoding and separator. What begins like a formula is text. ChooseAgain when there is no such format.
    """
    must_be_sheet(ending)
    to_text, shown = ending in sheets.TEXT_ENDINGS, matched.to_hand_over()
    with opened(file) as found:
        same = next(sheet for sheet in found if sheet.name == matched.listed.sheet.name)
        if to_text:
            return _as_text(same, shown, ending, [sheet.name for sheet in found if sheet is not same])
        kept = same.encoding is None and file.suffix.lower() in _KEPT_WHOLE and _kept(file, shown)
        return kept or _made_anew(found, same, shown)


def _added(matched: Matched) -> dict[int, list[Value]]:
    """Return the cells to add by the number of their row, the header among them where there is one."""
    parts: dict[int, list[Sequence[Value]]] = {}
    for row, name, found in matched.names.select("row", "name", "found").iter_rows():
        parts.setdefault(row, []).append(_cells(found, matched.by_text.get(name, [])))
    header: dict[int, list[Value]] = {matched.listed.header: list(COLUMNS)} if matched.listed.header else {}
    return header | {row: _one_row(given) for row, given in parts.items()}


def _one_row(parts: Sequence[Sequence[Value]]) -> list[Value]:
    """Return the cells of a row; where it lists several names each has a line."""
    if len(parts) == 1:
        return list(parts[0])
    return ["\n".join(map(_text, column)) for column in zip(*parts, strict=True)]


def _cells(found: str, candidates: Sequence[Mapping[str, Any]]) -> Sequence[Value]:
    count = chosen(candidates)
    surest, others = candidates[:count], candidates[count:]
    told = [_joined([str(row[name]) for row in surest]) for name in ("name", "id", "kind", "why")]
    scores = [row["score"] for row in surest]
    score: Value = scores[0] if len(set(scores)) == 1 else _joined([f"{one:g}" for one in scores])
    claims = [_claims(row["claims"]) for row in surest]
    counts = [len(row["sources"]) for row in surest]
    sources: Value = counts[0] if count == 1 else _joined(list(map(str, counts)))
    more = [f"{row['name']} ({row['kind']} {row['id']}; {row['why']}; {row['score']:g})" for row in others[:_MORE]]
    more += [f"and {len(others) - _MORE:,} more"] if len(others) > _MORE else []
    return (
        found,
        *told,
        score if surest else None,
        _joined(claims) if any(claims) else None,
        sources if surest else None,
        _joined(more),
    )


def _claims(ids: Sequence[str]) -> str:
    shown = " ".join(map(wording.short, ids[:_CLAIMS]))
    return f"{shown} and {len(ids) - _CLAIMS:,} more" if len(ids) > _CLAIMS else shown


def _text(value: Value) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _joined(texts: Sequence[str]) -> str | None:
    return values.BETWEEN.join(texts) or None


def _place(header: Sequence[str], width: int) -> int:
    """Return the first column to write to, from 0: where an earlier answer stands, else right of all there is."""
    return header.index(COLUMNS[0]) if COLUMNS[0] in header else width


def _as_text(sheet: Sheet, matched: Matched, ending: str, others: Sequence[str]) -> HandedBack:
    encoding = sheet.encoding or "utf-8-sig"
    separator = sheet.separator or ("\t" if ending in (".tsv", ".tab") else ",")
    added, out = _added(matched), io.StringIO(newline="")
    rows = [(number, list(map(_as_it_came, cells))) for number, cells in sheet.rows()]
    place = _place(next((cells for number, cells in rows if number == matched.listed.header), []), matched.listed.width)
    writer = csv.writer(out, delimiter=separator)
    for number, cells in rows:
        new = [tables.harmless(_text(value)) for value in added.get(number, ())]
        padded = [*cells, *[""] * (place - len(cells))] if new else cells
        writer.writerow([*padded[:place], *new, *padded[place + len(new) :]])
    notes = [f"Only the sheet {sheet.name} is in it, not {', '.join(others)}: text holds one sheet."] if others else []
    try:
        content = out.getvalue().encode(encoding)
    except UnicodeEncodeError:
        content = out.getvalue().encode("utf-8-sig")
        notes.append(f"It is UTF-8 and no longer {encoding}, which has no signs for some of the names that were found.")
    return HandedBack(content, tuple(notes))


def _as_it_came(cell: Any) -> str:
    return cell if isinstance(cell, str) else text(cell)


def _kept(file: Path, matched: Matched) -> HandedBack | None:
    """Write into the workbook as it is, with its sheets, cells, formats and formulas; None where openpyxl cannot."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(file, rich_text=True)
        sheet = book[matched.listed.sheet.name]
    except Exception:  # what it does not understand of a workbook ends in an error of any kind
        return None
    _write(sheet, matched)
    out = io.BytesIO()
    book.save(out)
    lost = _lost(file, out)
    notes = (f"Not in it, as they cannot be kept: {', '.join(lost)}.",) if lost else ()
    return HandedBack(out.getvalue(), notes)


def _made_anew(found: Sequence[Sheet], same: Sheet, matched: Matched) -> HandedBack:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in found:
        made = book.create_sheet(sheet.name or "Sheet")
        made.sheet_state = "hidden" if sheet.is_hidden else "visible"
        for number, cells in sheet.rows():
            for place, value in enumerate(cells, start=1):
                if value != "":
                    _put(made.cell(number, place), cleaned(value) if isinstance(value, str) else value)
        if sheet is same:
            _write(made, matched)
    out = io.BytesIO()
    book.save(out)
    notes = () if same.encoding else ("It has the cells of all sheets, and not their formats or formulas.",)
    return HandedBack(out.getvalue(), notes)


def _write(sheet: Worksheet, matched: Matched) -> None:
    header = matched.listed.header
    named = [str(cell.value) for cell in sheet[header]] if header else []
    place = _place(named, max(matched.listed.width, _filled(sheet)))
    for row, cells in _added(matched).items():
        for offset, value in enumerate(cells, start=1):
            cell = sheet.cell(row, place + offset)
            _put(cell, cleaned(value) if isinstance(value, str) else value)
            if row == header and place:
                cell._style = copy(sheet.cell(row, place)._style)


def _filled(sheet: Worksheet) -> int:
    """Return how many columns hold anything, formulas without a value too, which no reader of values sees."""
    cells = [int(cell.column) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return max([0, *cells, *(int(spread.max_col) for spread in sheet.merged_cells.ranges)])


def _put(cell: Cell, value: Any) -> None:
    """Write a value; a text stays one, also where a program would take it for a formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = tables.harmless(value) != value


def _lost(file: Path, out: io.BytesIO) -> list[str]:
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(out) as after:
        counts = [
            [sum(name.startswith(part) for name in book.namelist()) for part in _PARTS.values()]
            for book in (before, after)
        ]
    return [what for what, had, has in zip(_PARTS, *counts, strict=True) if has < had]
