"""Fields of which other tools write one value or several."""

from __future__ import annotations


def texts(value: object) -> list[str]:
    """Return the texts that a field has; numbers count as text, what is neither is left out."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [one if isinstance(one, str) else str(one) for one in value if _is_text(one)]
    return [str(value)] if _is_text(value) else []


def _is_text(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else type(value) in (int, float)


def unread(value: object) -> int:
    """Return how many of the values of a field are no texts, and yet something."""
    values = value if isinstance(value, list) else [value]
    return sum(not isinstance(one, str) and not _is_text(one) and one not in (None, [], {}) for one in values)
