"""Days, which are kept as numbers of days since 2000, and those on which something changes for everybody."""

from __future__ import annotations

from datetime import date, timedelta

Span = tuple[int, int]

EPOCH = date(2000, 1, 1)


def number_of(day: date) -> int:
    """Return a date as a number of days."""
    return (day - EPOCH).days


def month_of(day: int) -> int:
    """Return the first day of a month."""
    return number_of((EPOCH + timedelta(days=day)).replace(day=1))


def written(day: int) -> str:
    """Return a day as records have it."""
    return (EPOCH + timedelta(days=day)).isoformat()


REDACTED_FROM = number_of(date(2018, 5, 25))
NEW_TRACKERS_FROM = number_of(date(2020, 10, 14))
OLD_TRACKERS_UNTIL = number_of(date(2023, 7, 1))
