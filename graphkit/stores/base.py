"""The promise that every store keeps."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import polars as pl

from graphkit.engines.rows import Rows
from graphkit.errors import StoreChanged, StoreError
from graphkit.model.change import Change
from graphkit.model.schema import Catalog
from graphkit.stores import guard
from graphkit.stores.view import View

T = TypeVar("T")
WAIT_FOR_WRITER = 60.0
"""Seconds that a writer waits for another one."""
LAYOUT = 3
"""The shape of stored graphs; the node ``(:Graphkit {id: 'store', layout})`` of a store names the one it has."""


def must_be_layout(found: int | None, address: str) -> None:
    """Raise StoreError, with the way out, when a store has another shape than this graphkit writes."""
    if (found or 1) < LAYOUT:
        raise StoreError(
            f"{address} was written by an older graphkit. Load its records again into a new place: "
            "'graphkit load PATH --store NEW'."
        )
    if (found or 1) > LAYOUT:
        raise StoreError(f"{address} was written by a newer graphkit. Install that one, or choose another --store.")


class Store(View):
    """A place that keeps claims, registers, and the graph made of them.

    The small part a new store writes is ``exists``, ``view``, ``must_be_possible``, ``update``, ``answer`` and
    ``close``; the reads of ``View`` come from the view of the moment. A store may be opened before it exists;
    reading it then raises StoreMissing, ``update`` creates it.
    """

    stops_matching = True
    """Whether the engine ends the match of a regular expression when its time is over."""

    def __init__(self, address: str, catalog: Catalog) -> None:
        self.address = address
        self.catalog = catalog

    @abstractmethod
    def view(self) -> View:
        """Return the store as it is now.

        While others write, the view stays as it is, or its reads raise StoreChanged; it never mixes two states.
        """

    def view_of(self, version: str) -> View:
        """Return the view of a version; StoreChanged when there is another one by now."""
        view = self.view()
        if view.version() != version:
            raise StoreChanged(f"{self.address} was written to since it was read. Try again.")
        return view

    @abstractmethod
    def exists(self) -> bool:
        """Say whether something was ever written here."""

    @abstractmethod
    def must_be_possible(self) -> None:
        """Raise StoreError, with the way out, when nothing can be written at this address."""

    def advice(self) -> list[str]:
        """Return what whoever runs the store should change about it, one sentence each."""
        return []

    def others(self) -> int:
        """Return how many nodes Cypher finds in the same place that are not graphkit's."""
        return 0

    @abstractmethod
    def update(self, plan: Callable[[View], Change | None]) -> None:
        """Make one change, whole or not at all, while nobody else writes.

        ``plan`` sees the store as it is at that moment and returns the change, or None for none. Waits
        for another writer, then raises StoreBusy that names it. What a change takes out is in no file of the
        store's own afterwards; a server keeps logs of its own.
        """

    def query(self, cypher: str, params: Mapping[str, Any], limit: int, timeout: float) -> Rows:
        """Answer read-only Cypher; Refused when it is not, QueryStopped at ``timeout`` seconds.

        At most ``limit`` rows come back.
        """
        return self.answer(guard.read_only(cypher, self.stops_matching), params, limit, timeout)

    @abstractmethod
    def answer(self, cypher: str, params: Mapping[str, Any], limit: int, timeout: float) -> Rows:
        """Do what ``query`` promises, for Cypher that has passed the guard."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what the store holds open."""

    def reading(self, read: Callable[[View], T]) -> T:
        """Return what ``read`` makes of one view; when the store is written to meanwhile it is called again.

        After the third time StoreChanged goes to the caller.
        """
        for _ in range(2):
            try:
                return read(self.view())
            except StoreChanged:
                continue
        return read(self.view())

    def version(self) -> str:
        return self.view().version()

    def claims(
        self, about: Sequence[str] | None = None, sources: Sequence[str] | None = None, not_of: Sequence[str] = ()
    ) -> pl.DataFrame:
        return self.reading(lambda view: view.claims(about, sources, not_of))

    def claims_by_id(self, ids: Sequence[str]) -> pl.DataFrame:
        return self.reading(lambda view: view.claims_by_id(ids))

    def claims_starting(self, beginning: str, limit: int) -> list[str]:
        return self.reading(lambda view: view.claims_starting(beginning, limit))

    def ratings(self, ids: Sequence[str]) -> pl.DataFrame:
        return self.reading(lambda view: view.ratings(ids))

    def register(self, kind: str) -> pl.DataFrame:
        return self.reading(lambda view: view.register(kind))

    def kinds_of(self, ids: Sequence[str]) -> dict[str, str]:
        return self.reading(lambda view: view.kinds_of(ids))

    def outline(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        return self.reading(lambda view: view.outline())

    def nodes(self, kind: str) -> pl.DataFrame:
        return self.reading(lambda view: view.nodes(kind))

    def relations(self, names: Sequence[str]) -> pl.DataFrame:
        return self.reading(lambda view: view.relations(names))

    def graph(self) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
        return self.reading(lambda view: view.graph())

    def claims_by_source(self) -> dict[str, int]:
        return self.reading(lambda view: view.claims_by_source())

    def in_doubt(self) -> list[str]:
        return self.reading(lambda view: view.in_doubt())

    def claims_touching(self, id_: str, limit: int, sources: Sequence[str] | None = None) -> pl.DataFrame:
        return self.reading(lambda view: view.claims_touching(id_, limit, sources))

    def claims_on(self, ids: Sequence[str]) -> pl.DataFrame:
        return self.reading(lambda view: view.claims_on(ids))

    def claims_holding(self, words: Sequence[str]) -> pl.DataFrame:
        return self.reading(lambda view: view.claims_holding(words))

    def search(self, text: str, limit: int, sources: Sequence[str] | None = None) -> list[str]:
        return self.reading(lambda view: view.search(text, limit, sources))

    def protected_ids(self) -> list[str]:
        return self.reading(lambda view: view.protected_ids())

    def aliases(self, ids: Sequence[str]) -> list[str]:
        return self.reading(lambda view: view.aliases(ids))

    def protected(self) -> dict[str, list[str]]:
        return self.reading(lambda view: view.protected())

    def stats(self) -> dict[str, int]:
        return self.reading(lambda view: view.stats())
