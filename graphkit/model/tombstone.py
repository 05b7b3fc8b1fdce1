"""Tombstones: what was erased, told by salted hashes alone, so that it is known again and written down nowhere."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import blake2b

import polars as pl

from graphkit.model.schema import Catalog
from graphkit.model.source import empty_register

KIND = "Tombstone"


class Tombstones:
    """Finds among ids those that were erased. Without tombstones nothing is hashed."""

    def __init__(self, entries: pl.DataFrame) -> None:
        self._entries = entries.sort("when", "id")

    @classmethod
    def none(cls, catalog: Catalog) -> Tombstones:
        """Return those of a store in which nothing was erased."""
        return cls(empty_register(catalog, KIND))

    def days(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the ids of erased things and sources, each with the day it was erased."""
        return dict(_found(self._things, ids))

    def claim_days(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the ids of claims that were erased for their words, each with the day it was erased."""
        return dict(_found(self._claims, ids))

    def salt(self) -> str:
        """Return the key of the hashes in this store, a new one when it has none yet."""
        return str(self._entries["salt"][0]) if len(self._entries) else secrets.token_hex(16)

    @cached_property
    def _things(self) -> dict[str, dict[str, str]]:
        return _by_salt(self._entries.select("salt", "hash", "when"))

    @cached_property
    def _claims(self) -> dict[str, dict[str, str]]:
        return _by_salt(self._entries.select("salt", hash="claims", when="when").explode("hash").drop_nulls("hash"))


def hashed(id_: str, salt: str) -> str:
    """Return what a tombstone keeps of an id."""
    text = unicodedata.normalize("NFC", id_).encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=16, key=bytes.fromhex(salt)).hexdigest()


def _by_salt(rows: pl.DataFrame) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for salt, digest, when in rows.iter_rows():
        found.setdefault(salt, {}).setdefault(digest, when[:10])
    return found


def _found(days: dict[str, dict[str, str]], ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    for id_ in ids if days else ():
        for salt, by_hash in days.items():
            if day := by_hash.get(hashed(id_, salt)):
                yield id_, day
