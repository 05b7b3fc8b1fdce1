"""Two cases beside each other: what both speak of, and what only both together contradict."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from graphkit.analytics.stakes import at_stake
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.model.claim import relation_ids
from graphkit.model.linker import Linker
from graphkit.model.schema import Catalog
from graphkit.scoped import Scoped
from graphkit.stores import Store
from graphkit.stores.view import View

LINKING = ("Identifier", "Domain", "Host")
"""The kinds whose things link cases by themselves: a value that both have seen."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two cases share, and the snapshot of both.

    ``things`` and ``identifiers`` have one row a thing that both speak of, most claims first: ``id`` and ``kind``,
    and of each case its name there and how many claims are on it (``name_a``, ``claims_a``, ``name_b``,
    ``claims_b``). ``conflicts`` are the contradictions, as ``at_stake`` lists them, that neither case has by itself.
    """

    cases: tuple[str, str]
    things: pl.DataFrame
    identifiers: pl.DataFrame
    both: Snapshot
    conflicts: pl.DataFrame


def compare(store: Store, a: str, b: str) -> Comparison:
    """Return two cases beside each other, all of one moment.

    Merges of both cases count: a thing is the same under any of its ids.
    """
    return store.reading(lambda view: _compared(view, a, b, store.catalog))


def _compared(view: View, a: str, b: str, catalog: Catalog) -> Comparison:
    both = Scoped(view, Scope((a, b)), catalog)
    link, together = both.decided.linker, both.snapshot()
    first, second = (Scoped(view, Scope((case,)), catalog).snapshot() for case in (a, b))
    known = pl.concat([_disputed(first, link, catalog), _disputed(second, link, catalog)])
    new = at_stake(together).join(known, on=["about", "property"], how="anti", maintain_order="left")
    shared = _seen(first, link, "a").join(_seen(second, link, "b").drop("kind"), on="id")
    shared = shared.sort(pl.col("claims_a") + pl.col("claims_b"), "id", descending=[True, False])
    linking = pl.col("kind").is_in(LINKING)
    return Comparison((a, b), shared.filter(~linking), shared.filter(linking), together, new)


def _seen(view: Snapshot, link: Linker, case: str) -> pl.DataFrame:
    """Return the things of a case under the ids that both cases together give them."""
    named = view.entities.with_columns(pl.col("id").replace(dict(link.canonical)))
    grouped = named.sort("n_claims", "id", descending=[True, False]).group_by("id", maintain_order=True)
    return grouped.agg(
        pl.col("kind").first(),
        pl.col("name").first().alias(f"name_{case}"),
        pl.col("n_claims").sum().alias(f"claims_{case}"),
    )


def _disputed(view: Snapshot, link: Linker, catalog: Catalog) -> pl.DataFrame:
    """Return ``about`` and property of each contradiction, under the ids that both cases together give things."""
    disputed = view.conflicts.select("about", "property").unique()
    relations = view.relations.join(disputed.select(id="about"), on="id", how="semi")
    ids = {id_: link.read(id_) for id_ in disputed["about"]}
    for id_, name, start, end in relations.select("id", "type", "from", "to").iter_rows():
        edge = catalog[name].edge
        (ids[id_],) = relation_ids([link.read(start)], name, [link.read(end)], bool(edge and edge.symmetric))
    return disputed.with_columns(pl.col("about").replace(ids))
