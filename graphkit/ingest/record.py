"""A record as it was read, and a record that could not be taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """A raw row and where it was read (``incidents.jsonl:12``). ``problem`` says why ``data`` is missing."""

    place: str
    data: dict[str, Any] | None
    text: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that was not taken, why, and what of it may be written down again."""

    place: str
    field: str
    problem: str
    again: str

    def __str__(self) -> str:
        where = f"{self.place}: {self.field}" if self.field else self.place
        return f"{where}: {self.problem}"
