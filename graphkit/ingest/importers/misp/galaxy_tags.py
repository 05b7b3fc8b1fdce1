"""Galaxies that an event and its attributes are tagged with: each cluster as a thing, and what it is linked to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graphkit.ingest.importers import links
from graphkit.ingest.importers.links import End
from graphkit.ingest.importers.misp import clusters
from graphkit.ingest.importers.misp.fields import objects
from graphkit.ingest.importers.misp.tags import Tags
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.record import Record

_SAID_BY_GALAXY = "descriptions of galaxy clusters, which the galaxies themselves give"
_NO_CLUSTER = "clusters of galaxies without a name"
_REFUSED = "clusters of galaxies that are refused"

Named = tuple[str, str]
"""The type of a galaxy and a name in it."""


class Galaxies:
    """The clusters that stand in one event; a tag names one by its galaxy and its name."""

    def __init__(self, holders: Iterable[Mapping[str, Any]], origin: Origin) -> None:
        self._origin = origin
        self._made: set[str] = set()
        self._held: dict[int, list[Named]] = {}
        self._uuids: dict[Named, object] = {}
        for holder in holders:
            if holder.get("Galaxy"):
                self._held[id(holder)] = list(self._clusters(holder))

    def _clusters(self, holder: Mapping[str, Any]) -> Iterator[Named]:
        lost = self._origin.lost
        for galaxy in objects(holder, "Galaxy", lost):
            for cluster in objects(galaxy, "GalaxyCluster", lost):
                type_, name = cluster.get("type") or galaxy.get("type"), cluster.get("value")
                if not (isinstance(type_, str) and isinstance(name, str) and name.strip()):
                    lost[_NO_CLUSTER] += 1
                elif self._origin.catalog.deny.refuses(type_):
                    lost[_REFUSED] += 1
                else:
                    if cluster.get("description") or cluster.get("meta"):
                        lost[_SAID_BY_GALAXY] += 1
                    self._uuids[type_, name] = cluster.get("uuid")
                    yield type_, name

    def things(self, place: str, tags: Tags, holder: Mapping[str, Any], base: Mapping[str, Any]) -> Iterator[Record]:
        """Yield the clusters that something is tagged with, each once an event."""
        for named in self._of(tags, holder):
            thing = self._thing(named)
            if thing["id"] not in self._made:
                self._made.add(thing["id"])
                yield Record(place, {**base, **thing, "locator": f'misp-galaxy:{named[0]}="{named[1]}"'})

    def relations(
        self, place: str, start: End, tags: Tags, holder: Mapping[str, Any], said: Mapping[str, Any]
    ) -> Iterator[Record]:
        """Yield that a thing is tagged with each of its clusters."""
        for named in self._of(tags, holder):
            thing = self._thing(named)
            end = thing["id"], thing["kind"]
            yield Record(place, {**said, **links.relation(self._origin.catalog, start, "tagged", end)})

    def _of(self, tags: Tags, holder: Mapping[str, Any]) -> list[Named]:
        return list(dict.fromkeys([*tags.of("galaxy"), *self._held.get(id(holder), ())]))

    def _thing(self, named: Named) -> dict[str, Any]:
        type_, name = named
        return clusters.thing({"value": name, "uuid": self._uuids.get(named)}, type_, "")
