"""Where in a document something stands, as sources are cited: ``page 3``, ``paragraph 6``, ``Sheet!B7``."""

from __future__ import annotations

import re
from dataclasses import dataclass

Span = tuple[int, int]
_UNITS = {"page": r"pages?|pp?\.?", "paragraph": r"paragraphs?|paras?\.?|¶+", "line": r"lines?|ll?\.?", "row": "rows?"}
_NUMBERED = {
    unit: re.compile(rf"(?i)(?<![\w.])(?:{words})\s*(\d{{1,7}})(?:\s*[-–]\s*(\d{{1,7}}))?(?!\w)")
    for unit, words in _UNITS.items()
}
_CELLS = re.compile(r"(?:^|[\s!,])\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?\s*$")
_SHEET = re.compile(r"(?i)\s*sheet\s+(.+?)(?:\s*,|\s+(?:rows?|cell)\b|\s*$)")


@dataclass(frozen=True, slots=True)
class Locator:
    """What a locator names: spans by unit, first and last; cells as columns and rows; a sheet by its name."""

    spans: dict[str, Span]
    cells: tuple[Span, Span] | None
    sheet: str | None

    @classmethod
    def of(cls, text: str) -> Locator:
        """Read a locator; words that name no place are passed over."""
        spans = {}
        for unit, pattern in _NUMBERED.items():
            if found := pattern.search(text):
                spans[unit] = _span(int(found[1]), int(found[2] or found[1]))
        before, mark, _ = text.rpartition("!")
        named = _SHEET.match(text)
        sheet = before.strip().strip("'") if mark else named[1].strip("'") if named else None
        cells = _CELLS.search(text)
        return cls(spans, _block(*cells.groups()) if cells else None, sheet)


def _block(column: str, row: str, to_column: str | None, to_row: str | None) -> tuple[Span, Span]:
    return _span(_number(column), _number(to_column or column)), _span(int(row), int(to_row or row))


def _span(one: int, other: int) -> Span:
    return min(one, other), max(one, other)


def _number(letters: str) -> int:
    """Return the number of a column, from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column(number: int) -> str:
    """Return the letters of a column, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
