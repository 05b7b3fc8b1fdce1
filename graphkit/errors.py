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
from collections.abc import Iterable, Mapping


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
    """Return `` Did you mean 'x'?`` for the nearest known name, or an empty text."""
    by_lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(wrong.lower(), by_lower, n=1, cutoff=0.6)
    return f" Did you mean '{by_lower[close[0]]}'?" if close else ""
