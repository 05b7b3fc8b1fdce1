"""A store that holds one scope at one moment, built to be asked in Cypher."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from graphkit.errors import NotFound
from graphkit.graph.scope import Scope
from graphkit.model.change import Change, hanging
from graphkit.scoped import Scoped, in_scope
from graphkit.stores import Store, open_store


@contextmanager
def rebuilt(store: Store, scope: Scope) -> Iterator[Store]:
    """Give a store with what a scope holds and nothing else, for as long as it is asked."""
    change = in_scope(store, scope, _whole)
    with TemporaryDirectory(prefix="graphkit-") as folder:
        made = open_store(str(Path(folder) / "scope.kgl"), store.catalog)
        made.update(lambda _: change)
        yield made


def _whole(held: Scoped) -> Change:
    """Return what writes a scope into an empty store."""
    claims = held.claims()
    if claims.is_empty():
        raise NotFound(f"Case {held.scope} holds no records.")
    resolved = held.resolved(claims)
    registers = {
        "Source": held.sources,
        "Case": held.view.register("Case").filter(pl.col("id").is_in(list(held.scope.cases))),
        "Decision": held.decisions,
    }
    return Change(claims, registers, resolved.nodes, resolved.relations, hanging(claims, held.decided))
