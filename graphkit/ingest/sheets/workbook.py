"""Workbooks of Excel and OpenDocument, read by calamine: what cells show, never a formula, a macro or a link."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from graphkit.errors import FileUnreadable
from graphkit.ingest.readers import stream, zipped
from graphkit.ingest.sheets import hidden
from graphkit.ingest.sheets.extent import MOST, Extent
from graphkit.ingest.sheets.sheet import Row, Sheet

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
MAX_UNPACKED = 2 * 2**30
_ANEW = "Open it in a spreadsheet program and save it anew as .xlsx."


def is_one(head: bytes) -> bool:
    """Say whether a file begins as a workbook does, whatever its name."""
    return head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a workbook; FileUnreadable when it cannot be opened."""
    notes = _must_be_sound(path)
    with _reading(f"{path.name}: is no workbook that can be opened"):
        book = CalamineWorkbook.from_path(str(path))
        told = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    rows = hidden.rows(path)
    return [
        _sheet(path, book, one.name, one.visible != SheetVisibleEnum.Visible, rows.get(one.name, frozenset()), notes)
        for one in told
    ]


def _sheet(  # noqa: PLR0913
    path: Path, book: Any, name: str, is_hidden: bool, rows: frozenset[int], notes: tuple[str, ...]
) -> Sheet:
    with _reading(f"{path.name}, sheet {name}: cannot be read"):
        found = book.get_sheet_by_name(name)
    merged = tuple(
        ((top + 1, left), (bottom + 1, right)) for (top, left), (bottom, right) in found.merged_cell_ranges or ()
    )
    return Sheet(path.name, name, lambda: _rows(found), merged, rows, is_hidden, notes=notes)


@contextmanager
def _reading(what: str) -> Iterator[None]:
    """Make one sentence of what calamine raises, or panics over, which is no Exception."""
    try:
        yield
    except (CalamineError, OSError, ValueError) as problem:
        raise FileUnreadable(f"{what}: {stream.short(problem)}. {_ANEW}") from problem
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":
            raise
        raise FileUnreadable(f"{what}: it is damaged. {_ANEW}") from problem


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
    except zipped.DAMAGED as problem:
        raise FileUnreadable(f"{path.name}: is damaged or locked: {stream.short(problem)}. {_ANEW}") from problem
    said = []
    if any(name.endswith("vbaProject.bin") for name in names):
        said.append("it holds macros; they were not run")
    if any("externalLinks/" in name for name in names):
        said.append("it takes values from other workbooks; they are as they were saved last, nothing was fetched")
    return tuple(said)
