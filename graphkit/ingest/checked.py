"""Records that stand, as columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graphkit.model.schema import Kind


@dataclass(frozen=True, slots=True)
class Values:
    """Values as they come from a column: ``places`` are the records they are of, as positions in it."""

    places: list[int]
    values: list[str]
    written: list[str | None]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, str, str | None]]) -> Values:
        """Return rows of place, value and how it was written as columns."""
        columns = list(zip(*rows, strict=True))
        return cls(*map(list, columns)) if columns else cls([], [], [])

    def pick(self, column: Sequence[str]) -> list[str]:
        """Return what a column of one text a record has for each value."""
        return [column[place] for place in self.places]


@dataclass(frozen=True, slots=True)
class Checked:
    """Records of one kind in normal form: entry n of every column is of record ``numbers[n]`` of the load.

    ``fields`` holds a column for each field that any of them has: of properties lists of values, each with how it
    was written where that differs, else one value; None where a record has none. ``stance``, ``modality``,
    ``valid_from`` and ``valid_to`` are filled in, and so is ``dated.REACHED`` where it differs for some.
    """

    kind: Kind
    numbers: list[int]
    ids: list[str]
    fields: dict[str, list[Any]]

    def column(self, name: str) -> list[Any]:
        """Return the column of a field, which no record need have."""
        return self.fields.get(name) or [None] * len(self.numbers)

    def values(self, name: str) -> Values:
        """Return the values of a property."""
        column = self.fields.get(name, ())
        return Values.of((place, *pair) for place, given in enumerate(column) if given for pair in given)
