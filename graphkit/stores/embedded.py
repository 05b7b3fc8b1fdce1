"""The embedded store: one kglite file, no server.

Readers load the file as it was last published and load it again when another process changes it. A write takes
the writer lease, changes the graph in memory and publishes it by an atomic rename, so a killed process leaves the
old file as it was; who wrote goes on with the graph in memory.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import kglite
import polars as pl

from graphkit import whole_file
from graphkit.engines import asking
from graphkit.engines.rows import Rows
from graphkit.errors import StoreBusy, StoreError, StoreMissing
from graphkit.model.change import Change
from graphkit.model.claim import NUMBERS, RATED
from graphkit.model.schema import Catalog
from graphkit.stores import base, frames, outlined
from graphkit.stores.base import Store
from graphkit.stores.reading import CypherView
from graphkit.stores.view import View

_PART = 50_000
"""Rows that are handed to the engine at a time."""
_MANY = 50_000
"""Ids from which on it is quicker to look at all there are."""
_INDEXES = (("Claim", "about"), ("Claim", "source"), ("Claim", "anchor"), ("Claim", "object"), ("Claim", "claimant"))

kglite.set_query_warning_policy("silent")
warnings.filterwarnings("ignore", category=kglite.MappedFallbackWarning)


class _Reading(CypherView):
    """Reads through any kglite handle; ``things`` are selections by kind of what is in it, where there are any."""

    def __init__(self, engine: Any, catalog: Catalog, version: str, things: Mapping[str, Any] | None = None) -> None:
        super().__init__(catalog, version)
        self._engine = engine
        self._things = things

    def _rows(self, cypher: str, **params: Any) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._engine.cypher(cypher, params=params, timeout_ms=0).to_list()
        return rows

    def _columns(self, match: str, variable: str, items: Mapping[str, str], **params: Any) -> Iterable[Any]:
        kept = {f"{variable}.`{key}`" for key in self._engine.cypher("CALL db.propertyKeys()").column("propertyKey")}
        there = {name: item for name, item in items.items() if not item.startswith(f"{variable}.") or item in kept}
        wanted = ", ".join(f"{expression} AS `{name}`" for name, expression in there.items())
        found = self._engine.cypher(f"{match} RETURN {wanted or 'null'}", params=params, timeout_ms=0)
        return [{name: found.column(name) if name in there else [None] * len(found) for name in items}]

    def outline(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        if self._things is not None:
            with suppress(kglite.KgError, OSError, pl.exceptions.PolarsError):
                return outlined.outline(self._things, [kind.name for kind in self._catalog.relations])
        return super().outline()

    def _held(self, variable: str) -> str:
        return "true"

    def _kinds_of_nodes(self, ids: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        wanted = set(ids)
        for kind in self._catalog:
            if kind.is_entity or kind.registry:
                if len(ids) > _MANY:
                    every = self._values(f"MATCH (n:`{kind.name}`) RETURN collect(n.id) AS v")[0]
                    found |= dict.fromkeys(wanted.intersection(every), kind.name)
                else:
                    match = f"UNWIND $ids AS id MATCH (n:`{kind.name}` {{id: id}}) RETURN n.id AS v"
                    found |= dict.fromkeys(self._values(match, ids=list(ids)), kind.name)
        return found

    def ratings(self, ids: Sequence[str]) -> pl.DataFrame:
        if len(ids) <= _MANY:
            return super().ratings(ids)
        counts = ", ".join(f"count(c.`{name}`) AS `{name}`" for name in RATED if name != "id")
        given = [name for name, count in self._rows(f"MATCH (c:Claim) RETURN {counts}")[0].items() if count]
        nothing = {name: -1 if name in NUMBERS else "''" for name in given}
        columns = [f"collect(coalesce(c.`{name}`, {none})) AS `{name}`" for name, none in nothing.items()]
        every = self._rows(f"MATCH (c:Claim) RETURN {', '.join(['collect(c.id) AS id', *columns])}")[0]
        rated = pl.DataFrame(every, schema={name: RATED[name] for name in ("id", *given)})
        rated = rated.with_columns(
            pl.when(pl.col(name) != (-1 if name in NUMBERS else "")).then(pl.col(name)) for name in given
        )
        asked = pl.DataFrame({"id": pl.Series(ids, dtype=pl.String)})
        return pl.concat([pl.DataFrame(schema=RATED), rated.join(asked, on="id", how="semi")], how="diagonal")


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
            engine = _opened(self.path, lambda: kglite.load(str(self.path)))
            reading = self._settled(engine, version)
            base.must_be_layout(reading.layout(), self.address)
            self._reading = reading
        return self._reading

    def view_of(self, version: str) -> View:
        """Return the view of a version; the one that was read last is there although others have written."""
        held = self._reading
        return held if held is not None and held.version() == version else super().view_of(version)

    def _settled(self, engine: Any, version: str) -> _Reading:
        """Return reads of what an engine holds now, whatever is done to it later."""
        return _Reading(engine.freeze(), self.catalog, version, outlined.selected(engine, self.catalog))

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
            reading = _Reading(engine, self.catalog, version)
            if version:
                base.must_be_layout(reading.layout(), self.address)
            change = plan(reading)
            if change is not None:
                _apply(engine, change)
                _saved(self.path, engine.save)
                self._reading = self._settled(engine, self.version())
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
        deadline = time.monotonic() + base.WAIT_FOR_WRITER
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
        self.view()
        return asking.ask({"engine": "kglite", "path": str(self.path)}, cypher, params, limit, timeout)

    def close(self) -> None:
        self._reading = None


def _opened(path: Path, opening: Callable[[], Any]) -> Any:
    try:
        return opening()
    except kglite.WriterLeaseHeldError:
        raise
    except (kglite.KgError, OSError) as problem:
        raise StoreError(
            f"{path} is not a graphkit store or is damaged. Choose another --store, or put a copy of it back and try "
            "again."
        ) from problem


def _saved(path: Path, save: Callable[[], None]) -> None:
    try:
        save()
    except (kglite.KgError, OSError) as problem:
        raise StoreError(
            f"{path} could not be written, nothing was changed: {str(problem).splitlines()[0]}"
        ) from problem


def _apply(engine: Any, change: Change) -> None:
    _run(engine, "MERGE (g:Graphkit {id: 'store'}) SET g.layout = $layout", layout=base.LAYOUT)
    for kind, rows in change.nodes.items():
        _put(engine, rows, kind, ["Entity"])
    for kind, rows in change.registers.items():
        _put(engine, rows, kind, [] if kind == "Decision" else ["Entity"])
    _put(engine, frames.stored(change), "Claim", [])
    _take_out(engine, change)
    for relation, pairs in frames.claim_links(change).items():
        _link(engine, pairs, relation)
    for (relation,), rows in change.relations.group_by("type"):
        _link(engine, rows.drop("type"), str(relation))
    if not change.claims.is_empty():
        for label, name in _INDEXES:
            engine.create_index(label, name)


def _run(engine: Any, cypher: str, **params: Any) -> None:
    """Run what changes the graph; a write takes as long as it takes."""
    engine.cypher(cypher, params=params, timeout_ms=0)


def _take_out(engine: Any, change: Change) -> None:
    """Take out nodes and relations that are no more, and unhang claims that hang elsewhere from now on.

    Claims go after what they hang on: kglite takes quadratic time to cut many of them off one node. It looks
    relations up by walking over all of them, so they are all named at once.
    """
    engine.set_auto_vacuum(None)
    for kind, ids in (*change.gone_registers.items(), *change.gone_nodes.items()):
        _run(engine, f"UNWIND $ids AS id MATCH (n:`{kind}` {{id: id}}) DETACH DELETE n", ids=list(ids))
    if sources := change.gone_registers.get("Source"):
        _run(engine, "MATCH (c:Claim) WHERE c.source IN $sources DETACH DELETE c", sources=list(sources))
    _run(engine, "UNWIND $ids AS id MATCH (c:Claim {id: id}) DETACH DELETE c", ids=list(change.gone_claims))
    for relation, ids in change.gone_relations.items():
        _run(engine, f"MATCH ()-[r:{relation}]->() WHERE r.id IN $ids DELETE r", ids=list(ids))
    if change.rehung:
        rehung = change.hanging.filter(pl.col("id").is_in(list(change.rehung)))
        match = "UNWIND $ids AS id MATCH (:Claim {id: id})-[r:ABOUT|SAID_BY]->() DELETE r"
        _run(engine, match, ids=rehung["id"].to_list())
        for (by,), told in rehung.group_by("set_aside_by"):
            match = "UNWIND $ids AS id MATCH (c:Claim {id: id}) SET c.set_aside_by = $by"
            _run(engine, match, ids=told["id"].to_list(), by=by)
    if change.gone_registers:  # an erasure: not even an empty place of it stays in the file
        engine.vacuum()


def _put(engine: Any, rows: pl.DataFrame, label: str, also: list[str]) -> None:
    if also:
        rows = rows.with_columns(kind=pl.lit(label))
    for part in _told(rows).iter_slices(_PART):
        frame = frames.to_pandas(part)
        engine.add_nodes(frame, label, "id", "id", conflict_handling="replace", labels=also or None)


def _link(engine: Any, rows: pl.DataFrame, relation: str) -> None:
    """Put relations whose ends are in ``from``, ``from_kind``, ``to``, ``to_kind``; other columns are properties."""
    for (start, end), group in rows.group_by("from_kind", "to_kind"):
        told = _told(group.drop("from_kind", "to_kind"))
        own = [name for name in told.columns if name not in ("from", "to")]
        for part in told.iter_slices(_PART):
            frame = frames.to_pandas(part)
            engine.add_relationships(
                frame, relation, start, "from", end, "to", columns=own, conflict_handling="replace"
            )


def _told(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the columns that hold anything."""
    return rows.select(column.name for column in rows if column.null_count() < len(column))
