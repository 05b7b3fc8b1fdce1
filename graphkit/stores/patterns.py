"""Which regular expressions may be matched where a match, once begun, cannot be stopped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graphkit.errors import Refused

MAX_PATTERN = 200
MAX_CHOICES = 8
_WAY_OUT = "Use CONTAINS, STARTS WITH or ENDS WITH, with toLower() where case does not matter."
_ENDS = {"", ")", "]", "}", ",", ";", "|"}


def must_be_simple(parts: Sequence[tuple[str, str]]) -> None:
    """Raise Refused when tokens of a query match (``=~``) more than a simple pattern written into it.

    A simple pattern repeats one thing without end at most, no group, and refers to nothing that it found: its work
    grows with the length of the text and not with a power of it.
    """
    for place in range(len(parts) - 1):
        if (parts[place][1], parts[place + 1][1]) == ("=", "~"):
            sort, text = parts[place + 2] if place + 2 < len(parts) else ("", "")
            after = parts[place + 3] if place + 3 < len(parts) else ("", "")
            if sort != "string" or not (after[0] == "word" or after[1] in _ENDS):
                raise Refused(f"On Neo4j the pattern after =~ is written into the query. {_WAY_OUT}")
            if not _is_simple(text[1:-1]):
                raise Refused(
                    f"On Neo4j a pattern repeats one character or class at most, such as '(?i)kun.*': a match there "
                    f"cannot be stopped. {_WAY_OUT}"
                )


def _is_simple(pattern: str) -> bool:
    """Say whether a pattern is simple; it is written as in a query, where a backslash is two."""
    if len(pattern) > MAX_PATTERN or re.search(r"\\\\[1-9k]", pattern):
        return False
    without_flags = re.sub(r"^\(\?[isu]+\)", "", pattern)
    plain = re.sub(r"\\\\\\\\|\\\\.|\\.|\[\^?[^\[\]]*\]", "x", without_flags)
    repeats = len(re.findall("[*+]", plain))
    return repeats <= 1 and not re.search(r"\)[*+]|[?{]", plain) and plain.count("|") <= MAX_CHOICES
