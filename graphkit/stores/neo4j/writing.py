"""A change as statements that can be run again, and how what a killed writer left is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from graphkit.model.change import Change, hanging
from graphkit.model.claim import COLUMNS
from graphkit.model.decision import Decided
from graphkit.model.schema import Catalog
from graphkit.model.unsettled import Unsettled
from graphkit.stores import frames
from graphkit.stores.view import View

ROWS = 5_000
"""Rows of one statement."""
_NAMES = ("about", "anchor", "object", "claimant")

_PUT = (
    "UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) WITH n, row, coalesce(n._since, $since) AS since "
    "SET n{also} SET n = row, n._since = since"
)
_STAGE = (
    "UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) "
    "ON CREATE SET n.kind = row.kind, n.name = row.id, n._since = $since SET n{also}"
)
_CLAIM = (
    "UNWIND $rows AS row MATCH (s:Entity {id: row.source}) "
    "MERGE (c:Claim {id: row.id}) WITH s, c, row, coalesce(c._since, $since) AS since "
    "SET c = row, c._since = since MERGE (c)-[:FROM]->(s)"
)
_UNHANG = (
    "UNWIND $rows AS row MATCH (c:Claim {id: row.id}) SET c.set_aside_by = row.set_aside_by "
    "WITH c MATCH (c)-[r:ABOUT|SAID_BY]->() DELETE r"
)
_HANG = "UNWIND $rows AS row MATCH (c:Claim {{id: row.id}}) MATCH (n:Entity {{id: row.end}}) MERGE (c)-[:{edge}]->(n)"
_TAKE_OUT = (
    "UNWIND $rows AS row MATCH (n:Entity {{id: row.id}}) WHERE n._since IS NOT NULL AND n:`{kind}` DETACH DELETE n"
)
_ERASE = "UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) WHERE n._since IS NOT NULL DETACH DELETE n"
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
    taken = (change.rehung, change.gone_claims, *change.gone_nodes.values(), *change.gone_relations.values())
    return sum(map(len, frames_)) + sum(map(len, taken))


def staged(change: Change, since: int) -> Iterator[Step]:
    """Yield the statements that make what other rows hang on, with no more than ids, and leave what is there."""
    for kind, rows in (*change.registers.items(), *change.nodes.items()):
        yield from _put(rows.select("id"), kind, since, _STAGE)


def steps(change: Change, since: int) -> Iterator[Step]:
    """Yield the statements that make a change, as part of version ``since``, but for the registers.

    Claims come first: when a writer is killed they tell what else may be half made.
    """
    yield from _steps(_CLAIM, frames.stored(change), since)
    for kind, rows in change.nodes.items():
        yield from _put(rows, kind, since, _PUT)
    yield from _hung(change, since)
    for kind, ids in change.gone_nodes.items():
        yield from _steps(_TAKE_OUT.format(kind=kind), pl.DataFrame({"id": list(ids)}), since)
    for relation, ids in change.gone_relations.items():
        yield Step(_UNRELATE.format(type=relation), {"ids": list(ids)})
    if not change.relations.is_empty():
        for (relation,), rows in change.relations.drop("from_kind", "to_kind").group_by("type"):
            yield from _steps(_RELATE.format(type=relation), rows.drop("type"), since)


def _hung(change: Change, since: int) -> Iterator[Step]:
    rehung = change.hanging.filter(pl.col("id").is_in(list(change.rehung)))
    yield from _steps(_UNHANG, rehung.select("id", "set_aside_by"), since)
    for edge, end in (("ABOUT", "anchor"), ("SAID_BY", "claimant")):
        rows = change.hanging.select("id", end=end).drop_nulls()
        yield from _steps(_HANG.format(edge=edge), rows, since)


def registers(change: Change, since: int) -> Iterator[Step]:
    """Yield the statements that write the registers of a change, and erase what nothing could bring back."""
    for kind, rows in change.registers.items():
        yield from _put(rows, kind, since, _PUT)
    for kind, ids in (*change.gone_registers.items(), ("Claim", change.gone_claims)):
        label = kind if kind in ("Claim", "Decision") else f"Entity:{kind}"
        yield from _steps(_ERASE.format(label=label), pl.DataFrame({"id": list(ids)}), since)


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


def unfinished(change: Change) -> dict[str, list[str]]:
    """Return what must be known to take a change back that its claims do not tell: ids of ``touched`` and ``rehung``.

    These are the things and relations, and the claims of the store, that it changes; those to erase, too, are cut off
    from what goes before they do.
    """
    nodes = [rows["id"] for rows in change.nodes.values()]
    gone = [pl.Series(ids, dtype=pl.String) for ids in (*change.gone_nodes.values(), *change.gone_relations.values())]
    touched = pl.concat([change.relations["id"], *nodes, *gone]).unique()
    claims = frames.stored(change)
    told = pl.concat([claims[name] for name in _NAMES]).drop_nulls()
    others = touched.to_frame("id").join(told.unique().to_frame("id"), on="id", how="anti")["id"]
    return {"touched": others.to_list(), "rehung": [*change.rehung, *change.gone_claims]}


def take_back(view: View, number: int, catalog: Catalog, run: Write) -> None:
    """Undo what a writer left that was killed before it published: all that came after version ``number``.

    ``run`` commits each statement on its own. Killed half-way, it can be run again: the claims go last.
    """
    after = {"after": number}
    items = ", ".join(f"c.`{name}` AS `{name}`" for name in _NAMES)
    left = run(f"MATCH (c:Claim) WHERE c._since > $after RETURN DISTINCT {items}", after)
    (noted,) = run("MATCH (g:Graphkit {id: 'unfinished'}) RETURN g.touched AS touched, g.rehung AS rehung", {})
    touched = {id_ for row in left for id_ in row.values() if id_} | set(noted["touched"] or ())
    for step in steps(_as_it_was(view, touched, noted["rehung"] or (), catalog), number):
        run(step.cypher, step.params)
    for relation in (kind.name for kind in catalog.relations):
        _until_none(run, f"MATCH ()-[r:{relation}]->() WHERE r._since > $after WITH r LIMIT {ROWS} DELETE r", after)
    _until_none(run, f"MATCH (c:Claim)-[r]->() WHERE c._since > $after WITH r LIMIT {ROWS} DELETE r", after)
    for label in ("Entity", "Decision", "Claim"):
        _until_none(run, f"MATCH (n:{label}) WHERE n._since > $after WITH n LIMIT {ROWS} DETACH DELETE n", after)


def _as_it_was(view: View, touched: set[str], rehung: Sequence[str], catalog: Catalog) -> Change:
    decided = Decided(view.register("Decision"))
    nothing = pl.DataFrame(schema=COLUMNS)
    settled = Unsettled(view, catalog, decided, decided).settled(nothing, touched, view.register("Source"))
    return replace(settled, hanging=hanging(view.claims_by_id(rehung), decided), rehung=rehung)


def _until_none(run: Write, cypher: str, params: dict[str, Any]) -> None:
    while run(f"{cypher} RETURN count(*) AS n", params)[0]["n"]:
        pass
