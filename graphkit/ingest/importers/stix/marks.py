"""What a STIX bundle says of itself: who published it, when, on what terms, for whose eyes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from graphkit.ingest.importers import tlp
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.importers.stix.things import day

TYPES = {"marking-definition", "x-mitre-collection"}
REFS = {"object_marking_refs"}


class Marks:
    """The collection and the markings among the objects of a file."""

    def __init__(self, objects: Sequence[tuple[str, dict[str, Any]]], origin: Origin) -> None:
        self._origin = origin
        self._objects = [given for _, given in objects]

    def source(self) -> tuple[str, dict[str, Any]]:
        """Return the id of the source that the objects are, and what they say of it."""
        collection = next((given for given in self._objects if given["type"] == "x-mitre-collection"), None)
        about = collection or {}
        id_ = f"stix:{about['id']}" if collection else self._origin.named_by_file("stix")
        maker = about.get("created_by_ref") or self._maker()
        names = {given["id"]: given.get("name") for given in self._objects if given["type"] == "identity"}
        version = about.get("x_mitre_version")
        return id_, {
            "name": about.get("name"),
            "publisher": names.get(maker),
            "published": day(about.get("modified")),
            "tlp": self._tlp(),
            "licence": " ".join(self._statements()),
            "note": f"Version {version}." if version else None,
        }

    def _maker(self) -> str | None:
        """Return who made all of the objects that say who did."""
        made = Counter(
            given["created_by_ref"] for given in self._objects if isinstance(given.get("created_by_ref"), str)
        )
        return next(iter(made)) if len(made) == 1 else None

    def _definitions(self) -> list[dict[str, Any]]:
        return [given for given in self._objects if given["type"] == "marking-definition"]

    def _statements(self) -> list[str]:
        told = [given.get("definition") for given in self._definitions() if given.get("definition_type") == "statement"]
        return [str(one["statement"]) for one in told if isinstance(one, dict) and one.get("statement")]

    def _tlp(self) -> str | None:
        """Return the strictest TLP among the markings; what is for fewer eyes decides for the whole file."""
        found = []
        for given in self._definitions():
            definition = given.get("definition")
            old = definition.get("tlp") if isinstance(definition, dict) else None
            found.append(str(old or given.get("name") or ""))
        return tlp.strictest(found)
