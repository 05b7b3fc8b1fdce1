"""A case as a STIX 2.1 bundle, which carries graphkit's own records too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import Any

import polars as pl

from graphkit.exports import stix_fixed, stix_objects, wording
from graphkit.exports.homes import ELSEWHERE, Following, links, nodes, with_homes
from graphkit.exports.records import NativeRecord, of_cases, of_claims, of_decisions, of_sources, of_things
from graphkit.exports.shown import Shown
from graphkit.exports.stix_common import in_common
from graphkit.exports.stix_ids import CAME_AS_STIX, OBSERVED, Ids, came_as
from graphkit.graph.handed import Handed
from graphkit.model import stix as travel
from graphkit.model.decision import Decided
from graphkit.model.schema import Catalog
from graphkit.model.stix import Object, timestamp

_ALONE = {"_claimant": None, "_confidence": None}
Row = Mapping[str, Any]


def stix(handed: Handed, catalog: Catalog) -> Iterator[bytes]:
    """A STIX 2.1 bundle: an object for each thing, relation and source, in the words of the standard where it has them.

    Each carries graphkit's records of what is said of it in a property extension, so that graphkit loads the same
    claims again. An object names who made it, and how sure they are, where all its claims agree. Allegations say so.
    """
    lines = (json.dumps(one, ensure_ascii=False) for one in _Bundle(handed, catalog).objects())
    id_ = travel.id_of("bundle", "\n".join(map(str, (len(handed.written.claims), *handed.view.scope.cases))))
    yield f'{{"type": "bundle", "id": "{id_}", "objects": [\n{next(lines)}'.encode()
    for line in lines:
        yield f",\n{line}".encode()
    yield b"\n]}\n"


class _Bundle:
    """The objects of a hand-over. ``_links`` are the ids of relations by their homes."""

    def __init__(self, handed: Handed, catalog: Catalog) -> None:
        self._view, self._written, self._catalog = handed.view, handed.written, catalog
        self._shown = Shown(handed.view, handed.nodes)
        self._ids = Ids()
        things = nodes(self._written, self._shown)
        for kind, rows in things.items():
            for row in rows.iter_rows(named=True):
                self._ids.add(kind, row)
        relations = links(self._shown, catalog)
        homes = pl.concat([relations["home"], *(rows["home"] for rows in things.values())])
        self._claims = with_homes(self._written, homes, catalog)
        self._standing = Decided(self._written.decisions).standing(self._claims)
        common = in_common(self._standing, self._written)
        dated = common.select(pl.col("_created").min(), pl.col("_modified").max()).row(0, named=True)
        self._whole = {name: moment or stix_fixed.SINCE for name, moment in dated.items()}
        self._things = {kind: self._with_common(rows, common) for kind, rows in things.items()}
        self._relations = self._with_common(relations, common)
        self._links = {row["home"]: self._id_of_relation(row) for row in self._relations.iter_rows(named=True)}
        self._notices = [stix_fixed.statement(words) for words in wording.notices(self._view)]

    def _with_common(self, rows: pl.DataFrame, common: pl.DataFrame) -> pl.DataFrame:
        """Return rows with what their claims have in common; what nobody says anything of is as old as the rest."""
        joined = rows.join(common, on="home", how="left", maintain_order="left")
        return joined.with_columns(pl.col(name).fill_null(moment) for name, moment in self._whole.items())

    def _id_of_relation(self, row: Row) -> str:
        """Return the id that a relation came with as STIX, else one made of its ends."""
        type_, came = stix_objects.type_of_relation(row, self._ids), row["_locator"] or ""
        return self._ids.id_of(type_, row["key"], came if came_as(came) == type_ else "")

    def objects(self) -> Iterator[Object]:
        """Yield all objects; what marks others comes before them, and what carries all that no other one does."""
        reports = list(self._reports())
        marks = {mark for report in reports for mark in report["object_marking_refs"]}
        yield from (*stix_fixed.makers(), *self._notices, *stix_fixed.tlp(marks))
        records = Following(of_claims(self._carried(), self._catalog))
        yield self._grouping(reports, marks, records.at(ELSEWHERE))
        yield from reports
        for kind, rows in self._things.items():
            for row in rows.iter_rows(named=True):
                yield self._thing(kind, row, records)
        for row in self._relations.iter_rows(named=True):
            said = stix_objects.relation(row, self._ids, self._shown, self._catalog)
            thing = {"id": row["key"], "kind": row["type"]}
            yield self._common(self._links[row["home"]], row) | said | travel.carrying(thing, records.at(row["home"]))
        records.end()

    def _carried(self) -> pl.DataFrame:
        """Return the claims, each with the home of the object that carries it.

        A file carries none: whatever extends a file is part of what its id is made of.
        """
        files = [f"1{kind}\t{id_}" for id_, kind in self._ids.files.items()]
        home = pl.when(~pl.col("home").is_in(files)).then("home").fill_null(ELSEWHERE)
        return self._claims.with_columns(home=home)

    def _thing(self, kind: str, row: Row, records: Following) -> Object:
        said = self._common(self._ids.by_thing[row["id"]], row)
        said |= stix_objects.thing(kind, row, self._ids, self._shown)
        if row["id"] in self._ids.files:
            return said
        thing, own_type = {"id": row["id"], "kind": kind}, row["id"] in self._ids.own
        return said | travel.carrying(thing, records.at(row["home"]), own_type)

    def _common(self, id_: str, row: Row) -> Object:
        """Return what every object says of itself, who made it and when; an observable says no more than its marks."""
        begins = stix_fixed.common(id_.partition("--")[0], id_)
        marks = [notice["id"] for notice in self._notices]
        marks += [stix_fixed.TLP[row["_tlp"]]] if row["_tlp"] else []
        if begins["type"] not in OBSERVED:
            maker = self._ids.by_thing.get(row["_claimant"] or "", "")
            begins |= {"created_by_ref": maker} if maker.startswith("identity--") else {}
            begins |= {"created": row["_created"], "modified": row["_modified"]}
            begins |= {} if row["_confidence"] is None else {"confidence": row["_confidence"]}
        return begins | {"object_marking_refs": marks}

    def _reports(self) -> Iterator[Object]:
        """Yield each source that says something of what is shown, as a report on that."""
        objects = {
            row["home"]: self._ids.by_thing[row["id"]]
            for rows in self._things.values()
            for row in rows.select("home", "id").iter_rows(named=True)
        } | self._links
        told = self._standing.drop_nulls("home").group_by("source").agg(homes=pl.col("home").unique().sort())
        common = in_common(self._standing.with_columns(home="source"), self._written)
        sources = self._with_common(self._written.sources.with_columns(home="id"), common)
        for row in sources.join(told, left_on="id", right_on="source", maintain_order="left").iter_rows(named=True):
            came = str(row["id"]).removeprefix(CAME_AS_STIX)
            id_ = self._ids.id_of("report", row["id"], came if came_as(came) == "report" else "")
            said = {"name": row["name"], "published": _published(row)}
            said |= {"description": row["note"]} if row["note"] else {}
            cited = {"source_name": row["publisher"] or row["name"], "url": row["url"]}
            said |= {"external_references": [cited]} if row["url"] else {}
            said["object_refs"] = [objects[home] for home in row["homes"]]
            records = list(of_sources(self._written.sources.filter(pl.col("id") == row["id"])))
            yield self._common(id_, row) | said | travel.carrying({"id": row["id"], "kind": "Source"}, records)

    def _grouping(self, reports: list[Object], marks: set[str], records: list[NativeRecord]) -> Object:
        """Return the case as a grouping of its reports."""
        id_ = travel.id_of("grouping", "\n".join(self._view.scope.cases))
        refs = [report["id"] for report in reports] or [travel.MAKER]
        said = {"name": str(self._view.scope), "context": "unspecified", "object_refs": refs}
        reported = [report["extensions"][travel.EXTENSION]["graphkit_thing"]["id"] for report in reports]
        others = self._written.sources.filter(~pl.col("id").is_in(reported))
        first = chain(of_cases(self._written), of_sources(others), of_things(self._written))
        files = {self._ids.by_thing[id_]: {"id": id_, "kind": kind} for id_, kind in self._ids.files.items()}
        row = {**_ALONE, "_tlp": stix_fixed.strictest(marks), **self._whole}
        carried = travel.carrying({"elsewhere": files}, [*first, *records, *of_decisions(self._written)])
        return self._common(id_, row) | said | carried


def _published(row: Row) -> str:
    """Return when a source was published, else when it was read, else when the first of it was recorded."""
    for date in (row["published"], row["accessed"]):
        with suppress(ValueError):
            if date:
                return timestamp(date)
    return str(row["_created"])
