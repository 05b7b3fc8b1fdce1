"""Moments as other tools write them, as days."""

from __future__ import annotations

_DAY = 10


def day(moment: str) -> str:
    """Return the day of a timestamp as it is written, without a change of time zone; other words as they are."""
    words = moment.strip()
    return words[:_DAY] if len(words) > _DAY and words[_DAY] in "T " and words[4] == "-" else words
