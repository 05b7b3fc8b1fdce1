"""What dates of a request add up to: how long it took, and what lies after it. Nothing is counted that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from graphkit.model import interval
from graphkit.model.interval import Interval

DAY = timedelta(days=1)
AFTER, SAME, MAYBE, HELD = "after", "same day", "maybe after", "began before"
UNDATED, BEFORE = "undated", "before"
ORDERS = (AFTER, SAME, MAYBE, HELD, UNDATED, BEFORE)
"""How something can lie to a day, that which follows it first."""
FIRST = date(1990, 1, 1)
"""A request sent before this day, when there were no websites, is no basis for sums."""
AHEAD, EARLY = "it is said to be decided after today", f"it is said to be sent before {FIRST.year}"


@dataclass(frozen=True, slots=True)
class Days:
    """How many days lie between two dates: at least ``low``, at most ``high``; both null where it cannot be said.

    ``negative`` says that the second surely lies before the first. ``why`` has a reason for no exact number.
    """

    low: int | None = None
    high: int | None = None
    negative: bool = False
    why: str = ""

    @property
    def exact(self) -> int | None:
        """The number of days, where the dates leave no doubt."""
        return self.low if self.low == self.high else None

    def __str__(self) -> str:
        if self.negative:
            return "decided before it was sent"
        if self.low is None:
            return ""
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"


def took(sent: Iterable[str], decided: Iterable[str]) -> Days:
    """Return the days from one date to another, given all that is said of each as EDTF text.

    Dates that share days mean these days. Where they share none, all that they can mean counts, so that the number
    is a range. Dates marked as uncertain or approximate, open ones and missing ones make no number; neither do those
    that cannot be: ``AHEAD`` and ``EARLY`` say which.
    """
    texts = [list(dict.fromkeys(texts)) for texts in (sent, decided)]
    for name, given in zip(("sent", "decided"), texts, strict=True):
        if not given:
            return Days(why=f"when it was {name} is not on record")
        if any(text.strip()[-1] in "?~%" for text in given):
            return Days(why=f"when it was {name} is uncertain or approximate")
    first, second = (together(given) for given in texts)
    if not (first.earliest and first.latest and second.earliest and second.latest):
        return Days(why="a date has an open end")
    if second.earliest > today():
        return Days(why=AHEAD)
    if first.latest <= FIRST:
        return Days(why=EARLY)
    low = (second.earliest - (first.latest - DAY)).days
    high = ((second.latest - DAY) - first.earliest).days
    if high < 0:
        return Days(negative=True, why="it is said to be decided before it was sent")
    why = "" if low == high else "the dates do not name one day each"
    return Days(max(low, 0), high, why=why)


def today() -> date:
    """Return the day that it is."""
    return datetime.now(UTC).date()


def together(texts: Iterable[str]) -> Interval:
    """Return the days that dates have in common, else, where they have none, all from the first to the last."""
    days = [interval.parse(text) for text in texts]
    starts = [day.earliest for day in days if day.earliest]
    ends = [day.latest for day in days if day.latest]
    start, end = max(starts, default=None), min(ends, default=None)
    if start is None or end is None or start < end:
        return Interval(start, end, "interval")
    hull = min(starts) if len(starts) == len(days) else None, max(ends) if len(ends) == len(days) else None
    return Interval(*hull, "interval")


def order(valid_from: str | None, valid_to: str | None, since: Interval | None) -> str:
    """Return how what begins and ends on these dates lies to a day that can be any of ``since``.

    ``after`` begins on a later day whatever the dates mean, ``same day`` on that very day, ``before`` is over by then,
    ``began before`` goes on after it, or may. Without dates on either side it is ``undated``.
    """
    if since is None or not (valid_from or valid_to):
        return UNDATED
    begins = interval.parse(valid_from) if valid_from else Interval(None, None, "interval")
    last = _last_day(valid_to)
    if begins.earliest and since.latest and begins.earliest >= since.latest:
        return AFTER
    if (begins.earliest, begins.latest) == (since.earliest, since.latest) and _is_a_day(begins):
        return SAME
    if last and since.earliest and last < since.earliest:
        return BEFORE
    if begins.latest and since.earliest and begins.latest <= since.earliest:
        return BEFORE if last and last <= since.earliest else HELD
    return MAYBE


def _is_a_day(days: Interval) -> bool:
    return days.earliest is not None and days.latest == days.earliest + DAY


def _last_day(valid_to: str | None) -> date | None:
    ends = interval.parse(valid_to).latest if valid_to else None
    return ends - DAY if ends else None


def first_order(orders: Iterable[str]) -> str:
    """Return the order that says most of what followed, of those of several claims."""
    return min(orders, key=ORDERS.index, default=UNDATED)


def begins(text: str) -> tuple[bool, date, date]:
    """Return what sorts a date by when it begins; one that is not known comes last."""
    days = interval.parse(text) if text else None
    known = days is not None and days.earliest is not None
    earliest = days.earliest if days and days.earliest else date.max
    return not known, earliest, days.latest if days and days.latest else date.max
