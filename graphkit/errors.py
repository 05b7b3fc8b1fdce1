"""Every error graphkit raises on purpose, sorted by what the caller does next.

GraphkitError
├── Stop            nothing can go on until the cause is mended
│   ├── SchemaError     a file under schema/ is wrong
│   ├── FileUnreadable  a file is not what it claims to be
│   └── StoreError      the store cannot be used as it is
│       ├── StoreBusy       another process is writing: wait, then try again
│       │   └── StoreChanged    it was written to while it was read: try again
│       └── StoreMissing    there is no store yet: load something
├── Rejected        one record is wrong: it is reported, the rest goes on
├── ChooseAgain     a name, an id or an option does not exist
│   ├── BadRecord       a record given by hand does not stand: nothing of it is written
│   ├── NotFound        nothing has this id
│   └── Refused         a query or an export asks for what is not allowed
└── QueryFailed     the engine could not answer a query
    └── QueryStopped    it ran into its time, row or memory limit
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

_NEAR = 0.6
_KIND = re.compile("^[a-z-]+:")
_ENDING = re.compile(r"(?<=\w)(\.[a-z]{2,3})?\.[a-z][a-z0-9-]*$")


class GraphkitError(Exception):
    """Something a person can mend; the message says what, where and how."""


class Stop(GraphkitError):
    """Nothing can go on until the cause is mended."""


class SchemaError(Stop):
    """A file under ``schema/`` is wrong."""


class FileUnreadable(Stop):
    """A file is not what it claims to be; nothing of it was taken."""


class StoreError(Stop):
    """The store cannot be used as it is."""


class StoreBusy(StoreError):
    """Another process is writing to the store."""


class StoreChanged(StoreBusy):
    """The store was written to while it was read."""


class StoreMissing(StoreError):
    """There is no store at this place yet."""


class Rejected(GraphkitError):
    """One record is wrong. ``field`` names the place in it; ``wrong`` has what is wrong with each field."""

    def __init__(self, field: str, problem: str, wrong: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{field}: {problem}" if field else problem)
        self.field = field
        self.problem = problem
        self.wrong = dict(wrong or {field: problem})


class ChooseAgain(GraphkitError):
    """A name, an id or an option does not exist."""


class BadRecord(ChooseAgain):
    """A record given by hand does not stand. ``kind`` is its kind, ``field`` the field, ``problem`` what is wrong."""

    def __init__(self, kind: str, field: str, problem: str) -> None:
        super().__init__(f"{kind}: {field}: {problem}" if field else f"{kind}: {problem}")
        self.kind = kind
        self.field = field
        self.problem = problem


class NotFound(ChooseAgain):
    """Nothing in the scope has this id."""


class Refused(ChooseAgain):
    """What is asked for is not allowed here."""


class QueryFailed(GraphkitError):
    """The engine could not answer a query."""


class QueryStopped(QueryFailed):
    """A query ran into its time, row or memory limit."""


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?`` for the nearest known name, or an empty text.

    The kind that an id begins with and the ending of a domain count only where they differ.
    """
    wrong, best, nearest = wrong.lower(), _NEAR, ""
    begin, end = (found[0] if (found := part.search(wrong)) else "" for part in (_KIND, _ENDING))
    compared: dict[tuple[int, int], difflib.SequenceMatcher[str]] = {}
    for name in known:
        other = name.lower()
        cut = len(begin) * other.startswith(begin), len(end) * other.endswith(end)
        if cut not in compared:
            compared[cut] = difflib.SequenceMatcher(b=wrong[cut[0] : len(wrong) - cut[1]])
        alike = compared[cut]
        alike.set_seq1(other[cut[0] : len(other) - cut[1]])
        if alike.real_quick_ratio() >= best and alike.quick_ratio() >= best and alike.ratio() >= best:
            best, nearest = alike.ratio(), name
    return f" Did you mean '{nearest}'?" if nearest else ""
