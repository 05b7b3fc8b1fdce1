"""Sightings of MISP: who saw what an attribute is, says that it is a false positive, or that it has expired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphkit.ingest.importers.links import End
from graphkit.ingest.importers.misp.about import body
from graphkit.ingest.importers.misp.fields import day, objects
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.record import Record

_WORDS = {"0": "sighted", "1": "reported as a false positive", "2": "reported as expired"}
_KNOWN = {
    "Organisation", "attribute_id", "attribute_uuid", "date_sighting", "event_id", "id", "org_id", "source", "type",
    "uuid",
}  # fmt: skip


class Sightings:
    """The sightings in one event; who saw something is made once."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._made: set[str] = set()

    def records(self, place: str, given: Mapping[str, Any], end: End, base: Mapping[str, Any]) -> Iterator[Record]:
        """Yield who saw the thing that an attribute is, and that they did; they are who says so."""
        for seen in objects(given, "Sighting", self._origin.lost):
            seer, kind = body(seen.get("Organisation")), seen.get("type")
            word = _WORDS.get(str(kind)) if isinstance(kind, str | int) else None
            if seer is None or word is None:
                self._origin.lost["Sighting"] += 1
                continue
            if seer["id"] not in self._made:
                self._made.add(seer["id"])
                yield Record(place, seer | {"source": base["source"]})
            link = {"kind": "RELATED_TO", "from": seer["id"], "to": end[0], "relationship": word}
            said = {"source": base["source"], "claimant": seer["id"]}
            if when := day(seen.get("date_sighting")):
                said |= {"valid_from": when, "valid_to": when}
            if seen.get("uuid"):
                said["locator"] = seen["uuid"]
            if isinstance(by := seen.get("source"), str) and by:
                said["note"] = f"Seen by {by}."
            self._origin.leave(seen, _KNOWN, said)
            yield Record(place, link | said)
