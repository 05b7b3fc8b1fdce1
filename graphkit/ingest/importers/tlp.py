"""Traffic Light Protocol 2.0, and what its words were before (FIRST, August 2022)."""

from __future__ import annotations

from collections.abc import Iterable

_WORDS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
_BEFORE_2 = {"WHITE": "CLEAR"}


def word(marking: str) -> str | None:
    """Return the word of a marking such as ``tlp:white``, or None when it is none of the protocol."""
    found = marking.upper().removeprefix("TLP:")
    found = _BEFORE_2.get(found, found)
    return found if found in _WORDS else None


def strictest(markings: Iterable[str]) -> str | None:
    """Return the strictest word among markings; what is for fewer eyes decides for all of it."""
    return max(filter(None, map(word, markings)), key=_WORDS.index, default=None)
