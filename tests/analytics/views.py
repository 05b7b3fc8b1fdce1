"""Snapshots out of a few lines: who is linked to whom, since when, and who says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from graphkit.graph.parts import Parts, of_resolved
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.ingest.batch import gather
from graphkit.ingest.record import Record
from graphkit.kinds import catalog
from graphkit.model.decision import Decided
from graphkit.model.entity import resolve

Row = dict[str, Any]


def link(start: str, end: str, source: str = "s", kind: str = "COOPERATES_WITH", **more: Any) -> Row:
    return {"kind": kind, "from": start, "to": end, "source": source} | more


def view_of(
    ids: Sequence[str], *links: Row, persons: Sequence[str] = (), sources: Mapping[str, Row] | None = None
) -> Snapshot:
    """Return the snapshot of organizations of these ids, or persons, and these records of relations."""
    said = {id_: {"kind": "Source", "id": id_, "name": id_.upper()} for id_ in {row["source"] for row in links} | {"s"}}
    registers = [row | (sources or {}).get(id_, {}) for id_, row in sorted(said.items())]
    kinds = {id_: "Person" if id_ in persons else "Organization" for id_ in ids}
    bodies = [{"kind": kind, "id": id_, "name": id_.upper(), "source": "s"} for id_, kind in kinds.items()]
    records = [Record(f"x:{place}", row) for place, row in enumerate([*registers, *bodies, *links], start=1)]
    batch = gather(records, catalog(), lambda ids: {}, "2026-11-27")
    assert list(map(str, batch.rejects)) == []
    known = batch.registers["Source"]
    resolved = resolve(batch.claims, known, Decided(batch.registers["Decision"]), catalog())
    counted = known.with_columns(n_claims=pl.lit(0))
    return Snapshot(Parts.given(of_resolved(resolved, counted, pl.DataFrame())), Scope(("c",)), "1")
