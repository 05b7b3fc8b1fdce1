"""What the columns of a sheet hold, as far as their names and their cells show it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graphkit.ingest.sheets import dates, parts
from graphkit.ingest.sheets.naming import begun, named, rank
from graphkit.model import values

_MOST = 0.6
_SPLITS = (";", "|", "\n", " / ")
_SPLITS_OF_OBSERVABLES = (*_SPLITS, ",", " ")
_OBSERVABLES = ("ip", "email", "domain", "url")
_SEVERAL = ("email", "phone", "alias", "nameservers", "tracker")
"""Roles that several columns of a sheet can have."""
_WORDED = {"name", "organization", "country", "region", "place", "attack_type", "perpetrator", "alias"} | {
    *(
        "first_name",
        "last_name",
        "middle_name",
        "position",
        "registrar",
        "requester",
        "platform",
        "title",
        "description",
    )
}
"""Roles of which cells are words: numbers and addresses under such a name are codes, or tell where more is told."""
_LONG = 120
_HOST = re.compile(
    r"(?:h(?:tt|xx)ps?://)?(?:[\w*-]+(?:\.|\[\.\]))+([a-z]{2,}|[A-Z]{2,}|[Xx][Nn]--[\w-]+)\.?(?:[:/?#].*)?"
)
_FILES = frozenset(
    {"pdf", "jpg", "jpeg", "png", "gif", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "csv", "txt", "json", "xml"}
    | {"mp3", "mp4", "avi", "exe", "dll", "rar"}
)
"""Endings of files, which no domain has."""
_URL = re.compile(r"h(?:tt|xx)ps?://\S+", re.I)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.I)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_TRACKER = re.compile(r"(?:UA-\d{4,}-\d+|G-[A-Z0-9]{6,}|GTM-[A-Z0-9]{4,}|(?:ca-)?pub-\d{10,})")


@dataclass(frozen=True, slots=True)
class Profile:
    """A column: its name and role, how its cells are formed, its different values and how many cells are filled.

    ``form`` is domain, url, ip, email, tracker, date, number, json, long or text; ``split`` the mark between several
    values in a cell; ``twice`` says that a value stands in several rows.
    """

    name: str
    role: str | None
    form: str
    split: str | None
    filled: int
    values: tuple[str, ...]
    twice: bool


def profiles(columns: Sequence[str], sample: Sequence[Sequence[str]], refuses: Callable[[str], bool]) -> list[Profile]:
    """Return a profile of each column that is neither empty nor refused.

    Two columns have one role only where that can have several values.
    """
    held = [
        [row[at] for row in sample if row[at] and row[at].casefold() not in parts.NOTHING] for at in range(len(columns))
    ]
    kept = [at for at, cells in enumerate(held) if cells and not refuses(columns[at])]
    given: dict[int, str] = {}
    worded = {at for at in kept if not _wordless(held[at])}
    for fits in (named, begun):  # a name that is a role's own goes before one that only begins so
        for at in sorted(kept, key=lambda at: (_is_shared_id(columns[at], held[at]), rank(columns[at]))):
            known = [] if fits is begun and named(columns[at]) else fits(columns[at])
            known = [role for role in known if role != "id" or not _repeats_words(held[at])]
            free = (role for role in known if role not in given.values() and (at in worded or role not in _WORDED))
            if at not in given and (role := next(free, None)):
                given[at] = role
    for at in kept:
        more = next((role for role in named(columns[at]) if role in _SEVERAL), None)
        if more:
            given.setdefault(at, more)
    found = []
    for at in kept:
        counted = Counter(held[at])
        twice = max(counted.values()) > 1
        split = _split(held[at])
        form = _form([part.strip() for cell in held[at] for part in cell.split(split)] if split else held[at])
        found.append(Profile(columns[at], given.get(at), form, split, len(held[at]), tuple(counted), twice))
    return found


def _form(cells: Sequence[str]) -> str:
    if all(_json(cell) for cell in cells[:50]):
        return "json"
    for form, fits in _FORMS.items():
        if sum(map(fits, cells)) >= _MOST * len(cells):
            return form
    return "long" if sum(len(cell) > _LONG for cell in cells) * 3 > len(cells) else "text"


def _is_shared_id(name: str, cells: Sequence[str]) -> bool:
    """Say whether a column that is called an id has one in several rows, so that another may be that of the rows."""
    return len(set(cells)) < len(cells) and "id" in named(name)


def _repeats_words(cells: Sequence[str]) -> bool:
    """Say whether cells are words that stand in several rows, and so no ids."""
    return len(set(cells)) < len(cells) and not any(char.isdigit() for cell in cells for char in cell)


def _wordless(cells: Sequence[str]) -> bool:
    """Say whether cells are numbers or web addresses, and no words."""
    return all(_NUMBER.fullmatch(cell) or _URL.fullmatch(cell) for cell in cells)


def _json(cell: str) -> bool:
    if cell[:1] not in "[{":
        return False
    try:
        json.loads(cell)
    except (ValueError, RecursionError):
        return False
    return True


def _ip(cell: str) -> bool:
    try:
        values.ip(cell)
    except ValueError:
        return False
    return "." in cell or ":" in cell


def _date(cell: str) -> bool:
    try:
        dates.edtf(cell, "day first")
    except ValueError:
        try:
            dates.edtf(cell, "month first")
        except ValueError:
            return False
    return True


_FORMS: dict[str, Callable[[str], bool]] = {
    "ip": _ip,
    "email": lambda cell: _EMAIL.fullmatch(cell) is not None,
    "tracker": lambda cell: _TRACKER.fullmatch(cell) is not None,
    "url": lambda cell: _URL.fullmatch(cell) is not None,
    "domain": lambda cell: (found := _HOST.fullmatch(cell)) is not None and found[1].lower() not in _FILES,
    "date": lambda cell: not (cell.isdigit() and len(cell) < 4) and _date(cell),
    "number": lambda cell: _NUMBER.fullmatch(cell) is not None,
}


def _split(cells: Sequence[str]) -> str | None:
    """Return the mark between several values in a cell, when cells are lists of short texts or of observables."""
    for mark in _SPLITS_OF_OBSERVABLES:
        cut = [[part.strip() for part in cell.split(mark)] for cell in cells if mark in cell]
        if not cut or len(cut) * 10 < len(cells):
            continue
        pieces = [part for parts_ in cut for part in parts_ if part]
        if mark in _SPLITS and all(len(part) < 60 for part in pieces):
            return mark
        if any(all(map(_FORMS[form], pieces)) for form in _OBSERVABLES):
            return mark
    return None
