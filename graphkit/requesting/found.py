"""The requests of a snapshot, to look at and to hand over."""

from __future__ import annotations

import polars as pl

from graphkit.graph.redact import redacted, redacted_claims
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.handing_over import filled
from graphkit.kinds import catalog
from graphkit.requesting import in_words, made, reading
from graphkit.requesting.asked import ALL, RequestsAsked, picked
from graphkit.requesting.said import Said
from graphkit.requesting.summing import summary
from graphkit.requesting.values import Requests
from graphkit.scoped import Scoped, in_scope
from graphkit.stores import Store


def requests(store: Store, view: Snapshot, asked: RequestsAsked = ALL) -> Requests:
    """Return the requests of a snapshot of a store, with what became of what they concern, and on whose word.

    StoreChanged when the store was written to since the snapshot was taken; NotFound and ChooseAgain say what may be
    meant by what is asked for.
    """
    return _told(view, reading.claims(store, view), asked)


def requests_to_hand_over(store: Store, scope: Scope) -> tuple[Snapshot, pl.DataFrame]:
    """Return the snapshot of a scope and its requests as a table for others, both of one moment.

    Protected persons are redacted. NotFound says what to do when no source in the scope says anything yet.
    """
    return in_scope(store, scope, _handed_over)


def _handed_over(held: Scoped) -> tuple[Snapshot, pl.DataFrame]:
    view = filled(held.snapshot())
    hidden = redacted(view)[0]
    claims = redacted_claims(view, reading.standing_claims(held, view))
    return hidden, in_words.listed(_told(hidden, claims, ALL))


def _told(view: Snapshot, claims: pl.DataFrame, asked: RequestsAsked) -> Requests:
    said = Said(view, claims, catalog())
    rows = picked(made.every(said), view, asked, catalog())
    return Requests(rows, summary(rows), f"case {view.scope}", view.invented)
