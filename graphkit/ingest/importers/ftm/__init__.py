"""Entities of FollowTheMoney as records: JSON lines of Aleph, OpenSanctions and the ``ftm`` command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from graphkit.ingest.checks import MAX_VALUES
from graphkit.ingest.importers import links
from graphkit.ingest.importers.ftm import contacts, properties, schemata, statements, things
from graphkit.ingest.importers.ftm.properties import How
from graphkit.ingest.importers.ftm.said import Said, Values
from graphkit.ingest.importers.ftm.schemata import EDGES, NOT_TAKEN
from graphkit.ingest.importers.ftm.speakers import Datasets, Speakers, datasets
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.importers.several import texts, unread
from graphkit.ingest.importers.taken import taken
from graphkit.ingest.record import Record
from graphkit.model.ftm import carried

FORMAT = "FollowTheMoney"
_ENVELOPE = frozenset({"id", "schema", "properties", "datasets", "dataset", "caption"})
_NO_ENTITY = "is no entity of FollowTheMoney; it needs an id, a schema and properties"
_NO_THINGS = {*EDGES, *NOT_TAKEN, "Sanction", "Risk"}
"""Schemata that name what they are on; where one stands inside of that, it is no link of its own."""


def is_it(first: Mapping[str, Any]) -> bool:
    """Say whether an object is an entity, or a statement on one."""
    if not isinstance(first.get("schema"), str):
        return False
    whole = isinstance(first.get("properties"), dict) or isinstance(first.get("statements"), list)
    return whole or statements.is_statement(first)


def records(raw: Iterable[Record], origin: Origin) -> Iterator[Record]:
    """Yield sources and things as they come, and all links at the end: what they lead to may come later."""
    reading = _Reading(origin)
    for record in statements.together(raw):
        if record.data is None:
            yield record
        else:
            yield from reading.records(record, record.data)
    yield from reading.links()


@dataclass(frozen=True, slots=True)
class _Link:
    """A relation between two entities of the file: of this kind when it takes them, with its words in that field."""

    place: str
    start: str
    end: str
    kind: str
    field: str
    words: tuple[list[str], list[str]]
    said: dict[str, Any]


class _Reading:
    """Turns entities into records; links wait until all things are known."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._speakers = Speakers(origin)
        self._ends: dict[str, links.End] = {}
        self._links: list[_Link] = []

    def records(self, record: Record, given: dict[str, Any]) -> Iterator[Record]:
        """Yield what an entity says, and those that stand inside of it."""
        waiting: list[tuple[dict[str, Any], Datasets]] = [(given, ())]
        while waiting:
            one, named = waiting.pop()
            if isinstance(one.get("statements"), list) and "properties" not in one:
                for found in statements.entities(one):
                    if isinstance(found, str):
                        yield Record(record.place, None, None, found)
                    else:
                        waiting.append((found, named))
                continue
            text = record.text if one is given else None
            if not _is_entity(one):
                yield Record(record.place, None, text, _NO_ENTITY)
                continue
            if held := carried(one):
                yield from self._carried(record.place, one["id"], *held)
                continue
            named = datasets(one, named)
            values, inside = self._values(one)
            waiting += [(inner, named) for inner in inside]
            if one["schema"] in NOT_TAKEN:
                self._origin.lost[f"objects of type {one['schema']}"] += 1
                continue
            said, speakers = self._speakers.said(named)
            yield from speakers
            read = self._edge if one["schema"] in EDGES else self._thing
            for made in read(record.place, one, values, said):
                yield Record(record.place, None, text, made.problem) if made.problem else made

    def _carried(self, place: str, id_: str, thing: dict[str, Any], records: list[Any]) -> Iterator[Record]:
        """Yield the records that an entity of graphkit carries, in its place; other entities may link to it."""
        named = thing.get("id"), thing.get("kind")
        if isinstance(named[0], str) and isinstance(named[1], str):
            self._ends.setdefault(id_, (named[0], named[1]))
        yield from taken(place, records, self._origin)

    def _values(self, given: dict[str, Any]) -> tuple[dict[str, list[str]], list[dict[str, Any]]]:
        """Return the texts of each property, and the entities that stand in place of their ids."""
        values: dict[str, list[str]] = {}
        inside: list[dict[str, Any]] = []
        for name, value in given["properties"].items():
            if found := texts(value):
                values[name] = found
            items = value if isinstance(value, list) else [value]
            if len(found) == len(items):
                continue
            entities = [item for item in items if isinstance(item, dict) and _is_entity(item)]
            if lost := unread(value) - len(entities):
                self._origin.lost[name] += lost
            inside += entities
            named = [one["id"] for one in entities if one["schema"] not in _NO_THINGS]
            if named:
                values[name] = found + named
        return values, inside

    def _thing(self, place: str, given: dict[str, Any], values: Values, said: dict[str, Any]) -> Iterator[Record]:
        """Yield the thing that an entity stands for; its links wait."""
        try:
            end = things.identified(given, values)
        except ValueError as problem:
            yield Record(place, None, None, str(problem))
            return
        id_, kind = end
        self._ends.setdefault(given["id"], end)
        found = things.described(given, kind, values, "claimant" in said, self._origin)
        thing = {"kind": kind, "id": id_} | found.fields
        self._origin.leave(given, _ENVELOPE, thing)
        if kind == "Source":
            yield Record(place, thing)
            return
        said = found.attribution(said, given["id"])
        yield Record(place, thing | said)
        if also := [text for _, text in found.used.get(How.ALSO, ())]:
            yield Record(place, {"kind": kind, "id": id_, "name": also, "stance": "reports"} | said)
        for name, text in found.used.get(How.CONTACT, ()):
            yield from self._contact(place, end, name, text, said)
        for back in (How.LINK, How.LINK_BACK):
            for word, other in found.used.get(back, ()):
                start, to = (given["id"], other) if back is How.LINK else (other, given["id"])
                self._links.append(_Link(place, start, to, word, "", ([], [word]), said))

    def _contact(self, place: str, owner: links.End, name: str, text: str, said: dict[str, Any]) -> Iterator[Record]:
        try:
            thing, relation = contacts.contact(self._origin.catalog, owner, name, text)
        except ValueError as problem:
            yield Record(place, None, None, f"{name}: {problem}")
        else:
            yield Record(place, thing | said)
            yield Record(place, relation | said)

    def _edge(self, place: str, given: dict[str, Any], values: Values, said: dict[str, Any]) -> Iterator[Record]:
        """Keep the links of an edge for later; yield a problem when it lacks an end."""
        schema = given["schema"]
        edge = EDGES[schema]
        for end in (edge.start, edge.end):
            if end not in values:
                yield Record(place, None, None, f"{end}: is missing; {schema} links two entities and needs both")
                return
        pairs = len(values[edge.start]) * len(values[edge.end])
        if pairs > MAX_VALUES:
            problem = f"links {pairs:,} pairs; {MAX_VALUES:,} are allowed, so write several of them"
            yield Record(place, None, None, f"{edge.start}: {problem}")
            return
        rest = {name: found for name, found in values.items() if name not in (edge.start, edge.end)}
        found = Said.of(rest, properties.of_edge(schema), self._origin)
        words, about = found.fields.pop("words", []), [*found.fields.pop("about", ()), *found.told()]
        left = found.fields
        self._origin.leave(given, _ENVELOPE, left)
        said = found.attribution(said, given["id"], edge.point)
        if about:
            said["summary"] = " ".join(about)
        if schema in schemata.GUESSES:
            said["modality"] = "suspected"
        both = (words or list(edge.otherwise), [schema, *words])
        for start, end in product(values[edge.start], values[edge.end]):
            self._links.append(_Link(place, start, end, edge.kind, edge.field, both, said | left))
            left = {}

    def links(self) -> Iterator[Record]:
        """Yield the links, now that all things are known, and what the file is based on."""
        yield from self._speakers.rest()
        far = {ref for link in self._links for ref in (link.start, link.end)} - self._ends.keys()
        stored = self._origin.kinds_of([f"ftm:{ref}" for ref in sorted(far)]) if far else {}
        self._ends |= {ref: (f"ftm:{ref}", stored.get(f"ftm:{ref}", "")) for ref in far}
        for link in self._links:
            start, end = self._ends[link.start], self._ends[link.end]
            own, others = link.words
            if "Source" in (start[1], end[1]):
                self._origin.lost[f"{others[0]} of a document"] += 1
                continue
            kind = link.kind if link.kind in self._origin.catalog.kinds else ""
            relation = links.of_kind(self._origin.catalog, kind, start, end)
            if relation is None:
                relation = links.related(start, others, end)
            elif link.field and own:
                relation[link.field] = own
            yield Record(link.place, relation | link.said)


def _is_entity(given: Mapping[str, Any]) -> bool:
    id_, schema = given.get("id"), given.get("schema")
    named = isinstance(id_, str) and isinstance(schema, str) and id_.strip() and schema
    return bool(named) and isinstance(given.get("properties"), dict)
