"""What a load changes in a store: new claims, re-ratings, registers, and all that must be resolved anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from graphkit.ingest.batch import Batch
from graphkit.model.change import Change
from graphkit.model.claim import COLUMNS, RATED, RATINGS
from graphkit.model.decision import Decided
from graphkit.model.schema import Catalog
from graphkit.model.source import REGISTERS, empty_register, origins
from graphkit.model.unsettled import Known, Unsettled


@dataclass(frozen=True, slots=True)
class Nothing:
    """What is known of a store that does not exist."""

    catalog: Catalog

    def version(self) -> str:
        return ""

    def kinds_of(self, ids: Sequence[str]) -> dict[str, str]:
        return {}

    def claims(
        self, about: Sequence[str] | None = None, sources: Sequence[str] | None = None, not_of: Sequence[str] = ()
    ) -> pl.DataFrame:
        return pl.DataFrame(schema=COLUMNS)

    def claims_by_id(self, ids: Sequence[str]) -> pl.DataFrame:
        return pl.DataFrame(schema=COLUMNS)

    def ratings(self, ids: Sequence[str]) -> pl.DataFrame:
        return pl.DataFrame(schema=RATED)

    def claims_on(self, ids: Sequence[str]) -> pl.DataFrame:
        return pl.DataFrame(schema=COLUMNS)

    def register(self, kind: str) -> pl.DataFrame:
        return empty_register(self.catalog, kind)


@dataclass(frozen=True, slots=True)
class Plan:
    """A change (None: everything is there already), what it does, counted, and what decisions make of it."""

    change: Change | None
    new: int
    known: int
    rerated: int
    warnings: list[str]


def plan(batch: Batch, store: Known, catalog: Catalog, case: str | None, default_case: str) -> Plan:
    """Return the change that puts a batch into a store.

    ``case`` is added to every source that the batch brings or cites; a source that names no case and is in
    none goes into ``default_case``. A decision that is in the log stays as it is.
    """
    before = {kind: store.register(kind) for kind in REGISTERS}
    after = {kind: _merged(before[kind], batch.registers[kind]) for kind in REGISTERS if kind != "Decision"}
    after["Source"] = _filed(after["Source"], before["Source"], batch, case, default_case)
    given = batch.registers["Decision"].with_columns(pl.col("case").fill_null(case or default_case))
    after["Decision"] = pl.concat([before["Decision"], given.join(before["Decision"], on="id", how="anti")])
    after["Case"] = _with_named_cases(after, catalog)
    registers = {kind: _changed(before[kind], after[kind]) for kind in REGISTERS}
    known = store.ratings(batch.claims["id"].to_list())
    new = batch.claims.join(known, on="id", how="anti")
    rerated = _rerated(batch.claims, known, store)
    written = pl.concat([new, rerated])
    decided = Decided(before["Decision"]), Decided(after["Decision"])
    warnings = [*_kept(before["Decision"], batch.registers["Decision"]), *_decided_on(written, given, decided[1])]
    counts = partial(Plan, new=len(new), known=len(known), rerated=len(rerated), warnings=warnings)
    if written.is_empty() and all(rows.is_empty() for rows in registers.values()):
        return counts(None)
    weighed_anew = reopened(store, before["Source"], after["Source"])
    settled = Unsettled(store, catalog, *decided).settled(written, weighed_anew, after["Source"])
    return counts(replace(settled, registers=registers))


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


def _kept(before: pl.DataFrame, given: pl.DataFrame) -> Iterator[str]:
    """Yield which decisions of the log a record gives otherwise."""
    held = given.join(before.select("id", had="case"), on="id").with_columns(pl.coalesce("case", "had")).drop("had")
    for id_ in _changed(before, held)["id"]:
        yield f"decision '{id_}' is in the log already and is not changed: undo it there, or give the record a new id"


def _decided_on(written: pl.DataFrame, given: pl.DataFrame, decided: Decided) -> Iterator[str]:
    """Yield what decisions of the store do to new claims, and what new decisions contradict."""
    out = decided.set_aside_by(written).drop_nulls().value_counts().sort("set_aside_by")
    for id_, count in out.iter_rows():
        claims = "1 claim is" if count == 1 else f"{count:,} claims are"
        yield f"{claims} kept and not counted, as '{id_}' decided; 'graphkit log {id_}' says why"
    for found in decided.contradictions:
        if not set(found.decisions).isdisjoint(given["id"]):
            yield str(found)


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
    """Return known claims with the ratings now given; what is not given stays, and so does recorded_at.

    A claim that a correction made, and that a record gives too, is from now on one from a record.
    """
    both = known.join(given.select("id", "made_by", *RATINGS), on="id", how="inner", suffix=" given")
    rated = both.with_columns(
        *(pl.coalesce(f"{name} given", name).alias(name) for name in RATINGS),
        made_by=pl.when(pl.col("made_by").is_not_null()).then("made_by given"),
    ).select(known.columns)
    changed = rated.join(known, on=known.columns, how="anti", nulls_equal=True)
    whole = store.claims_by_id(changed["id"].to_list())
    return whole.drop("made_by", *RATINGS).join(changed, on="id").select(whole.columns)


def reopened(store: Known, before: pl.DataFrame, after: pl.DataFrame) -> set[str]:
    """Return all that hangs on sources whose rating, publisher or origins changed."""
    weighed = [
        rows.select("id", "reliability", "publisher").join(origins(rows), left_on="id", right_on="source")
        for rows in (before, after)
    ]
    sources = _changed(*weighed).join(weighed[0], on="id", how="semi")["id"].to_list()
    return set(store.claims(sources=sources)["about"]) if sources else set()
