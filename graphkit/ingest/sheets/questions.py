"""What a mapping leaves open, which the file cannot answer and a person must."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graphkit.ingest.sheets import dates
from graphkit.ingest.sheets.mapping import UNDECIDED, Column, FileMapping, SheetMapping
from graphkit.model.schema import Catalog

_DATED = (
    "date",
    "valid_from",
    "valid_to",
    "first_seen",
    "last_seen",
    "created",
    "expires",
    "observed",
    "sent",
    "decided",
)


class Question(NamedTuple):
    """What is asked, and a correction of the mapping that answers it."""

    asks: str
    answer: str


def of_file(mapping: FileMapping, catalog: Catalog) -> Iterator[Question]:
    """Ask of what kind things are, and who makes the allegations that a mapping makes."""
    made = [one for sheet in mapping.sheets for one in sheet.records]
    for one in made:
        if one.kind == UNDECIDED:
            yield Question(
                f"of what kind is '{one.label}'? Persons, organizations and groups look alike in a sheet.",
                f"{one.label}.kind=Person",
            )
    persons = any(one.kind == "Person" or isinstance(one.kind, Column) for one in made)
    words = ("always", "persons") if persons else ("always",)
    links = [one.kind for one in made if isinstance(one.kind, str) and "claimant" not in one.fields]
    accusing = [kind for kind in links if kind != UNDECIDED and catalog[kind].accuses in words]
    if accusing and not mapping.claimant:
        yield Question(f"who says so? {accusing[0]} is an allegation and must say who makes it.", "claimant=NAME")


def of_sheet(
    title: str, mapping: SheetMapping, columns: Sequence[str], sample: Sequence[Sequence[str]]
) -> Iterator[Question]:
    """Ask how dates are written that can be read in two ways, by a sample of the rows."""
    asked = set()
    for template in mapping.records:
        for part in (part for name in _DATED for part in template.fields.get(name, ())):
            if mapping.dates or not isinstance(part, Column) or part.dates:
                continue
            name = part.columns[0]
            at = columns.index(name)
            values = [row[at] for row in sample if row[at]]
            shown = next(filter(dates.is_doubtful, values), None)
            if name in asked or shown is None or dates.order(values):
                continue
            asked.add(name)
            asks = f"{title}: is {shown} in the column '{name}' written day first or month first?"
            yield Question(asks, "dates='day first'")
