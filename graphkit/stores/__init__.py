"""Stores by address scheme; a path without a scheme is the embedded store."""

from __future__ import annotations

from graphkit.errors import ChooseAgain
from graphkit.model.schema import Catalog
from graphkit.stores.base import Store
from graphkit.stores.embedded import EmbeddedStore

STORES: dict[str, type[Store]] = {"": EmbeddedStore}

__all__ = ["STORES", "Store", "open_store"]


def open_store(address: str, catalog: Catalog) -> Store:
    """Return the store at an address; nothing is created before the first write."""
    if not address.strip():
        raise ChooseAgain("The store has no name. Give --store, or GRAPHKIT_STORE, a file such as graphkit.kgl.")
    scheme = address.partition("://")[0] if "://" in address else ""
    if scheme not in STORES:
        known = ", ".join(f"{name}://" for name in STORES if name) or "a file path"
        raise ChooseAgain(f"No store for '{scheme}://'. Known: {known}.")
    return STORES[scheme](address, catalog)
