"""The rows of a workbook that its author hid, which calamine does not tell."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d{1,8})"')
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CUT = 4096
_TAG = re.compile(rb"<table:table(-row)?(?=[\s/>])([^>]*)>")
_NAME = re.compile(rb'table:name="([^"]*)"')
_REPEATED = re.compile(rb'table:number-rows-repeated="(\d{1,8})"')
_COLLAPSED = re.compile(rb'table:visibility="(?:collapse|filter)"')
_MOST = 2**20


def rows(path: Path) -> dict[str, frozenset[int]]:
    """Return the numbers of hidden rows by sheet, for .xlsx and .ods; of other workbooks none are known."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as book:
        names = book.namelist()
        if "content.xml" in names:
            return _of_opendocument(book)
        return dict(_of_excel(book)) if "xl/workbook.xml" in names else {}


def _of_excel(book: zipfile.ZipFile) -> Iterator[tuple[str, frozenset[int]]]:
    try:
        targets = {
            one.get("Id"): str(one.get("Target"))
            for one in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
        }
        listed = ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
    except (ElementTree.ParseError, KeyError):
        return
    for one in listed:
        part = "xl/" + targets.get(one.get(_LINK), "").removeprefix("/xl/")
        if part in book.namelist():
            numbers = (int(found[1]) for found in _found(book, part, _ROW))
            yield str(one.get("name")), frozenset(numbers)


def _of_opendocument(book: zipfile.ZipFile) -> dict[str, frozenset[int]]:
    hidden: dict[str, set[int]] = {}
    sheet, number = "", 1
    for found in _found(book, "content.xml", _TAG):
        if not found[1]:
            name = _NAME.search(found[2])
            sheet, number = unescape(name[1].decode(errors="replace")) if name else "", 1
            continue
        repeated = _REPEATED.search(found[2])
        count = int(repeated[1]) if repeated else 1
        if _COLLAPSED.search(found[2]) and number < _MOST:
            hidden.setdefault(sheet, set()).update(range(number, min(number + count, _MOST)))
        number += count
    return {name: frozenset(numbers) for name, numbers in hidden.items()}


def _found(book: zipfile.ZipFile, part: str, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
    """Yield what a pattern finds in a part, each once, reading no more of it than a piece at a time."""
    rest = b""
    with book.open(part) as file:
        while chunk := file.read(2**20):
            text, end = rest + chunk, 0
            for found in pattern.finditer(text):
                yield found
                end = found.end()
            rest = text[max(end, len(text) - _CUT) :]
