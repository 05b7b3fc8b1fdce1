"""The least code that writes a change with the official driver: what graphkit's own store is held against."""

from __future__ import annotations

from typing import Any

import neo4j
import polars as pl

from graphkit.model.change import Change
from graphkit.stores import frames

ROWS = 5_000
_THING = "UNWIND $rows AS row MERGE (n:Entity {{id: row.id}}) SET n:`{}` SET n += row"
_CLAIM = (
    "UNWIND $rows AS row MATCH (a:Entity {id: row.anchor}) MATCH (s:Entity {id: row.source}) "
    "MERGE (c:Claim {id: row.id}) SET c += row MERGE (c)-[:ABOUT]->(a) MERGE (c)-[:FROM]->(s)"
)
_SAID_BY = (
    "UNWIND $rows AS row MATCH (c:Claim {id: row.id}) MATCH (k:Entity {id: row.claimant}) MERGE (c)-[:SAID_BY]->(k)"
)
_RELATION = (
    "UNWIND $rows AS row MATCH (a:Entity {{id: row.`from`}}) MATCH (b:Entity {{id: row.`to`}}) "
    "MERGE (a)-[r:{}]->(b) SET r += row.told"
)


def write(driver: neo4j.Driver, change: Change) -> None:
    """Write the same nodes, claims, edges of claims, relations and properties as graphkit does."""
    with driver.session() as session:
        for label in ("Entity", "Claim"):
            session.run(
                f"CREATE CONSTRAINT bare_{label} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
            ).consume()
        for kind, rows in (*change.registers.items(), *change.nodes.items()):
            _put(session, _THING.format(kind), rows.with_columns(kind=pl.lit(kind)))
        _put(session, _CLAIM, frames.stored(change))
        _put(session, _SAID_BY, change.claims.filter(pl.col("claimant").is_not_null()).select("id", "claimant"))
        for (type_,), rows in change.relations.drop("from_kind", "to_kind").group_by("type"):
            told = pl.struct(_told(rows.drop("type", "from", "to"))).alias("told")
            _put(session, _RELATION.format(type_), rows.select("from", "to", told))


def _told(rows: pl.DataFrame) -> list[str]:
    return [column.name for column in rows if column.null_count() < len(column)]


def _put(session: neo4j.Session, cypher: str, rows: pl.DataFrame) -> None:
    for part in rows.select(_told(rows)).iter_slices(ROWS):
        session.execute_write(_run, cypher, part.to_dicts())


def _run(tx: neo4j.ManagedTransaction, cypher: str, rows: list[dict[str, Any]]) -> None:
    tx.run(cypher, rows=rows).consume()
