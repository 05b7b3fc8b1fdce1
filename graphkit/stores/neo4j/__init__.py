"""A store in a Neo4j 5 server.

A write holds the lock of one node, ``(:Graphkit {id: 'store'})``, in an open transaction whose commit publishes
it. The change goes ahead of it, a large one in batches; its rows carry the number of the version to come: nobody
reads them before the commit, and the next writer takes back what a killed one left.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import Any

import neo4j
from neo4j import exceptions

from graphkit.engines import asking, server
from graphkit.engines.address import Address
from graphkit.engines.rows import Rows
from graphkit.errors import StoreBusy, StoreError, StoreMissing
from graphkit.model.change import Change
from graphkit.model.schema import Catalog
from graphkit.stores import base
from graphkit.stores.base import Store
from graphkit.stores.neo4j import layout, writing
from graphkit.stores.neo4j.password import password
from graphkit.stores.neo4j.reading import ServerView, Version, checked
from graphkit.stores.view import View

AT_ONCE = 50_000
"""Rows that are written in one transaction."""
_TRIES = 3
_LOCK = "MERGE (g:Graphkit {id: 'store'}) SET g.writer = $writer"
_PUBLISH = "MATCH (g:Graphkit {id: 'store'}) SET g = {id: 'store', layout: $layout, version: $number, token: $token}"
_WRITERS = "SHOW TRANSACTIONS YIELD metaData WHERE metaData.graphkit IS NOT NULL RETURN metaData.graphkit AS writer"
_UNFINISHED = "MERGE (g:Graphkit {id: 'unfinished'}) SET g.touched = $touched, g.rehung = $rehung"
_LEFT = "MATCH (g:Graphkit {id: 'unfinished'}) RETURN g.id AS id"
_FINISHED = "MATCH (g:Graphkit {id: 'unfinished'}) DELETE g"
_OPEN = (
    "SHOW SETTINGS YIELD name, value WHERE name = 'dbms.security.allow_csv_import_from_file_urls' AND value = 'true' "
    "RETURN name"
)
_FOREIGN = "MATCH (n:{label}) WHERE n._since IS NULL AND NOT n:Graphkit RETURN count(n) AS n"


class Neo4jStore(Store):
    """A store in one database of a server; the address is ``neo4j://user@host:7687/database``."""

    stops_matching = False

    def __init__(self, address: str, catalog: Catalog) -> None:
        super().__init__(address, catalog)
        self._address = Address.of(address)
        self._held: neo4j.Driver | None = None

    @property
    def _driver(self) -> neo4j.Driver:
        if self._held is None:
            self._held = server.driver(self._address, password())
        return self._held

    def _session(self, mode: str = neo4j.READ_ACCESS) -> neo4j.Session:
        return server.session(self._driver, self._address, default_access_mode=mode)

    def _read(self, cypher: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        try:
            with self._session() as session, session.begin_transaction() as tx:
                return _rows(tx, cypher, params)
        except (exceptions.Neo4jError, exceptions.DriverError, OSError) as problem:
            raise server.in_words(self._address, problem) from None

    def exists(self) -> bool:
        return Version.of(self._read).number > 0

    def view(self) -> View:
        version = Version.of(self._read)
        if not version.number:
            raise StoreMissing(
                f"{self.address} holds no records yet. Load some with 'graphkit load PATH --store {self.address}'."
            )
        base.must_be_layout(version.layout, self.address)
        return ServerView(checked(self._read, version, self.address), self.catalog, version)

    def must_be_possible(self) -> None:
        """Raise StoreError when the server cannot be used, or holds others' nodes under our labels."""
        version = Version.of(self._read)
        if version.number:
            base.must_be_layout(version.layout, self.address)
            return
        for label in layout.OWNED[:-1]:
            count = self._read(_FOREIGN.format(label=label), {})[0]["n"]
            if count:
                raise StoreError(
                    f"{self.address} holds {count:,} nodes labelled {label} that are not graphkit's. They were left "
                    "as they are. Choose another database or server."
                )

    def advice(self) -> list[str]:
        if not self._read(_OPEN, {}):
            return []
        return [
            "Whoever may log in at the server can read files there with LOAD CSV. Set "
            "dbms.security.allow_csv_import_from_file_urls=false in its neo4j.conf."
        ]

    def others(self) -> int:
        ours = " ".join(f"- COUNT {{ (:{label}) }}" for label in layout.OWNED)
        count: int = self._read(f"RETURN COUNT {{ () }} {ours} AS n", {})[0]["n"]
        return count

    def update(self, plan: Callable[[View], Change | None]) -> None:
        self.must_be_possible()
        token = secrets.token_hex(8)
        for tries_left in reversed(range(_TRIES)):
            try:
                return self._update(plan, token)
            except exceptions.Neo4jError as problem:
                if not tries_left or not server.may_try_again(problem):
                    raise server.in_words(self._address, problem) from None
            except server.LOST as problem:
                if self._was_published(token):
                    return None
                if not tries_left:
                    raise server.in_words(self._address, problem) from None
            except (exceptions.DriverError, OSError) as problem:
                raise server.in_words(self._address, problem) from None
        return None

    def _update(self, plan: Callable[[View], Change | None], token: str) -> None:
        self._lay_out()
        with self._session(neo4j.WRITE_ACCESS) as session, self._locked(session) as tx:
            before = Version.of(partial(_rows, tx))
            view = ServerView(partial(_rows, tx), self.catalog, before)
            if before.number:
                base.must_be_layout(before.layout, self.address)
            if _rows(tx, _LEFT, {}):
                writing.take_back(view, before.number, self.catalog, self._commit)
                self._commit(_FINISHED, {})
            change = plan(view)
            if change is not None:
                self._write(tx, change, before.number + 1)
                tx.run(_PUBLISH, {"layout": base.LAYOUT, "number": before.number + 1, "token": token}).consume()
                tx.commit()

    def _write(self, tx: neo4j.Transaction, change: Change, since: int) -> None:
        """Write a change ahead of the transaction that publishes it, which itself is small.

        A commit is applied bit by bit before the eyes of readers; only a small one is so in an instant.
        """
        self._commit(_UNFINISHED, writing.unfinished(change))
        steps = chain(writing.staged(change, since), writing.steps(change, since))
        if writing.size(change) > AT_ONCE:
            for step in steps:
                self._commit(step.cypher, step.params)
        else:
            with self._session(neo4j.WRITE_ACCESS) as session, session.begin_transaction() as ahead:
                for step in steps:
                    ahead.run(step.cypher, step.params).consume()
                ahead.commit()
        tx.run(_FINISHED).consume()
        for step in writing.registers(change, since):
            tx.run(step.cypher, step.params).consume()

    def _was_published(self, token: str) -> bool:
        """Say how a commit ended of which nothing was heard, once the server is back."""
        deadline = time.monotonic() + server.BACK_AGAIN
        while True:
            try:
                return Version.of(self._read).token == token
            except StoreError as problem:
                if time.monotonic() > deadline:
                    raise StoreError(
                        f"{problem} Whether the last write arrived is not known: load the same again, nothing doubles."
                    ) from None
                time.sleep(0.5)

    def _lay_out(self) -> None:
        """Make the constraints and indexes that are missing."""
        named = "SHOW INDEXES YIELD name WHERE name STARTS WITH 'graphkit_' RETURN name"
        there = {row["name"] for row in self._commit(named, {})}
        missing = [text for text in layout.statements(self.catalog) if text.split()[2] not in there]
        for statement in missing:
            self._commit(statement, {})
        if missing:
            self._commit("CALL db.awaitIndexes(60)", {})

    def _commit(self, cypher: str, params: dict[str, Any]) -> list[dict[str, Any]]:
        """Run one statement in a transaction of its own."""
        with self._session(neo4j.WRITE_ACCESS) as session, session.begin_transaction() as tx:
            rows = _rows(tx, cypher, params)
            tx.commit()
            return rows

    @contextmanager
    def _locked(self, session: neo4j.Session) -> Iterator[neo4j.Transaction]:
        """Give a transaction that holds the lock of the store; StoreBusy when another writer keeps it too long.

        Waiting is done in short transactions, since the time limit of one counts until its end.
        """
        deadline = time.monotonic() + base.WAIT_FOR_WRITER
        now = datetime.now(UTC).isoformat(timespec="seconds")
        writer = f"process {os.getpid()} on {socket.gethostname()} since {now}"
        while not self._is_free(session, min(2.0, max(0.1, deadline - time.monotonic()))):
            if time.monotonic() > deadline:
                holders = [row["writer"] for row in self._read(_WRITERS, {})]
                who = " and ".join(holders) or "another writer"
                raise StoreBusy(f"{self.address} is being written by {who}. Try again when it has ended.")
        with session.begin_transaction(metadata={"graphkit": writer}) as tx:
            tx.run(_LOCK, {"writer": writer}).consume()
            yield tx
            if not tx.closed():
                tx.rollback()

    def _is_free(self, session: neo4j.Session, seconds: float) -> bool:
        try:
            with session.begin_transaction(timeout=seconds) as tx:
                tx.run(_LOCK, {"writer": "waiting"}).consume()
                tx.rollback()
        except exceptions.Neo4jError as problem:
            if server.is_time_out(problem):
                return False
            raise
        return True

    def answer(self, cypher: str, params: Mapping[str, Any], limit: int, timeout: float) -> Rows:
        self.view()
        engine = {"engine": "neo4j", "database": self._address.database, "uri": self._address.uri}
        engine |= {"user": self._address.user, "password": password()}
        return asking.ask(engine, cypher, params, limit, timeout)

    def close(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None


def _rows(
    tx: neo4j.Transaction | neo4j.ManagedTransaction, cypher: str, params: Mapping[str, Any]
) -> list[dict[str, Any]]:
    return tx.run(cypher, dict(params)).data()
