"""The promise that every store keeps."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import polars as pl

from graphkit.engines.rows import Rows
from graphkit.errors import StoreChanged, StoreError
from graphkit.model.change import Change
from graphkit.model.linker import Linker
from graphkit.model.schema import Catalog
from graphkit.stores import guard

T = TypeVar("T")
WAIT_FOR_WRITER = 60.0
"""Seconds that a writer waits for another one."""
LAYOUT = 3
"""The shape of stored graphs; the node ``(:Graphkit {id: 'store', layout})`` of a store names the one it has."""


class View(ABC):
    """What can be read of a store at one moment."""

    @abstractmethod
    def version(self) -> str:
        """Return a text that changes with every write."""

    @abstractmethod
    def claims(
        self, about: Sequence[str] | None = None, sources: Sequence[str] | None = None, not_of: Sequence[str] = ()
    ) -> pl.DataFrame:
        """Return claims as columns: all, those about these ids, those of these sources, or those not of others."""

    @abstractmethod
    def claims_by_id(self, ids: Sequence[str]) -> pl.DataFrame:
        """Return the claims among these ids that the store holds."""

    @abstractmethod
    def claims_starting(self, beginning: str, limit: int) -> list[str]:
        """Return up to ``limit`` ids of claims that begin so, sorted."""

    @abstractmethod
    def ratings(self, ids: Sequence[str]) -> pl.DataFrame:
        """Return the columns ``RATED`` of the claims among these ids that the store holds."""

    @abstractmethod
    def register(self, kind: str) -> pl.DataFrame:
        """Return a register (Source, Case, Decision, Document or Tombstone) as columns."""

    @abstractmethod
    def kinds_of(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the kinds of those ids that are things, register entries or claims ("Claim") of the store.

        Things that were merged into others, or that only set-aside claims name, are among them.
        """

    @abstractmethod
    def graph(self) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
        """Return the nodes by kind and the relations, as columns; empty properties may be missing."""

    @abstractmethod
    def claims_touching(self, id_: str, limit: int, sources: Sequence[str] | None = None) -> pl.DataFrame:
        """Return up to ``limit`` claims that hang on a thing, point at it or are said by it, by claim id.

        Denials are among them; with ``sources`` only claims of these sources are.
        """

    @abstractmethod
    def claims_on(self, ids: Sequence[str]) -> pl.DataFrame:
        """Return all claims that hang on any of these things, point at it or are said by it."""

    @abstractmethod
    def claims_holding(self, words: Sequence[str]) -> pl.DataFrame:
        """Return the claims whose value, notes, quote or place holds one of these words, ignoring case."""

    @abstractmethod
    def search(self, text: str, limit: int, sources: Sequence[str] | None = None) -> list[str]:
        """Return up to ``limit`` ids of things whose id or any name holds the text, ignoring case.

        Those whose id or a name is the text come first, then the others, both in id order.
        With ``sources`` only names that these sources give count, and things that they speak of.
        """

    @abstractmethod
    def protected_ids(self) -> list[str]:
        """Return the ids of persons whom any record of the store marks as protected, of retracted sources too."""

    @abstractmethod
    def aliases(self, ids: Sequence[str]) -> list[str]:
        """Return the ids of things that a claim of any stance calls the same as one of these."""

    def protected(self) -> dict[str, list[str]]:
        """Return all names, in every writing, of the protected persons and of what is said to be the same, by id.

        What was ever merged with a protected person is so too, undone or not.
        """
        hidden = self.protected_ids()
        decisions = self.register("Decision")
        merged = Linker.of([(id_, about, None) for id_, about in _merges(decisions)], [])
        while further := sorted({*self.aliases(hidden), *merged.with_members(hidden)} - set(hidden)):
            hidden += further
        names: dict[str, list[str]] = {id_: [] for id_ in hidden}
        claims = self.claims(about=sorted(hidden)).filter(pl.col("property").is_in(["name", "written_as"]))
        for id_, value, raw in claims.select("about", "value", "raw").iter_rows():
            names[id_] += [value, raw] if raw else [value]
        for about, name in decisions.select("about", "read_as").drop_nulls().iter_rows():
            for id_ in about:
                names.get(id_, []).append(name)
        return names

    @abstractmethod
    def stats(self) -> dict[str, int]:
        """Return how many claims, sources, cases, decisions, entities and relations there are."""


def _merges(decisions: pl.DataFrame) -> Iterator[tuple[str, list[str]]]:
    yield from decisions.filter(pl.col("action") == "merge").select("id", "about").iter_rows()


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

    def graph(self) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
        return self.reading(lambda view: view.graph())

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
