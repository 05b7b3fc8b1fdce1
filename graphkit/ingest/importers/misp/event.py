"""One MISP event: what its attributes and objects say, and who says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graphkit.ingest.importers import links
from graphkit.ingest.importers.links import End
from graphkit.ingest.importers.misp import attributes
from graphkit.ingest.importers.misp.about import About
from graphkit.ingest.importers.misp.fields import objects, true
from graphkit.ingest.importers.misp.galaxy_tags import Galaxies
from graphkit.ingest.importers.misp.parts import Object, Part, Parts
from graphkit.ingest.importers.misp.said import said, together
from graphkit.ingest.importers.misp.sightings import Sightings
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.record import Record
from graphkit.model import values

_OF_ATTRIBUTE = {
    "Galaxy", "Sighting", "Tag", "category", "comment", "data", "deleted", "disable_correlation", "distribution",
    "event_id", "first_seen", "id", "last_seen", "object_id", "object_relation", "sharing_group_id", "timestamp",
    "to_ids", "type", "uuid", "value",
}  # fmt: skip
_OF_OBJECT = {
    "Attribute", "ObjectReference", "comment", "deleted", "description", "distribution", "event_id", "first_seen", "id",
    "last_seen", "meta-category", "name", "sharing_group_id", "template_uuid", "template_version", "timestamp", "uuid",
}  # fmt: skip
_OF_REFERENCE = {
    "Attribute", "Object", "comment", "deleted", "event_id", "id", "object_id", "object_uuid", "referenced_id",
    "referenced_type", "referenced_uuid", "relationship_type", "source_uuid", "timestamp", "uuid",
}  # fmt: skip
_AS_THE_EVENT = ("5", 5, "", None)
_SHOWN = 40
_LONGEST = 100
_NO_TYPE = "has no type; say what its value is, such as domain"
_NO_VALUE = "has no value; write it as text"
_DELETED = "deleted attributes"
_NO_END = "references of objects that are no one thing here"
_TO_ITSELF = "references of a thing to itself"


class Event:
    """Turns one event into records, knowing all of its parts: a reference may point at any of them."""

    def __init__(self, place: str, given: dict[str, Any], origin: Origin) -> None:
        self.own_id = f"misp:{given['uuid']}"
        self._place = place
        self._given = given
        self._origin = origin
        self._parts = Parts(place, given, origin)
        self._about = About(given, self._parts.attributes, origin)
        self._galaxies = Galaxies([given, *(part[1] for part in self._parts.attributes)], origin)
        self._sightings = Sightings(origin)
        self._references = [(of, objects(of.given, "ObjectReference", origin.lost)) for of in self._parts.objects]
        self._wanted = {_text(to, "referenced_uuid") for _, given in self._references for to in given}
        self._ends: dict[str, End] = {}
        self._withdrawn: list[tuple[End | None, Record]] = []
        self._base: dict[str, Any] = {}
        self._carrier: dict[str, Any] | None = None

    def about(self) -> dict[str, Any]:
        """Return what the event says of itself as a source."""
        return self._about.source()

    def records(self, source: str, made: Sequence[Record]) -> Iterator[Record]:
        """Yield what the event says; ``made`` are the records of its source."""
        yield from self._parts.problems
        yield from self._maker(source, made)
        for part in self._parts.attributes:
            yield from self._attribute(part)
        for of in self._parts.objects:
            yield from self._object(of)
        yield from self._galaxies.things(self._place, self._about.tags, self._given, self._base)
        for of, given in self._references:
            yield from self._relations(of, given)
        yield from self._taken_back()

    def _maker(self, source: str, made: Sequence[Record]) -> Iterator[Record]:
        """Yield who made the event; from then on it is known who says things, and how surely."""
        self._base = {"source": source} | self._about.tags.rated()
        maker = self._about.maker
        if maker:
            self._carrier = maker | {"source": source, "locator": self._given["uuid"]}
            yield Record(self._place, self._carrier)
        elif made:
            self._carrier = made[0].data
        if claimant := maker["id"] if maker else self._origin.claimant:
            self._base["claimant"] = claimant

    def _attribute(self, part: Part) -> Iterator[Record]:
        place, given, _, of = part
        type_, value, relation = given.get("type"), given.get("value"), given.get("object_relation")
        if not isinstance(type_, str) or not type_:
            yield Record(place, None, None, _NO_TYPE)
        elif refused := self._refused(type_, relation):
            yield from self._carried(place, {refused: value})
        elif of and isinstance(relation, str) and relation in of.said.taken:
            self._lose(given, ("Galaxy", "Sighting", "Tag", "comment"))
        elif type_ == "link":
            self._lose({_DELETED: self._deleted(given, of)}, (_DELETED,))
        elif not isinstance(value, str) or not value.strip():
            yield Record(place, None, None, _NO_VALUE)
        else:
            yield from self._thing(part, type_, value)

    def _refused(self, type_: str, relation: object) -> str:
        """Return the name under which an attribute is refused, or an empty one."""
        names = (type_, relation) if isinstance(relation, str) else (type_,)
        refuses = self._origin.catalog.deny.refuses
        return next((name for name in names if len(name) <= _LONGEST and refuses(name)), "")

    def _carried(self, place: str, refused: dict[str, Any]) -> Iterator[Record]:
        """Yield who made the event once more, with fields that the deny-list is to count and drop."""
        if self._carrier and refused:
            yield Record(place, self._carrier | refused)
        else:
            self._lose(refused, refused)

    def _lose(self, given: Mapping[str, Any], names: Iterable[str]) -> None:
        for name in names:
            if given.get(name):
                self._origin.lost[name] += 1

    def _thing(self, part: Part, type_: str, value: str) -> Iterator[Record]:
        place, given, tags, of = part
        yield from self._carried(place, self._left(given, _OF_ATTRIBUTE))
        own_id = f"misp:{_text(given)}" if _text(given) else f"{self.own_id}:{type_}:{values.identifier_key(value)}"
        try:
            made = attributes.made(type_, value, own_id)
        except ValueError as problem:
            yield Record(place, None, None, f"{type_}: {problem}")
            return
        if made is None:
            part_of = f"{of.name[:_SHOWN]}: {_text(given, 'object_relation')[:_SHOWN]}" if of and of.name else ""
            self._origin.lost[part_of or f"attributes of type {type_[:_SHOWN]}"] += 1
            return
        thing, told = made
        record = Record(place, together(thing, said(self._base, given, tags, told, of)))
        if self._deleted(given, of):
            self._withdrawn.append((attributes.end(thing), record))
            return
        yield record
        yield from self._linked(part, thing)

    def _linked(self, part: Part, thing: Mapping[str, Any]) -> Iterator[Record]:
        """Yield what else an attribute is linked to; what it is is kept when something in the event points at it."""
        place, given, tags, of = part
        uuid = _text(given)
        pointed = uuid in self._wanted or (
            of is not None and (of.given.get("ObjectReference") or _text(of.given) in self._wanted)
        )
        tagged = given.get("Galaxy") or tags.of("galaxy")
        end = attributes.end(thing) if pointed or tagged or given.get("Sighting") else None
        if end is None:
            return
        if uuid:
            self._ends[uuid] = end
        if of:
            of.ends.setdefault(_text(given, "object_relation"), []).append(end)
        if tagged:
            yield from self._galaxies.things(place, tags, given, self._base)
            yield from self._galaxies.relations(place, end, tags, given, self._base | {"locator": uuid})
        yield from self._sightings.records(place, given, end, self._base)

    def _left(self, given: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
        """Count what has no place, attached files among it; return what is refused."""
        extra: dict[str, Any] = {}
        self._origin.leave(given, known, extra)
        if given.get("data"):
            self._origin.lost["attached files, which are never taken"] += 1
        if given.get("distribution") not in (*_AS_THE_EVENT, self._given.get("distribution")):
            self._origin.lost["distribution"] += 1
        return extra

    def _deleted(self, given: Mapping[str, Any], of: Object | None) -> bool:
        return true(given.get("deleted")) or (of is not None and of.deleted)

    def _object(self, of: Object) -> Iterator[Record]:
        yield from self._carried(of.place, self._left(of.given, _OF_OBJECT))
        if of.deleted:
            return
        attribution = said(self._base, of.given)
        for record in of.said.records:
            yield Record(of.place, together(record, attribution))
        if (uuid := _text(of.given)) and (end := of.stands_for()):
            self._ends[uuid] = end

    def _relations(self, of: Object, references: Sequence[dict[str, Any]]) -> Iterator[Record]:
        start, lost = self._ends.get(_text(of.given)), self._origin.lost
        for given in references:
            yield from self._carried(of.place, self._left(given, _OF_REFERENCE))
            end, word = self._ends.get(_text(given, "referenced_uuid")), given.get("relationship_type")
            if true(given.get("deleted")):
                lost["deleted references"] += 1
            elif start is None or end is None:
                lost[_NO_END] += 1
            elif start[0] == end[0]:
                lost[_TO_ITSELF] += 1
            else:
                word = word if isinstance(word, str) and word.strip() else "related-to"
                relation = links.relation(self._origin.catalog, start, word, end)
                yield Record(of.place, relation | said(self._base, given))

    def _taken_back(self) -> Iterator[Record]:
        """Yield that deleted attributes are taken back, where the store has what they are; the others are counted."""
        ids = list(dict.fromkeys(end[0] for end, _ in self._withdrawn if end))
        known = self._origin.kinds_of(ids) if ids else {}
        for end, record in self._withdrawn:
            if end and end[0] in known and record.data:
                yield Record(record.place, record.data | {"stance": "retracts"})
            else:
                self._origin.lost[_DELETED] += 1


def _text(given: Mapping[str, Any], name: str = "uuid") -> str:
    value = given.get(name)
    return value if isinstance(value, str) else ""
