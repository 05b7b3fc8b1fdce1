"""What claims add up to between two things: one relation a (from, type, to)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.model import interval
from graphkit.model.properties import property_table
from graphkit.model.schema import Catalog
from graphkit.model.support import support, weight

Ints = NDArray[np.int32]
RELATION_COLUMNS: dict[str, pl.DataType] = {
    "id": pl.String(),
    "type": pl.String(),
    "from": pl.String(),
    "from_kind": pl.String(),
    "to": pl.String(),
    "to_kind": pl.String(),
    "spans": pl.List(pl.String()),
    "first_seen": pl.String(),
    "last_seen": pl.String(),
    "support": pl.Float64(),
    "n_claims": pl.Int64(),
    "n_sources": pl.Int64(),
    "n_independent": pl.Int64(),
    "disputed": pl.Boolean(),
    "sources": pl.List(pl.String()),
    "claimants": pl.List(pl.String()),
    "voices": pl.List(pl.String()),
    "modalities": pl.List(pl.String()),
}

ORDER = ("from", "to", "type")
"""What relations are sorted by where they are many."""


def linked(relations: pl.DataFrame, things: pl.DataFrame) -> pl.DataFrame:
    """Return ``from`` and ``to`` of relations as rows of ``things``, int32, and their type, sorted by these three."""
    rows = things.select("id", row=pl.int_range(pl.len(), dtype=pl.Int32))
    named = {end: relations.select(id=end).join(rows, on="id", how="left", maintain_order="left") for end in ORDER[:2]}
    types = relations["type"].unique().sort()
    codes = relations["type"].cast(pl.Enum(types)).to_physical().to_numpy()
    return in_order(named["from"]["row"].to_numpy(), named["to"]["row"].to_numpy(), codes, types.to_list())


def in_order(start: Ints, end: Ints, codes: NDArray[np.integer[Any]], types: Sequence[str]) -> pl.DataFrame:
    """Return relations by the rows of the things they lead from and to, and their type, sorted by these three.

    ``codes`` are places in ``types``, which are sorted. The three are sorted as one number.
    """
    things, kinds = max(start.max(initial=0), end.max(initial=0)) + 1, max(len(types), 1)
    keys = (start.astype(np.int64) * int(things) + end) * kinds + codes
    keys.sort()
    pairs, found = np.divmod(keys, kinds)
    first, second = np.divmod(pairs, int(things))
    there = np.flatnonzero(np.bincount(found, minlength=kinds))
    place = np.zeros(kinds, dtype=np.uint32)
    place[there] = np.arange(len(there), dtype=np.uint32)
    known = [types[code] for code in there.tolist()]
    type_ = pl.Series(known, dtype=pl.Enum(known)).gather(place[found])
    return pl.DataFrame({"from": first.astype(np.int32), "to": second.astype(np.int32), "type": type_})


def relations(said: pl.DataFrame, sources: pl.DataFrame, conflicts: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Return one row a relation, by id: ``RELATION_COLUMNS``, then the properties of all relation kinds.

    ``n_independent`` counts sources that rest on one another once, ``voices`` are the sources that say it without
    naming a claimant, ``modalities`` how it is said: stated, alleged, suspected, estimated.
    """
    links = said.filter(pl.col("object_kind").is_not_null())
    symmetric = [kind.name for kind in catalog.relations if kind.edge and kind.edge.symmetric]
    closing = [kind.name for kind in catalog.relations if kind.edge and kind.edge.closes]
    turned = pl.col("property").is_in(symmetric) & (pl.col("value") < pl.col("anchor"))
    grouped = links.group_by("about").agg(
        type=pl.col("property").first(),
        **{
            "from": pl.when(turned).then("value").otherwise("anchor").first(),
            "from_kind": pl.when(turned).then("object_kind").otherwise("anchor_kind").first(),
            "to": pl.when(turned).then("anchor").otherwise("value").first(),
            "to_kind": pl.when(turned).then("anchor_kind").otherwise("object_kind").first(),
        },
        n_claims=pl.len().cast(pl.Int64),
        n_sources=pl.col("source").n_unique().cast(pl.Int64),
        n_independent=pl.col("root").n_unique().cast(pl.Int64),
        sources=pl.col("source").unique().sort(),
        claimants=pl.col("claimant").drop_nulls().unique().sort(),
        voices=pl.col("source").filter(pl.col("claimant").is_null()).unique().sort(),
        modalities=pl.col("modality").unique().sort(),
    )
    disputed = conflicts.select("about", disputed=pl.lit(True)).unique("about")
    base = (
        grouped.join(_spans(links, closing), on="about", how="left")
        .join(_supports(links, sources), on="about", how="left")
        .join(disputed, on="about", how="left")
        .with_columns(pl.col("disputed").fill_null(False))
        .rename({"about": "id"})
        .select(list(RELATION_COLUMNS))
        .match_to_schema(pl.Schema(RELATION_COLUMNS), integer_cast="upcast")
    )
    properties = {name: prop for kind in catalog.relations for name, prop in kind.properties.items()}
    kinds = [kind.name for kind in catalog.relations]
    own = property_table(said.filter(pl.col("object_kind").is_null() & pl.col("kind").is_in(kinds)), properties)
    return base.join(own.rename({"about": "id"}), on="id", how="left").sort("id")


def _spans(claims: pl.DataFrame, closing: Collection[str]) -> pl.DataFrame:
    """Return about, spans, first_seen, last_seen: the union of the days each relation is said to hold.

    Relations of the kinds that are ``closing`` end when a claim says so, though others that began by then state no end.
    """
    far_past, far_future = pl.date(1, 1, 1), pl.date(9999, 12, 31)
    timed = _held(claims).filter("timed").with_columns(stated=pl.col("end").max().over("about"))
    begun = pl.col("start").is_null() | (pl.col("start") < pl.col("stated"))
    ended = pl.col("end").is_null() & pl.col("property").is_in(list(closing)) & begun
    held = (
        timed.with_columns(end=pl.when(ended).then("stated").otherwise("end"))
        .select("about", start=pl.col("start").fill_null(far_past), end=pl.col("end").fill_null(far_future))
        .unique()
    )
    several = pl.col("about").is_duplicated()
    ordered = (
        held.filter(several)
        .sort("about", "start", "end")
        .with_columns(reach=pl.col("end").cum_max().shift(1).over("about"))
        .with_columns(island=(pl.col("start") > pl.col("reach")).fill_null(False).cum_sum().over("about"))
    )
    joined = ordered.group_by("about", "island").agg(pl.col("start").min(), pl.col("end").max()).sort("about", "start")
    islands = pl.concat([held.filter(~several), joined.drop("island")])
    first = pl.when(pl.col("start") > far_past).then(pl.col("start").dt.to_string("%Y-%m-%d"))
    last = pl.when(pl.col("end") < far_future).then(pl.col("end").dt.to_string("%Y-%m-%d"))
    texts = islands.with_columns(first_seen=first, last_seen=last)
    span = pl.concat_str([pl.col("first_seen").fill_null(".."), pl.col("last_seen").fill_null("..")], separator="/")
    return texts.group_by("about", maintain_order=True).agg(
        spans=span, first_seen=pl.col("first_seen").first(), last_seen=pl.col("last_seen").last()
    )


def _held(claims: pl.DataFrame) -> pl.DataFrame:
    """Add ``start`` and ``end``, the days a claim holds (null: open), and ``timed``."""
    pairs = claims.select("valid_from", "valid_to").unique()
    rows = [(start, end, interval.held(start, end)) for start, end in pairs.iter_rows()]
    spans = pl.DataFrame(
        {
            "valid_from": [start for start, _, _ in rows],
            "valid_to": [end for _, end, _ in rows],
            "timed": [held is not None for _, _, held in rows],
            "start": [held.earliest if held else None for _, _, held in rows],
            "end": [held.latest if held else None for _, _, held in rows],
        },
        schema={"valid_from": pl.String, "valid_to": pl.String, "timed": pl.Boolean, "start": pl.Date, "end": pl.Date},
    )
    return claims.join(spans, on=["valid_from", "valid_to"], how="left", nulls_equal=True)


def _supports(said: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """Return about and support. A source counts for nothing beside a source that it copies."""
    speaking = said.select("about", copied="source").unique()
    drawn = said.select("about", "id", "copied").explode("copied").drop_nulls("copied")
    copies = drawn.join(speaking, on=["about", "copied"], how="semi")
    rated = said.filter(pl.col("confidence").is_not_null() | pl.col("credibility").is_not_null())
    weighed = rated.join(copies, on="id", how="anti").join(
        sources.select(source="id", reliability="reliability"), on="source", how="left"
    )
    ratings = ("confidence", "credibility", "reliability")
    several = pl.col("about").is_duplicated()
    alone = weighed.filter(~several)
    found = [(about, _of_one(*rating)) for about, *rating in alone.select("about", *ratings).iter_rows()]
    grouped: dict[str, list[tuple[list[str], str | None, float | None]]] = {}
    for about, own, claimant, *rating in (
        weighed.filter(several).select("about", "origins", "claimant", *ratings).iter_rows()
    ):
        grouped.setdefault(about, []).append((own, claimant, weight(*rating)))
    found += [(about, support(group)) for about, group in grouped.items()]
    return pl.DataFrame(found, schema={"about": pl.String, "support": pl.Float64}, orient="row")


@lru_cache
def _of_one(confidence: int | None, credibility: int | None, reliability: str | None) -> float | None:
    return support([((), None, weight(confidence, credibility, reliability))])
