"""Which object of a hand-over carries which claims, where each object stands for a thing or a relation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

import polars as pl

from graphkit.exports.records import NativeRecord
from graphkit.exports.shown import Shown
from graphkit.graph.written import LINK, Written
from graphkit.model.claim import relation_ids
from graphkit.model.decision import Decided
from graphkit.model.schema import Catalog

ELSEWHERE = "0"
"""The home of claims that no object carries, such as those on a relation that is denied and so not shown."""
_END = "3"
"""What comes after all homes."""


def home_of_thing(kind: pl.Expr, id_: pl.Expr) -> pl.Expr:
    """Return the homes of claims on things: those of relations come after them, and they are sorted by kind and id."""
    return pl.concat_str(pl.lit("1"), kind, pl.lit("\t"), id_)


def home_of_relation(key: pl.Expr) -> pl.Expr:
    """Return the homes of claims on relations."""
    return pl.concat_str(pl.lit("2"), key)


def nodes(written: Written, shown: Shown) -> dict[str, pl.DataFrame]:
    """Return the things that are shown, and those who say something of them, by kind, each with its ``home``."""
    view = shown.view
    speakers = written.claims["claimant"].drop_nulls().unique()
    numbers = {*shown.nodes, *(view.index[id_] for id_ in speakers if id_ in view.index)}
    kept = view.things[sorted(numbers)].select("id")
    found = {kind: rows.join(kept, on="id", how="semi") for kind, rows in sorted(view.nodes.items())}
    return {
        kind: rows.with_columns(home=home_of_thing(pl.lit(kind), pl.col("id"))).sort("home")
        for kind, rows in found.items()
    }


def links(shown: Shown, catalog: Catalog) -> pl.DataFrame:
    """Return the relations that are shown, each with its ``key`` and its ``home``."""
    return keyed(shown.relations, catalog).with_columns(home=home_of_relation(pl.col("key"))).sort("home")


def keyed(relations: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Return relations (``from``, ``type``, ``to``) with ``key``, an id made of their ends as they are handed over."""
    parts = [relations.clear().with_columns(key=pl.lit(None, dtype=pl.String))]
    for (name,), rows in relations.group_by("type"):
        edge = catalog[str(name)].edge
        ids = relation_ids(rows["from"].to_list(), str(name), rows["to"].to_list(), bool(edge and edge.symmetric))
        parts.append(rows.with_columns(key=pl.Series(ids, dtype=pl.String)))
    return pl.concat(parts)


def with_homes(written: Written, shown: pl.Series, catalog: Catalog) -> pl.DataFrame:
    """Return the claims with ``home``: where what they are about is shown, null when that is nowhere.

    ``shown`` are the homes there are. Claims on merged things are at home in the one that they are read as.
    """
    canonical = dict(Decided(written.decisions).linker.canonical)
    near, far = pl.col("anchor").replace(canonical), pl.col("value").replace(canonical)
    links = written.claims.filter(LINK).unique("about", keep="any")
    ends = links.select("about", near.alias("from"), pl.col("property").alias("type"), far.alias("to"))
    of_relations = keyed(ends, catalog).select("about", home=home_of_relation(pl.col("key")))
    found = written.claims.join(of_relations, on="about", how="left", maintain_order="left")
    of_thing = ~LINK & (pl.col("kind") == pl.col("anchor_kind"))
    home = pl.when(of_thing).then(home_of_thing(pl.col("anchor_kind"), near)).otherwise("home")
    there = shown.to_frame("home").with_columns(there=True)
    placed = found.with_columns(home=home).join(there, on="home", how="left", maintain_order="left")
    return placed.with_columns(home=pl.when("there").then("home")).drop("there")


class Following:
    """Gives the records of one home after the other; homes are asked for in their order, and none is left out."""

    def __init__(self, records: Iterator[tuple[str, NativeRecord]]) -> None:
        self._homes = groupby(records, itemgetter(0))
        self._next = next(self._homes, None)

    def at(self, home: str) -> list[NativeRecord]:
        """Return the records of a home, which may have none."""
        return list(self.each(home))

    def each(self, home: str) -> Iterator[NativeRecord]:
        """Yield the records of a home, one by one."""
        if self._next is None or self._next[0] > home:
            return
        if self._next[0] < home:
            raise ValueError(f"no object carries what is at home in {self._next[0]}")
        yield from (record for _, record in self._next[1])
        self._next = next(self._homes, None)

    def end(self) -> None:
        """Raise ValueError when records are left."""
        self.at(_END)
