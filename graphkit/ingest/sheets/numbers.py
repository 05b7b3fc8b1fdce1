"""Counts as sheets write them: thousands marked, ranges, and bounds on one side."""

from __future__ import annotations

import re

_GROUPED = re.compile(r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+")
_RANGE = re.compile(r"(.+?)\s*(?:–|—|-|\bto\b|\bbis\b|\bà\b|\ba\b|\by\b|\bdo\b|\bдо\b|至|到|~)\s*(.+)")
_BOUND_WORDS = {
    (
        "low",
        0,
    ): r"at least|min(?:imum|destens)?\.?|>=|≥|au moins|al menos|almeno|mindestens|не менее|至少|en az",
    ("low", 1): r"more than|over|>|plus de|más de|più di|mais de|mehr als|über|более|超过|أكثر من",
    ("high", 0): r"at most|up to|max(?:imum)?\.?|<=|≤|au plus|jusqu'à|a lo sumo|hasta|höchstens|bis zu|не более|最多",
    ("high", -1): r"less than|fewer than|under|<|moins de|menos de|meno di|weniger als|unter|менее|少于|أقل من",
}
"""Words before a bound, by the side that it is of and how far it is from the number written."""
_BOUNDS = [
    *((side, step, re.compile(rf"(?:{words})\s*(.+)", re.I)) for (side, step), words in _BOUND_WORDS.items()),
    ("low", 0, re.compile(r"(.+?)\s*(?:\+|or more|and more|以上|或以上)", re.I)),
]
_ABOUT = re.compile(
    r"(?:about|around|approx(?:\.|imately)?|ca?\.|circa|~|≈|environ|vers|etwa|ungefähr|rund|unos|unas|alrededor de|"
    r"около|примерно|约|大约|حوالي|yaklaşık)\s*(.+)",
    re.I,
)
_MARKED = re.compile(r"(\d[\d.,'’ \u00a0\u202f]*?)\s*[*†‡]+")
_WORDS = re.compile(
    r"several|some|(?:a )?few|many|dozens|hundreds|mehrere|einige|viele|dutzende|plusieurs|quelques|vari[oa]s|algunos|"
    r"несколько|много|diversi|alcuni|vários|alguns|数人|多人|若干",
    re.I,
)
_POINT = re.compile(r"(\d+)[.,]0+")


def counted(name: str, value: str) -> tuple[dict[str, str], str]:
    """Return the fields that a text gives of a count, the number itself or its low and high bounds, and a note.

    The note is what no number says: that it is about so many, has a mark, or is a word such as "several".
    """
    words = value.strip()
    note = f"{name} is written '{words}'"
    if (whole := _whole(words)) is not None:
        return {name: whole}, ""
    if _WORDS.fullmatch(words):
        return {}, note
    for pattern in (_ABOUT, _MARKED):
        if (found := pattern.fullmatch(words)) and (about := _whole(found[1].strip())):
            return {name: about}, note
    for side, step, pattern in _BOUNDS:
        if (found := pattern.fullmatch(words)) and (bound := _whole(found[1].strip())):
            return {f"{name}_{side}": str(max(int(bound) + step, 0))}, ""
    if found := _RANGE.fullmatch(words):
        low, high = (_whole(part.strip()) for part in found.groups())
        if low and high:
            return {f"{name}_low": low, f"{name}_high": high}, ""
    return {name: words}, ""


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
