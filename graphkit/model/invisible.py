"""Characters that nobody sees and that make a text look like another one: kept as written, and shown as signs.

The joiners U+200C and U+200D are no such characters: Persian and the scripts of India are written with them.
"""

from __future__ import annotations

import re

_STEERS = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def holds_invisible(text: str) -> bool:
    """Say whether a text has characters of no width, or such that turn the direction of what follows."""
    return not text.isascii() and _INVISIBLE.search(text) is not None


def visible(text: str) -> str:
    """Return a text in which each such character stands as its number, such as ``[U+202E]``."""
    return text if text.isascii() else _INVISIBLE.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def in_brief(text: str, longest: int = 80) -> str:
    """Return a text on one line, cut where it is longer; half characters and what steers terminals as numbers."""
    line = text if len(text) <= longest else f"{text[:longest]}…"
    return _STEERS.sub(lambda found: " " if found[0].isspace() else f"[U+{ord(found[0]):04X}]", line)
