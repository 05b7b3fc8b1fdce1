"""The requests of a snapshot, to look at and to hand over."""

from __future__ import annotations

import polars as pl

from graphkit.graph.redact import redacted, redacted_claims
from graphkit.graph.snapshot import Snapshot
from graphkit.kinds import catalog
from graphkit.requesting import made, reading
from graphkit.requesting.asked import ALL, RequestsAsked, picked
from graphkit.requesting.listed import listed
from graphkit.requesting.said import Said
from graphkit.requesting.summing import summary
from graphkit.requesting.values import Requests
from graphkit.stores import Store


def requests(store: Store, view: Snapshot, asked: RequestsAsked = ALL) -> Requests:
    """Return the requests of a snapshot of a store, with what became of what they concern, and on whose word.

    StoreChanged when the store was written to since the snapshot was taken; NotFound and ChooseAgain say what may be
    meant by what is asked for.
    """
    return _told(view, reading.claims(store, view), asked)


def requests_to_hand_over(store: Store, view: Snapshot) -> pl.DataFrame:
    """Return the requests of a snapshot of a store as a table for others; protected persons are redacted."""
    claims = redacted_claims(view, reading.claims(store, view))
    hidden = redacted(view)[0]
    return listed(_told(hidden, claims, ALL))


def _told(view: Snapshot, claims: pl.DataFrame, asked: RequestsAsked) -> Requests:
    said = Said(view, claims, catalog())
    rows = picked(made.every(said), view, asked, catalog())
    return Requests(rows, summary(rows), f"case {view.scope}", view.invented)
