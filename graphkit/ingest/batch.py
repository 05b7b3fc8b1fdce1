"""One load: every record checked, every reference followed, the good ones turned into claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import polars as pl

from graphkit.ingest import references
from graphkit.ingest.record import Record, Reject
from graphkit.ingest.sieve import Entry, Sieve
from graphkit.model.claim import RATINGS
from graphkit.model.replaced import Replaced
from graphkit.model.schema import Catalog
from graphkit.model.source import REGISTERS, register_schema
from graphkit.model.tombstone import Tombstones

KindsOf = Callable[[list[str]], dict[str, str]]
PART = 20_000
"""Records that are checked together."""


@dataclass(slots=True)
class Batch:
    """What a load holds: claims and register entries as frames, rejects, and counts of what was seen.

    ``replaced`` are fields of sources and cases that the store has with another value; ``notes`` are
    sentences on files that were left out.
    """

    claims: pl.DataFrame
    registers: dict[str, pl.DataFrame]
    cited: list[str]
    read: int
    accepted: int
    refused_fields: int
    refused_names: list[str]
    rejects: list[Reject]
    warnings: list[str] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def gather(
    records: Iterable[Record], catalog: Catalog, kinds_of: KindsOf, now: str, tombstones: Tombstones | None = None
) -> Batch:
    """Return what the records add up to. ``kinds_of`` gives the kinds of ids that the store knows.

    Records that name what the ``tombstones`` of the store know are rejected.

    A reference may point anywhere in the same load, so references are followed when all records are read.
    """
    sieve = Sieve(catalog, now)
    waiting = iter(records)
    while part := list(islice(waiting, PART)):
        sieve.take(part)
    held = references.followed(sieve, catalog, kinds_of, tombstones or Tombstones.none(catalog))
    return Batch(
        claims=_once(held.claims),
        registers={kind: _register(catalog, kind, held.entries) for kind in REGISTERS},
        cited=held.needs.filter(pl.col("field") == "source")["id"].unique().sort().to_list(),
        read=sieve.count,
        accepted=sieve.count - len(sieve.rejects),
        refused_fields=sieve.refused.total(),
        refused_names=sorted(sieve.refused),
        rejects=sorted(sieve.rejects, key=lambda reject: _natural(reject.place)),
        warnings=sieve.warnings(),
    )


def _once(claims: pl.DataFrame) -> pl.DataFrame:
    """Return each claim once, as it came first, with the ratings that came last.

    One that a correction made, and that a record gives too, is one from a record.
    """
    if claims["id"].is_unique().all():
        return claims
    last = [pl.col(name).drop_nulls().last().alias(f"{name} last") for name in RATINGS]
    made = pl.when(pl.col("made_by").null_count() == 0).then(pl.col("made_by").first()).alias("made_by last")
    again = claims.filter(pl.col("id").is_duplicated()).group_by("id").agg(*last, made)
    first = claims.unique("id", keep="first", maintain_order=True)
    rated = [pl.coalesce(f"{name} last", name).alias(name) for name in RATINGS]
    several = pl.col("id").is_in(again["id"].implode())
    rated.append(pl.when(several).then("made_by last").otherwise("made_by").alias("made_by"))
    return first.join(again, on="id", how="left", maintain_order="left").with_columns(rated).select(claims.columns)


def _natural(place: str) -> tuple[str, int]:
    name, _, line = place.rpartition(":")
    digits = line.strip("[]")
    return name, int(digits) if digits.isdigit() else 0


def _register(catalog: Catalog, kind: str, entries: Sequence[Entry]) -> pl.DataFrame:
    """Return the entries of a register; of several records with one id, later values win."""
    merged: dict[str, dict[str, Any]] = {}
    for entry in entries:
        if entry.kind.name == kind:
            row = merged.setdefault(entry.id, {"id": entry.id})
            for name, given in entry.values.items():
                row[name] = given if entry.kind.properties[name].many else given[0]
    return pl.DataFrame(list(merged.values()), schema=register_schema(catalog, kind))
