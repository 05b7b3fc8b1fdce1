"""Workbooks of Excel and OpenDocument, read by calamine: what cells show, never a formula, a macro or a link."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from graphkit.errors import FileUnreadable
from graphkit.ingest.readers import stream
from graphkit.ingest.sheets.extent import MOST, Extent
from graphkit.ingest.sheets.sheet import Row, Sheet

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
MAX_UNPACKED = 2 * 2**30
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d{1,8})"')
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CUT = 4096


def is_one(head: bytes) -> bool:
    """Say whether a file begins as a workbook does, whatever its name."""
    return head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a workbook; FileUnreadable when it cannot be opened."""
    notes = _must_be_sound(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        told = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    except (CalamineError, OSError, ValueError) as problem:
        raise FileUnreadable(f"{path.name}: is no workbook that can be opened: {_short(problem)}.") from problem
    hidden = _hidden_rows(path)
    return [
        _sheet(path, book, one.name, one.visible != SheetVisibleEnum.Visible, hidden.get(one.name, frozenset()), notes)
        for one in told
    ]


def _sheet(  # noqa: PLR0913
    path: Path, book: Any, name: str, is_hidden: bool, hidden: frozenset[int], notes: tuple[str, ...]
) -> Sheet:
    try:
        found = book.get_sheet_by_name(name)
    except (CalamineError, ValueError) as problem:
        raise FileUnreadable(f"{path.name}, sheet {name}: cannot be read: {_short(problem)}.") from problem
    merged = tuple(
        ((top + 1, left), (bottom + 1, right)) for (top, left), (bottom, right) in found.merged_cell_ranges or ()
    )
    return Sheet(path.name, name, lambda: _rows(found), merged, hidden, is_hidden, notes=notes)


def _rows(found: Any) -> Iterator[Row]:
    before: list[Any] = [""] * (found.start[1] if found.start else 0)
    for number, cells in enumerate(found.iter_rows(), start=1):
        yield number, before + cells


def _must_be_sound(path: Path) -> tuple[str, ...]:
    """Return sentences on macros and links in a workbook; FileUnreadable when it unpacks like a bomb."""
    if not zipfile.is_zipfile(path):
        return ()
    growth = stream.Growth(path)
    total = 0
    try:
        with zipfile.ZipFile(path) as book:
            names = book.namelist()
            for name in names:
                extent = Extent(name)
                with book.open(name) as part:
                    while chunk := part.read(2**20):
                        growth.add(len(chunk))
                        total += len(chunk)
                        extent.add(chunk)
                        if total > MAX_UNPACKED:
                            raise FileUnreadable(
                                f"{path.name}: unpacks to over {MAX_UNPACKED // 2**30} GiB. Cut it up."
                            )
                if extent.cells > MOST:
                    raise FileUnreadable(
                        f"{path.name}: a sheet reaches over {extent.cells:,} cells, mostly empty. "
                        "Delete what stands far from its table, or save the table as CSV UTF-8."
                    )
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as problem:
        raise FileUnreadable(f"{path.name}: is damaged or locked: {_short(problem)}.") from problem
    said = []
    if any(name.endswith("vbaProject.bin") for name in names):
        said.append("it holds macros; they were not run")
    if any("externalLinks/" in name for name in names):
        said.append("it takes values from other workbooks; they are as they were saved last, nothing was fetched")
    return tuple(said)


def _hidden_rows(path: Path) -> dict[str, frozenset[int]]:
    """Return the numbers of the rows that the author of an .xlsx file hid, by sheet."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as book:
        if "xl/workbook.xml" not in book.namelist():
            return {}
        try:
            targets = {
                one.get("Id"): str(one.get("Target"))
                for one in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
            }
            listed = ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
        except (ElementTree.ParseError, KeyError):
            return {}
        found = {}
        for one in listed:
            part = "xl/" + targets.get(one.get(_LINK), "").removeprefix("/xl/")
            if part in book.namelist():
                found[str(one.get("name"))] = _hidden_in(book, part)
        return found


def _hidden_in(book: zipfile.ZipFile, part: str) -> frozenset[int]:
    numbers: set[int] = set()
    rest = b""
    with book.open(part) as file:
        while chunk := file.read(2**20):
            text = rest + chunk
            numbers.update(int(found[1]) for found in _HIDDEN_ROW.finditer(text))
            rest = text[-_CUT:]
    return frozenset(numbers)


def _short(problem: BaseException) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0][:160].rstrip(".")
