"""A mapping: which records the rows of a sheet make. Values, as they stand in a mapping file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

UNDECIDED = "?"
"""The kind of a template of which a person must say of what kind its things are."""
HIDDEN = ("leave out", "take")


@dataclass(frozen=True, slots=True)
class Column:
    """What a field of a record is made of: cells of a row.

    Several columns are joined by ``join`` to one value. ``split`` cuts a cell into several values, ``nulls`` are texts
    that mean nothing, ``means`` gives each text its meaning here, ``dates`` is the order of day and month,
    ``precision`` the column with how precise a date is, ``json`` the keys to what is meant in a cell of JSON, ``id``
    makes an id of the value: the source, this word and a slug; of an email, phone, domain, host, url or sha256 the id
    that it has everywhere.
    """

    columns: tuple[str, ...]
    join: str = " "
    split: str | None = None
    nulls: tuple[str, ...] = ()
    means: Mapping[str, str] | None = None
    dates: str | None = None
    precision: str | None = None
    json: tuple[str, ...] = ()
    id: str | None = None

    def reads(self) -> tuple[str, ...]:
        """Return all columns that a value depends on."""
        return (*self.columns, *((self.precision,) if self.precision else ()))


@dataclass(frozen=True, slots=True)
class Same:
    """The id of another record of the same row, by its label."""

    label: str


Part = str | Column | Same
"""A constant, cells, or the id of another record of the row."""


@dataclass(frozen=True, slots=True)
class Template:
    """What makes one record of a row: its kind, and the parts that each field has values of."""

    label: str
    kind: str | Column
    fields: Mapping[str, tuple[Part, ...]]

    def reads(self) -> Iterator[str]:
        """Yield the columns that a record is made of."""
        for parts in ((self.kind,), *self.fields.values()):
            for part in parts:
                if isinstance(part, Column):
                    yield from part.reads()


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How the rows of one sheet become records; ``header`` None is found out, 0 says that there is none."""

    records: tuple[Template, ...]
    sheet: str | None = None
    header: int | None = None
    dates: str | None = None
    nulls: tuple[str, ...] = ()
    hidden: str = HIDDEN[0]

    def reads(self) -> set[str]:
        """Return the columns that any record is made of."""
        return {name for template in self.records for name in template.reads()}


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How a file becomes records: its source, who says what it says, and its sheets."""

    sheets: tuple[SheetMapping, ...]
    source: Mapping[str, str] = field(default_factory=dict)
    claimant: str | None = None
    encoding: str | None = None
    separator: str | None = None
