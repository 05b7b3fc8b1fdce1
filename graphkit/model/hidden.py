"""Words that registries write in place of what they do not tell."""

from __future__ import annotations

import re

_EMPTY = frozenset(
    {
        "-", ".", "data protected", "data redacted", "gdpr masked", "gdpr redacted", "hidden upon user request", "n/a",
        "na", "none", "not applicable", "not available", "not available from registry", "not disclosed", "null",
        "private person", "redacted", "redacted redacted", "registration private", "statutory masking enabled",
        "unknown", "undisclosed", "withheld",
    }
)  # fmt: skip
_BEGIN_EMPTY = (
    "not disclosed ", "not shown, ", "please query the ", "redacted for ", "redacted by ", "redacted | ",
    "redacted due to ", "data redacted ", "information not available", "non-public data", "personal data, ",
    "statutory masking", "gdpr ", "visit www.internic", "the registrant is hidden",
)  # fmt: skip
PATTERN = rf"(?i)^\s*(?:(?:{'|'.join(map(re.escape, sorted(_EMPTY)))}|-*)\s*$|{'|'.join(map(re.escape, _BEGIN_EMPTY))})"
"""A regular expression that finds the same as ``stands_for_nothing``."""


def stands_for_nothing(text: str) -> bool:
    """Say whether words are written in place of a value; the name of a privacy service is one."""
    words = text.strip().casefold()
    return words in _EMPTY or words.startswith(_BEGIN_EMPTY)
