"""Reading the claims that requests rest on out of a store, as they stand."""

from __future__ import annotations

import polars as pl

from graphkit.errors import StoreChanged
from graphkit.graph.snapshot import Snapshot
from graphkit.model.entity import as_read, without_retracted
from graphkit.requesting.near import near
from graphkit.scoped import Scoped, in_scope
from graphkit.stores import Store


def claims(store: Store, view: Snapshot) -> pl.DataFrame:
    """Return the claims on all that requests of a snapshot are about; StoreChanged when the store changed since."""
    return in_scope(store, view.scope, lambda held: standing_claims(held, view))


def standing_claims(held: Scoped, view: Snapshot) -> pl.DataFrame:
    """Return the same from the scope that the snapshot is of: those that stand, under whichever ids they are written.

    What was taken back, or set aside by a decision, is not among them.
    """
    if held.version != view.version:
        raise StoreChanged("The store was written to since this snapshot of it was taken. Take another one.")
    found = near(view)
    ends = found.relations.select(anchor="from", property="type", value="to")
    written = held.decided.linker.relations(ends, held.catalog).values()
    about = sorted({*found.things, *found.relations["id"]})
    ids = sorted(set(about).union(*written))
    read = as_read(held.claims(ids), held.decided, held.catalog)
    return without_retracted(read, held.all_sources).filter(pl.col("about").is_in(about)).unique("id")
