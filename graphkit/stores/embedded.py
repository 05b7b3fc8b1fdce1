"""The embedded store: one kglite file, no server.

Readers load the file as it was last published and load it again when it changes. A write takes the
writer lease, changes the graph in memory and publishes it by an atomic rename, so a killed process
leaves the old file as it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import kglite
import polars as pl

from graphkit import whole_file
from graphkit.errors import StoreBusy, StoreError, StoreMissing
from graphkit.model.change import Change
from graphkit.model.claim import COLUMNS
from graphkit.model.schema import Catalog
from graphkit.model.source import register_schema
from graphkit.stores import asking, frames
from graphkit.stores.base import Rows, Store, View

WAIT_FOR_WRITER = 60.0
_INDEXES = (("Claim", "about"), ("Claim", "source"), ("Claim", "anchor"), ("Claim", "value"), ("Claim", "claimant"))
_TOUCHES = ("c.anchor = $$", "c.value = $$ AND c.object_kind IS NOT NULL", "c.claimant = $$")

kglite.set_query_warning_policy("silent")


class _Reading(View):
    """Reads through any kglite handle."""

    def __init__(self, engine: Any, catalog: Catalog, version: str) -> None:
        self._engine = engine
        self._catalog = catalog
        self._version = version

    def _frame(self, cypher: str, schema: Mapping[str, pl.DataType], **params: Any) -> pl.DataFrame:
        rows = self._engine.cypher(cypher, params=params, timeout_ms=0).to_list()
        return frames.from_rows(rows, schema)

    def _values(self, cypher: str, **params: Any) -> list[Any]:
        return [row["v"] for row in self._engine.cypher(cypher, params=params, timeout_ms=0).to_list()]

    def version(self) -> str:
        return self._version

    def claims(self, about: Sequence[str] | None = None, sources: Sequence[str] | None = None) -> pl.DataFrame:
        wheres = [("about", about), ("source", sources)]
        where = " AND ".join(f"c.{name} IN ${name}" for name, given in wheres if given is not None)
        params = {name: list(given) for name, given in wheres if given is not None}
        match = "MATCH (c:Claim)" + (f" WHERE {where}" if where else "")
        return self._frame(f"{match} RETURN {frames.returned('c', COLUMNS)}", COLUMNS, **params).sort("id")

    def claims_by_id(self, ids: Sequence[str]) -> pl.DataFrame:
        match = "UNWIND $ids AS id MATCH (c:Claim {id: id})"
        return self._frame(f"{match} RETURN {frames.returned('c', COLUMNS)}", COLUMNS, ids=list(ids))

    def register(self, kind: str) -> pl.DataFrame:
        schema = register_schema(self._catalog, kind)
        return self._frame(f"MATCH (n:`{kind}`) RETURN {frames.returned('n', schema)}", schema).sort("id")

    def kinds_of(self, ids: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for kind in self._catalog:
            if kind.is_entity or kind.registry:
                match = f"UNWIND $ids AS id MATCH (n:`{kind.name}` {{id: id}}) RETURN n.id AS v"
                found |= dict.fromkeys(self._values(match, ids=list(ids)), kind.name)
        return found

    def graph(self) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
        nodes = {}
        for kind in self._catalog.entities:
            schema = frames.node_columns(kind)
            rows = self._frame(f"MATCH (n:`{kind.name}`) RETURN {frames.returned('n', schema)}", schema)
            if not rows.is_empty():
                nodes[kind.name] = rows.sort("id")
        schema = frames.relation_columns(self._catalog)
        ends = "labels(a)[0] AS from_kind, a.id AS `from`, labels(b)[0] AS to_kind, b.id AS `to`, type(r) AS type"
        own = frames.returned("r", [name for name in schema if name not in frames.ENDS])
        parts = [
            self._frame(f"MATCH (a)-[r:{kind.name}]->(b) RETURN {ends}, {own}", schema)
            for kind in self._catalog.relations
        ]
        return nodes, pl.concat(parts).sort("id")

    def claims_touching(self, id_: str, limit: int, sources: Sequence[str] | None = None) -> pl.DataFrame:
        within = "" if sources is None else " AND c.source IN $sources"
        parts = []
        for touches in _TOUCHES:
            match = f"MATCH (c:Claim) WHERE {touches}{within}".replace("$$", "$id")
            wanted = f"RETURN {frames.returned('c', COLUMNS)} ORDER BY c.id LIMIT $limit"
            parts.append(self._frame(f"{match} {wanted}", COLUMNS, id=id_, limit=limit, sources=list(sources or ())))
        return pl.concat(parts).unique("id").sort("id").head(limit)

    def search(self, text: str, limit: int, sources: Sequence[str] | None = None) -> list[str]:
        wanted = text.lower()
        said = "" if sources is None else " AND c.source IN $sources"
        within = set(sources or ())
        given = {"text": wanted, "sources": sorted(within)}
        named = (
            "MATCH (c:Claim) WHERE c.property IN ['name', 'written_as'] AND toLower(c.value) CONTAINS $text"
            f"{said} RETURN DISTINCT c.anchor AS v, toLower(c.value) = $text AS exact"
        )
        hits = self._engine.cypher(named, params=given, timeout_ms=0).to_list()
        found = {hit["v"] for hit in hits}
        exact = {hit["v"] for hit in hits if hit["exact"]}
        decisions = self.register("Decision").filter(
            pl.col("read_as").str.to_lowercase().str.contains(wanted, literal=True)
        )
        ids = {*decisions["about"]}
        for kind in self._catalog.entities:
            ids |= set(
                self._values(f"MATCH (n:`{kind.name}`) WHERE toLower(n.id) CONTAINS $text RETURN n.id AS v", **given)
            )
        for touches in _TOUCHES:
            match = f"UNWIND $ids AS id MATCH (c:Claim) WHERE {touches} RETURN DISTINCT id AS v, c.source AS source"
            spoken = self._engine.cypher(match.replace("$$", "id"), params={"ids": sorted(ids - found)}, timeout_ms=0)
            found |= {row["v"] for row in spoken.to_list() if sources is None or row["source"] in within}
        return sorted(found, key=lambda id_: (id_ not in exact and id_.lower() != wanted, id_))[:limit]

    def protected_ids(self) -> list[str]:
        return sorted(self._values("MATCH (n:Person) WHERE n.protected IS NOT NULL RETURN n.id AS v"))

    def aliases(self, ids: Sequence[str]) -> list[str]:
        found: set[str] = set()
        for near, far in (("anchor", "value"), ("value", "anchor")):
            match = f"MATCH (c:Claim) WHERE c.{near} IN $ids AND c.property = 'ALIAS_OF' RETURN DISTINCT c.{far} AS v"
            found |= set(self._values(match, ids=list(ids)))
        return sorted(found)

    def stats(self) -> dict[str, int]:
        labels = {"claims": "Claim", "sources": "Source", "cases": "Case", "decisions": "Decision"}
        counts = {name: self._count([label]) for name, label in labels.items()}
        counts["entities"] = self._count([kind.name for kind in self._catalog.entities])
        types = "|".join(kind.name for kind in self._catalog.relations)
        counts["relations"] = self._values(f"MATCH ()-[r:{types}]->() RETURN count(r) AS v")[0] or 0
        return counts

    def _count(self, labels: Iterable[str]) -> int:
        return sum(sum(self._values(f"MATCH (n:`{label}`) RETURN count(n) AS v")) for label in labels)


class EmbeddedStore(Store):
    """A store in one file; the address is its path."""

    def __init__(self, address: str, catalog: Catalog) -> None:
        super().__init__(address, catalog)
        self.path = Path(address)
        self._reading: _Reading | None = None

    def exists(self) -> bool:
        return self.path.exists()

    def view(self) -> View:
        version = self.version()
        if self._reading is None or self._reading.version() != version:
            frozen = _opened(self.path, lambda: kglite.load(str(self.path)).freeze())
            self._reading = _Reading(frozen, self.catalog, version)
        return self._reading

    def version(self) -> str:
        try:
            seen = self.path.stat()
        except FileNotFoundError:
            raise StoreMissing(
                f"There is no store at {self.path} yet. Load records with 'graphkit load PATH', or try 'graphkit demo'."
            ) from None
        except OSError as problem:
            raise StoreError(f"{self.path} cannot be opened: {problem.strerror}. Choose another --store.") from problem
        return f"{seen.st_ino:x}-{seen.st_mtime_ns:x}-{seen.st_size:x}"

    def update(self, plan: Callable[[View], Change | None]) -> None:
        engine = self._writer()
        try:
            version = self.version() if self.exists() else ""
            change = plan(_Reading(engine, self.catalog, version))
            if change is not None:
                _apply(engine, change)
                _saved(self.path, engine.save)
        finally:
            engine.__exit__(StoreError, None, None)  # lets go of the lease; close() would publish half a change

    def must_be_possible(self) -> None:
        """Raise StoreError when nothing can be written at this place."""
        folder = self.path.parent
        if not folder.is_dir():
            raise StoreError(f"{self.path}: the folder {folder} does not exist. Make it, or choose another --store.")
        if self.path.is_dir():
            raise StoreError(f"{self.path} is a folder and no store. Choose another --store, such as graphkit.kgl.")
        try:
            whole_file.may_put(self.path)
        except OSError as problem:
            raise StoreError(
                f"Nothing can be written in the folder {folder}: {problem.strerror}. Choose another --store."
            ) from problem

    def _writer(self) -> Any:
        self.must_be_possible()
        deadline = time.monotonic() + WAIT_FOR_WRITER
        while True:
            try:
                engine = _opened(self.path, lambda: kglite.open(str(self.path), durable=False))
            except kglite.WriterLeaseHeldError as held:
                if time.monotonic() > deadline:
                    raise StoreBusy(
                        f"{self.path} is being written by process {held.holder.get('pid')} since "
                        f"{held.holder.get('since')}. Try again when it has ended."
                    ) from held
                time.sleep(0.1)
            else:
                for left in self.path.parent.glob(f"{self.path.name}.tmp.*"):
                    left.unlink(missing_ok=True)
                return engine

    def answer(self, cypher: str, params: Mapping[str, Any], limit: int, timeout: float) -> Rows:
        self.version()
        return asking.ask(self.path, cypher, params, limit, timeout)

    def close(self) -> None:
        self._reading = None


def _opened(path: Path, opening: Callable[[], Any]) -> Any:
    try:
        return opening()
    except kglite.WriterLeaseHeldError:
        raise
    except (kglite.KgError, OSError) as problem:
        raise asking.damaged(path, str(problem).splitlines()[0]) from problem


def _saved(path: Path, save: Callable[[], None]) -> None:
    try:
        save()
    except (kglite.KgError, OSError) as problem:
        raise StoreError(
            f"{path} could not be written, nothing was changed: {str(problem).splitlines()[0]}"
        ) from problem


def _apply(engine: Any, change: Change) -> None:
    for kind, rows in change.nodes.items():
        _put(engine, rows, kind, ["Entity"])
    for kind, rows in change.registers.items():
        _put(engine, rows, kind, [] if kind == "Decision" else ["Entity"])
    _put(engine, change.claims, "Claim", [])
    for relation, pairs in frames.claim_links(change.claims).items():
        _link(engine, pairs, relation)
    for relation, ids in change.gone_relations.items():
        match = f"UNWIND $ids AS id MATCH ()-[r:{relation} {{id: id}}]->() DELETE r"
        engine.cypher(match, params={"ids": list(ids)})
    for (relation,), rows in change.relations.group_by("type"):
        _link(engine, rows.drop("type"), str(relation))
    if not change.claims.is_empty():
        for label, name in _INDEXES:
            engine.create_index(label, name)


def _put(engine: Any, rows: pl.DataFrame, label: str, also: list[str]) -> None:
    if not rows.is_empty():
        if also:
            rows = rows.with_columns(kind=pl.lit(label))
        engine.add_nodes(_pandas(rows), label, "id", "id", conflict_handling="replace", labels=also or None)


def _link(engine: Any, rows: pl.DataFrame, relation: str) -> None:
    """Put relations whose ends are in ``from``, ``from_kind``, ``to``, ``to_kind``; other columns are properties."""
    for (start, end), group in rows.group_by("from_kind", "to_kind"):
        frame = _pandas(group.drop("from_kind", "to_kind"))
        own = [name for name in frame.columns if name not in ("from", "to")]
        engine.add_relationships(frame, relation, start, "from", end, "to", columns=own, conflict_handling="replace")


def _pandas(rows: pl.DataFrame) -> Any:
    return frames.to_pandas(rows.select(column.name for column in rows if column.null_count() < len(column)))
