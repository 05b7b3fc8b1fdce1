"""Claims, contradictions and rankings as tables; each row says on whose word it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from graphkit.exports import wording
from graphkit.graph.snapshot import Snapshot
from graphkit.model.defanging import defang
from graphkit.model.schema import Catalog

CLAIMS = (
    "about", "subject", "name", "property", "says", "value", "value_name", "alleged", "stance", "modality", "said_by",
    "claimant", "source", "source_title", "said_at", "valid_from", "valid_to", "locator", "summary", "quote",
    "confidence", "credibility", "id",
)  # fmt: skip


def claims(hidden: Snapshot, rows: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Return one row a claim, by what it is about, with names beside ids and ``alleged`` on accusations.

    ``said_by`` is the claimant, or who published the source. Web addresses are written so that nobody opens them.
    """
    called = wording.called(hidden)
    titles = dict(hidden.sources.select("id", "name").iter_rows())
    spoken = pl.col("claimant").replace(called.things)
    published = pl.col("source").replace(called.voices)
    link = pl.col("object_kind").is_not_null()
    made = rows.join(_worded(rows, catalog), on=["property", "kind", "object_kind"], how="left", nulls_equal=True)
    made = made.with_columns(
        name=pl.col("anchor").replace(called.things),
        value_name=pl.when(link).then(pl.col("value").replace(called.things)),
        said_by=pl.coalesce(spoken, published),
        source_title=pl.col("source").replace(titles),
    )
    addresses = [(kind.name, prop.name) for kind in catalog for prop in kind.properties.values() if prop.type == "url"]
    opens = pl.struct("kind", "property").is_in([{"kind": kind, "property": name} for kind, name in addresses])
    shut = pl.col("value").map_elements(defang, return_dtype=pl.String)
    made = made.with_columns(value=pl.when(opens & ~link).then(shut).otherwise("value"))
    return _noticed(made.select(CLAIMS).sort("about", "property", "value", "source", "id"), hidden)


def _worded(rows: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Return the words of each kind of claim, and whether it accuses."""
    keys = rows.select("property", "kind", "object_kind").unique()
    told: list[tuple[str, str, str | None, str, bool]] = []
    for name, kind, end in keys.iter_rows():
        edge = catalog[name].edge if end else None
        says = edge.says if edge else name.replace("_", " ")
        told.append((name, kind, end, says, bool(edge) and catalog.accusing(name, kind, end)))
    return pl.DataFrame(told, schema=[*keys.schema.items(), ("says", pl.String), ("alleged", pl.Boolean)], orient="row")


def conflicts(hidden: Snapshot, rows: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Return one row a contradiction: what is said in words, and value, stance, source and claimant of each claim."""
    called = wording.called(hidden)
    says = [wording.contradiction(row, called, catalog) for row in rows.iter_rows(named=True)]
    told = rows.with_columns(name=pl.col("subject").replace(called.things), says=pl.Series(says, dtype=pl.String))
    first = ["about", "subject", "name", "says", "at_stake", "linked", "cut_off"]
    return _noticed(told.select(*first, pl.exclude(*first, "kinds")), hidden)


def ranking(hidden: Snapshot, ranked: Sequence[Mapping[str, Any]], metric: str, computed_on: str) -> pl.DataFrame:
    """Return ranked things with what the scores were computed on, and who says what they rest on.

    ``said_by`` are those who say the relations of a thing, ``sources`` the titles of the sources that speak of it.
    """
    schema = {"rank": pl.Int64, "id": pl.String, "name": pl.String, "kind": pl.String, "score": pl.Float64}
    rows = pl.DataFrame([dict(row) for row in ranked], schema=schema)
    titles = dict(hidden.sources.select("id", "name").iter_rows())
    spoken = hidden.entities.select(
        "id", "n_claims", "n_sources", sources=pl.col("sources").list.eval(pl.element().replace(titles))
    )
    told = rows.join(spoken, on="id", how="left", maintain_order="left").join(
        _speakers(hidden), on="id", how="left", maintain_order="left"
    )
    told = told.with_columns(metric=pl.lit(metric), computed_on=pl.lit(computed_on))
    return _noticed(told, hidden, wording.CAUTION)


def _speakers(hidden: Snapshot) -> pl.DataFrame:
    called = wording.called(hidden)
    claimants = pl.col("claimants").list.eval(pl.element().replace(called.things))
    voices = pl.col("voices").list.eval(pl.element().replace(called.voices))
    links = hidden.relations.with_columns(said_by=pl.concat_list(claimants, voices))
    ends = pl.concat([links.select(id=end, said_by="said_by") for end in ("from", "to")])
    return ends.explode("said_by").group_by("id").agg(pl.col("said_by").drop_nulls().unique().sort())


def _noticed(rows: pl.DataFrame, hidden: Snapshot, *more: str) -> pl.DataFrame:
    notice = " ".join([*([wording.INVENTED] if hidden.invented else []), *more])
    return rows.with_columns(notice=pl.lit(notice)) if notice else rows
