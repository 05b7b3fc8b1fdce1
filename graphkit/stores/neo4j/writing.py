"""A change as statements that can be run again, and how what a killed writer left is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from graphkit.model.change import Change
from graphkit.model.claim import COLUMNS
from graphkit.model.entity import resolve
from graphkit.model.schema import Catalog
from graphkit.stores import frames
from graphkit.stores.base import View

ROWS = 5_000
"""Rows of one statement."""

_PUT = (
    "UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) WITH n, row, coalesce(n._since, $since) AS since "
    "SET n{also} SET n = row, n._since = since"
)
_STAGE = (
    "UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) "
    "ON CREATE SET n.kind = row.kind, n.name = row.id, n._since = $since SET n{also}"
)
_CLAIM = (
    "UNWIND $rows AS row MATCH (a:Entity {id: row.anchor}) MATCH (s:Entity {id: row.source}) "
    "MERGE (c:Claim {id: row.id}) WITH a, s, c, row, coalesce(c._since, $since) AS since "
    "SET c = row, c._since = since MERGE (c)-[:ABOUT]->(a) MERGE (c)-[:FROM]->(s)"
)
_SAID_BY = (
    "UNWIND $rows AS row MATCH (c:Claim {id: row.id}) MATCH (k:Entity {id: row.claimant}) MERGE (c)-[:SAID_BY]->(k)"
)
_RELATE = (
    "UNWIND $rows AS row MATCH (a:Entity {{id: row.`from`}}) MATCH (b:Entity {{id: row.`to`}}) "
    "MERGE (a)-[r:{type}]->(b) WITH r, row, coalesce(r._since, $since) AS since "
    "SET r = row, r._since = since, r.`from` = null, r.`to` = null"
)
_UNRELATE = "MATCH ()-[r:{type}]->() WHERE r.id IN $ids AND r._since IS NOT NULL DELETE r"

Write = Callable[[str, dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One statement."""

    cypher: str
    params: dict[str, Any]


def size(change: Change) -> int:
    """Return how many rows a change writes."""
    frames_ = [change.claims, change.relations, *change.registers.values(), *change.nodes.values()]
    return sum(map(len, frames_)) + sum(map(len, change.gone_relations.values()))


def staged(change: Change, since: int) -> Iterator[Step]:
    """Yield the statements that make what other rows hang on, with no more than ids, and leave what is there."""
    for kind, rows in (*change.registers.items(), *change.nodes.items()):
        yield from _put(rows.select("id"), kind, since, _STAGE)


def steps(change: Change, since: int) -> Iterator[Step]:
    """Yield the statements that make a change, as part of version ``since``, but for the registers.

    Claims come first: when a writer is killed they tell what else may be half made.
    """
    claims = frames.with_object(change.claims)
    yield from _steps(_CLAIM, claims, since)
    if not claims.is_empty():
        yield from _steps(_SAID_BY, claims.filter(pl.col("claimant").is_not_null()).select("id", "claimant"), since)
    for kind, rows in change.nodes.items():
        yield from _put(rows, kind, since, _PUT)
    for relation, ids in change.gone_relations.items():
        yield Step(_UNRELATE.format(type=relation), {"ids": list(ids)})
    if not change.relations.is_empty():
        for (relation,), rows in change.relations.drop("from_kind", "to_kind").group_by("type"):
            yield from _steps(_RELATE.format(type=relation), rows.drop("type"), since)


def registers(change: Change, since: int) -> Iterator[Step]:
    """Yield the statements that write the registers of a change."""
    for kind, rows in change.registers.items():
        yield from _put(rows, kind, since, _PUT)


def _put(rows: pl.DataFrame, kind: str, since: int, cypher: str) -> Iterator[Step]:
    if kind == "Decision":
        yield from _steps(cypher.format(label=kind, also=f":{kind}"), rows, since)
    else:
        rows = rows.with_columns(kind=pl.lit(kind))
        yield from _steps(cypher.format(label="Entity", also=f":`{kind}`"), rows, since)


def _steps(cypher: str, rows: pl.DataFrame, since: int) -> Iterator[Step]:
    for part in rows.iter_slices(ROWS):
        if not part.is_empty():
            told = part.select(column.name for column in part if column.null_count() < len(part))
            yield Step(cypher, {"rows": told.to_dicts(), "since": since})


def take_back(view: View, number: int, catalog: Catalog, run: Write) -> None:
    """Undo what a writer left that was killed before it published: all that came after version ``number``.

    ``run`` commits each statement on its own. Killed half-way, it can be run again: the claims go last.
    """
    after = {"after": number}
    items = ", ".join(f"c.`{name}` AS `{name}`" for name in ("about", "anchor", "object", "claimant"))
    left = run(f"MATCH (c:Claim) WHERE c._since > $after RETURN DISTINCT {items}", after)
    touched = sorted({id_ for row in left for id_ in row.values() if id_})
    for step in steps(_as_it_was(view, touched, catalog), number):
        run(step.cypher, step.params)
    for relation in (kind.name for kind in catalog.relations):
        _until_none(run, f"MATCH ()-[r:{relation}]->() WHERE r._since > $after WITH r LIMIT {ROWS} DELETE r", after)
    _until_none(run, f"MATCH (c:Claim)-[r]->() WHERE c._since > $after WITH r LIMIT {ROWS} DELETE r", after)
    for label in ("Entity", "Decision", "Claim"):
        _until_none(run, f"MATCH (n:{label}) WHERE n._since > $after WITH n LIMIT {ROWS} DETACH DELETE n", after)


def _as_it_was(view: View, touched: list[str], catalog: Catalog) -> Change:
    resolved = resolve(view.claims(about=touched), view.register("Source"), view.register("Decision"), catalog)
    nodes = {kind: rows.filter(pl.col("id").is_in(touched)) for kind, rows in resolved.nodes.items()}
    return Change(pl.DataFrame(schema=COLUMNS), {}, nodes, resolved.relations, {})


def _until_none(run: Write, cypher: str, params: dict[str, Any]) -> None:
    while run(f"{cypher} RETURN count(*) AS n", params)[0]["n"]:
        pass
