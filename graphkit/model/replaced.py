"""What a record says otherwise than the register of sources or cases has it: later values win there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

Value = str | list[str]
_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Replaced:
    """A field of a register entry that had another value."""

    kind: str
    id: str
    field: str
    before: Value
    after: Value

    @property
    def change(self) -> str:
        """The change in words, such as ``replaces name 'A' by 'B'``."""
        return f"replaces {self.field.replace('_', ' ')} {_quoted(self.before)} by {_quoted(self.after)}"

    def __str__(self) -> str:
        return f"{self.kind} {_quoted(self.id)}: {self.change}"


def replaced(kind: str, before: pl.DataFrame, given: pl.DataFrame) -> Iterator[Replaced]:
    """Yield the fields to which entries of a register give another value than it has.

    Cases are added to those of a source, and what is invented stays so: neither is replaced. A case that was made
    by being named has its id as name, which nobody gave.
    """
    held = {row["id"]: row for row in before.join(given, on="id", how="semi").iter_rows(named=True)}
    for entry in given.iter_rows(named=True):
        known = held.get(entry["id"], {})
        for name, after in entry.items():
            had = known.get(name)
            stays = name in ("cases", "invented") or (kind == "Case" and name == "name" and had == entry["id"])
            if had and after and had != after and not stays:
                yield Replaced(kind, entry["id"], name, had, after)


def _quoted(value: Value) -> str:
    words = " ".join((", ".join(value) if isinstance(value, list) else value).split())
    return f"'{words if len(words) <= _SHOWN else words[: _SHOWN - 1] + '…'}'"
