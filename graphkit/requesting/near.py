"""Which relations of a snapshot requests are about, and what they concern: no others are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from graphkit.graph.snapshot import Snapshot

OF_REQUESTS = ("MADE_REQUEST", "ADDRESSED_TO", "CONCERNS", "REQUESTED_REMOVAL")
OF_SITES = ("HAS_DOMAIN", "REDIRECTS_TO", "SUCCESSOR_OF", "HOSTED_CONTENT")


@dataclass(frozen=True, slots=True)
class Near:
    """``relations`` of a snapshot, one a row, and the ids of the ``things`` of which properties are told.

    ``alike`` has the ids of content items with the same SHA-256, by the id of each.
    """

    relations: pl.DataFrame
    things: list[str]
    alike: Mapping[str, list[str]]


def near(view: Snapshot) -> Near:
    """Return what requests are about, and what leads on from it."""
    every = _of(view.relations, (*OF_REQUESTS, *OF_SITES))
    asking = _of(every, OF_REQUESTS)
    about = set(_of(every, ("CONCERNS", "REQUESTED_REMOVAL"))["to"])
    alike = _alike(view)
    items = {same for id_ in about for same in alike.get(id_, [id_])}
    hosted, reached = _of(every, ["HOSTED_CONTENT"]), _of(every, ["HAS_DOMAIN"])
    sites = about | set(_where(hosted, "to", items)["from"]) | set(_where(reached, "to", about)["from"])
    shown = _where(hosted, "from", sites)["to"]
    items |= {same for id_ in shown for same in alike.get(id_, [id_])}
    domains = about | set(_where(reached, "from", sites)["to"])
    redirects = _where(_of(every, ["REDIRECTS_TO"]), "from", domains)
    onward = domains | set(redirects["to"])
    kept = [
        asking,
        _where(hosted, "to", items),
        _where(reached, "from", sites),
        _where(reached, "to", onward),
        redirects,
        _where(_of(every, ["SUCCESSOR_OF"]), "to", sites),
    ]
    requests = view.things.filter(view.things["kind"].cast(pl.String) == "Request")["id"]
    return Near(pl.concat(kept).unique("id").sort("from", "to", "id"), sorted({*requests, *sites}), alike)


def _alike(view: Snapshot) -> dict[str, list[str]]:
    if "ContentItem" not in view.kinds:
        return {}
    rows = view.nodes_of("ContentItem")
    if "sha256" not in rows.columns:
        return {}
    groups = rows.drop_nulls("sha256").group_by("sha256").agg(pl.col("id").sort())["id"].to_list()
    return {id_: group for group in groups for id_ in group}


def _of(relations: pl.DataFrame, types: Iterable[str]) -> pl.DataFrame:
    return relations.filter(relations["type"].cast(pl.String).is_in(list(types)))


def _where(relations: pl.DataFrame, end: str, ids: Iterable[str]) -> pl.DataFrame:
    return relations.filter(pl.col(end).is_in(sorted(ids)))
