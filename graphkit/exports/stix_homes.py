"""Which object of a bundle stands for which claims, and what these claims have in common."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import polars as pl

from graphkit.exports.stix_fixed import TLP
from graphkit.graph.written import LINK, Written
from graphkit.model.claim import relation_ids
from graphkit.model.decision import Decided
from graphkit.model.schema import Catalog
from graphkit.model.stix import timestamp

_STRICT = list(TLP)


def home_of_thing(kind: pl.Expr, id_: pl.Expr) -> pl.Expr:
    """Return the homes of claims on things: those of relations come after them, and they are sorted by kind and id."""
    return pl.concat_str(pl.lit("1"), kind, pl.lit("\t"), id_)


def home_of_relation(key: pl.Expr) -> pl.Expr:
    """Return the homes of claims on relations."""
    return pl.concat_str(pl.lit("2"), key)


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


def in_common(claims: pl.DataFrame, written: Written) -> pl.DataFrame:
    """Return what the claims of each home have in common, by ``home``.

    ``_created`` and ``_modified`` are when the first and the last was said, or else recorded; ``_claimant`` says all,
    ``_confidence`` how sure all are, ``_tlp`` the strictest marking of a source, ``_locator`` the one place in which
    the relation stands; each is null where there is no such one.
    """
    read = dict(Decided(written.decisions).linker.canonical)
    said = pl.coalesce(_moments(claims["said_at"]), _moments(claims["recorded_at"]))
    strict = pl.col("source").replace_strict(_strictness(written), default=None, return_dtype=pl.Int64)
    linked = pl.col("locator").filter(LINK)
    shared = claims.group_by("home").agg(
        _created=said.min(),
        _modified=said.max(),
        _claimant=_only(pl.col("claimant").replace(read)),
        _confidence=_only(pl.col("confidence")),
        _tlp=strict.max(),
        _locator=pl.when(linked.n_unique() == 1).then(linked.first()),
    )
    return shared.with_columns(pl.col("_tlp").replace_strict(dict(enumerate(_STRICT)), return_dtype=pl.String))


def _moments(dates: pl.Series) -> pl.Expr:
    """Return a column of dates as timestamps, null where a date has no beginning."""
    found: dict[str, str | None] = {}
    for text in dates.drop_nulls().unique():
        with suppress(ValueError):
            found[text] = timestamp(text)
    return pl.col(dates.name).replace_strict(found, default=None, return_dtype=pl.String)


def _only(column: pl.Expr) -> pl.Expr:
    return pl.when(column.n_unique() == 1).then(column.first())


def _strictness(written: Written) -> Mapping[str, Any]:
    """Return for each source how strict its marking is, or that of one of its cases."""
    of_case = dict(written.cases.select("id", "tlp").iter_rows())
    found: dict[str, int | None] = {}
    for id_, own, cases in written.sources.select("id", "tlp", "cases").iter_rows():
        words = [own, *(of_case.get(case) for case in cases or ())]
        found[id_] = max((_STRICT.index(word) for word in words if word), default=None)
    return found
