"""The communities of a snapshot as groups: how large, how stable, and who in them is linked most."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from graphkit.analysing import communities
from graphkit.analytics import METRICS, PLAIN, Counting
from graphkit.graph.snapshot import Snapshot
from graphkit.ranking import counted

NAMED = 5
"""How many members of a group are named."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of things that are linked to one another more than to the rest, the largest first.

    ``rows`` has community, size, stability, ``kinds``, as in "Person 4", and ``names`` of the most linked members.
    ``members`` has community, id, name, kind and ``links``, how many things each is linked to, the most linked first.
    ``told`` are sentences about the whole.
    """

    rows: pl.DataFrame
    members: pl.DataFrame
    computed_on: str
    told: tuple[str, ...]


def groups(view: Snapshot, counting: Counting = PLAIN) -> Groups:
    """Return the communities of a snapshot as groups; things that are linked to nothing are in none."""
    found = communities(view, counting)
    among, _ = counted(view, counting)
    degree = METRICS["degree"](among, replace(PLAIN, told=counting.told)).values.astype(int)
    links = among.things.select("id").with_columns(links=pl.Series(degree))
    members = found.rows.join(links, on="id", how="left").sort(
        "community", "links", "id", descending=[False, True, False]
    )
    kinds = (
        members.group_by("community", "kind").len().sort("community", "len", "kind", descending=[False, True, False])
    )
    told = kinds.group_by("community", maintain_order=True).agg(
        kinds=pl.format("{} {}", "kind", "len").str.join(", "),
    )
    rows = members.group_by("community", maintain_order=True).agg(
        pl.col("size", "stability").first(), names=pl.col("name").head(NAMED)
    )
    return Groups(
        rows.join(told, on="community", how="left").select("community", "size", "stability", "kinds", "names"),
        members.select("community", "id", "name", "kind", "links"),
        found.computed_on,
        found.told,
    )
