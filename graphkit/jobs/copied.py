"""A copy of a store that holds what may be handed over and nothing else, to ask it queries."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from graphkit import flow
from graphkit.graph.redact import unnamed_rows
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.model.change import Change, hanging
from graphkit.model.decision import Decided
from graphkit.stores import Store


def copied(store: Store, cases: Sequence[str], view: Snapshot, path: Path) -> Store:
    """Return a store at ``path`` with these cases, in which protected persons are pseudonymous.

    What a query asks for, filters by or counts can then tell nothing that a hand-over must not tell.
    """
    hidden, told = flow.hand_over(store, Scope(tuple(cases)))
    claims = told.with_columns(made_by=pl.lit(None, dtype=pl.String))
    known = store.register("Case").filter(pl.col("id").is_in(list(cases)))
    named = pl.DataFrame(unnamed_rows(view, known.rows()), schema=known.schema, orient="row")
    registers = {"Source": hidden.sources.drop("n_claims"), "Case": named, "Decision": hidden.decisions.drop("on")}
    hangs = hanging(claims, Decided(hidden.decisions.clear()))
    change = Change(claims, registers, hidden.nodes, hidden.relations, hangs)
    made = flow.store_at(str(path))
    made.update(lambda _: change)
    return made
