"""When something is said to hold: the dates as sources write them, what they begin with, and the words for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graphkit.requesting import days


@dataclass(frozen=True, slots=True)
class Held:
    """When something is said to hold; false where no source gives a date, and in words as text.

    ``spans`` are the first and the last date of each time, as EDTF text, empty where a source leaves that end open.
    """

    spans: tuple[tuple[str, str], ...] = ()

    @property
    def begins(self) -> str:
        """The first date on which it is said to begin, as EDTF text; empty where none is."""
        return min((start for start, _ in self.spans if start), key=days.begins, default="")

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __str__(self) -> str:
        return ", ".join(_words(start, end) for start, end in self.spans)


def held(times: Iterable[tuple[str | None, str | None]]) -> Held:
    """Return the times that have a date, each once."""
    return Held(tuple(dict.fromkeys((start or "", end or "") for start, end in times if start or end)))


def on(date: str) -> Held:
    """Return a date as the time at which something happened."""
    return held([(date, date)])


def _words(start: str, end: str) -> str:
    if start and end:
        return start if start == end else f"{start} to {end}"
    return f"from {start}" if start else f"until {end}"
