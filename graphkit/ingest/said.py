"""What checked records say: the claims they make, the things they speak of, the things they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from graphkit.ingest.checked import Checked, Values
from graphkit.ingest.claims import CLAIMS, NUMBER, made
from graphkit.model.schema import Catalog

THINGS = {NUMBER: pl.UInt32(), "id": pl.String(), "kind": pl.String()}
NEEDS = {NUMBER: pl.UInt32(), "id": pl.String(), "field": pl.String()}
EDGES = {NUMBER: pl.UInt32(), "from": pl.String(), "to": pl.String(), "type": pl.String(), "claimed": pl.Boolean()}


@dataclass(frozen=True, slots=True)
class Said:
    """What records say, as columns. ``number`` is the record of each row.

    ``claims`` have all columns but the kinds of what they name, and ``link`` says whether one is a relation;
    ``things`` are the ids that records bring into being, with their kinds; ``needs`` what must exist, by field;
    ``edges`` are the records of relations: from, to, type, and whether somebody is named who says it.
    """

    claims: pl.DataFrame
    things: pl.DataFrame
    needs: pl.DataFrame
    edges: pl.DataFrame

    @classmethod
    def together(cls, parts: Sequence[Said]) -> Said:
        """Return what all of these say, in the order of the records."""
        frames = (
            pl.concat([pl.DataFrame(schema=schema), *(getattr(part, name) for part in parts)])
            for name, schema in (("claims", CLAIMS), ("things", THINGS), ("needs", NEEDS), ("edges", EDGES))
        )
        return cls(*(frame.sort(NUMBER, maintain_order=True) for frame in frames))

    def without(self, records: pl.DataFrame) -> Said:
        """Return what the other records say."""
        frames = (self.claims, self.things, self.needs, self.edges)
        return Said(*(frame.join(records, on=NUMBER, how="anti", maintain_order="left") for frame in frames))


def said(checked: Checked, catalog: Catalog, now: str) -> Said:
    """Return what records of one kind say."""
    things = pl.concat([pl.DataFrame(schema=THINGS), *_things(checked)]).sort(NUMBER, maintain_order=True)
    needs = pl.concat([pl.DataFrame(schema=NEEDS), *_needs(checked)]).drop_nulls("id")
    return Said(made(checked, catalog, now), things, needs, _edges(checked))


def _things(checked: Checked) -> Iterator[pl.DataFrame]:
    for prop in checked.kind.properties.values():
        if prop.makes:
            given = checked.values(prop.name)
            ids = [prop.makes.id(value) for value in given.values]
            yield _named(_numbers(checked, given), ids).with_columns(kind=pl.lit(prop.makes.kind))
    if not (checked.kind.edge or checked.kind.observation):
        yield _named(checked.numbers, checked.ids).with_columns(kind=pl.lit(checked.kind.name))


def _needs(checked: Checked) -> Iterator[pl.DataFrame]:
    for name in ("from", "to") if checked.kind.edge else ():
        yield _named(checked.numbers, checked.column(name)).with_columns(field=pl.lit(name))
    for name in () if checked.kind.registry else ("source", "claimant", "made_by"):
        yield _named(checked.numbers, checked.column(name)).with_columns(field=pl.lit(name))
    for name in ("about", "by", "based_on", "source") if checked.kind.registry else ():
        given = checked.values(name)
        rows = _named(_numbers(checked, given), given.values)
        yield rows.with_columns(field=pl.format("based_on {}", "id") if name == "based_on" else pl.lit(name))


def _edges(checked: Checked) -> pl.DataFrame:
    if not checked.kind.edge:
        return pl.DataFrame(schema=EDGES)
    claimed = list(map(bool, checked.column("claimant")))
    types = [checked.kind.name] * len(checked.numbers)
    columns = (checked.numbers, checked.column("from"), checked.column("to"), types, claimed)
    return pl.DataFrame(dict(zip(EDGES, columns, strict=True)), schema=EDGES)


def _numbers(checked: Checked, given: Values) -> list[int]:
    return [checked.numbers[place] for place in given.places]


def _named(numbers: Sequence[int], ids: Sequence[str | None]) -> pl.DataFrame:
    return pl.DataFrame({NUMBER: numbers, "id": ids}, schema={NUMBER: pl.UInt32, "id": pl.String})
