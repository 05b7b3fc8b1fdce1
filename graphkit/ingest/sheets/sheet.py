"""A sheet as it was opened: rows of cells by number, and what cells alone do not show."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

_UNSEEN = ("Cc", "Cf", "Co", "Cs")
_SPACES = "\u00a0\u2007\u202f\u3000"
_QUOTES = (("“", "”"), ("«", "»"), ("„", "“"), ("‘", "’"), ("「", "」"))
Cell = str | int | float | bool | date | datetime | time | timedelta
"""What a cell holds; an empty one holds an empty text."""
Row = tuple[int, list[Cell]]
"""The number of a row, from 1, and its cells."""
Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of cells that were merged: rows from 1, columns from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file.

    ``rows`` opens it anew each time. ``hidden`` are the numbers of rows that its author hid, ``encoding`` and
    ``separator`` are those of a text file.
    """

    file: str
    name: str
    rows: Callable[[], Iterator[Row]]
    merged: tuple[Range, ...] = ()
    hidden: frozenset[int] = frozenset()
    is_hidden: bool = False
    encoding: str | None = None
    separator: str | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def title(self) -> str:
        """The file, with the name of the sheet where it has one."""
        return f"{self.file}, sheet {self.name}" if self.name else self.file

    def place(self, row: int) -> str:
        """Return where a row stands, such as ``list.xlsx!Actors:12``."""
        return f"{self.file}!{self.name}:{row}" if self.name else f"{self.file}:{row}"


def text(cell: Cell) -> str:
    """Return what a cell holds as text: whole numbers without a point, days without a time of 0:00."""
    if isinstance(cell, str):
        return cell.strip() if cell.isascii() and cell.isprintable() else _cleaned(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="seconds")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _cleaned(cell: str) -> str:
    """Return text without marks that only steer how it is shown, and without quotes around the whole of it."""
    shown = "".join(
        " " if c in _SPACES else c for c in cell if c in "\n\t\u200c\u200d" or unicodedata.category(c) not in _UNSEEN
    )
    words = shown.strip()
    for opens, closes in _QUOTES:
        inner = words[1:-1]
        if (
            words[:1] == opens
            and words[-1:] == closes
            and len(words) > 2
            and opens not in inner
            and closes not in inner
        ):
            return inner.strip()
    return words


def filled(cells: list[Cell]) -> list[int]:
    """Return the places of the cells that hold something."""
    return [place for place, cell in enumerate(cells) if not (isinstance(cell, str) and not cell.strip())]
