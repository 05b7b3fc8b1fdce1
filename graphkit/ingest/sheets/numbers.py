"""Counts as sheets write them: thousands marked, ranges, and bounds on one side."""

from __future__ import annotations

import re

_GROUPED = re.compile(r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+")
_RANGE = re.compile(r"(.+?)\s*(?:–|—|-|\bto\b|\bbis\b|\bà\b|\ba\b|\by\b|\bdo\b|\bдо\b|至|到|~)\s*(.+)")
_LEAST = re.compile(r"(?:at least|min(?:imum)?\.?|more than|over|>=?|≥)\s*(.+)|(.+?)\s*(?:\+|or more|and more)", re.I)
_MOST = re.compile(r"(?:at most|up to|max(?:imum)?\.?|less than|under|<=?|≤)\s*(.+)", re.I)
_POINT = re.compile(r"(\d+)[.,]0+")


def counted(name: str, value: str) -> dict[str, str]:
    """Return the fields that a text gives of a count: the number itself, or its low and high bounds."""
    words = value.strip()
    if (whole := _whole(words)) is not None:
        return {name: whole}
    for pattern, bounds in ((_RANGE, ("low", "high")), (_LEAST, ("low",)), (_MOST, ("high",))):
        if found := pattern.fullmatch(words):
            numbers = [_whole(part.strip()) for part in found.groups() if part]
            if all(numbers) and len(numbers) == len(bounds):
                return {f"{name}_{bound}": str(number) for bound, number in zip(bounds, numbers, strict=True)}
    return {name: words}


def _whole(words: str) -> str | None:
    """Return a whole number without the marks of its thousands; None when the words are none."""
    if words.isdecimal():
        return str(int(words))
    if _GROUPED.fullmatch(words):
        return re.sub(r"\D", "", words)
    found = _POINT.fullmatch(words)
    return found[1] if found else None


def decimal(value: str) -> str:
    """Return a number with a point for its decimals, where a comma can be nothing else."""
    return value.replace(",", ".") if re.fullmatch(r"[-+]?\d{1,3},\d+", value.strip()) else value
