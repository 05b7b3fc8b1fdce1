"""How the files of ugly sheets are written: tables of text in any encoding, workbooks, and packed files."""

from __future__ import annotations

import csv
import gzip
import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pyarrow as pa
from openpyxl.utils.datetime import CALENDAR_MAC_1904

Rows = Iterable[Sequence[Any]]


def delimited(rows: Rows, separator: str = ",", end: str = "\r\n") -> str:
    """Return rows as text; None is an empty cell."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(rows)
    return text.getvalue()


def gz(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def zst(content: bytes) -> bytes:
    packed: bytes = pa.compress(content, "zstd", asbytes=True)
    return packed


def zipped(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, (2023, 4, 3, 12, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of a workbook: rows, merged ranges such as A1:D1, numbers of hidden rows, formats by column letter."""

    name: str
    rows: Sequence[Sequence[Any]]
    merged: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()
    formats: tuple[tuple[str, str], ...] = ()
    is_hidden: bool = False


def xlsx(*pages: Page, mac: bool = False) -> bytes:
    """Return a workbook; ``mac`` counts its days from 1904."""
    book = openpyxl.Workbook()
    del book[book.active.title]
    if mac:
        book.epoch = CALENDAR_MAC_1904
    for page in pages:
        sheet = book.create_sheet(page.name)
        for row in page.rows:
            sheet.append(list(row))
        for range_ in page.merged:
            sheet.merge_cells(range_)
        for number in page.hidden:
            sheet.row_dimensions[number].hidden = True
        for letter, format_ in page.formats:
            for cell in sheet[letter]:
                cell.number_format = format_
        sheet.sheet_state = "hidden" if page.is_hidden else "visible"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_MIME = "application/vnd.oasis.opendocument.spreadsheet"


def ods(*pages: Page) -> bytes:
    """Return an OpenDocument workbook that ends in a million blank rows, as LibreOffice writes them."""
    tables = "".join(
        f'<table:table table:name="{escape(page.name)}">'
        + "".join(_ods_row(row, number in page.hidden) for number, row in enumerate(page.rows, start=1))
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>'
        for page in pages
    )
    spaces = " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    parts = (("mimetype", _MIME), ("META-INF/manifest.xml", manifest), ("content.xml", content))
    return zipped(*((name, text.encode()) for name, text in parts))


def _ods_row(row: Sequence[Any], is_hidden: bool) -> str:
    hidden = ' table:visibility="collapse"' if is_hidden else ""
    return f"<table:table-row{hidden}>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}">'
            f"<text:p>{value:%d/%m/%y}</text:p></table:table-cell>"
        )
    if isinstance(value, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'
            "</table:table-cell>"
        )
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


_SECTOR, _END, _FREE = 512, 0xFFFFFFFE, 0xFFFFFFFF


def xls(name: str, rows: Rows) -> bytes:
    """Return a workbook as Excel 97 wrote it ([MS-XLS] in [MS-CFB]); days are the numbers that Excel counts."""
    body = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            body += _xls_cell(number, place, value)
    body += _biff(0x000A, b"")
    head = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    title = bytes([len(name), 1]) + name.encode("utf-16-le")
    start = len(head) + 4 + 6 + len(title) + 4
    head += _biff(0x0085, struct.pack("<IBB", start, 0, 0) + title) + _biff(0x000A, b"")
    return _compound(head + body)


def _biff(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _xls_cell(row: int, column: int, value: Any) -> bytes:
    at = struct.pack("<HHH", row, column, 0)
    if value is None:
        return b""
    if isinstance(value, date):
        days = (datetime.combine(value, time()) - datetime(1899, 12, 30)).days
        return _biff(0x0203, at + struct.pack("<d", days))
    if isinstance(value, int | float):
        return _biff(0x0203, at + struct.pack("<d", value))
    words = str(value)
    return _biff(0x0204, at + struct.pack("<HB", len(words), 1) + words.encode("utf-16-le"))


def _compound(stream: bytes) -> bytes:
    """Return a compound file that holds one stream, named Workbook."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    chain = [0xFFFFFFFD, _END, *range(3, count + 2), _END]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    return head + fat + entries.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    words = name.encode("utf-16-le")
    ids = struct.pack("<III", _FREE, _FREE, child)
    return (
        words.ljust(64, b"\0")
        + struct.pack("<HBB", len(words) + 2, kind, 1)
        + ids
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
