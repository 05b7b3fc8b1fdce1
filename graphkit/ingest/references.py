"""What records speak of must exist: in the store, or anywhere in the same load."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from graphkit.errors import Rejected
from graphkit.ingest.claims import NUMBER
from graphkit.ingest.decisions import wrong as decisions_wrong
from graphkit.ingest.fields import CLAIMANTS
from graphkit.ingest.said import Said
from graphkit.ingest.sieve import Entry, Sieve
from graphkit.model.claim import COLUMNS
from graphkit.model.schema import Catalog
from graphkit.model.tombstone import Tombstones

_ANY_CLAIMANT = "a Person, Group, Organization or Place"
Problems = dict[int, Rejected]
_KINDS = {"id": pl.String, "kind": pl.String}


@dataclass(frozen=True, slots=True)
class Followed:
    """What is left of a load when all references point at something; ``claims`` have all their columns."""

    claims: pl.DataFrame
    needs: pl.DataFrame
    entries: list[Entry]


class _Standing:
    """The records that stand so far, and the kinds of all things that they and the store know."""

    def __init__(self, sieve: Sieve, kinds_of: Callable[[list[str]], dict[str, str]]) -> None:
        self._sieve = sieve
        self.said = sieve.said()
        self.entries = sieve.entries
        mentioned = pl.concat([self.said.things["id"], self.said.needs["id"]]).unique().sort()
        known = kinds_of(mentioned.to_list())
        self._known = pl.DataFrame({"id": list(known), "kind": list(known.values())}, schema=_KINDS)
        self.kinds = self._all_kinds()

    def drop(self, problems: Problems) -> bool:
        """Set these records aside; say whether there were any."""
        if not problems:
            return False
        self._sieve.refuse(problems)
        gone = pl.DataFrame({NUMBER: list(problems)}, schema={NUMBER: pl.UInt32})
        self.said = self.said.without(gone)
        self.entries = [entry for entry in self.entries if entry.number not in problems]
        self.kinds = self._all_kinds()
        return True

    def _all_kinds(self) -> pl.DataFrame:
        claimed = self.said.needs.filter(pl.col("field").is_in(["about", "by"])).select("id")
        claims = claimed.join(self.said.claims.select("id"), on="id", how="semi").with_columns(kind=pl.lit("Claim"))
        things = self.said.things.select("id", "kind")
        return pl.concat([self._known, things, claims]).unique("id", keep="first")

    def with_kind(self, rows: pl.DataFrame, id_: str, as_: str) -> pl.DataFrame:
        """Return rows with the kind of what a column names."""
        return rows.join(self.kinds.rename({"id": id_, "kind": as_}), on=id_, how="left", maintain_order="left")


def followed(
    sieve: Sieve, catalog: Catalog, kinds_of: Callable[[list[str]], dict[str, str]], tombstones: Tombstones
) -> Followed:
    """Return the records of a sieve that stand; the others are set aside in it.

    References are followed again after each drop, until every record that is left points at something.
    """
    standing = _Standing(sieve, kinds_of)
    standing.drop(_erased(standing.said, tombstones))
    standing.drop(_of_other_kind(standing))
    while standing.drop(_unmet(standing, catalog, sieve.rejected)) or standing.drop(_unfit(standing, catalog)):
        pass
    return Followed(_with_kinds(standing), standing.said.needs, standing.entries)


def _erased(said: Said, tombstones: Tombstones) -> Problems:
    """Return the records that would bring back something that was erased."""
    of_claims = said.claims.select(NUMBER, "id", field=pl.lit("summary"))
    named = pl.concat([said.things.select(NUMBER, "id", field=pl.lit("id")), said.needs])
    return {
        number: Rejected(field.split()[0], f"{what} that was erased on {days[id_]}; leave this record out")
        for rows, find, what in (
            (of_claims, tombstones.claim_days, "these words name something"),
            (named, tombstones.days, "names something"),
        )
        if (days := find(rows["id"].unique()))
        for number, id_, field in rows.filter(pl.col("id").is_in(list(days))).iter_rows()
    }


def _of_other_kind(standing: _Standing) -> Problems:
    first = standing.kinds.rename({"kind": "first"})
    other = standing.said.things.join(first, on="id").filter(pl.col("kind") != pl.col("first"))
    problem = "'{}' is of kind {} already and cannot be {} too; use another id"
    rows = other.select(NUMBER, "id", "first", "kind").iter_rows()
    return {number: Rejected("id", problem.format(*named)) for number, *named in rows}


def _unmet(standing: _Standing, catalog: Catalog, rejected: Mapping[str, str]) -> Problems:
    """Return the records that speak of what is not there; a case, which any load can make, is nothing to speak of."""
    told = standing.with_kind(standing.said.needs, "id", "kind").with_columns(
        kind=pl.when(pl.col("kind") != "Case").then("kind")
    )
    of_source = (pl.col("field") == "source") | pl.col("field").str.starts_with("based_on")
    speaks, made = pl.col("field") == "claimant", pl.col("field") == "made_by"
    wrong = told.filter(
        pl.col("kind").is_null()
        | (of_source & (pl.col("kind") != "Source"))
        | (speaks & ~pl.col("kind").is_in(CLAIMANTS))
        | (made & (pl.col("kind") != "Decision"))
    ).unique(NUMBER, keep="first", maintain_order=True)
    problems = {
        number: Rejected(field, _why(field, id_, kind, rejected))
        for number, field, id_, kind in wrong.select(NUMBER, "field", "id", "kind").iter_rows()
    }
    decisions = [e for e in standing.entries if e.kind.name == "Decision" and e.number not in problems]
    return problems | decisions_wrong(decisions, standing.kinds, catalog)


def _why(field: str, id_: str, kind: str | None, rejected: Mapping[str, str]) -> str:
    if kind is None and id_ in rejected:
        return f"'{id_}' was rejected at {rejected[id_]}; mend that first"
    if kind is None:
        return f"'{id_}' names nothing in this load or in the store; load its record too"
    if field == "claimant":
        return f"'{id_}' is of kind {kind}; who says something is {_ANY_CLAIMANT}"
    return f"'{id_}' is of kind {kind} and not a {'Decision' if field == 'made_by' else 'Source'}"


def _unfit(standing: _Standing, catalog: Catalog) -> Problems:
    """Return the relations whose ends are not of its kinds, or that accuse and do not say who says so."""
    edges = standing.with_kind(standing.with_kind(standing.said.edges, "from", "from_kind"), "to", "to_kind")
    shapes = edges.select("type", "from_kind", "to_kind").unique()
    allowed = [(*ends, *_shape(catalog, *ends)) for ends in shapes.iter_rows()]
    columns = {"type": pl.String, "from_kind": pl.String, "to_kind": pl.String, "wrong": pl.String, "takes": pl.String}
    told = pl.DataFrame(allowed, schema=columns | {"accuses": pl.Boolean}, orient="row")
    judged = edges.join(told, on=["type", "from_kind", "to_kind"])
    doubtful = judged.filter(
        pl.col("wrong").is_not_null() | (pl.col("from") == pl.col("to")) | (pl.col("accuses") & ~pl.col("claimed"))
    )
    return {row[NUMBER]: _misfit(row) for row in doubtful.iter_rows(named=True)}


def _shape(catalog: Catalog, type_: str, from_kind: str, to_kind: str) -> tuple[str | None, str | None, bool]:
    """Return which end of a relation is of a wrong kind, what it takes there, and whether it accuses."""
    edge = catalog[type_].edge
    for field, kind, kinds in (("from", from_kind, edge.from_kinds), ("to", to_kind, edge.to_kinds)) if edge else ():
        if kind not in kinds:
            return field, ", ".join(kinds), False
    return None, None, catalog.accusing(type_, from_kind, to_kind)


def _misfit(row: Mapping[str, str]) -> Rejected:
    if row["wrong"]:
        end, kind = row[row["wrong"]], row[f"{row['wrong']}_kind"]
        return Rejected(row["wrong"], f"'{end}' is of kind {kind}; {row['type']} takes {row['takes']}")
    if row["from"] == row["to"]:
        return Rejected("to", f"'{row['to']}' is both ends of this {row['type']}")
    return Rejected("claimant", f"is missing; {row['type']} is an allegation and must say who makes it")


def _with_kinds(standing: _Standing) -> pl.DataFrame:
    """Return the claims with the kinds of all that they name."""
    claims = standing.said.claims.drop("anchor_kind", "claimant_kind")
    claims = standing.with_kind(claims, "anchor", "anchor_kind")
    claims = standing.with_kind(claims, "claimant", "claimant_kind")
    far = standing.with_kind(claims.select(far=pl.when("link").then("value")), "far", "object_kind")
    claims = claims.with_columns(far["object_kind"], kind=pl.coalesce("kind", "anchor_kind"))
    return claims.select(list(COLUMNS))
