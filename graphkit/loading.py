"""Records into a store: loading, checking, and the case they go to."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from graphkit.errors import BadRecord, ChooseAgain, Refused, Stop, StoreChanged
from graphkit.ingest.batch import Batch, KindsOf, gather
from graphkit.ingest.files import Files, Progress
from graphkit.ingest.plan import Nothing, Plan, plan
from graphkit.ingest.record import Record
from graphkit.ingest.report import LoadReport
from graphkit.last_used import LastUsed
from graphkit.model.change import Change
from graphkit.model.replaced import Replaced, replaced
from graphkit.model.source import DEFAULT_CASE, REGISTERS
from graphkit.model.tombstone import Tombstones
from graphkit.model.unsettled import Known
from graphkit.settings import shipped
from graphkit.stores import Store
from graphkit.stores.view import View

_CASE = re.compile(r"[^\W_][\w.-]{0,99}")
NO_CASE = "the id of a new case is made of letters, digits, - _ and ., and starts with a letter or digit."


def load(
    store: Store, paths: Sequence[Path], case: str | None, last_used: LastUsed, progress: Progress | None = None
) -> LoadReport:
    """Put the records of files and folders into a store, as ``load_files`` does."""
    return load_files(store, Files(paths, store.catalog, progress=progress), case, last_used)


def load_files(store: Store, files: Files, case: str | None, last_used: LastUsed) -> LoadReport:
    """Put the records of files into a store and return what was done.

    Bad records are reported and left out; a file that is not what it claims to be raises FileUnreadable
    and nothing of the whole load is written. Loading the same again changes nothing.
    """
    report = _put(store, files.records, case, last_used)
    report.notes = files.notes()
    return report


def add(store: Store, records: Sequence[Mapping[str, Any]], case: str | None, last_used: LastUsed) -> LoadReport:
    """Put records made by hand into a store, in one change: all of them or none.

    BadRecord names the kind, the field and the problem of the first one that does not stand; Refused says
    that a field is not recorded of persons. Either way nothing is written. Adding the same again changes nothing.
    Who said the first of them, where and when is remembered for the next record of the case.
    """
    given = by_hand(records)
    at = case or last_used.case(store.address) or DEFAULT_CASE
    report = _put(store, lambda _: given, case, last_used, lambda batch: _must_stand(batch, given))
    said = next((record for record in records if "source" in record), None)
    if said:
        try:
            last_used.say(store.address, at, said)
        except Stop as problem:
            report.warnings.append(str(problem))
    return report


def by_hand(records: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Return records that were made by hand; their place is their kind."""
    return [Record(str(data.get("kind") or "record"), dict(data)) for data in records]


def _must_stand(batch: Batch, given: Sequence[Record]) -> None:
    if batch.refused_fields:
        names = ", ".join(name[:40] for name in batch.refused_names)
        raise Refused(f"{names}: graphkit takes no such data on persons. Leave it out.")
    if batch.rejects:
        order = [record.place for record in given]
        first = min(batch.rejects, key=lambda reject: order.index(reject.place))
        raise BadRecord(first.place, first.field, first.problem)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What a load would do to a store of this version, and which register entries it gives other values."""

    version: str
    batch: Batch
    plan: Plan
    replaced: list[Replaced]


def _put(
    store: Store,
    records: Callable[[KindsOf], Iterable[Record]],
    case: str | None,
    last_used: LastUsed,
    must_hold: Callable[[Batch], None] = lambda batch: None,
) -> LoadReport:
    if case == "":
        raise ChooseAgain("--case is empty; name a case, or leave it out.")
    if case and not (_CASE.fullmatch(case) or _is_case(store, case)):
        raise ChooseAgain(f"--case: {NO_CASE}")
    started = time.monotonic()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    default_case = last_used.case(store.address) or DEFAULT_CASE

    ready: list[_Prepared] = []

    def prepared(known: Known) -> _Prepared:
        given = records(known.kinds_of)
        batch = gather(given, store.catalog, known.kinds_of, now, Tombstones(known.register("Tombstone")))
        must_hold(batch)
        made = plan(batch, known, store.catalog, case, default_case)
        return _Prepared(known.version(), batch, made, _replaced(batch, known))

    def planned(view: View) -> Change | None:
        if not ready or ready[-1].version != view.version():
            ready.append(prepared(view))
        return ready[-1].plan.change

    with suppress(StoreChanged):
        ready.append(prepared(store.view() if store.exists() else Nothing(store.catalog)))
    if not ready or ready[-1].plan.change:
        store.update(planned)
    batch, made = ready[-1].batch, ready[-1].plan
    batch.warnings.extend(made.warnings)
    held = store.stats() if store.exists() else {"entities": 0, "relations": 0}
    brought = set(batch.registers["Source"]["id"]) | set(batch.cited)
    filed = store.register("Source").filter(pl.col("id").is_in(list(brought))) if brought else None
    went_to = sorted(set(filed["cases"].explode().drop_nulls())) if filed is not None else []
    in_use = case or (went_to[0] if len(went_to) == 1 else None)
    if in_use and batch.accepted:
        try:
            last_used.use(store.address, in_use)
        except Stop as problem:
            batch.warnings.append(str(problem))
    return LoadReport(
        read=batch.read,
        accepted=batch.accepted,
        rejected=len(batch.rejects),
        new_claims=made.new,
        known_claims=made.known,
        entities=held["entities"],
        relations=held["relations"],
        refused_fields=batch.refused_fields,
        refused_names=batch.refused_names,
        seconds=round(time.monotonic() - started, 3),
        rerated_claims=made.rerated,
        cases=went_to,
        rejects=batch.rejects,
        warnings=batch.warnings,
        replaced=ready[-1].replaced,
    )


def _replaced(batch: Batch, known: Known) -> list[Replaced]:
    return [
        change
        for kind in REGISTERS
        if kind != "Decision" and not batch.registers[kind].is_empty()
        for change in replaced(kind, known.register(kind), batch.registers[kind])
    ]


def check(store: Store, paths: Sequence[Path]) -> Batch:
    """Return what a load would make of files and folders, without writing anything."""
    return check_files(store, Files(paths, store.catalog))


def check_files(store: Store, files: Files) -> Batch:
    """Return what a load would make of files, without writing anything."""
    known = store if store.exists() else Nothing(store.catalog)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    tombstones = Tombstones(known.register("Tombstone"))
    batch = gather(files.records(known.kinds_of), store.catalog, known.kinds_of, now, tombstones)
    batch.replaced, batch.notes = _replaced(batch, known), files.notes()
    return batch


def _is_case(store: Store, id_: str) -> bool:
    return store.exists() and id_ in store.register("Case")["id"]


def new_case(store: Store, last_used: LastUsed, entry: Mapping[str, str | None]) -> None:
    """Make a case and use it; ChooseAgain when there is one of this id."""
    id_ = entry["id"]
    if _is_case(store, str(id_)):
        raise ChooseAgain(f"There is a case '{id_}' already. Use it with 'graphkit case use {id_}'.")
    if not _CASE.fullmatch(str(id_)):
        raise ChooseAgain(f"ID: {NO_CASE}")
    record = {"kind": "Case"} | {name: value for name, value in entry.items() if value}
    batch = gather([Record("case", record)], store.catalog, lambda ids: {}, "")
    if batch.rejects:
        field = batch.rejects[0].field
        raise ChooseAgain(f"{'ID' if field == 'id' else '--' + field.replace('_', '-')}: {batch.rejects[0].problem}")
    store.update(lambda view: plan(batch, view, store.catalog, None, DEFAULT_CASE).change)
    try:
        last_used.use(store.address, str(id_))
    except Stop as problem:
        raise Stop(f"Case '{id_}' is made. {problem}") from problem


def seed_cases() -> list[str]:
    """Return the ids of the example cases."""
    return sorted(path.name for path in shipped("seed").iterdir() if path.is_dir())


def load_seed(store: Store, last_used: LastUsed) -> LoadReport | None:
    """Load the example cases; None when their sources are all there already."""
    if store.exists() and set(seed_cases()) <= set(store.register("Case")["id"]):
        return None
    return load(store, [shipped("seed")], None, last_used)
