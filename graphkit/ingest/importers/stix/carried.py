"""Objects of STIX that graphkit wrote: they carry its own records, and these are taken in place of the objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.importers.stix import marks
from graphkit.ingest.importers.taken import taken
from graphkit.ingest.record import Record
from graphkit.model.stix import EXTENSION, MAKER, carried

Objects = list[tuple[str, dict[str, Any]]]


class Carried:
    """What objects carry records, what these objects stand for, and the ``others`` of a file.

    ``things`` has the id and the kind that an object has here, by its id in STIX.
    """

    def __init__(self, objects: Objects) -> None:
        self.things: dict[str, tuple[str, str]] = {}
        self._carrying: list[tuple[str, list[Any]]] = []
        left: Objects = []
        for place, given in objects:
            held = carried(given)
            if held is None:
                left.append((place, given))
                continue
            thing, records = held
            self._carrying.append((place, records))
            elsewhere = thing.get("elsewhere")
            named = elsewhere.items() if isinstance(elsewhere, dict) else ()
            self._name([(given["id"], thing), *named])
        self.others = [(place, given) for place, given in left if not self._is_ours(given)]

    def _name(self, things: Iterable[tuple[str, Any]]) -> None:
        for id_, thing in things:
            named = (thing.get("id"), thing.get("kind")) if isinstance(thing, dict) else (None, None)
            if isinstance(named[0], str) and isinstance(named[1], str):
                self.things[id_] = named[0], named[1]

    def _is_ours(self, given: dict[str, Any]) -> bool:
        """Say whether an object carries nothing, and is there for those that do."""
        is_mark = bool(self._carrying) and given["type"] in marks.TYPES
        return is_mark or given["id"] in (EXTENSION, MAKER) or given["id"] in self.things

    def records(self, origin: Origin) -> Iterator[Record]:
        """Yield the records that the objects carry, as they are."""
        for place, records in self._carrying:
            yield from taken(place, records, origin)
