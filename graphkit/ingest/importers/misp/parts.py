"""What a MISP event consists of: its attributes, and its objects with theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphkit.ingest.importers.links import End
from graphkit.ingest.importers.misp import objects, tags
from graphkit.ingest.importers.misp.fields import true
from graphkit.ingest.importers.misp.objects import Together
from graphkit.ingest.importers.misp.tags import Tags
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.record import Record


@dataclass(slots=True)
class Object:
    """An object of an event. ``values`` are its values by their part in it, ``ends`` the things that these are."""

    place: str
    given: dict[str, Any]
    name: str
    own_id: str
    deleted: bool
    values: dict[str, list[str]] = field(default_factory=dict)
    said: Together = field(default_factory=Together)
    ends: dict[str, list[End]] = field(default_factory=dict)

    def stands_for(self) -> End | None:
        """Return the one thing that the object is, if it is one."""
        return objects.stands_for(self.name, self.values, self.own_id, self.ends)


Part = tuple[str, dict[str, Any], Tags, Object | None]
"""An attribute: its place, itself, its tags, and the object that it is part of."""


class Parts:
    """The attributes and objects of one event; ``problems`` are records of what is neither."""

    def __init__(self, place: str, event: Mapping[str, Any], origin: Origin) -> None:
        self.attributes: list[Part] = []
        self.objects: list[Object] = []
        self.problems: list[Record] = []
        self._origin = origin
        for at, given in self._listed(place, event, "Attribute"):
            self._take(at, given, None)
        for at, given in self._listed(place, event, "Object"):
            self._open(at, given, str(event["uuid"]))

    def _listed(self, place: str, given: Mapping[str, Any], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        listed = given.get(name)
        if listed in (None, "", {}):
            return
        if not isinstance(listed, list):
            self.problems.append(Record(place, None, None, f"{name} is no list; write [{{…}}, {{…}}]"))
            return
        for number, one in enumerate(listed, start=1):
            at = f"{place}.{name}[{number}]"
            if isinstance(one, dict):
                yield at, one
            else:
                self.problems.append(Record(at, None, None, 'is no JSON object; write {"type": …, "value": …}'))

    def _take(self, place: str, given: dict[str, Any], object_: Object | None) -> None:
        self.attributes.append((place, given, tags.read(given, self._origin), object_))

    def _open(self, place: str, given: dict[str, Any], event: str) -> None:
        name, uuid = given.get("name"), given.get("uuid")
        own = uuid if isinstance(uuid, str) and uuid else f"{event}:object:{len(self.objects) + 1}"
        name = name if isinstance(name, str) else ""
        found = Object(place, given, name, f"misp:{own}", true(given.get("deleted")))
        for at, attribute in self._listed(place, given, "Attribute"):
            self._take(at, attribute, found)
            part, value = attribute.get("object_relation"), attribute.get("value")
            if (
                isinstance(part, str)
                and isinstance(value, str)
                and value.strip()
                and not true(attribute.get("deleted"))
            ):
                found.values.setdefault(part, []).append(value)
        if not found.deleted:
            found.said = objects.together(name, found.values, found.own_id)
            self._origin.lost.update(found.said.lost)
        self.objects.append(found)
