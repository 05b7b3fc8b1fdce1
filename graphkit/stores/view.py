"""What can be read of a store at one moment."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence

import polars as pl

from graphkit.model.linker import Linker


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
    def outline(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the things by id (``id``, ``kind``, ``name``, ``ids`` of all merged into one) and their relations.

        Of these there is what ``linked`` makes of them: the rows of the things they lead from and to, and the type.
        """

    @abstractmethod
    def nodes(self, kind: str) -> pl.DataFrame:
        """Return the things of a kind as they are resolved, by id; empty when there are none."""

    @abstractmethod
    def relations(self, names: Sequence[str]) -> pl.DataFrame:
        """Return these columns of the relations as they are resolved, in the order of ``outline``."""

    @abstractmethod
    def graph(self) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
        """Return the nodes by kind and the relations, by id, as they are resolved."""

    @abstractmethod
    def claims_by_source(self) -> dict[str, int]:
        """Return how many claims each source makes that makes any."""

    @abstractmethod
    def in_doubt(self) -> list[str]:
        """Return the ids of things and relations that are disputed, or on which a claim denies or retracts.

        With them are relations that are said to have properties although all that said that they are was set aside.
        """

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
