"""A record as it was read, and a record that could not be taken."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """A raw row and where it was read (``incidents.jsonl:12``), and its ``text`` where it had one of its own.

    ``problem`` says why ``data`` is missing; ``wrong`` what is wrong with fields of it, as far as its reader knows.
    """

    place: str
    data: dict[str, Any] | None
    text: str | None = None
    problem: str | None = None
    wrong: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that was not taken, why, and what of it may be written down again.

    ``wrong`` has what is wrong with each field; ``field`` and ``problem`` say it in one line.
    """

    place: str
    field: str
    problem: str
    again: str
    wrong: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        where = f"{self.place}: {self.field}" if self.field else self.place
        return f"{where}: {self.problem}"
