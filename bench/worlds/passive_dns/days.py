"""Days as numbers, spans of them, and the days on which what can be seen of websites changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

_FIRST = date(2000, 1, 1)


class Span(NamedTuple):
    """The days from one to another."""

    begins: int
    ends: int


def number(day: date) -> int:
    """Return how many days after the start of the year 2000 a day is."""
    return (day - _FIRST).days


def written(day: int) -> str:
    """Return a day as it is written in records."""
    return str(_FIRST + timedelta(days=day))


def month(day: int) -> int:
    """Return the first day of the month that a day is in."""
    return number((_FIRST + timedelta(days=day)).replace(day=1))


REDACTION_BEGINS = number(date(2018, 5, 25))
MEASUREMENT_IDS_BEGIN = number(date(2021, 6, 1))
