"""Galaxies of MISP: catalogues of threat actors, malware, techniques and more, one file each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graphkit.ingest.importers import links
from graphkit.ingest.importers.misp import clusters, tags
from graphkit.ingest.importers.misp.fields import objects, prose
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.record import Record
from graphkit.model import values

FORMAT = "MISP galaxy"
_NO_CLUSTER = "is no cluster of a MISP galaxy; it needs a value, which is its name"
_NO_GALAXY = "is no MISP galaxy; it needs a type and a list of values"
_ELSEWHERE = "relations to clusters that are neither in this file nor in the store"
_NOBODY = {"open source", "open sources", "osint", "unknown", "various"}
_KNOWN = ("authors", "category", "description", "name", "source", "type", "uuid", "values", "version")
_RELATED = ("dest-uuid", "type", "tags")


def is_it(first: Mapping[str, Any]) -> bool:
    """Say whether an object is a galaxy with its clusters."""
    return isinstance(first.get("values"), list) and isinstance(first.get("type"), str)


def records(raw: Iterable[Record], origin: Origin) -> Iterator[Record]:
    """Yield the source of each galaxy, then a record for each cluster and each relation between clusters."""
    for record in raw:
        if record.data is None:
            yield record
        elif not is_it(record.data):
            yield Record(record.place, None, None, _NO_GALAXY)
        else:
            yield from _Galaxy(record.place, record.data, origin).records()


class _Galaxy:
    """Turns one galaxy into records, knowing all of its clusters."""

    def __init__(self, place: str, given: dict[str, Any], origin: Origin) -> None:
        self._file = place.rpartition(":")[0]
        self._given = given
        self._origin = origin
        self._type = given["type"]
        category = given.get("category")
        self._category = category if isinstance(category, str) else ""
        self._ends = self._known_ends()
        self._said: dict[str, Any] = {}

    def records(self) -> Iterator[Record]:
        """Yield what the galaxy says."""
        yield from self._source()
        for number, cluster in enumerate(self._given["values"], start=1):
            place = f"{self._file}:[{number}]"
            name = cluster.get("value") if isinstance(cluster, dict) else None
            if not isinstance(name, str) or not name.strip():
                yield Record(place, None, None, _NO_CLUSTER)
                continue
            said = self._said | ({"locator": cluster["uuid"]} if cluster.get("uuid") else {})
            for told in clusters.described(cluster, self._type, self._category, self._origin):
                yield Record(place, told | said)
            for told in self._relations(cluster):
                yield Record(place, told | said)

    def _source(self) -> Iterator[Record]:
        given = self._given
        uuid, version = given.get("uuid"), given.get("version")
        own_id = f"misp:{uuid}" if isinstance(uuid, str) and uuid else f"misp:galaxy:{self._type}"
        notes = [prose(given.get("description")), f"Version {version}." if isinstance(version, int | str) else None]
        said = {
            "name": given.get("name"),
            "publisher": given.get("source"),
            "authors": given.get("authors"),
            "note": " ".join(note for note in notes if isinstance(note, str)),
        }
        self._origin.leave(given, _KNOWN, said)
        source, made = self._origin.from_source(own_id, said)
        yield from made
        self._said = {"source": source}
        if claimant := self._origin.claimant:
            self._said["claimant"] = claimant
        elif body := self._body():
            yield Record(self._file, body | {"source": source})
            self._said["claimant"] = body["id"]

    def _body(self) -> dict[str, Any] | None:
        """Return who a galaxy names as its source, unless that is an address or nobody."""
        name = self._given.get("source")
        if not isinstance(name, str) or "://" in name or not 0 < len(name.strip()) <= 100:
            return None
        if name.strip().lower().replace("-", " ") in _NOBODY:
            return None
        return {"kind": "Organization", "id": f"misp:source:{values.slug(name)}", "name": name}

    def _known_ends(self) -> dict[str, links.End]:
        """Return the clusters that relations may lead to: those of the galaxy, and those that the store has."""
        kind, _ = clusters.kind(self._type, self._category)
        listed = [one for one in self._given["values"] if isinstance(one, dict)]
        inside = {one["uuid"] for one in listed if isinstance(one.get("uuid"), str) and one["uuid"]}
        named = {
            uuid
            for one in listed
            for to in objects(one, "related", Counter())
            if isinstance(uuid := to.get("dest-uuid"), str)
        }
        outside = [f"misp:{uuid}" for uuid in sorted(named - inside)]
        found = self._origin.kinds_of(outside) if outside else {}
        return {uuid: (f"misp:{uuid}", kind) for uuid in inside} | {
            id_.removeprefix("misp:"): (id_, kind) for id_, kind in found.items()
        }

    def _relations(self, cluster: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        type_, lost = self._type, self._origin.lost
        kind, _ = clusters.kind(type_, self._category)
        start = clusters.id_of(type_, cluster["value"], cluster.get("uuid")), kind
        for to in objects(cluster, "related", lost):
            end = self._ends.get(to["dest-uuid"]) if isinstance(to.get("dest-uuid"), str) else None
            word = to.get("type")
            if end is None:
                lost[_ELSEWHERE] += 1
            elif end == start:
                lost["relations of a cluster to itself"] += 1
            else:
                yield self._relation(start, word if isinstance(word, str) and word else "related-to", end, to)

    def _relation(self, start: links.End, word: str, end: links.End, given: Mapping[str, Any]) -> dict[str, Any]:
        said = links.relation(self._origin.catalog, start, word, end)
        tagged = tags.read(given, self._origin, "tags")
        said |= tagged.rated() | tagged.refused()
        if words := tagged.words():
            said["note"] = words
        self._origin.leave(given, _RELATED, said)
        return said
