"""What the columns of a sheet hold, as far as their names and their cells show it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graphkit.ingest.sheets import dates, parts
from graphkit.model import values, yaml_file

_WORDS = Path(__file__).with_name("words.yaml")
_MOST = 0.6
_SPLITS = (";", "|", "\n", " / ")
_SPLITS_OF_OBSERVABLES = (*_SPLITS, ",", " ")
_OBSERVABLES = ("ip", "email", "domain", "url")
_SEVERAL = ("email", "phone", "alias", "nameservers")
"""Roles that several columns of a sheet can have."""
_LONG = 120
_SHORT = 5
_CODED = {
    "id",
    "prec",
    "code",
    "dset",
    "number",
    "new",
    "type",
    "quality",
    "details",
    "precision",
    "country",
    "street1",
}
"""Words in names of columns that hold codes of what the other words say."""
_HOST = re.compile(r"(?:h(?:tt|xx)ps?://)?(?:[\w-]+(?:\.|\[\.\]))+[a-z]{2,}(?:[:/?#].*)?", re.I)
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
    for fits in (_named, _begun):  # a name that is a role's own goes before one that only begins so
        for at in kept:
            known = [] if fits is _begun and _named(columns[at]) else fits(columns[at])
            role = next((role for role in known if at not in given and role not in given.values()), None)
            if role:
                given[at] = role
    for at in kept:
        more = next((role for role in _named(columns[at]) if role in _SEVERAL), None)
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


def roles(name: str) -> list[str]:
    """Return the roles that the name of a column fits, the nearest first."""
    return _named(name) or _begun(name)


def _named(name: str) -> list[str]:
    """Return the roles whose words are those of a column's name."""
    words = _plain(name)
    bare = re.sub(r" (?:s|x|\d+)(?= |$)", "", words)
    return [role for role, names in _lexicon().items() if words in names or bare in names]


def _begun(name: str) -> list[str]:
    """Return the role with the longest words that a column's name begins with."""
    words = _plain(name)
    if _CODED & set(words.split()):
        return []
    longest = {role: max(map(len, filter(words.startswith, begun)), default=0) for role, begun in _openings().items()}
    return [role for role, size in sorted(longest.items(), key=lambda one: -one[1]) if size > _SHORT][:1]


@cache
def _openings() -> dict[str, tuple[str, ...]]:
    """Return the names of each role as beginnings of longer ones."""
    return {role: tuple(f"{name} " for name in names) for role, names in _lexicon().items()}


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    given: dict[str, list[str]] = yaml_file.read(_WORDS)
    return {role: frozenset(map(_plain, map(str, names))) for role, names in given.items()}


def _plain(name: str) -> str:
    """Return a name as its words: lower case, CamelCase cut, without marks and what stands in brackets."""
    cut = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"\(.*?\)|\[.*?\]", " ", name) or name)
    folded = "".join(c for c in unicodedata.normalize("NFKD", cut.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", folded))


def _form(cells: Sequence[str]) -> str:
    if all(_json(cell) for cell in cells[:50]):
        return "json"
    for form, fits in _FORMS.items():
        if sum(map(fits, cells)) >= _MOST * len(cells):
            return form
    return "long" if sum(len(cell) > _LONG for cell in cells) * 3 > len(cells) else "text"


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
    "domain": lambda cell: _HOST.fullmatch(cell) is not None and not cell.replace(".", "").isdigit(),
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
