"""Where the table is in a sheet: the header, the rows below it, and the rows that are none of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from graphkit.errors import FileUnreadable
from graphkit.ingest.sheets.sheet import Cell, Range, Row, Sheet, filled, text

SAMPLE = 2_000
"""Rows that a layout is judged by."""
_TOP = 60
_TOTAL = re.compile(
    r"(grand |sub-?|overall )?total(s|es|i)?\b|sum(me|ma|s)?\b|insgesamt|gesamt(summe)?\b|somme\b|suma\b|ogółem|razem|"
    r"итого|всего|разом|toplam|المجموع|合计|总计|小计|合計|합계|average|mean\b|durchschnitt|moyenne|promedio|media\b|среднее",
    re.I,
)
_TOTAL_ALONE = re.compile(
    r"((grand |sub-?)?totale?s?:?|summe:?|gesamt:?|итого:?|всего:?|合计|总计|合計)"
    r"(\s+\d[\d.,' ]*(\s[^\W\d]+)?)?",
    re.I,
)
_NOTE = re.compile(
    r"(notes?|sources?|quellen?|anmerkung|fuente|fonte|nota|remarque|примечание|источник|注|来源|\*+|©)\W", re.I
)
_NUMBER = re.compile(r"[-+]?[\d.,'\s]*\d[\d.,'\s]*%?")
_VALUE = re.compile(
    rf"{_NUMBER.pattern}|\d{{1,4}}([-/.])\d{{1,2}}\1\d{{1,4}}\b.*|h(?:tt|xx)ps?://\S+|[^@\s]+@[^@\s]+\.[a-z]{{2,}}",
    re.I,
)
"""What stands in rows and names no column: numbers, days, web and e-mail addresses."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table by name, in order, the row of the header (0: none) and the first row of the body."""

    columns: tuple[str, ...]
    header: int
    body: int


@dataclass(slots=True)
class LeftOut:
    """Rows of a sheet that hold something and are no records, by what they are."""

    rows: dict[str, list[int]]

    def __init__(self) -> None:
        self.rows = {}

    def add(self, what: str, number: int) -> None:
        """Count a row."""
        self.rows.setdefault(what, []).append(number)

    def notes(self) -> list[str]:
        """Return a sentence for each sort of row that was left out."""
        return [f"left out {what}: row {_spans(numbers)}" for what, numbers in self.rows.items()]


def with_hidden(sheet: Sheet) -> Sheet:
    """Return a sheet of which no row is hidden."""
    return replace(sheet, hidden=frozenset())


def found(sheet: Sheet, header: int | None = None) -> Layout:
    """Return the layout of a sheet; ``header`` is the row of its header, 0 when it has none.

    FileUnreadable when the sheet is empty, or has no such row.
    """
    top = list(islice(sheet.rows(), _TOP if header is None else max(header + 2, 2)))
    if not any(filled(cells) for _, cells in top):
        raise FileUnreadable(f"{sheet.title}: is empty. Leave it out, or save it with its rows.")
    if header is None:
        header = _header(top)
    if header == 0:
        width = max(len(cells) for _, cells in top)
        first = next(number for number, cells in top if filled(cells))
        return Layout(tuple(f"Column {place + 1}" for place in range(width)), 0, first)
    at = next((place for place, (number, _) in enumerate(top) if number == header), None)
    if at is None or not filled(top[at][1]):
        raise FileUnreadable(f"{sheet.title}: row {header} is no header, it is empty. Name the row of the header.")
    names = [text(cell) for cell in spread(header, top[at][1], sheet.merged)]
    body = top[at + 1][0] if at + 1 < len(top) else header + 1
    if _has_second(sheet.merged, header) and at + 1 < len(top):
        below = [text(cell) for cell in top[at + 1][1]]
        below += [""] * (len(names) - len(below))
        names += [""] * (len(below) - len(names))
        names = [_together(upper, lower) for upper, lower in zip(names, below, strict=True)]
        body = top[at + 2][0] if at + 2 < len(top) else body + 1
    return Layout(tuple(_apart(names)), header, body)


def _together(upper: str, lower: str) -> str:
    return " ".join(dict.fromkeys(part for part in (upper, lower) if part))


def _has_second(merged: Sequence[Range], header: int) -> bool:
    """Say whether the header goes over two rows: some of its cells span columns."""
    return any(top[0] == header == bottom[0] and top[1] < bottom[1] for top, bottom in merged)


def _apart(names: Sequence[str]) -> Iterator[str]:
    """Yield names for all columns, each once; a column without a name is called by its number."""
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        shown = " ".join(name.split()) or f"Column {place + 1}"
        seen[shown] += 1
        yield shown if seen[shown] == 1 else f"{shown} ({seen[shown]})"


def _header(top: Sequence[Row]) -> int:
    """Return the number of the row that names the columns, 0 when there is none.

    It is the row that is filled widest with different words and has rows of its width below; earlier is better.
    """
    width = _usual_width(top)
    best, row = 0.0, 0
    for place, (number, cells) in enumerate(top):
        here = filled(cells)
        if not here or (len(here) < 2 and width > 1):
            continue
        words = [text(cells[at]) for at in here]
        wordy = sum(_form(cells[at]) == "words" for at in here)
        score = min(len(here) / width, 1) * wordy / len(here) * len(set(words)) / len(here)
        score *= 0.6 + 0.4 * _unlike(cells, top[place + 1 : place + 12]) - 0.01 * place
        score *= 1 - _again(top, place, here)
        if sum(len(word) > 80 for word in words) * 4 > len(words):
            score *= 0.5
        if score > best:
            best, row = score, number
    if best < 0.5:
        return 0
    named = next(cells for number, cells in top if number == row)
    return next(number for number, cells in top if cells == named)  # it may be repeated further down


def _usual_width(top: Sequence[Row]) -> int:
    widths = Counter(len(here) for _, cells in top if (here := filled(cells)))
    return max(width for width, count in widths.items() if count >= max(1, widths.total() // 5))


def _unlike(cells: Sequence[Cell], below: Sequence[Row]) -> float:
    """Return how much of a row differs in kind from what stands below: a name over numbers, days or longer words."""
    unlike = counted = 0
    for place, cell in enumerate(cells):
        column = [row[place] for _, row in below if place < len(row) and text(row[place])]
        if not text(cell) or not column:
            continue
        counted += 1
        same = sum(_form(one) == _form(cell) for one in column)
        unlike += same * 2 <= len(column) or text(cell) not in map(text, column)
    return unlike / counted if counted else 0.0


def _again(top: Sequence[Row], place: int, here: Sequence[int]) -> float:
    """Return how many cells of a row stand in another row too, in the same column, as what a row tells does."""
    cells = top[place][1]
    others = [row for _, row in top if row != cells]
    stand = (any(at < len(row) and row[at] == cells[at] for row in others) for at in here)
    return sum(stand) / len(here)


def _form(cell: Cell) -> str:
    return "words" if isinstance(cell, str) and not _VALUE.fullmatch(cell.strip()) else "value"


def spread(number: int, cells: Sequence[Cell], merged: Sequence[Range]) -> list[Cell]:
    """Return the cells of a row, those that were merged sideways filled with what they show."""
    row = list(cells)
    for (top, left), (_, right) in merged:
        if top == number and left < len(row):
            row += [""] * (right + 1 - len(row))
            row[left : right + 1] = [row[left]] * (right + 1 - left)
    return row


def body(sheet: Sheet, layout: Layout, left_out: LeftOut) -> Iterator[Row]:
    """Yield the rows of the table as wide as its header, merged cells filled; count those that are none of it."""
    width = len(layout.columns)
    down = _Down(sheet.merged, layout.body)
    last, waiting = layout.body, list[Row]()
    for number, given in sheet.rows():
        cells = down.filled(number, given)
        here = filled(cells)
        if number < layout.header and here:
            left_out.add("what stands above the header", number)
        if number < layout.body or not here:
            continue
        gap, last = number > last + 1, number
        row = (number, [*cells[:width], *[""] * (width - len(cells))])
        if number in sheet.hidden:
            left_out.add("what its author hid", number)
        elif _is_total(cells, here):
            left_out.add("totals", number)
        elif [text(cells[at]) for at in here if at < width] == [layout.columns[at] for at in here if at < width]:
            left_out.add("a header that is repeated", number)
        elif width > 2 and _is_note(cells, here):
            left_out.add("notes and headings", number)
        elif width > 2 and len(here) == 1 and (gap or waiting):
            waiting.append(row)
        else:
            yield from waiting
            waiting.clear()
            yield row
    for number, _ in waiting:
        left_out.add("what stands apart below the table", number)


def sample(sheet: Sheet, layout: Layout, left_out: LeftOut | None = None) -> list[list[str]]:
    """Return the first rows of the table as texts, those that it is judged by."""
    rows = islice(body(sheet, layout, left_out or LeftOut()), SAMPLE)
    return [[text(cell) for cell in cells] for _, cells in rows]


def _is_note(cells: Sequence[Cell], here: Sequence[int]) -> bool:
    """Say whether a row is words about the table: one text, long, or begun as notes are, or spread over the columns."""
    words = {text(cells[at]) for at in here}
    if len(words) > 1 or here[0] != 0:
        return False
    (word,) = words
    return len(here) > 2 or len(word) > 80 or bool(_NOTE.match(word))


def _is_total(cells: Sequence[Cell], here: Sequence[int]) -> bool:
    first = text(cells[here[0]])
    rest = [text(cells[at]) for at in here[1:]]
    if not rest:
        return bool(_TOTAL_ALONE.fullmatch(first))
    return bool(_TOTAL.match(first)) and len(first) < 40 and all(map(_NUMBER.fullmatch, rest))


class _Down:
    """Fills the cells below the first one of merged cells with what they show."""

    def __init__(self, merged: Sequence[Range], first: int) -> None:
        self._merged = [one for one in merged if one[1][0] >= first]
        self._shown: dict[Range, Cell] = {}

    def filled(self, number: int, given: list[Cell]) -> list[Cell]:
        if not self._merged:
            return given
        cells = list(given)
        for one in self._merged:
            (top, left), (bottom, right) = one
            if top <= number <= bottom:
                cells += [""] * (right + 1 - len(cells))
                shown = self._shown.setdefault(one, cells[left])
                cells[left : right + 1] = [shown] * (right + 1 - left)
        return cells


def _spans(numbers: Sequence[int]) -> str:
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    shown = [f"{first}" if first == last else f"{first} to {last}" for first, last in spans[:20]]
    return ", ".join(shown) + (" and more" if len(spans) > 20 else "")
