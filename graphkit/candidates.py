"""What a name may be in a case, and why: every candidate with its reason, and who calls it so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from graphkit.exports import wording
from graphkit.graph.redact import unnamed_rows
from graphkit.graph.snapshot import Snapshot
from graphkit.identity.alike import is_same
from graphkit.identity.known import Hit, Known
from graphkit.identity.names import name
from graphkit.model.claim import DENIALS
from graphkit.model.schema import Catalog

SAME_ID, SAME_VALUE = SURE = ("same id", "same value")
SAME_NAME, OTHERWISE, ANOTHER = NAMED = ("same name", "same name, written otherwise", "another name of it")
ALIAS = "said to be the same"
SIMILAR = "similar name"
REASONS = (*SURE, *NAMED, ALIAS, SIMILAR)
"""Why a thing may be meant, the surest first."""
_OF_HIT = {"id": SAME_ID, "value": SAME_VALUE, "name": SAME_NAME, "spelling": OTHERWISE, "similar": SIMILAR}
_TEXTS = pl.List(pl.String())
REGISTRANT = "registrant-"
"""How the ids of what was typed as the name of a registrant begin."""
COLUMNS: dict[str, pl.DataType] = {
    "text": pl.String(), "id": pl.String(), "kind": pl.String(), "name": pl.String(), "reason": pl.String(),
    "met": pl.String(), "why": pl.String(), "score": pl.Float64(), "claims": _TEXTS, "sources": _TEXTS,
    "protected": pl.Boolean(),
}  # fmt: skip

Said = tuple[str, str | None, str, str | None]
"""A claim that calls a thing so: its id, claimant, source, and what the name transliterates."""


class Candidates:
    """Finds what names may be in a snapshot."""

    def __init__(self, view: Snapshot, claims: pl.DataFrame, catalog: Catalog, kinds: Sequence[str] = ()) -> None:
        """Take a snapshot and the claims that stand in it, as ``standing`` gives them; with ``kinds`` only those."""
        things = view.entities.filter(pl.col("kind").is_in(kinds)) if kinds else view.entities
        self._things = {row["id"]: row for row in things.select("id", "kind", "name").iter_rows(named=True)}
        numbers = view.entities["id"]
        read = ((id_, numbers[number]) for id_, number in view.index.items())
        ids = {id_: thing for id_, thing in read if thing in self._things}
        self._known = Known(ids, *_named_and_valued(things, catalog))
        self._view = view
        self._names = wording.called(view)
        self._naming = naming(claims)
        self._same = said_to_be_same(view.relations)
        self._sources = sources_of(view)

    def of(self, texts: Sequence[str], least: float) -> pl.DataFrame:
        """Return what texts may be, one row a candidate (``COLUMNS``), the surest of each text first.

        ``hidden`` marks what others are not to be told: protected persons, and all that a hand-over takes names out of.
        """
        rows = [tuple(row[name] for name in COLUMNS) for text in texts for row in self._of(text, least)]
        found = pl.DataFrame(rows, schema=COLUMNS, orient="row")
        told = found.select("id", "name", "met", "why").rows()
        changed = [list(row) != cleaned for row, cleaned in zip(told, unnamed_rows(self._view, told), strict=True)]
        return found.with_columns(hidden=pl.col("protected") | pl.Series(changed, dtype=pl.Boolean))

    def _of(self, text: str, least: float) -> Iterator[dict[str, Any]]:
        found = {hit.id: self._told(hit) for hit in self._known.hits(text, least)}
        for id_, row in list(found.items()):
            for other, relation in self._same.get(id_, {}).items() if row["reason"] != SIMILAR else ():
                if other in self._things and found.get(other, {"reason": SIMILAR})["reason"] == SIMILAR:
                    found[other] = self._alias(other, row, relation)
        for row in sorted(found.values(), key=lambda row: (REASONS.index(row["reason"]), -row["score"], row["id"])):
            thing = self._things[row["id"]]
            claims = [claim for claim, *_ in self._naming.get((row["id"], row["met"]), [])]
            about = {"text": text, "claims": claims, "sources": self._sources.get(row["id"], [])}
            yield thing | row | about | {"protected": row["id"] in self._view.protected}

    def _told(self, hit: Hit) -> dict[str, Any]:
        reason = _OF_HIT[hit.reason]
        if reason in NAMED and not is_same(name(hit.met), name(self._things[hit.id]["name"])):
            reason = ANOTHER
        return {"id": hit.id, "reason": reason, "met": hit.met, "why": self._why(hit, reason), "score": hit.score}

    def _why(self, hit: Hit, reason: str) -> str:
        words = (
            f"{reason}: {hit.met}"
            if reason in (OTHERWISE, ANOTHER, SIMILAR) or (reason == SAME_VALUE and hit.but)
            else reason
        )
        if reason == ANOTHER:
            words += f", given by {self._speakers(hit)}"
        if reason == SAME_ID and hit.met != hit.id:
            words += f": {hit.met} is decided to be one with {hit.id}"
        if hit.but:
            words += f" ({hit.but[0]})" if reason == SAME_VALUE else f" (differing in {' and '.join(hit.but)})"
        return words + (f" ({_difference(hit.differs)})" if hit.differs else "")

    def _speakers(self, hit: Hit) -> str:
        said = self._naming.get((hit.id, hit.met), [])
        spoken = dict.fromkeys(wording.speaker(claimant, source, self._names) for _, claimant, source, _ in said)
        origin = next((f", a transliteration of {of}" for *_, of in said if of), "")
        return (", ".join(spoken) or "its record") + origin

    def _alias(self, id_: str, row: Mapping[str, Any], relation: Mapping[str, Any]) -> dict[str, Any]:
        who = wording.speakers(relation["claimants"], relation["voices"], self._names)
        name = self._things[row["id"]]["name"]
        why = f"{ALIAS} as {name} ({row['id']}), by {who}" + (", disputed" if relation["disputed"] else "")
        return {"id": id_, "reason": ALIAS, "met": row["met"], "why": why, "score": row["score"]}


def _named_and_valued(things: pl.DataFrame, catalog: Catalog) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what things are called, and the values that ids are made of, one row a text: id and text.

    What is called by nothing but a value, such as a domain, has values only; what somebody typed as the name of a
    registrant is a name.
    """
    names = pl.concat_list("name", "names").list.unique(maintain_order=True)
    texts = things.select("id", "kind", "name", text=names).explode("text").drop_nulls("text")
    derived = [kind for kind in catalog.entities if kind.id_template]
    bare = ["Identifier", *(kind.name for kind in derived if "name" not in kind.properties)]
    is_valued = pl.col("kind").is_in(bare) & ~pl.col("id").str.starts_with(REGISTRANT)
    spelled = things.filter(pl.col("kind").is_in([kind.name for kind in derived]))
    values = spelled.select("id", text=pl.col("id").str.replace(r"^[a-z-]+:", ""))
    return texts.filter(~is_valued).select("id", "text"), pl.concat(
        [values, texts.filter(is_valued).select("id", "text")]
    )


def naming(claims: pl.DataFrame) -> dict[tuple[str, str], list[Said]]:
    """Return the claims that call a thing so, by its id and the name."""
    found: dict[tuple[str, str], list[Said]] = {}
    said = claims.filter(pl.col("property").is_in(["name", "written_as"]) & ~pl.col("stance").is_in(DENIALS)).sort("id")
    for about, value, *told in said.select("about", "value", "id", "claimant", "source", "transliteration_of").rows():
        found.setdefault((about, value), []).append((told[0], told[1], told[2], told[3]))
    return found


def said_to_be_same(relations: pl.DataFrame) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the things that somebody says are the same as a thing, by its id, with the relation that says so."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in relations.filter(pl.col("type") == "ALIAS_OF").iter_rows(named=True):
        found.setdefault(row["from"], {})[row["to"]] = row
        found.setdefault(row["to"], {})[row["from"]] = row
    return found


def sources_of(view: Snapshot) -> dict[str, list[str]]:
    """Return the sources that speak of each thing, by itself or in a relation."""
    ends = [view.relations.select("sources", id=end) for end in ("from", "to")]
    told = pl.concat([one.select("id", "sources") for one in (view.entities, *ends)]).explode("sources").drop_nulls()
    return dict(told.group_by("id").agg(pl.col("sources").unique().sort()).iter_rows())


def _difference(differs: Sequence[tuple[str, str]]) -> str:
    """Return the words that differ: those that are asked for, a stroke, those of the case."""
    return ", ".join(f"{here or '–'} / {there or '–'}" for here, there in differs)
