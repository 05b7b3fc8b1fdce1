"""The values that cells give for a field: what is nothing, what is several, what it means, how a date is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from graphkit.ingest.sheets import dates, numbers
from graphkit.ingest.sheets.mapping import Column, SheetMapping
from graphkit.model import values
from graphkit.model.refused import DenyList

Values = Callable[[Sequence[str]], list[str]]
"""Returns the values that a row gives; ValueError says why a cell gives none."""
NOTHING = frozenset(
    {"-", "--", "---", "–", "—", ".", "?", "??", "n/a", "na", "n.a.", "none", "null", "nil", "nan", "nat", "-0-"}
    | {
        "tbd",
        "tba",
        "don't know",
        "dont know",
        "don’t know",
        "not known",
        "not sure",
        "weiß nicht",
        "no sé",
        "ne sais pas",
    }
    | {"#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!"}
    | {"unknown", "unk", "unbekannt", "inconnu", "desconocido", "desconhecido", "неизвестно", "不明", "未知"}
)
"""Texts that mean nothing in any column, whatever their capitals."""
_MINUS = frozenset({"-1", "-9", "-99", "-999", "-9999"})
"""What counts use for unknown: no count is below zero."""
_PRECISE = {"1": "day", "2": "about", "3": "about", "4": "month", "5": "year", "approximate": "about"}
"""Precisions of dates as UCDP GED numbers them."""
_BY_TIME_PRECISION = {"1": "day", "2": "about", "3": "month"}
"""Precisions of dates as ACLED numbers them, under ``time_precision``."""
EVERYWHERE: dict[str, Callable[[object], str]] = {
    "email": values.email,
    "phone": values.phone,
    "domain": values.domain,
    "host": values.ip,
    "url": values.url,
    "sha256": values.hexadecimal,
}
"""Observables, which have one id whatever source speaks of them."""
_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*://)?(?:[^/@\s]*@)?([^/:?#\s]+)", re.I)
_CUT = {"month": 7, "year": 4}


@dataclass(frozen=True, slots=True)
class Reading:
    """The columns of a sheet, with a sample of its rows, by which dates are judged.

    ``refuses`` says of which columns nothing is taken; ``source`` begins the ids that are made of values.
    """

    columns: Sequence[str]
    sample: Sequence[Sequence[str]]
    mapping: SheetMapping
    refuses: Callable[[str], bool]
    source: str

    def values(self, column: Column, type_: str) -> Values:
        """Return what gives the values of a column for a property of a type."""
        if any(map(self.refuses, (*column.columns, *column.json))):
            return lambda row: []
        given = self._cells(column, type_)
        if column.json:
            given = _in_json(given, column.json)
        if column.split:
            given = _cut(given, column.split, self._nulls(column, type_))
        if column.means is not None:
            given = _meant(given, column.means)
        if column.id is not None:
            return _identified(given, self.source, column.id)
        if type_ == "date":
            return self._dated(given, column)
        if type_ == "domain":
            return lambda row: [hosted(value) for value in given(row)]
        return _decimal(given) if type_ == "number" else given

    def _nulls(self, column: Column, type_: str) -> frozenset[str]:
        own = {text.casefold() for text in (*self.mapping.nulls, *column.nulls)}
        return NOTHING | own | (_MINUS if type_ == "count" else frozenset())

    def _cells(self, column: Column, type_: str) -> Values:
        places, nulls, join = (
            [self.columns.index(name) for name in column.columns],
            self._nulls(column, type_),
            column.join,
        )
        if len(places) == 1:
            (at,) = places
            return lambda row: [row[at]] if row[at] and row[at].casefold() not in nulls else []

        def joined(row: Sequence[str]) -> list[str]:
            told = [row[at] for at in places if row[at] and row[at].casefold() not in nulls]
            return [join.join(told)] if told else []

        return joined

    def _dated(self, given: Values, column: Column) -> Values:
        seen = [value for row in self.sample for value in given(row)]
        order = column.dates or self.mapping.dates or dates.order(seen)
        precise = self.columns.index(column.precision) if column.precision else None
        nulls = self._nulls(column, "date")
        by_time = "time" in (column.precision or "").casefold()
        codes = _BY_TIME_PRECISION if by_time else _PRECISE

        def dated(row: Sequence[str]) -> list[str]:
            found = [dates.edtf(value, order) for value in given(row)]
            if precise is None or not row[precise] or row[precise].casefold() in nulls:
                return found
            return [_as_precise(one, codes.get(row[precise], row[precise].casefold())) for one in found]

        return dated


def _as_precise(date: str, word: str) -> str:
    if "/" in date:
        return date
    if word in _CUT:
        return date[: _CUT[word]]
    if word not in ("day", "about"):
        raise ValueError(
            f"'{word}' is no precision of a date; it is day, month, year, approximate or a number of 1 to 5"
        )
    return f"{date}~" if word == "about" else date


def hosted(value: str) -> str:
    """Return the host in a web address, written to be opened or not; what is none stays as it is."""
    found = (
        None
        if any(map(str.isspace, value))
        else _HOST.match(value.replace("[.]", ".").replace("(.)", ".").replace("[:]", ":"))
    )
    return found[1].removesuffix(".").removeprefix("*.") if found else value


def allowed(cell: str, deny: DenyList, refused: dict[str, str]) -> str:
    """Return a cell without the refused fields of the JSON that it holds, and note their names."""
    if cell[:1] not in ("{", "["):
        return cell
    try:
        held = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    kept, dropped = deny.strip({"cell": held})
    refused |= dict.fromkeys(dropped, "in JSON")
    return json.dumps(kept.get("cell"), ensure_ascii=False) if dropped else cell


def _in_json(given: Values, keys: Sequence[str]) -> Values:
    def found(row: Sequence[str]) -> list[str]:
        told: list[str] = []
        for cell in given(row):
            try:
                told += _at(json.loads(cell), keys)
            except (ValueError, RecursionError):
                raise ValueError(f"'{cell[:40]}' is not JSON") from None
        return told

    return found


def _at(value: Any, keys: Sequence[str]) -> list[str]:
    """Return what stands under keys, in each of the objects of a list."""
    if isinstance(value, list):
        return [one for inner in value for one in _at(inner, keys)]
    if keys:
        return _at(value.get(keys[0]), keys[1:]) if isinstance(value, dict) else []
    if value is None or isinstance(value, dict):
        return []
    return [value if isinstance(value, str) else json.dumps(value)]


def _cut(given: Values, mark: str, nulls: frozenset[str]) -> Values:
    def cut(row: Sequence[str]) -> list[str]:
        found = (part.strip() for cell in given(row) for part in cell.split(mark))
        return [part for part in found if part and part.casefold() not in nulls]

    return cut


def _meant(given: Values, means: dict[str, str] | Any) -> Values:
    known = {text.casefold(): value for text, value in means.items()}
    empty = [known[""]] if "" in known else []
    return lambda row: [known.get(value.casefold(), value) for value in given(row)] or empty


def _identified(given: Values, source: str, word: str) -> Values:
    """Return what makes ids: of an observable the id that it has everywhere, of anything else one of this source."""
    normal = EVERYWHERE.get(word)
    if normal:
        return lambda row: [f"{word}:{_checked(normal, value)}" for value in given(row)]
    beginning = word if word.endswith(":") else f"{source}:{word}:"
    return lambda row: [f"{beginning}{values.slug(value)}" for value in given(row)]


def _checked(normal: Callable[[object], str], value: str) -> str:
    try:
        return normal(value)
    except ValueError as problem:
        raise ValueError(f"'{value[:40]}' {problem}") from None


def _decimal(given: Values) -> Values:
    return lambda row: [numbers.decimal(value) for value in given(row)]
