"""What is said as native records, which graphkit loads again as the same claims."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from typing import Any

import polars as pl

from graphkit.graph.handed import Handed
from graphkit.graph.written import LINK, Written
from graphkit.model.claim import COLUMNS
from graphkit.model.schema import Catalog, Kind

_WHAT = {"id", "about", "anchor", "anchor_kind", "subject", "kind", "property", "value", "object_kind", "claimant_kind"}
SAID = tuple(name for name in COLUMNS if name not in _WHAT)
"""The columns that say who says a claim, in which source, when and how surely."""
_UNDERSTOOD = {"stance": "asserts", "modality": "stated"}
_OF_THING = ~LINK & (pl.col("kind") == pl.col("anchor_kind"))
_NUMBERS = ("count", "number")
_AT_ONCE, _PER_VALUE = 2 * 2**20, 512
_LINES = 1000

NativeRecord = dict[str, Any]
Said = Sequence[tuple[bool, str, str]]
"""Claims that share all attribution: whether each is the relation itself, its property, its value."""


def records(handed: Handed, catalog: Catalog) -> Iterator[bytes]:
    """Native records as JSON Lines: cases and sources, then what is claimed, thing by thing, then decisions.

    Claims of one thing or relation that share all attribution are one record. Web addresses are as they are written.
    """
    written = handed.written
    claimed = (record for _, record in of_claims(written.claims, catalog))
    lines = map(
        _line, chain(of_cases(written), of_sources(written.sources), of_things(written), claimed, of_decisions(written))
    )
    while chunk := "".join(islice(lines, _LINES)):
        yield chunk.encode()


def _line(record: NativeRecord) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def of_cases(written: Written) -> Iterator[NativeRecord]:
    """Yield the records of cases. One of which nothing but its id is known comes with its sources."""
    others = [name for name in written.cases.columns if name not in ("id", "name")]
    known = (pl.col("name") != pl.col("id")) | pl.any_horizontal(pl.col(others).is_not_null())
    yield from (_entry("Case", row) for row in written.cases.filter(known).iter_rows(named=True))


def of_sources(sources: pl.DataFrame) -> Iterator[NativeRecord]:
    """Yield the records of sources."""
    yield from (_entry("Source", row) for row in sources.iter_rows(named=True))


def of_decisions(written: Written) -> Iterator[NativeRecord]:
    """Yield the records of decisions, the earliest first."""
    yield from (_entry("Decision", row) for row in written.decisions.iter_rows(named=True))


def _entry(kind: str, row: Mapping[str, Any]) -> NativeRecord:
    return {"kind": kind} | {name: value for name, value in row.items() if value not in (None, [])}


def of_things(written: Written) -> Iterator[NativeRecord]:
    """Yield a record for each thing that claims name and none is about: it says of which kind the thing is."""
    told = written.claims.filter(_OF_THING).select(id="anchor")
    unsaid = written.things().join(told, on="id", how="anti").sort("id")
    yield from ({"kind": kind, "id": id_} for id_, kind in unsaid.select("id", "kind").iter_rows())


def of_claims(claims: pl.DataFrame, catalog: Catalog) -> Iterator[tuple[str, NativeRecord]]:
    """Yield the records of claims, each with what it is about: the column ``home`` where there is one.

    They are sorted by that. What is said of a relation that no claim speaks of is left out.
    """
    home = pl.col("home" if "home" in claims.columns else "about")
    links = claims.filter(LINK).select("about", near="anchor", far="value").unique("about", keep="any")
    far = pl.when(pl.col("near") == pl.col("anchor")).then("far").otherwise("near")
    to = pl.when(LINK).then("value").when(~_OF_THING).then(far)
    kind = pl.when(LINK).then("property").otherwise("kind")
    at: list[str | pl.Expr] = [home.alias("home"), "about", "anchor", to.alias("to"), kind.alias("kind")]
    key = [*at, *SAID]
    rows = claims.join(links, on="about", how="left").select(*key, (~LINK).alias("own"), "property", "value")
    rows = rows.filter(pl.col("to").is_not_null() | ~pl.col("kind").is_in([kind.name for kind in catalog.relations]))
    width = len(key)
    alike = groupby(rows.sort(rows.columns).iter_rows(), lambda row: row[:width])
    for (where, _, anchor, end, name, *said), group in alike:
        told = [row[width:] for row in group]
        attribution = {field: value for field, value in zip(SAID, said, strict=True) if value is not None}
        for field, understood in _UNDERSTOOD.items():
            if attribution[field] == understood:
                del attribution[field]
        about = {"kind": name} | ({"from": anchor, "to": end} if end else {"id": anchor})
        for body in _bodies(catalog[name], told, "raw" in attribution):
            yield where, about | body | attribution


def _bodies(kind: Kind, told: Said, alone: bool) -> list[NativeRecord]:
    """Return the fields of the records that say some claims: one, unless a field would have two values, or too many.

    Of a relation, one record links the two things, and others say that they do not. ``alone`` is a record for each.
    """
    bodies: list[NativeRecord] = []
    sizes: list[int] = []
    latest: dict[str, int] = {}
    for own, name, value in told:
        number = len(bodies) if alone or not own else latest.get(name, 0)
        if number < len(bodies) and name in bodies[number]:
            number += not kind.properties[name].many or sizes[number] > _AT_ONCE
        if number == len(bodies):
            bodies.append({"link": False} if kind.edge and own else {})
            sizes.append(0)
        if own:
            _put(bodies[number], name, _given(kind, name, value))
            latest[name] = number
            sizes[number] += len(value) + _PER_VALUE
    return bodies


def _put(body: NativeRecord, name: str, value: Any) -> None:
    """Put a value into a field, beside those that it has."""
    if name not in body:
        body[name] = value
    elif isinstance(body[name], list):
        body[name].append(value)
    else:
        body[name] = [body[name], value]


def _given(kind: Kind, name: str, value: str) -> Any:
    """Return a value as a record has it."""
    return json.loads(value) if kind.properties[name].type in _NUMBERS else value
