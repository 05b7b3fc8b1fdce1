"""The snapshot of a scope: as it is kept on disk, else as the store's graph has it, else resolved out of the claims."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from graphkit import as_stored
from graphkit.errors import GraphkitError
from graphkit.graph.parts import Frames, Parts
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot, telling
from graphkit.kept import Kept, Shelf
from graphkit.scoped import Scoped
from graphkit.settings import Settings
from graphkit.stores import Store

LEAST_RELATIONS = 20_000
"""From how many relations on a snapshot is kept on disk."""
LEAST_SECONDS = 0.1
"""How long it takes to make a snapshot that is kept although it has fewer."""
_FORMAT = 1


def snapshot(store: Store, scope: Scope) -> Snapshot:
    """Return the graph of a scope, frozen; it may be empty.

    One that was made before, by any process, and that still holds is not made again.
    """
    started = time.perf_counter()
    origin = _Origin(store, scope, version := store.version())
    origin.shelf.tidy(version)
    kept = Kept.at(origin.place, origin.holds)
    if kept and _tells(kept.told, scope, version):
        return Snapshot.told(kept.told, Parts(origin.part, kept, keeps=True))
    return store.reading(lambda view: _made(Scoped(view, scope, store.catalog), store, started))


@dataclass(frozen=True, slots=True)
class Contents:
    """The ids of the cases of a store, sorted, and how many claims there are in all."""

    cases: list[str]
    claims: int

    @classmethod
    def of(cls, store: Store) -> Contents:
        """Return what is in a store; where opening it took long, for the next process too."""
        started, version = time.perf_counter(), store.version()
        place = Shelf.of(store.address, Settings().cache).place(version, f"{_FORMAT} contents")
        kept = Kept.at(place)
        if kept and kept.told.keys() == {"cases", "claims"}:
            return cls(**kept.told)
        found = cls(store.register("Case")["id"].to_list(), store.stats()["claims"])
        if time.perf_counter() - started >= LEAST_SECONDS:
            Kept(place, asdict(found), lambda: _is_at(store, version)).keep({})
        return found


def _is_at(store: Store, version: str) -> bool:
    try:
        return store.version() == version
    except GraphkitError:
        return False


def _made(held: Scoped, store: Store, started: float) -> Snapshot:
    origin = _Origin(store, held.scope, held.version)
    told = telling(held.scope, held.version, held.protected)
    kept = Kept(origin.place, told, origin.holds)
    made = Parts(origin.part, kept)
    made.add(_first(held, made))
    many, slow = len(made["links"]) >= LEAST_RELATIONS, time.perf_counter() - started >= LEAST_SECONDS
    if many or slow:
        made.keep_all()
    return Snapshot.told(told, made)


def _first(held: Scoped, made: Parts) -> Frames:
    """Return the things and relations, and all other parts where they come along."""
    return as_stored.part(held, made, "things") if as_stored.leaves_nothing_out(held) else held.parts()


def _tells(told: Mapping[str, Any], scope: Scope, version: str) -> bool:
    protected = told.get("protected")
    return isinstance(protected, dict) and told == telling(scope, version, protected)


@dataclass(frozen=True, slots=True)
class _Origin:
    """A scope of a store at a version, from which parts can be made as long as the version holds."""

    store: Store
    scope: Scope
    version: str

    @property
    def shelf(self) -> Shelf:
        """Where snapshots of the store are kept."""
        return Shelf.of(self.store.address, Settings().cache)

    @property
    def place(self) -> Path:
        """Where this one is kept: not with others of the same version, other kinds or another form of keeping it."""
        return self.shelf.place(self.version, f"{_FORMAT} {self.store.catalog.digest} {self.scope!r}")

    def holds(self) -> bool:
        """Say whether the store still is at the version."""
        return _is_at(self.store, self.version)

    def part(self, made: Parts, name: str) -> Frames:
        """Return a part, and what came along with it; StoreChanged when the store has another version."""
        held = Scoped(self.store.view_of(self.version), self.scope, self.store.catalog)
        return as_stored.part(held, made, name) if as_stored.leaves_nothing_out(held) else held.parts()
