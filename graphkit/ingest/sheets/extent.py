"""How far the cells of a workbook reach, told from its parts before the whole of it is held in memory."""

from __future__ import annotations

import re

MOST = 2**25
"""Cells between the first and the last of a sheet, empty ones too; each takes some 32 bytes when it is opened."""
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,4})(\d{1,10})["']""")
_LONGEST = 32
_BEGINS = b"\x81\x01"
"""The type of the record that a binary sheet begins with; other binary parts hold other things."""
_ROW = 0
_CELLS = range(1, 12)


class Extent:
    """The last row and column that the cells of one part name, of an .xlsx (XML) or an .xlsb (records)."""

    def __init__(self, part: str) -> None:
        self._is_binary = part.endswith(".bin")
        self._is_sheet: bool | None = None
        self._rest = b""
        self._row = self._column = 1

    @property
    def cells(self) -> int:
        """How many cells there are up to the last one."""
        return self._row * self._column

    def add(self, chunk: bytes) -> None:
        """Take in the next bytes of the part."""
        given = self._rest + chunk
        if self._is_binary:
            if self._is_sheet is None and len(given) >= len(_BEGINS):
                self._is_sheet = given.startswith(_BEGINS)
            if self._is_sheet is False:
                return
            self._rest = given[self._records(given) :]
            return
        found = _REFERENCE.findall(given)
        if found:
            self._row = max(self._row, *(int(row) for row in {row for _, row in found}))
            self._column = max(self._column, *map(_number, {letters for letters, _ in found}))
        self._rest = given[-_LONGEST:]

    def _records(self, given: bytes) -> int:
        """Read whole records, each a type, a length and its bytes (MS-XLSB 2.1.4); return where the rest begins."""
        at = 0
        while True:
            kind, body = _varying(given, at, 2)
            length, body = _varying(given, body, 4)
            if body < 0 or body + length > len(given):
                return at
            if length >= 4:
                first = int.from_bytes(given[body : body + 4], "little") + 1
                if kind == _ROW:
                    self._row = max(self._row, first)
                elif kind in _CELLS:
                    self._column = max(self._column, first)
            at = body + length


def _number(letters: bytes) -> int:
    """Return the number of a column from its letters: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _varying(given: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number of up to so many bytes, seven bits in each, and where it ends: -1 when it is cut off."""
    number = 0
    for place in range(most):
        if at < 0 or at + place >= len(given):
            return 0, -1
        byte = given[at + place]
        number |= (byte & 127) << 7 * place
        if byte < 128:
            return number, at + place + 1
    return number, at + most
