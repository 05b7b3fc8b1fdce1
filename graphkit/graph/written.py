"""What a scope says as it is written: its claims with all attribution, and the registers they stand on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from graphkit.model.claim import COLUMNS, IDENTITY
from graphkit.model.decision import Decided
from graphkit.model.entity import as_read
from graphkit.model.schema import Catalog
from graphkit.model.source import with_origins

LINK = pl.col("object_kind").is_not_null()
_NAMED = (("anchor", "anchor_kind"), ("value", "object_kind"), ("claimant", "claimant_kind"))
_DECIDED = ("id", "action", "about", "keep", "by", "property", "value", "read_as")


@dataclass(frozen=True, slots=True)
class Written:
    """The claims of a scope, set-aside ones too, its sources and cases, and the decisions made in it.

    A store that loads all of it has the graph of the scope. Among the ``sources`` are those that others of the scope
    are based on. ``applied`` counts decisions that do not go along: what they decide is done to the claims instead.
    """

    claims: pl.DataFrame
    sources: pl.DataFrame
    cases: pl.DataFrame
    decisions: pl.DataFrame
    applied: int = 0

    def things(self) -> pl.DataFrame:
        """Return ``id`` and ``kind`` of all things that the claims name, by id."""
        named = [self.claims.filter(pl.col(kind).is_not_null()).select(id=id_, kind=kind) for id_, kind in _NAMED]
        return pl.concat(named).unique("id").sort("id")

    def around(self, ids: Collection[str], catalog: Catalog) -> Written:
        """Return what is said of things, under the ids they are read as, and of the relations between them.

        Of who says it, and is none of them, the names are there.
        """
        read = Decided(self.decisions).linker.claims(self.claims, catalog)
        inside = list(ids)
        links = LINK & pl.col("anchor").is_in(inside) & pl.col("value").is_in(inside)
        kept = read.filter(pl.col("about").is_in([*inside, *read.filter(links)["about"]]))
        speakers = kept["claimant"].drop_nulls().unique().to_list()
        names = read.filter(pl.col("about").is_in(speakers) & (pl.col("property") == "name"))
        told = pl.concat([kept, names]).select("id").unique()
        claims = self.claims.join(told, on="id", how="semi", maintain_order="left")
        return replace(self, claims=claims, sources=with_origins(self.sources, claims["source"].unique()))

    def fits(self, told: Written) -> bool:
        """Say whether the decisions hold for ``told``, which is what may be told of this.

        What a decision is on must be there, and be what was decided on.
        """
        if self.decisions.is_empty():
            return True
        on = {id_ for entry in self.decisions.iter_rows(named=True) for id_ in _on(entry)}
        decided_on = [part.claims.filter(pl.col("id").is_in(list(on))) for part in (self, told)]
        said, said_still = (claims.select("id", *IDENTITY).sort("id") for claims in decided_on)
        decided, decided_still = (part.decisions.select(_DECIDED) for part in (self, told))
        known = {*told.things()["id"], *told.sources["id"], *told.decisions["id"], *said_still["id"]}
        return decided.equals(decided_still) and said.equals(said_still) and known.issuperset(on)

    def with_applied(self, catalog: Catalog) -> Written:
        """Return the claims that stand as they are read, on what merged things are kept as, without the decisions."""
        read = as_read(self.claims, Decided(self.decisions), catalog)
        claims = read.with_columns(made_by=pl.lit(None, dtype=pl.String)).select(list(COLUMNS))
        return replace(self, claims=claims, decisions=self.decisions.clear(), applied=len(self.decisions))


def made_here(claims: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """Return the claims less those that only a correction made which is none of the decisions: there they count not.

    One that another correction has in place of a claim, too, is from now on made by that one.
    """
    placed = decisions.drop_nulls("by").unique("by", keep="first", maintain_order=True).select(id="by", made="id")
    elsewhere = pl.col("made_by").is_not_null() & ~pl.col("made_by").is_in(decisions["id"].implode())
    if claims.filter(elsewhere).is_empty():
        return claims
    known = claims.join(placed, on="id", how="left", maintain_order="left")
    kept = known.filter(~elsewhere | pl.col("made").is_not_null())
    return kept.with_columns(made_by=pl.when(elsewhere).then("made").otherwise("made_by")).select(claims.columns)


def _on(entry: Mapping[str, Any]) -> Iterator[str]:
    yield from entry["about"]
    yield from (entry[name] for name in ("keep", "by") if entry[name])
