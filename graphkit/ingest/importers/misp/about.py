"""What a MISP event says of itself: who made it, when, how far it is, for whose eyes, and what it cites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphkit.ingest.importers import tlp
from graphkit.ingest.importers.misp import tags
from graphkit.ingest.importers.misp.fields import prose, true
from graphkit.ingest.importers.misp.parts import Part
from graphkit.ingest.importers.misp.tags import Tags
from graphkit.ingest.importers.origin import Origin
from graphkit.model import values

_ANALYSIS = {"0": "initial", "1": "ongoing", "2": "completed"}
_THREAT = {"1": "high", "2": "medium", "3": "low"}
_SHARED_WITH = {
    "0": "your organisation only",
    "1": "this community only",
    "2": "connected communities",
    "3": "all communities",
    "4": "a sharing group",
}
_KNOWN = {
    "Attribute", "Galaxy", "Object", "Orgc", "Tag", "analysis", "attribute_count", "date", "disable_correlation",
    "distribution", "event_creator_email", "extends_uuid", "id", "info", "locked", "org_id", "orgc_id",
    "proposal_email_lock", "publish_timestamp", "published", "sharing_group_id", "threat_level_id", "timestamp", "uuid",
}  # fmt: skip
_ROOM = 50_000
"""Characters of a note that citations may take."""


def body(given: object) -> dict[str, Any] | None:
    """Return the Organization that an object of MISP names, such as ``Orgc``; None when it has no name."""
    if not isinstance(given, dict):
        return None
    name = given.get("name")
    if not isinstance(name, str) or not name.strip():
        return None
    uuid = given.get("uuid")
    own = uuid if isinstance(uuid, str) and uuid else f"org:{values.slug(name)}"
    return {"kind": "Organization", "id": f"misp:{own}", "name": name}


class About:
    """An event as a source."""

    def __init__(self, event: Mapping[str, Any], attributes: list[Part], origin: Origin) -> None:
        self._event = event
        self._attributes = attributes
        self._origin = origin
        self.tags = tags.read(event, origin)
        self.maker = body(event.get("Orgc"))

    def source(self) -> dict[str, Any]:
        """Return the fields of the source that the event is."""
        given = self._event
        every: list[Tags] = [self.tags, *(tags for _, _, tags, _ in self._attributes if tags.given)]
        said = {
            "name": prose(given.get("info")),
            "published": given.get("date"),
            "publisher": self.maker["name"] if self.maker else None,
            "tlp": tlp.strictest(word for tags in every for word in tags.of("tlp")),
            "reliability": max(self.tags.of("reliability"), default=None),
            "note": " ".join(self._notes()),
        }
        self._origin.leave(given, _KNOWN, said)
        return said | self.tags.refused()

    def _notes(self) -> Iterator[str]:
        given = self._event
        for name, label, words in (
            ("analysis", "Analysis", _ANALYSIS),
            ("threat_level_id", "Threat level", _THREAT),
            ("distribution", "Shared with", _SHARED_WITH),
        ):
            if isinstance(value := given.get(name), str | int) and (word := words.get(str(value))):
                yield f"{label}: {word}."
        if "published" in given and not true(given["published"]):
            yield "Not published."
        if isinstance(extends := given.get("extends_uuid"), str) and extends:
            yield f"Extends the event {extends}."
        if tagged := self.tags.words():
            yield tagged
        if cited := self._cited():
            yield f"Cites {'; '.join(cited)}."

    def _cited(self) -> list[str]:
        """Return the links that the event gives, as many as a note has room for."""
        links = [
            given["value"]
            for _, given, _, _ in self._attributes
            if given.get("type") == "link" and isinstance(given.get("value"), str) and not true(given.get("deleted"))
        ]
        kept, room = [], _ROOM
        for link in dict.fromkeys(links):
            room -= len(link)
            if room < 0:
                self._origin.lost["attributes of type link"] += 1
            else:
                kept.append(link)
        return kept
