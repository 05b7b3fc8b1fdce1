"""What a load changes in a store: new claims, re-ratings, registers, and all that must be resolved anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from graphkit.ingest.batch import Batch
from graphkit.model.change import Change
from graphkit.model.claim import COLUMNS, RATED, RATINGS
from graphkit.model.entity import resolve
from graphkit.model.schema import Catalog
from graphkit.model.source import REGISTERS, empty_register, origins


class Known(Protocol):
    """What must be known of a store to plan a change."""

    def version(self) -> str: ...
    def kinds_of(self, ids: Sequence[str]) -> dict[str, str]: ...
    def claims(self, about: Sequence[str] | None = None, sources: Sequence[str] | None = None) -> pl.DataFrame: ...
    def claims_by_id(self, ids: Sequence[str]) -> pl.DataFrame: ...
    def ratings(self, ids: Sequence[str]) -> pl.DataFrame: ...
    def register(self, kind: str) -> pl.DataFrame: ...


@dataclass(frozen=True, slots=True)
class Nothing:
    """What is known of a store that does not exist."""

    catalog: Catalog

    def version(self) -> str:
        return ""

    def kinds_of(self, ids: Sequence[str]) -> dict[str, str]:
        return {}

    def claims(self, about: Sequence[str] | None = None, sources: Sequence[str] | None = None) -> pl.DataFrame:
        return pl.DataFrame(schema=COLUMNS)

    def claims_by_id(self, ids: Sequence[str]) -> pl.DataFrame:
        return pl.DataFrame(schema=COLUMNS)

    def ratings(self, ids: Sequence[str]) -> pl.DataFrame:
        return pl.DataFrame(schema=RATED)

    def register(self, kind: str) -> pl.DataFrame:
        return empty_register(self.catalog, kind)


@dataclass(frozen=True, slots=True)
class Plan:
    """A change (None: everything is there already) and what it does, counted."""

    change: Change | None
    new: int
    known: int
    rerated: int


def plan(batch: Batch, store: Known, catalog: Catalog, case: str | None, default_case: str) -> Plan:
    """Return the change that puts a batch into a store.

    ``case`` is added to every source that the batch brings or cites; a source that names no case and is in
    none goes into ``default_case``.
    """
    before = {kind: store.register(kind) for kind in REGISTERS}
    after = {kind: _merged(before[kind], batch.registers[kind]) for kind in REGISTERS}
    after["Source"] = _filed(after["Source"], before["Source"], batch, case, default_case)
    after["Decision"] = after["Decision"].with_columns(pl.col("case").fill_null(case or default_case))
    after["Case"] = _with_named_cases(after, catalog)
    registers = {kind: _changed(before[kind], after[kind]) for kind in REGISTERS}
    known = store.ratings(batch.claims["id"].to_list())
    new = batch.claims.join(known, on="id", how="anti")
    rerated = _rerated(batch.claims, known, store)
    written = pl.concat([new, rerated])
    counts = {"new": len(new), "known": len(known), "rerated": len(rerated)}
    if written.is_empty() and all(rows.is_empty() for rows in registers.values()):
        return Plan(None, **counts)
    touched = _touched(written, _reopened(store, before, after))
    earlier = store.claims(about=touched["id"].to_list())
    claims = pl.concat([written, earlier.join(written, on="id", how="anti")])
    resolved = resolve(claims, after["Source"], after["Decision"], catalog)
    nodes = {kind: rows.join(touched, on="id", how="semi") for kind, rows in resolved.nodes.items()}
    links = claims.filter(pl.col("object_kind").is_not_null()).select("about", "property").unique()
    gone = links.join(resolved.relations.select(about="id"), on="about", how="anti")
    gone_by_type = {str(name): rows["about"].to_list() for (name,), rows in gone.group_by("property")}
    return Plan(Change(written, registers, nodes, resolved.relations, gone_by_type), **counts)


def _merged(before: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    joined = before.join(given, on="id", how="full", coalesce=True, suffix=" given")
    columns = [
        pl.coalesce(pl.col(f"{name} given"), pl.col(name)).alias(name) for name in before.columns if name != "id"
    ]
    merged = joined.select("id", *columns).sort("id")
    if "invented" not in merged.columns:
        return merged
    once = joined.select("id", once=pl.col("invented") == "true").sort("id")["once"].fill_null(False)
    return merged.with_columns(invented=pl.when(once).then(pl.lit("true")).otherwise("invented"))


def _changed(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    return after.join(before, on=after.columns, how="anti", nulls_equal=True)


def _filed(
    sources: pl.DataFrame, before: pl.DataFrame, batch: Batch, case: str | None, default_case: str
) -> pl.DataFrame:
    brought = set(batch.registers["Source"]["id"]) | set(batch.cited)
    earlier = dict(before.select("id", "cases").iter_rows())
    filed = []
    for id_, cases in sources.select("id", "cases").iter_rows():
        now = {*(cases or ()), *(earlier.get(id_) or ())}
        if case and id_ in brought:
            now.add(case)
        filed.append(sorted(now or {default_case}))
    return sources.with_columns(cases=pl.Series(filed, dtype=pl.List(pl.String)))


def _with_named_cases(registers: dict[str, pl.DataFrame], catalog: Catalog) -> pl.DataFrame:
    cases = registers["Case"]
    named = pl.concat(
        [registers["Source"].select(id=pl.col("cases").explode()), registers["Decision"].select(id="case")]
    )
    missing = named.drop_nulls().unique().join(cases, on="id", how="anti")
    every = pl.concat([cases, empty_register(catalog, "Case"), missing], how="diagonal")
    return every.with_columns(pl.col("name").fill_null(pl.col("id"))).sort("id")


def _rerated(given: pl.DataFrame, known: pl.DataFrame, store: Known) -> pl.DataFrame:
    """Return known claims with the ratings now given; what is not given stays, and so does recorded_at."""
    both = known.join(given.select("id", *RATINGS), on="id", how="inner", suffix=" given")
    rated = both.with_columns(pl.coalesce(f"{name} given", name).alias(name) for name in RATINGS).select(known.columns)
    changed = rated.join(known, on=["id", *RATINGS], how="anti", nulls_equal=True)
    whole = store.claims_by_id(changed["id"].to_list())
    return whole.drop(RATINGS).join(changed, on="id").select(whole.columns)


def _reopened(store: Known, before: dict[str, pl.DataFrame], after: dict[str, pl.DataFrame]) -> set[str]:
    """Return what must be resolved anew without a new claim on it.

    That is all that hangs on sources whose rating, publisher or origins changed, and what decisions are or
    were about.
    """
    weighed = [
        rows.select("id", "reliability", "publisher").join(origins(rows), left_on="id", right_on="source")
        for rows in (before["Source"], after["Source"])
    ]
    sources = _changed(*weighed).join(weighed[0], on="id", how="semi")["id"].to_list()
    decided = _changed(before["Decision"], after["Decision"])
    earlier = before["Decision"].join(decided, on="id", how="semi")
    reopened = {*decided["about"], *earlier["about"]}
    return reopened | set(store.claims(sources=sources)["about"]) if sources else reopened


def _touched(written: pl.DataFrame, reopened: set[str]) -> pl.DataFrame:
    """Return the ids of all that must be resolved anew."""
    ends = written.filter(pl.col("object_kind").is_not_null())["value"]
    parts = [written["about"], written["anchor"], ends, written["claimant"].drop_nulls()]
    again = pl.Series(sorted(reopened), dtype=pl.String)
    return pl.DataFrame({"id": pl.concat([again, *(part.unique() for part in parts)]).unique()})
