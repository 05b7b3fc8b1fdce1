"""What new claims and new decisions leave unsettled in the graph of a store, and how it is settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import polars as pl

from graphkit.model.change import HANGING, Change, hanging
from graphkit.model.claim import COLUMNS, RELATION_ID
from graphkit.model.decision import Decided, Entry
from graphkit.model.entity import Resolved, resolve, standing
from graphkit.model.schema import Catalog

_LINK = pl.col("object_kind").is_not_null()
_THINGS = (("anchor", "anchor_kind"), ("value", "object_kind"), ("claimant", "claimant_kind"))


class Known(Protocol):
    """What must be known of a store to plan a change."""

    def version(self) -> str: ...
    def kinds_of(self, ids: Sequence[str]) -> dict[str, str]: ...
    def claims(
        self, about: Sequence[str] | None = None, sources: Sequence[str] | None = None, not_of: Sequence[str] = ()
    ) -> pl.DataFrame: ...
    def claims_by_id(self, ids: Sequence[str]) -> pl.DataFrame: ...
    def ratings(self, ids: Sequence[str]) -> pl.DataFrame: ...
    def claims_on(self, ids: Sequence[str]) -> pl.DataFrame: ...
    def register(self, kind: str) -> pl.DataFrame: ...


class Unsettled:
    """Resolves anew what a change touches and nothing else, so that the graph is as one made of all claims is."""

    def __init__(self, store: Known, catalog: Catalog, before: Decided, after: Decided) -> None:
        self._store = store
        self._catalog = catalog
        self._before = before
        self._after = after

    def settled(
        self, written: pl.DataFrame, reopened: Iterable[str], sources: pl.DataFrame, gone: pl.DataFrame | None = None
    ) -> Change:
        """Return the change that writes these claims and takes ``gone`` ones out, without registers.

        ``reopened`` are ids of things and relations that must be resolved anew besides.
        """
        gone = pl.DataFrame(schema=COLUMNS) if gone is None else gone
        decided_anew = self._decided_anew()
        again = _less(self._store_claims(decided_anew), gone)
        in_hand = self._wholly(pl.concat([again, gone]), decided_anew, sources)
        ids = _named(pl.concat([written, again, gone]), [*reopened, *self._read_anew(decided_anew)])
        touched, claims = self._closed(ids, written, in_hand)
        claims = _first(claims, gone)
        left = _less(self._with_others(touched, _less(claims, gone), some_gone=not gone.is_empty()), gone)
        resolved = resolve(left, sources, self._after, self._catalog)
        nodes = {kind: rows.join(touched, on="id", how="semi") for kind, rows in resolved.nodes.items()}
        relations = resolved.relations.join(touched, on="id", how="semi")
        moved = self._moved(again)
        return Change(
            claims=written,
            registers={},
            nodes=nodes,
            relations=relations,
            hanging=pl.concat([hanging(written, self._after), moved.join(written, on="id", how="anti")]),
            rehung=moved["id"].to_list(),
            gone_nodes=self._gone_nodes(touched, claims, resolved, some_gone=not gone.is_empty()),
            gone_relations=self._gone_relations(claims, relations),
            gone_claims=gone["id"].to_list(),
        )

    def _decided_anew(self) -> list[Entry]:
        """Return the decisions that came into force or out of it, and those that were changed, as before and after."""
        held, holds = ({entry["id"]: entry for entry in decided.in_force} for decided in (self._before, self._after))
        other = [id_ for id_ in sorted(held.keys() | holds.keys()) if held.get(id_) != holds.get(id_)]
        return [entry for id_ in other for entry in (held.get(id_), holds.get(id_)) if entry]

    def _members(self, ids: Iterable[str]) -> list[str]:
        return self._before.linker.with_members(self._after.linker.with_members(ids))

    def _read_anew(self, decisions: Iterable[Entry]) -> list[str]:
        return self._members(entry["about"][0] for entry in decisions if entry["action"] == "read")

    def _store_claims(self, decisions: Sequence[Entry]) -> pl.DataFrame:
        """Return the claims of the store that may be read otherwise after these decisions."""
        on: dict[str, set[str]] = {"things": set(), "claims": set(), "sources": set()}
        for entry in decisions:
            kind = {"merge": "things", "split": "things", "retract": "sources"}.get(entry["action"], "claims")
            if entry["action"] not in ("read", "undo"):
                on[kind].update(entry["about"], [entry["by"]] if entry["by"] else [])
        parts = [
            pl.DataFrame(schema=COLUMNS),
            self._store.claims_on(self._members(on["things"])),
            self._store.claims_by_id(sorted(on["claims"])),
            *([self._store.claims(sources=sorted(on["sources"]))] if on["sources"] else []),
        ]
        return pl.concat(parts).unique("id")

    def _closed(
        self, ids: pl.Series, written: pl.DataFrame, in_hand: pl.DataFrame
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the ids of all that must be resolved together, and all claims about them."""
        merged = [*self._before.linker.canonical, *self._after.linker.canonical]
        ids = _with(ids, self._members(ids.filter(ids.is_in(merged))))
        claims = _first(written, self._about(ids.to_list(), in_hand))
        alike = {id_ for found in self._alike(claims).values() for id_ in found}
        if alike:
            claims = _first(claims, self._about(sorted(alike), in_hand))
        return _with(ids, alike).to_frame("id"), claims

    def _wholly(self, claims: pl.DataFrame, decisions: Sequence[Entry], sources: pl.DataFrame) -> pl.DataFrame:
        """Return the claims of sources of which these are all: those retracted or taken back anew, and erased ones."""
        retracted = [id_ for entry in decisions if entry["action"] == "retract" for id_ in entry["about"]]
        is_whole = pl.col("source").is_in(retracted) | ~pl.col("source").is_in(sources["id"].implode())
        return claims.filter(is_whole)

    def _about(self, ids: Sequence[str], in_hand: pl.DataFrame) -> pl.DataFrame:
        """Return all claims of the store about these ids, without reading those in hand again."""
        whole = in_hand["source"].unique().sort().to_list()
        asked = pl.DataFrame({"about": ids}, schema={"about": pl.String})
        return pl.concat([self._store.claims(about=ids, not_of=whole), in_hand.join(asked, on="about", how="semi")])

    def _alike(self, claims: pl.DataFrame) -> dict[str, set[str]]:
        """Return the ids, by type, of relations that were or are read as the same as these claims' relations."""
        links = claims.filter(_LINK)
        found: dict[str, set[str]] = {}
        for decided in (self._before, self._after):
            for name, ids in decided.linker.relations(links, self._catalog).items():
                found.setdefault(name, set()).update(ids)
        return found

    def _with_others(self, touched: pl.DataFrame, claims: pl.DataFrame, some_gone: bool) -> pl.DataFrame:
        """Add claims that keep things in being which nothing else here does any more."""
        if not (self._after.entries or some_gone):
            return claims
        kept = standing(claims, self._after, self._catalog)
        seen = pl.concat([kept.filter(pl.col(kind).is_not_null()).select(read=column) for column, kind in _THINGS])
        things = touched.filter(~pl.col("id").str.starts_with(RELATION_ID))
        read = things.with_columns(read=pl.col("id").replace(dict(self._after.linker.canonical)))
        unseen = read.join(seen, on="read", how="anti")["id"]
        return _first(claims, self._store.claims_on(self._members(unseen)))

    def _gone_nodes(
        self, touched: pl.DataFrame, claims: pl.DataFrame, resolved: Resolved, some_gone: bool
    ) -> dict[str, list[str]]:
        if not (self._after.entries or self._before.entries or some_gone):
            return {}
        named = pl.concat([claims.select(id=column, kind=kind) for column, kind in _THINGS]).drop_nulls().unique()
        gone = named.join(touched, on="id", how="semi").join(resolved.entities(), on="id", how="anti")
        return {str(kind): rows["id"].to_list() for (kind,), rows in gone.group_by("kind")}

    def _gone_relations(self, claims: pl.DataFrame, relations: pl.DataFrame) -> dict[str, list[str]]:
        alike = [(name, id_) for name, ids in self._alike(claims).items() for id_ in ids]
        were = claims.filter(_LINK).select("property", id="about")
        read_as = pl.DataFrame(alike, schema=were.schema, orient="row")
        gone = pl.concat([were, read_as]).unique().join(relations, on="id", how="anti").sort("id")
        return {str(name): rows["id"].to_list() for (name,), rows in gone.group_by("property")}

    def _moved(self, again: pl.DataFrame) -> pl.DataFrame:
        """Return how claims of the store hang from now on that hung otherwise before."""
        return hanging(again, self._after).join(
            hanging(again, self._before), on=list(HANGING), how="anti", nulls_equal=True
        )


def _first(claims: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Return claims, and those of the others that are not among them."""
    return pl.concat([claims, others.join(claims, on="id", how="anti")])


def _less(claims: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    return claims if gone.is_empty() else claims.join(gone, on="id", how="anti")


def _with(ids: pl.Series, others: Iterable[str]) -> pl.Series:
    return pl.concat([ids, pl.Series(list(others), dtype=pl.String)]).unique()


def _named(claims: pl.DataFrame, others: Sequence[str]) -> pl.Series:
    """Return these ids, and those of all that claims are about or name."""
    ends = claims.filter(_LINK)["value"]
    parts = (claims["about"], claims["anchor"], ends, claims["claimant"].drop_nulls())
    return _with(pl.concat([part.unique() for part in parts]), others)
