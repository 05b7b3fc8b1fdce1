"""A store on a Neo4j server to break things on, and what is seen of a store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from graphkit import flow
from graphkit.stores import Store


@pytest.fixture
def there(server: Any) -> Iterator[Store]:
    """A store on the server."""
    store = flow.store_at(server.address)
    yield store
    store.close()


@pytest.fixture
def seen(claims_of: Any, graph_of: Any) -> Callable[[Store], tuple[Any, Any]]:
    """Give the claims and the graph of one version; a server may end a write after its writer was killed."""

    def both(store: Store) -> tuple[Any, Any]:
        while True:
            version = store.version()
            found = claims_of(store), graph_of(store)
            if store.version() == version:
                return found

    return both
