"""Stores by the name of their engine, and which address is of which."""

from __future__ import annotations

from collections.abc import Callable

from graphkit.engines.address import SCHEMES
from graphkit.errors import ChooseAgain
from graphkit.model.schema import Catalog
from graphkit.stores.base import Store

__all__ = ["STORES", "Store", "open_store"]


def _embedded(address: str, catalog: Catalog) -> Store:
    from graphkit.stores.embedded import EmbeddedStore

    return EmbeddedStore(address, catalog)


def _neo4j(address: str, catalog: Catalog) -> Store:
    from graphkit.stores.neo4j import Neo4jStore

    return Neo4jStore(address, catalog)


STORES: dict[str, Callable[[str, Catalog], Store]] = {"embedded": _embedded, "neo4j": _neo4j}
"""What opens a store of each kind; only the engine that is asked for is imported, which takes a while."""


def open_store(address: str, catalog: Catalog) -> Store:
    """Return the store at an address, a file path or ``neo4j://…``; nothing is created before the first write."""
    if not address.strip():
        raise ChooseAgain("The store has no name. Give --store, or GRAPHKIT_STORE, a file such as graphkit.kgl.")
    scheme, has_scheme, _ = address.partition("://")
    if has_scheme and scheme not in SCHEMES:
        known = ", ".join(f"{name}://" for name in SCHEMES)
        raise ChooseAgain(f"No store for '{scheme}://'. Known: a file path, {known}.")
    return STORES["neo4j" if has_scheme else "embedded"](address, catalog)
