"""When what records say held, and when what they link did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import product
from typing import Any

from graphkit.errors import Rejected
from graphkit.model import interval
from graphkit.model.schema import Kind

Fields = dict[str, list[Any]]
_Dated = tuple[str, str]
REACHED = ("reached_from", "reached_to")
"""Columns of when what a record links held, where a record of the kind may say that it is gone."""
_SAID = ("valid_from", "valid_to")


def date_all(kind: Kind, fields: Fields, count: int) -> None:
    """Fill in ``valid_from`` and ``valid_to`` of records, and ``REACHED`` of those of kinds of which some end.

    Where dates are not given, those of the observation count. A record that says that something is gone dates this with
    ``valid_from`` and ``valid_to`` alone: what it links held as observed, and no longer than to the day it was gone.
    """
    said = [list(fields.get(name) or [None] * count) for name in _SAID]
    made_by = fields.get("made_by") or [None] * count
    seen = [_bounds(fields, kind.valid_from, count, latest=False), _bounds(fields, kind.valid_to, count, latest=True)]
    gone = _gone(kind, fields, count)
    for name, given, bounds in zip(_SAID, said, seen, strict=True):
        rows = zip(given, bounds, made_by, gone, strict=True)
        fields[name] = [value or (None if made or ended else bound) for value, bound, made, ended in rows]
    if any(prop.ends for prop in kind.properties.values()):
        held = [_reached(*row) for row in zip(gone, *(fields[name] for name in _SAID), *seen, strict=True)]
        for number, name in enumerate(REACHED):
            fields[name] = [pair[number] for pair in held]


def _gone(kind: Kind, fields: Fields, count: int) -> list[bool]:
    """Say of each record whether it says that something is gone."""
    gone = [False] * count
    for prop in kind.properties.values():
        for place, given in enumerate(fields.get(prop.name, ()) if prop.ends else ()):
            gone[place] |= any(value in prop.ends for value, _ in given or ())
    return gone


def _reached(
    gone: bool, valid_from: str | None, valid_to: str | None, first: str | None, last: str | None
) -> tuple[str | None, str | None]:
    if not gone:
        return valid_from, valid_to
    day = valid_from if valid_from and interval.parse(valid_from).precision == "day" else None
    return (first if first or last else day), last or day


def _bounds(fields: Fields, names: Iterable[str], count: int, *, latest: bool) -> list[str | None]:
    """Return of each record the date that the first of these fields bounds it with; of several the outermost."""
    columns = [fields[name] for name in names if name in fields]
    return [_bound([column[place] for column in columns], latest) for place in range(count)]


def _bound(given: Sequence[str | list[tuple[str, Any]] | None], latest: bool) -> str | None:
    first = next(filter(None, given), None)
    if first is None or isinstance(first, str):
        return first
    dates = [date_ for date_, _ in first]
    return max(dates, key=_end) if latest else min(dates, key=_start)


def _start(text: str) -> date:
    return interval.parse(text).earliest or date.min


def _end(text: str) -> date:
    return interval.parse(text).latest or date.max


def check(kind: Kind, fields: Fields, place: int) -> None:
    """Raise Rejected, which names the fields as they were written, where a record ends before it begins."""
    for begins, ends in _spans(kind, fields, place):
        (start_name, start), (end_name, end) = begins, ends
        try:
            interval.held(start, end)
        except ValueError:
            raise Rejected(
                end_name, f"'{end}' is before {start_name} '{start}'; correct one, or leave it out"
            ) from None


def _spans(kind: Kind, fields: Fields, place: int) -> Iterator[tuple[_Dated, _Dated]]:
    """Yield the dates, each with its field, of which the first cannot lie after the second."""
    said, reached = ([fields[name][place] if name in fields else None for name in names] for names in (_SAID, REACHED))
    for start, end in (said, reached):
        if start and end:
            names = (*kind.valid_from, "valid_from"), (*kind.valid_to, *_SAID[::-1])
            yield (_field(names[0], fields, place, start), start), (_field(names[1], fields, place, end), end)
    begun = [name for name in kind.valid_from if name in kind.properties and kind.properties[name].begins]
    for begins, ends in product(begun, kind.valid_to):
        yield from product(_dates(begins, fields, place), _dates(ends, fields, place))


def _field(names: Iterable[str], fields: Fields, place: int, given: str) -> str:
    """Return the first of these fields in which a record has a date."""
    return next(name for name in names if any(date_ == given for _, date_ in _dates(name, fields, place)))


def _dates(name: str, fields: Fields, place: int) -> list[_Dated]:
    """Return the dates that a record has in a field, each with the name of the field."""
    given = fields[name][place] if name in fields else None
    return [(name, given)] if isinstance(given, str) else [(name, date_) for date_, _ in given or ()]
