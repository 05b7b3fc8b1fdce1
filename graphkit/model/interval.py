"""Dates as sources give them: EDTF text, and the days it can mean.

Source: Extended Date/Time Format (ISO 8601-2:2019), level 0 and the parts of level 1 that
records of this field use: years, months, days, timestamps, seasons, unspecified digits
(``201X``, ``2014-XX``), the qualifiers ``?`` ``~`` ``%``, and intervals with open ends.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

OPEN = ".."

_DATE = re.compile(r"(?P<y>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<m>\d\d|XX)(?:-(?P<d>\d\d|XX))?)?[?~%]?", re.ASCII)
_TIMED = re.compile(r".{10}[T ]", re.DOTALL)
_SLASHED = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})", re.ASCII)
_SEASONS = {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3), **{33 + q: (1 + 3 * q, 3) for q in range(4)}}


@dataclass(frozen=True, slots=True)
class Interval:
    """The days a date can mean: ``earliest`` is in it, ``latest`` is the first day after it.

    None is an open or unknown end. ``precision`` is day, month, season, year, decade, century
    or interval.
    """

    earliest: date | None
    latest: date | None
    precision: str

    def __str__(self) -> str:
        return f"{self.earliest or OPEN}/{self.latest or OPEN}"

    def overlaps(self, other: Interval) -> bool:
        """Say whether the two can hold on a common day; open ends reach for ever."""
        return _before(self.earliest, other.latest) and _before(other.earliest, self.latest)


def _before(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start < end


@lru_cache(maxsize=65536)
def parse(text: str) -> Interval:
    """Return the days that EDTF ``text`` can mean; ValueError says what is wrong with it."""
    text = text.strip()
    if "/" not in text:
        return _single(text)
    start_text, _, end_text = text.partition("/")
    if not all(end in ("", OPEN) or _TIMED.match(end) or _DATE.fullmatch(end) for end in (start_text, end_text)):
        raise ValueError(_not_a_date(text))
    start = _single(start_text).earliest if start_text not in ("", OPEN) else None
    end = _single(end_text).latest if end_text not in ("", OPEN) else None
    if start and end and end <= start:
        raise ValueError(f"'{text}' ends before it begins")
    return Interval(start, end, "interval")


def _single(text: str) -> Interval:
    if _TIMED.match(text):
        return _timestamp(text)
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(_not_a_date(text))
    year, month, day = match["y"], match["m"], match["d"]
    if year == "0000":
        raise ValueError(f"'{text}' has the year 0000; years begin with 0001")
    if "X" in year:
        if month:
            raise ValueError(f"'{text}' has a month in a year that is not known")
        return _years(int(year.replace("X", "0")), 10 ** year.count("X"))
    if month in (None, "XX"):
        return _years(int(year), 1)
    if int(month) > 12:
        return _season(text, int(year), int(month), day)
    if not int(month) >= 1:
        raise ValueError(f"'{text}' has no month {month}")
    if day in (None, "XX"):
        return _months(int(year), int(month), 1, "month")
    return _day(text, int(year), int(month), int(day))


def _not_a_date(text: str) -> str:
    """Return why ``text`` is no date, and the days it can mean when it is written day/month/year or month/day/year."""
    slashed = _SLASHED.fullmatch(text)
    first, second, year = map(int, slashed.groups()) if slashed else (0, 0, 0)
    readings = dict.fromkeys(
        f"{year:04d}-{month:02d}-{day:02d}"
        for day, month in ((first, second), (second, first))
        if year and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    )
    way_out = " or ".join(readings) or "it like 2014-03-01, 2014-03, 2014, 201X or 2014/2015"
    return f"'{text[:40]}' is not an EDTF date; write {way_out}"


def _timestamp(text: str) -> Interval:
    try:
        start = datetime.fromisoformat(text).date()
    except ValueError:
        raise ValueError(f"'{text[:40]}' is not a timestamp; write it like 2014-03-01T12:30:00Z") from None
    return Interval(start, _next(start), "day")


def _day(text: str, year: int, month: int, day: int) -> Interval:
    try:
        start = date(year, month, day)
    except ValueError:
        length = calendar.monthrange(year or 4, month)[1]
        raise ValueError(f"'{text}' is not a date: {calendar.month_name[month]} {year:04d} has {length} days") from None
    return Interval(start, _next(start), "day")


def _next(day: date) -> date | None:
    return day + timedelta(days=1) if day < date.max else None


def _years(year: int, count: int) -> Interval:
    precision = {1: "year", 10: "decade", 100: "century"}[count]
    end = date(year + count, 1, 1) if year + count <= 9999 else None
    return Interval(date(max(year, 1), 1, 1), end, precision)


def _months(year: int, month: int, count: int, precision: str) -> Interval:
    years, last = divmod(month - 1 + count, 12)
    end = date(year + years, last + 1, 1) if year + years <= 9999 else None
    return Interval(date(max(year, 1), month, 1), end, precision)


def _season(text: str, year: int, code: int, day: str | None) -> Interval:
    if code not in _SEASONS or day:
        raise ValueError(f"'{text}' has no month {code}")
    return _months(year, *_SEASONS[code], "season")


def held(valid_from: str | None, valid_to: str | None) -> Interval | None:
    """Return when a claim holds, from its two dates; None when it says nothing of time."""
    if not valid_from and not valid_to:
        return None
    start = parse(valid_from).earliest if valid_from else None
    end = parse(valid_to).latest if valid_to else None
    if start and end and end <= start:
        raise ValueError(f"valid_to '{valid_to}' is before valid_from '{valid_from}'")
    return Interval(start, end, "interval")


def surely_after(said: str | None, other: str | None) -> bool:
    """Say whether one date lies after another whatever the two can mean; moments are compared as moments."""
    if not said or not other:
        return False
    if _TIMED.match(said) and _TIMED.match(other):
        moments = [datetime.fromisoformat(text) for text in (said.strip(), other.strip())]
        if len({moment.tzinfo is None for moment in moments}) == 1:
            return moments[0] > moments[1]
    start, end = parse(said).earliest, parse(other).latest
    return start is not None and end is not None and start >= end
