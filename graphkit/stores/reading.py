"""What a store says, asked in the Cypher that all engines share."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from graphkit.model.claim import COLUMNS, DENIALS, RATED, WORDS
from graphkit.model.relation import ORDER, linked
from graphkit.model.schema import Catalog
from graphkit.model.source import register_schema
from graphkit.stores import frames
from graphkit.stores.view import View

_PART = 100_000
"""Ids that are asked for at a time."""
_CLAIM = re.compile("[0-9a-f]{32}")
_TOUCHES = ("c.anchor = $$", "c.object = $$", "c.claimant = $$")
_ENDS = {
    "type": "type(r)",
    "from": "startNode(r).id",
    "from_kind": "startNode(r).kind",
    "to": "endNode(r).id",
    "to_kind": "endNode(r).kind",
}


class CypherView(View):
    """The reads of a view in Cypher; an engine adds how rows and columns come out of it, and what is its own."""

    def __init__(self, catalog: Catalog, version: str) -> None:
        self._catalog = catalog
        self._version = version

    @abstractmethod
    def _rows(self, cypher: str, **params: Any) -> list[dict[str, Any]]:
        """Return the answer, one dict a row."""

    @abstractmethod
    def _columns(self, match: str, variable: str, items: Mapping[str, str], **params: Any) -> Iterable[Any]:
        """Return one mapping a batch of rows or a row: expressions over ``variable`` by the names in ``items``."""

    @abstractmethod
    def _held(self, variable: str) -> str:
        """Return the condition that makes a node or relation part of this view, such as ``true``."""

    def _frame(self, match: str, variable: str, schema: Mapping[str, pl.DataType], **params: Any) -> pl.DataFrame:
        items = {name: f"{variable}.`{name}`" for name in schema}
        if variable == "r":
            items |= {name: end for name, end in _ENDS.items() if name in schema}
        return frames.from_batches(self._columns(match, variable, items, **params), schema)

    def _values(self, cypher: str, **params: Any) -> list[Any]:
        return [row["v"] for row in self._rows(cypher, **params)]

    def version(self) -> str:
        return self._version

    def layout(self) -> int | None:
        """Return the layout of the store, None when it names none."""
        found = self._values("MATCH (g:Graphkit {id: 'store'}) RETURN g.layout AS v")
        return int(found[0]) if found else None

    def claims(
        self, about: Sequence[str] | None = None, sources: Sequence[str] | None = None, not_of: Sequence[str] = ()
    ) -> pl.DataFrame:
        wheres = [("about", about), ("source", sources)]
        params = {name: list(given) for name, given in wheres if given is not None}
        others = ["NOT c.source IN $not_of"] if not_of else []
        where = " AND ".join([*(f"c.{name} IN ${name}" for name in params), *others, self._held("c")])
        return self._frame(f"MATCH (c:Claim) WHERE {where}", "c", COLUMNS, **params, not_of=list(not_of)).sort("id")

    def claims_by_id(self, ids: Sequence[str]) -> pl.DataFrame:
        return self._claims_by_id(ids, COLUMNS)

    def claims_starting(self, beginning: str, limit: int) -> list[str]:
        how = "{id: $text}" if _CLAIM.fullmatch(beginning) else ""
        match = f"MATCH (c:Claim {how}) WHERE c.id STARTS WITH $text AND {self._held('c')}"
        return self._values(f"{match} RETURN c.id AS v ORDER BY v LIMIT $limit", text=beginning, limit=limit)

    def ratings(self, ids: Sequence[str]) -> pl.DataFrame:
        return self._claims_by_id(ids, RATED)

    def _claims_by_id(self, ids: Sequence[str], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
        match = f"UNWIND $ids AS id MATCH (c:Claim {{id: id}}) WHERE {self._held('c')}"
        parts = [self._frame(match, "c", schema, ids=list(ids[at : at + _PART])) for at in range(0, len(ids), _PART)]
        return pl.concat([pl.DataFrame(schema=schema), *parts])

    def register(self, kind: str) -> pl.DataFrame:
        match = f"MATCH (n:`{kind}`) WHERE {self._held('n')}"
        return self._frame(match, "n", register_schema(self._catalog, kind)).sort("id")

    def outline(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        parts = [pl.DataFrame(schema=frames.THING_COLUMNS)]
        own = {name: type_ for name, type_ in frames.THING_COLUMNS.items() if name != "kind"}
        for kind in self._catalog.entities:
            rows = self._frame(f"MATCH (n:`{kind.name}`) WHERE {self._held('n')}", "n", own)
            parts.append(rows.with_columns(kind=pl.lit(kind.name)).select(list(frames.THING_COLUMNS)))
        things = pl.concat(parts).sort("id")
        return things, linked(self._related(ORDER), things)

    def nodes(self, kind: str) -> pl.DataFrame:
        match = f"MATCH (n:`{kind}`) WHERE {self._held('n')}"
        return self._frame(match, "n", frames.node_columns(self._catalog[kind])).sort("id")

    def relations(self, names: Sequence[str]) -> pl.DataFrame:
        return self._related({*names, *ORDER}).sort(ORDER).select(names)

    def _related(self, names: Collection[str]) -> pl.DataFrame:
        columns = frames.relation_columns(self._catalog)
        match = f"MATCH ()-[r:{self._types()}]->() WHERE {self._held('r')}"
        return self._frame(match, "r", {name: type_ for name, type_ in columns.items() if name in names})

    def graph(self) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
        nodes = {kind.name: self.nodes(kind.name) for kind in self._catalog.entities}
        relations = self._related(frames.relation_columns(self._catalog)).sort("id")
        return {kind: rows for kind, rows in nodes.items() if not rows.is_empty()}, relations

    def claims_by_source(self) -> dict[str, int]:
        match = f"MATCH (c:Claim) WHERE {self._held('c')}"
        return {row["source"]: row["n"] for row in self._rows(f"{match} RETURN c.source AS source, count(c) AS n")}

    def in_doubt(self) -> list[str]:
        claim, thing = f"MATCH (c:Claim) WHERE {self._held('c')}", f"size(n.disputed) > 0 AND {self._held('n')}"
        denied = f"{claim} AND c.stance IN $stances RETURN DISTINCT c.about AS v"
        found = set(self._values(denied, stances=list(DENIALS)))
        for kind in self._catalog.entities:
            found |= set(self._values(f"MATCH (n:`{kind.name}`) WHERE {thing} RETURN n.id AS v"))
        disputed = f"MATCH ()-[r:{self._types()}]->() WHERE r.disputed AND {self._held('r')} RETURN r.id AS v"
        return sorted({*found, *self._values(disputed), *self._left_over(claim)})

    def _left_over(self, claim: str) -> list[str]:
        """Return the ids of relations of which a claim was set aside while one on a property of theirs stands."""
        aside = f"{claim} AND c.set_aside_by IS NOT NULL AND c.object_kind IS NOT NULL RETURN DISTINCT c.about AS v"
        ids = self._values(aside)
        left = f"{claim} AND c.about IN $ids AND c.object_kind IS NULL AND c.set_aside_by IS NULL"
        return self._values(f"{left} RETURN DISTINCT c.about AS v", ids=ids) if ids else []

    def _types(self) -> str:
        return "|".join(kind.name for kind in self._catalog.relations)

    def claims_touching(self, id_: str, limit: int, sources: Sequence[str] | None = None) -> pl.DataFrame:
        within = "" if sources is None else " AND c.source IN $sources"
        parts = []
        for touches in _TOUCHES:
            match = f"MATCH (c:Claim) WHERE {touches}{within} AND {self._held('c')}".replace("$$", "$id")
            cut = f"{match} WITH c ORDER BY c.id LIMIT $limit"
            parts.append(self._frame(cut, "c", COLUMNS, id=id_, limit=limit, sources=list(sources or ())))
        return pl.concat(parts).unique("id").sort("id").head(limit)

    def claims_on(self, ids: Sequence[str]) -> pl.DataFrame:
        parts = [pl.DataFrame(schema=COLUMNS)]
        for touches in _TOUCHES if ids else ():
            match = f"UNWIND $ids AS id MATCH (c:Claim) WHERE {touches} AND {self._held('c')}".replace("$$", "id")
            parts.append(self._frame(match, "c", COLUMNS, ids=list(ids)))
        return pl.concat(parts).unique("id").sort("id")

    def claims_holding(self, words: Sequence[str]) -> pl.DataFrame:
        holds = " OR ".join(f"toLower(c.`{name}`) CONTAINS word" for name in WORDS)
        match = f"UNWIND $words AS word MATCH (c:Claim) WHERE ({holds}) AND {self._held('c')}"
        return self._frame(match, "c", COLUMNS, words=[word.lower() for word in words]).unique("id").sort("id")

    def kinds_of(self, ids: Sequence[str]) -> dict[str, str]:
        found = self._kinds_of_nodes(ids)
        missing = [id_ for id_ in ids if id_ not in found]
        match = f"UNWIND $ids AS id MATCH (c:Claim {{id: id}}) WHERE {self._held('c')} RETURN c.id AS v"
        claims = self._values(match, ids=[id_ for id_ in missing if _CLAIM.fullmatch(id_)])
        if missing and self._count(["Decision"]):
            found |= self._kinds_in_claims(missing)
        return found | dict.fromkeys(claims, "Claim")

    @abstractmethod
    def _kinds_of_nodes(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the kinds of those ids that have a node other than a claim's."""

    def _kinds_in_claims(self, ids: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for touches, kind in zip(_TOUCHES, ("anchor_kind", "object_kind", "claimant_kind"), strict=True):
            match = f"UNWIND $ids AS id MATCH (c:Claim) WHERE {touches} AND {self._held('c')}".replace("$$", "id")
            rows = self._rows(f"{match} RETURN DISTINCT id, c.`{kind}` AS kind", ids=list(ids))
            found |= {row["id"]: row["kind"] for row in rows}
        return found

    def search(self, text: str, limit: int, sources: Sequence[str] | None = None) -> list[str]:
        wanted = text.lower()
        said = "" if sources is None else " AND c.source IN $sources"
        within = set(sources or ())
        hits = self._rows(
            "MATCH (c:Claim) WHERE c.property IN ['name', 'written_as'] AND toLower(c.value) CONTAINS $text"
            f"{said} AND {self._held('c')} RETURN DISTINCT c.anchor AS v, toLower(c.value) = $text AS exact",
            text=wanted,
            sources=sorted(within),
        )
        found = {hit["v"] for hit in hits}
        exact = {hit["v"] for hit in hits if hit["exact"]}
        ids = self._ids_like(wanted) - found
        for touches in _TOUCHES:
            match = f"UNWIND $ids AS id MATCH (c:Claim) WHERE {touches} AND {self._held('c')}".replace("$$", "id")
            spoken = self._rows(f"{match} RETURN DISTINCT id AS v, c.source AS source", ids=sorted(ids))
            found |= {row["v"] for row in spoken if sources is None or row["source"] in within}
        return sorted(found, key=lambda id_: (id_ not in exact and id_.lower() != wanted, id_))[:limit]

    def _ids_like(self, wanted: str) -> set[str]:
        """Return the ids of things that hold the text, or that a decision names with it."""
        read_as = pl.col("read_as").str.to_lowercase().str.contains(wanted, literal=True)
        ids = set(self.register("Decision").filter(read_as)["about"].explode())
        for kind in self._catalog.entities:
            match = f"MATCH (n:`{kind.name}`) WHERE toLower(n.id) CONTAINS $text AND {self._held('n')}"
            ids |= set(self._values(f"{match} RETURN n.id AS v", text=wanted))
        return ids

    def protected_ids(self) -> list[str]:
        match = f"MATCH (n:Person) WHERE n.protected IS NOT NULL AND {self._held('n')}"
        found = set(self._values(f"{match} RETURN n.id AS v"))
        retracted = self.register("Decision").filter(pl.col("action") == "retract")["about"].explode()
        if not retracted.is_empty():
            match = f"MATCH (c:Claim) WHERE c.source IN $sources AND c.property = 'protected' AND {self._held('c')}"
            found |= set(self._values(f"{match} RETURN DISTINCT c.anchor AS v", sources=retracted.to_list()))
        return sorted(found)

    def aliases(self, ids: Sequence[str]) -> list[str]:
        found: set[str] = set()
        for near, far in (("anchor", "object"), ("object", "anchor")):
            match = f"MATCH (c:Claim) WHERE c.{near} IN $ids AND c.property = 'ALIAS_OF' AND {self._held('c')}"
            found |= set(self._values(f"{match} RETURN DISTINCT c.{far} AS v", ids=list(ids)))
        return sorted(found)

    def stats(self) -> dict[str, int]:
        labels = {"claims": "Claim", "sources": "Source", "cases": "Case", "decisions": "Decision"}
        counts = {name: self._count([label]) for name, label in labels.items()}
        counts["entities"] = self._count([kind.name for kind in self._catalog.entities])
        match = f"MATCH ()-[r:{self._types()}]->() WHERE {self._held('r')}"
        counts["relations"] = (self._values(f"{match} RETURN count(r) AS v") or [0])[0]
        return counts

    def _count(self, labels: Iterable[str]) -> int:
        return sum(
            sum(self._values(f"MATCH (n:`{label}`) WHERE {self._held('n')} RETURN count(n) AS v")) for label in labels
        )
