"""Native records as CSV: the columns are the keys, ``|`` separates several values, but not in words on a claim."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from graphkit.errors import FileUnreadable
from graphkit.ingest.readers import stream
from graphkit.ingest.record import Record
from graphkit.model.invisible import in_brief

_UNCLOSED = "unexpected end of data"  # as the csv module says it
_WORDS = ("locator", "summary", "quote", "note", "resolution", "raw")
_OTHER_MARKS = {";": "';'", "\t": "tabs"}

csv.field_size_limit(stream.MAX_LINE)


def read(path: Path) -> Iterator[Record]:
    """Yield one record a row; empty cells are absent. FileUnreadable when there is no usable header."""
    rows = _rows(path)
    header = [name.strip() for name in next(rows, (1, []))[1]]
    _must_be_header(path, header)
    for start, row in rows:
        if any(cell.strip() for cell in row):
            yield _record(f"{path.name}:{start}", header, row)


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each row and the number of the line it begins on."""
    rows = csv.reader(_text(path), strict=True)
    while True:
        start = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as problem:
            unclosed = f"a quote that is opened in row {start} is never closed. Close it"
            why = unclosed if str(problem) == _UNCLOSED else f"{problem}. Mend that row"
            raise FileUnreadable(f"{path.name}:{start}: is not CSV: {why}.") from None
        yield start, row


def _text(path: Path) -> Iterator[str]:
    for number, line in stream.lines(path):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r") + "\n"
        except UnicodeDecodeError:
            raise FileUnreadable(f"{path.name}:{number}: is not UTF-8 text. Save the sheet as CSV UTF-8.") from None
        if number == 1:
            _must_have_commas(path, text)
        yield text


def _must_have_commas(path: Path, first_line: str) -> None:
    for mark, shown in _OTHER_MARKS.items():
        if mark in first_line and "kind" in (name.strip().strip('"') for name in first_line.split(mark)):
            raise FileUnreadable(f"{path.name}:1: columns are separated by {shown}: save with commas.")


def _must_be_header(path: Path, header: list[str]) -> None:
    if "kind" not in header:
        raise FileUnreadable(
            f"{path.name}:1: the first row must name the columns, 'kind' among them. "
            "For any other sheet 'graphkit map FILE' proposes a mapping."
        )
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    if doubled:
        raise FileUnreadable(
            f"{path.name}:1: the column '{in_brief(doubled[0])}' stands there twice. Keep one of them."
        )


def _record(place: str, header: list[str], row: list[str]) -> Record:
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
        cut = dict(zip(header, row, strict=False)) | {"": row[len(header) :]}
        text = json.dumps(cut, ensure_ascii=False)
        return Record(place, None, text, f"has {len(row)} cells and the header {len(header)}")
    cells = {name: cell.strip() for name, cell in zip(header, row, strict=False) if name and cell.strip()}
    return Record(place, {name: value(name, cell) for name, cell in cells.items()})


def value(name: str, cell: str) -> str | list[str]:
    """Return what a cell holds: text, or several values separated by ``|``, but not in words on a claim."""
    if "|" not in cell or name in _WORDS:
        return cell.strip()
    return [part for part in map(str.strip, cell.split("|")) if part]
