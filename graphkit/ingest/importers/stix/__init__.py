"""STIX 2.1 bundles as records, read as plain JSON (OASIS Standard, 10 June 2021)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graphkit.ingest.importers import links
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.importers.stix import carried, marks, things
from graphkit.ingest.record import Record

FORMAT = "STIX 2.1"
_LINK = {
    "type",
    "id",
    "relationship_type",
    "source_ref",
    "target_ref",
    "description",
    "revoked",
    *things.UNDERSTOOD,
}
_LINK |= {"external_references", "start_time", "stop_time"}
_SIGHTING = {"type", "id", "sighting_of_ref", "where_sighted_refs", "first_seen", "last_seen", "description", "revoked"}
_SIGHTING |= things.UNDERSTOOD
_NO_LINKS = {"created_by_ref", "x_mitre_modified_by_ref", *marks.REFS}

Objects = list[tuple[str, dict[str, Any]]]


def is_it(first: Mapping[str, Any]) -> bool:
    """Say whether an object is a bundle, or a STIX object by itself."""
    id_, type_ = first.get("id"), first.get("type")
    return isinstance(id_, str) and isinstance(type_, str) and id_.startswith(f"{type_}--")


def records(raw: Iterable[Record], origin: Origin) -> Iterator[Record]:
    """Yield the source of the objects, then a record for each thing and each relation.

    An object that graphkit wrote carries its own records, and they are yielded in its place.
    """
    objects: Objects = []
    for record in _objects(raw):
        if record.data is None:
            yield record
        else:
            objects.append((record.place, record.data))
    ours = carried.Carried(objects)
    yield from ours.records(origin)
    if ours.others or not objects:
        reading = _Reading(ours.others, origin, ours.things)
        yield from reading.of_source
        for place, given in ours.others:
            yield from reading.records(place, given)


def _objects(raw: Iterable[Record]) -> Iterator[Record]:
    """Yield the objects of bundles, and those that stand by themselves, each with a problem when it is none."""
    for record in raw:
        inner = record.data.get("objects") if record.data and record.data.get("type") == "bundle" else None
        if record.data is None or not isinstance(inner, list):
            yield _object(record.place, record.data) if record.data is not None else record
            continue
        file = record.place.rpartition(":")[0]
        for number, given in enumerate(inner, start=1):
            yield _object(f"{file}:[{number}]", given)


def _object(place: str, given: Any) -> Record:
    if not (isinstance(given, dict) and is_it(given)):
        return Record(place, None, None, "is no STIX object; it needs a type and an id such as identity--…")
    return Record(place, given)


class _Reading:
    """Turns objects into records, knowing all of them: a reference may point anywhere in the file.

    ``known`` are the things that other objects of the file stand for.
    """

    def __init__(self, objects: Objects, origin: Origin, known: Mapping[str, tuple[str, str]]) -> None:
        self._origin = origin
        self._marks = marks.Marks(objects, origin)
        self._things = {**known, **{given["id"]: things.identified(given) for _, given in objects}}
        makers = {given["created_by_ref"] for _, given in objects if isinstance(given.get("created_by_ref"), str)}
        outside = [f"stix:{id_}" for id_ in sorted(makers - self._things.keys())]
        self._speakers = origin.kinds_of(outside) if outside else {}
        self.source, self.of_source = origin.from_source(*self._marks.source())

    def records(self, place: str, given: dict[str, Any]) -> Iterator[Record]:
        """Yield what one object says."""
        type_ = given["type"]
        if type_ == "relationship":
            yield Record(place, self._relation(given))
        elif type_ == "sighting":
            yield from (Record(place, said) for said in self._sightings(given))
        elif type_ in things.NO_THINGS:
            if type_ not in marks.TYPES:
                self._origin.lost[f"objects of type {type_}"] += 1
        else:
            thing = things.thing(given, self._origin)
            said = {} if thing["kind"] == "Source" else self._said(given)
            yield Record(place, thing | said)
            if others := things.other_names(given):
                same = {"kind": thing["kind"], "id": thing["id"]}
                yield Record(place, same | said | {"name": others, "stance": "reports"})
            yield from (Record(place, said) for said in self._embedded(given))

    def _said(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return who says what an object says, when, how surely, and where it stands."""
        said: dict[str, Any] = {"source": self.source, "locator": given["id"]}
        said["claimant"] = self._claimant(given) or self._origin.claimant
        said["said_at"] = things.day(given.get("modified") or given.get("created"))
        said["confidence"] = given.get("confidence")
        said["lang"] = given.get("lang")
        if given.get("revoked") is True:
            said["note"] = "Revoked by who made it."
        elif given.get("x_mitre_deprecated") is True:
            said["note"] = "Deprecated by who made it."
        return {name: value for name, value in said.items() if value is not None}

    def _claimant(self, given: Mapping[str, Any]) -> str | None:
        maker = given.get("created_by_ref")
        id_, kind = self._thing(maker) if isinstance(maker, str) else ("", "")
        if kind in ("Person", "Group", "Organization"):
            return id_ if maker in self._things or id_ in self._speakers else None
        return None

    def _thing(self, ref: str) -> tuple[str, str]:
        """Return the id and the kind of what a reference points at, in this file or outside of it."""
        return self._things.get(ref) or things.identified({"id": ref, "type": ref.partition("--")[0]})

    def _relation(self, given: dict[str, Any]) -> dict[str, Any]:
        said = self._link(
            str(given.get("source_ref")), str(given.get("relationship_type")), str(given.get("target_ref"))
        )
        said |= self._said(given)
        said["summary"] = given.get("description")
        said["valid_from"] = things.day(given.get("start_time"))
        said["valid_to"] = things.day(given.get("stop_time"))
        if given.get("revoked") is True:
            said["stance"] = "retracts"
        if cited := things.cited(given):
            said["note"] = " ".join(filter(None, [said.get("note"), f"Cites {'; '.join(cited)}."]))
        self._origin.leave(given, _LINK, said)
        return said

    def _link(self, from_: str, word: str, to: str) -> dict[str, Any]:
        return links.relation(self._origin.catalog, self._thing(from_), word, self._thing(to))

    def _sightings(self, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield that somebody saw something, for each who did; without one, who says it saw it."""
        seers = given.get("where_sighted_refs") or [given.get("created_by_ref")]
        for seer in seers:
            said = self._link(str(seer), "sighted", str(given.get("sighting_of_ref"))) | self._said(given)
            said["summary"] = given.get("description")
            said["valid_from"] = things.day(given.get("first_seen"))
            said["valid_to"] = things.day(given.get("last_seen"))
            yield said
        self._origin.leave(given, _SIGHTING, {})

    def _embedded(self, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield the relations that an object has in fields of its own, such as ``resolves_to_refs``."""
        from_source = self._things[given["id"]][1] == "Source"
        for name, value in given.items():
            word, found, _ = name.rpartition("_ref")
            if not found or name in _NO_LINKS:
                continue
            refs = [ref for ref in (value if isinstance(value, list) else [value]) if isinstance(ref, str) and ref]
            if from_source:
                self._origin.lost[name] += len(refs)
                continue
            for ref in dict.fromkeys(refs):
                yield self._link(given["id"], word.replace("_", "-"), ref) | self._said(given)
