"""What claims add up to: entities, relations and conflicts, by one pure function.

Nothing else in graphkit makes an entity or a relation. The same function runs over ten claims for a
dossier and over all claims of a store, so both always say the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from graphkit.model import interval
from graphkit.model.claim import COLUMNS, DENIALS
from graphkit.model.conflict import conflicts
from graphkit.model.decision import Decided
from graphkit.model.linker import Linker
from graphkit.model.properties import property_table
from graphkit.model.relation import relations
from graphkit.model.schema import Catalog, Kind
from graphkit.model.source import origins

TEXTS = pl.List(pl.String())
ENTITY_COLUMNS: dict[str, pl.DataType] = {
    "id": pl.String(),
    "kind": pl.String(),
    "name": pl.String(),
    "names": TEXTS,
    "ids": TEXTS,
    "disputed": TEXTS,
    "n_claims": pl.Int64(),
    "n_sources": pl.Int64(),
    "sources": TEXTS,
}
_UNREAD = (
    "raw",
    "summary",
    "quote",
    "note",
    "resolution",
    "lang",
    "script",
    "transliteration_of",
    "made_by",
)
"""Columns of claims that nothing of a graph is made of."""
_NONE = pl.lit([], dtype=TEXTS)
_MEMBERS = {"id": pl.String(), "ids": TEXTS}


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a set of claims adds up to.

    ``nodes`` maps a kind to a frame with one row an entity: id, name, names, ids (of all that were merged into it,
    null for most), the columns of
    ``property_table``, disputed (names of properties), n_claims, n_sources, sources. ``relations`` has one row a
    (from, type, to); ``conflicts`` one row a contradiction; ``denials`` are the claims that deny or retract.
    """

    nodes: dict[str, pl.DataFrame]
    relations: pl.DataFrame
    conflicts: pl.DataFrame
    denials: pl.DataFrame

    def entities(self) -> pl.DataFrame:
        """Return the columns that all kinds share (``ENTITY_COLUMNS``), one row an entity, by id."""
        frames = [
            frame.with_columns(kind=pl.lit(kind)).select(list(ENTITY_COLUMNS)) for kind, frame in self.nodes.items()
        ]
        return pl.concat(frames).sort("id") if frames else pl.DataFrame(schema=ENTITY_COLUMNS)


def resolve(claims: pl.DataFrame, sources: pl.DataFrame, decided: Decided, catalog: Catalog) -> Resolved:
    """Return the graph that the claims make, given their sources and what people decided.

    Copies of one claim count once, a retraction takes the claims of its speaker away, a denial makes no
    relation but a conflict, what decisions set aside is not there, and merged things are one. The order of the
    rows changes nothing.
    """
    claims = as_read(claims, decided, catalog)
    denials = claims.filter(pl.col("stance").is_in(DENIALS)).select(list(COLUMNS)).unique("id").sort("id")
    claims = claims.drop(_UNREAD).unique("id")
    kept = _with_origins(without_retracted(claims, sources), sources)
    disputed = conflicts(kept, catalog)
    said = kept.filter(pl.col("stance") != "denies")
    nodes = _nodes(claims, said, disputed, catalog, decided.linker)
    return Resolved(nodes, relations(said, sources, disputed, catalog), disputed, denials)


def standing(claims: pl.DataFrame, decided: Decided, catalog: Catalog) -> pl.DataFrame:
    """Return the claims that no decision sets aside, on the things that they are read to be about."""
    return decided.linker.claims(decided.standing(claims), catalog)


def as_read(claims: pl.DataFrame, decided: Decided, catalog: Catalog) -> pl.DataFrame:
    """Return the claims that stand, on the things and with the values that people read them with."""
    claims = standing(claims, decided, catalog)
    if not decided.readings:
        return claims
    keys = ["about", "property", "value"]
    rows = [(*key, read_as) for key, read_as in decided.readings.items()]
    readings = pl.DataFrame(rows, schema=dict.fromkeys([*keys, "read_as"], pl.String), orient="row")
    joined = claims.join(readings, on=keys, how="left", maintain_order="left")
    return joined.with_columns(value=pl.coalesce("read_as", "value")).drop("read_as")


def without_retracted(claims: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """Leave out retractions, and what their speakers said that is not surely said again after them.

    The speaker is the claimant; without one it is who published the source, else the source itself.
    """
    keys = ["about", "property", "what", "speaker"]
    what = pl.when(pl.col("object_kind").is_null()).then("value").otherwise(pl.lit(""))
    doubted = claims.filter(pl.col("stance") == "retracts")["about"].unique()
    near = claims.filter(pl.col("about").is_in(doubted.to_list()))
    published = near.join(sources.select(source="id", publisher="publisher"), on="source", how="left")
    spoken = published.with_columns(speaker=pl.coalesce("claimant", "publisher", "source"), what=what)
    retractions = spoken.filter(pl.col("stance") == "retracts").select(*keys, taken_back="said_at").unique()
    met = spoken.join(retractions, on=keys).select("id", "said_at", "taken_back")
    gone = [id_ for id_, said, back in met.iter_rows() if not interval.surely_after(said, back)]
    return claims.filter((pl.col("stance") != "retracts") & ~pl.col("id").is_in(gone))


def _with_origins(said: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    joined = said.join(origins(sources), on="source", how="left")
    alone = pl.concat_list("source")
    return joined.with_columns(
        pl.coalesce("root", "source"), pl.coalesce("origins", alone), pl.col("copied").fill_null(_NONE)
    )


def _nodes(
    claims: pl.DataFrame, said: pl.DataFrame, disputed: pl.DataFrame, catalog: Catalog, linker: Linker
) -> dict[str, pl.DataFrame]:
    known = pl.concat(
        [
            claims.select(id="anchor", kind="anchor_kind"),
            claims.filter(pl.col("object_kind").is_not_null()).select(id="value", kind="object_kind"),
            claims.filter(pl.col("claimant").is_not_null()).select(id="claimant", kind="claimant_kind"),
        ]
    ).unique("id")
    counted = said.group_by(id="about").agg(
        n_claims=pl.len().cast(pl.Int64),
        n_sources=pl.col("source").n_unique().cast(pl.Int64),
        sources=pl.col("source").unique().sort(),
    )
    marked = disputed.group_by(id="about").agg(disputed=pl.col("property").unique().sort())
    merged = pl.DataFrame({"id": list(linker.members), "ids": list(linker.members.values())}, schema=_MEMBERS)
    shared = known.join(counted, on="id", how="left").join(marked, on="id", how="left")
    shared = shared.join(merged, on="id", how="left").sort("id")
    shared = shared.with_columns(
        pl.col("n_claims", "n_sources").fill_null(0), pl.col("disputed", "sources").fill_null(_NONE)
    )
    nodes: dict[str, pl.DataFrame] = {}
    for kind in catalog.entities:
        rows = shared.filter(pl.col("kind") == kind.name).drop("kind")
        if not rows.is_empty():
            own = said.filter((pl.col("kind") == kind.name) & pl.col("object_kind").is_null())
            table = property_table(own, kind.properties).rename({"about": "id"})
            nodes[kind.name] = _named(rows.join(table, on="id", how="left", maintain_order="left"), kind)
    return nodes


def _named(nodes: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """Add ``names``, and ``name``: the leading one, else what the id spells."""
    derived = kind.id_template or kind.name == "Identifier"
    spelled = pl.col("id").str.replace(r"^[a-z-]+:", "") if derived else pl.col("id")
    given = pl.col("name").fill_null(_NONE) if "name" in nodes.columns else _NONE
    written = pl.col("written_as").fill_null(_NONE) if "written_as" in nodes.columns else _NONE
    nodes = nodes.with_columns(names=pl.concat_list(given, written), name=pl.coalesce(given.list.first(), spelled))
    if kind.id_template and "@" not in kind.id_template:
        nodes = nodes.with_columns(spelled.alias(kind.id_template.partition("{")[2].rstrip("}")))
    return nodes
