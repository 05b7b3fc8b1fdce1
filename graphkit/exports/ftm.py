"""A case as entities of FollowTheMoney, which carry graphkit's own records too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count, islice
from typing import Any

import polars as pl

from graphkit.exports.ftm_entities import End, Properties, Said, schema
from graphkit.exports.homes import ELSEWHERE, Following, links, nodes, with_homes
from graphkit.exports.records import NativeRecord, of_cases, of_claims, of_decisions, of_sources, of_things
from graphkit.exports.shown import Shown
from graphkit.graph.handed import Handed
from graphkit.model import ftm as travel
from graphkit.model.ftm import CAME_AS_FTM, Entity
from graphkit.model.schema import Catalog

_AT_ONCE = 1000
"""How many records a folder carries at most."""
_NO_SLUG = re.compile(r"[^a-z0-9]+")
Row = Mapping[str, Any]


def ftm(handed: Handed, catalog: Catalog) -> Iterator[bytes]:
    """Entities of FollowTheMoney as JSON Lines: things that it has a schema for, relations between them, and sources.

    Each carries graphkit's records of what is said of it beside its properties, so that graphkit loads the same claims
    again. Readers elsewhere see neither these nor who says and who denies what, nor websites, hosts, techniques and
    other things without a schema: folders carry their records. Allegations and what is disputed are UnknownLinks.
    """
    for entity in _Entities(handed, catalog).all():
        yield (json.dumps(entity, ensure_ascii=False) + "\n").encode()


class _Entities:
    """The entities of a hand-over. ``_ends`` are those that stand for things, by the ids of the things."""

    def __init__(self, handed: Handed, catalog: Catalog) -> None:
        self._written, self._scope = handed.written, handed.view.scope
        shown = Shown(handed.view, handed.nodes)
        self._said = Said(shown, catalog)
        self._ends: dict[str, End] = {}
        self._things = nodes(handed.written, shown)
        homes = []
        for kind, rows in self._things.items():
            for row in rows.iter_rows(named=True):
                if found := schema(kind, row):
                    self._ends[row["id"]] = End(travel.id_of(row["id"]), found)
                    homes.append(row["home"])
        ends = list(self._ends)
        relations = links(shown, catalog)
        self._relations = relations.filter(pl.col("from").is_in(ends) & pl.col("to").is_in(ends))
        there = pl.concat([pl.Series(homes, dtype=pl.String), self._relations["home"]])
        claims = with_homes(handed.written, there, catalog).with_columns(pl.col("home").fill_null(ELSEWHERE))
        self._records = Following(of_claims(claims, catalog))

    def all(self) -> Iterator[Entity]:
        """Yield all entities: what no other one carries is in folders, which come first."""
        yield from self._folders()
        for row in self._written.sources.iter_rows(named=True):
            yield self._source(row)
        for kind, rows in self._things.items():
            for row in rows.filter(pl.col("id").is_in(list(self._ends))).iter_rows(named=True):
                end = self._ends[row["id"]]
                carried = travel.carrying({"id": row["id"], "kind": kind}, self._records.at(row["home"]))
                yield self._entity(end, self._said.thing(end.schema, row), row["sources"]) | carried
        for row in self._relations.iter_rows(named=True):
            name, said = self._said.relation(row, self._ends[row["from"]], self._ends[row["to"]])
            said |= {"proof": [_id_of_source(id_) for id_ in row["sources"]]}
            carried = travel.carrying({"id": row["key"], "kind": row["type"]}, self._records.at(row["home"]))
            yield self._entity(End(travel.id_of(row["key"]), name), said, row["sources"]) | carried
        self._records.end()

    def _folders(self) -> Iterator[Entity]:
        """Yield the case as a folder, and others in it where a folder would carry too much."""
        written, name, cases = self._written, str(self._scope), "\n".join(self._scope.cases)
        rest = chain(of_cases(written), of_things(written), self._records.each(ELSEWHERE), of_decisions(written))
        said = {"title": [name], "fileName": [name], "description": self._said.notices}
        for number in count():
            records = list(islice(rest, _AT_ONCE))
            if number and not records:
                return
            id_ = travel.id_of(f"case\n{cases}\n{number}")
            yield self._entity(End(id_, "Folder"), said, self._scope.cases) | travel.carrying({}, records)
            said = {"parent": [travel.id_of(f"case\n{cases}\n0")]} | said

    def _source(self, row: Row) -> Entity:
        records: list[NativeRecord] = list(of_sources(pl.DataFrame([row], schema=self._written.sources.schema)))
        carried = travel.carrying({"id": row["id"], "kind": "Source"}, records)
        return self._entity(End(_id_of_source(row["id"]), "Document"), self._said.source(row), [row["id"]]) | carried

    def _entity(self, end: End, properties: Properties, sources: Sequence[str]) -> Entity:
        """Return an entity. A dataset is a source, by a name as FollowTheMoney has it."""
        named = [_NO_SLUG.sub("_", source.removeprefix(CAME_AS_FTM).lower()).strip("_") for source in sources]
        datasets = list(dict.fromkeys(name for name in named if name))
        return {"id": end.id, "schema": end.schema, "properties": properties, "datasets": datasets}


def _id_of_source(source: str) -> str:
    return travel.id_of(f"source\n{source}")
