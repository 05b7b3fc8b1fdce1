"""Fields of MISP as they come: one value or several, numbers and moments as text, lines as Windows ends them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from graphkit.ingest.importers import days
from graphkit.ingest.importers.several import texts

_DAY = 86_400
_EPOCH = date(1970, 1, 1)
_LIMIT = 10**16
_PARTS = {9: 1, 10: 1, 13: 10**3, 16: 10**6}
"""What a number of so many digits is to be divided by for seconds."""
_TRUE = (True, 1, "1", "true")


def listed(value: object) -> list[Any]:
    """Return the values of a field that may hold one, several or none."""
    return value if isinstance(value, list) else [value] if value not in (None, "") else []


def joined(value: object) -> str:
    """Return several words as one line of them."""
    return ", ".join(texts(value))


def prose(value: object) -> Any:
    """Return free text with lines ended as everywhere else; what is no text as it is."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def true(value: object) -> bool:
    """Say whether a flag is set, which may be written as a number or as text."""
    return value in _TRUE if isinstance(value, str | int) else False


def objects(given: Mapping[str, Any], name: str, lost: Counter[str]) -> list[dict[str, Any]]:
    """Return the objects that a field lists; what else stands there is counted as lost."""
    value = given.get(name)
    if not value:
        return []
    if not isinstance(value, list):
        lost[name] += 1
        return []
    found = [one for one in value if isinstance(one, dict)]
    if len(found) < len(value):
        lost[name] += len(value) - len(found)
    return found


def day(moment: object) -> Any:
    """Return the day of a timestamp, or of a number of seconds, thousandths or millionths of them since 1970.

    0 is no moment. What is none stays as it is, years and days without hyphens among it.
    """
    if isinstance(moment, str) and not moment.isdecimal():
        return days.day(moment) or None
    if isinstance(moment, bool) or not isinstance(moment, str | int):
        return moment
    digits = str(moment) if isinstance(moment, str) or abs(moment) < _LIMIT else ""
    if digits == "0":
        return None
    part = _PARTS.get(len(digits))
    return _day(int(digits) // part // _DAY) if part else moment


@lru_cache(4096)
def _day(number: int) -> str:
    return (_EPOCH + timedelta(number)).isoformat()
