"""Graphs that graphkit handed over: things and relations come back under their ids, claims do not stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graphkit.ingest.fields import CLAIMANTS
from graphkit.ingest.importers.graphs import attributes
from graphkit.ingest.importers.graphs.attributes import KNOWN, Fields
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.record import Record
from graphkit.model import values
from graphkit.model.defanging import refang
from graphkit.model.schema import Kind
from graphkit.model.source import INVENTED

_GRAPHML = {"notice", "scope", "store_version"}
_MADE = {"kind", "label", "name", "names", "n_claims", "n_sources", "sources", "disputed", "written_as"}
_MADE_OF_LINKS = {
    "relation", "says", "label", "alleged", "said_by", "cited", "sources", "claimants", "modalities", "disputed",
    "n_claims", "n_sources", "n_independent", "spans", "first_seen", "last_seen", "networkx_key",
}  # fmt: skip
_PARTS_OF_DATES = ("_earliest", "_latest", "_precision")
_DRAWN = ("<viz:color>", "<viz:position>")
_WEAKEST = ("suspected", "alleged", "estimated", "stated")
_SHOWN = 50
_WITHHELD = "The export withholds how surely it is said."
_DISPUTED = "Disputed among the sources that the export was made of."


def is_own(declares: Sequence[Any], about: Mapping[str, Any]) -> bool:
    """Say whether graphkit wrote a graph, by what it says of itself."""
    return _GRAPHML.issubset(name for name in declares if isinstance(name, str)) or bool(_described(about))


class Exported:
    """One graph that graphkit wrote."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._own_id = origin.named_by_file("graph")
        self._source = origin.source or self._own_id
        self._kinds: dict[str, str] = {}
        self._sources: set[str] = set()
        self._thing_fields = Fields(origin, _thing_field)
        self._link_fields = Fields(origin, _link_field)

    def knows(self, edge: Mapping[str, Any]) -> bool:
        """Say whether the ends of an edge, and those who say it, have been read."""
        return self._kinds.keys() >= {edge["from"], edge["to"], *_parts(edge["said"].get("claimants"))}

    def ask(self, edges: Iterable[Mapping[str, Any]]) -> None:
        """Ask the store what those are that the file names and does not hold."""
        named = {id_ for edge in edges for id_ in _parts(edge["said"].get("claimants"))} - self._kinds.keys()
        self._kinds |= self._origin.kinds_of(sorted(named)) if named else {}

    def things(self, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield what a node says; of one that says nothing, of which kind it is."""
        id_, said = given["node"], given["said"]
        name = said.get("kind")
        kind = self._origin.catalog.kinds.get(name) if isinstance(name, str) else None
        record = {"kind": name, "id": id_}
        if kind and kind.is_entity:
            self._kinds.setdefault(id_, kind.name)
            self._sources.update(_parts(said.get("sources")))
            told = self._told(kind, id_, said)
            record |= told | self._attribution(f"node {id_}") if told else {}
        yield record

    def _told(self, kind: Kind, id_: str, said: Mapping[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = {}
        self._put(self._thing_fields, told, kind, said)
        written = _parts(said.get("written_as"))
        names = [name for name in _parts(said.get("names")) if name not in written]
        name = said.get("name")
        if not names and isinstance(name, str) and not id_.endswith(name):
            names = [name]
        if "name" in kind.properties and names:
            told["name"] = names
        if written and "written_as" in kind.properties:
            told["written_as"] = written
        if told and said.get("disputed"):
            told["note"] = f"{_DISPUTED} It is about: {', '.join(_parts(said['disputed']))}."
        return told

    def _put(self, fields: Fields, record: dict[str, Any], kind: Kind, said: Mapping[str, Any]) -> None:
        fields.put(record, kind, said)
        for name in said.keys() & record.keys() & kind.properties.keys():
            prop = kind.properties[name]
            parts = _parts(said[name]) if prop.many else [said[name]]
            if prop.type == "url":
                parts = [refang(part) if isinstance(part, str) else part for part in parts]
            record[name] = attributes.one_or_many(parts)

    def relations(self, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield what an edge says, by each who says it; else at each time that it held."""
        said, id_ = given["said"], given.get("edge")
        locator = f"edge {id_}" if isinstance(id_, str) else f"edge from {given['from']} to {given['to']}"
        name = said.get("relation")
        kind = self._origin.catalog.kinds.get(name) if isinstance(name, str) else None
        record = {"kind": name, "from": given["from"], "to": given["to"]}
        record |= self._attribution(locator)
        if kind and kind.edge:
            self._put(self._link_fields, record, kind, said)
        self._sources.update(_parts(said.get("sources")))
        modality = next((one for one in _WEAKEST if one in _parts(said.get("modalities"))), "stated")
        notes = [_DISPUTED] if _text(said, "disputed").lower() == "true" else []
        if "modalities" not in said:
            notes.append(_WITHHELD)
        spans = _parts(said.get("spans"))
        speakers = self._speakers(said)
        if len(speakers) > 1 and len(spans) > 1:
            notes.append(f"Held {values.BETWEEN.join(spans)}; the export does not tell which of these who says.")
            spans = []
        record |= ({"modality": modality} if modality != "stated" else {}) | (
            {"note": " ".join(notes)} if notes else {}
        )
        times = attributes.when([_held(span) for span in spans]) or [{}]
        more = [time | ({"claimant": who} if who else {}) for who in speakers or [""] for time in times]
        yield from attributes.repeated(record, "modality", more, self._origin)

    def _speakers(self, said: Mapping[str, Any]) -> list[str]:
        named = list(dict.fromkeys(_parts(said.get("claimants"))))
        known = [id_ for id_ in named if self._kinds.get(id_) in CLAIMANTS]
        if len(known) < len(named):
            self._origin.lost["claimants that are neither in the file nor in the store"] += len(named) - len(known)
        return known

    def _attribution(self, locator: str) -> dict[str, Any]:
        said = {"source": self._source, "locator": locator}
        return said | ({"claimant": self._origin.claimant} if self._origin.claimant else {})

    def of_source(self, about: Mapping[str, Any]) -> list[Record]:
        """Return the record of the source that the graph is; it is a copy of the sources that it was made of."""
        told = _described(about) or {name: value for name, value in about.items() if isinstance(value, str)}
        resting = sorted(self._sources - {self._source})
        there = self._origin.kinds_of(resting) if resting else {}
        based_on = [id_ for id_ in resting if there.get(id_) == "Source"]
        note = (
            f"What graphkit exported of case {told.get('scope')}, from version {told.get('store_version')} of a store."
        )
        if missing := sorted({*resting} - {*based_on}):
            rest = f" and {len(missing) - _SHOWN:,} more" if len(missing) > _SHOWN else ""
            note += f" It rests on sources that were not there: {', '.join(missing[:_SHOWN])}{rest}."
        invented = told.get("notice", "").startswith(INVENTED)
        entry = {"note": note, "based_on": based_on, "invented": "true" if invented else None}
        return attributes.of_source(self._origin, self._own_id, entry, self._kinds)


def _described(about: Mapping[str, Any]) -> dict[str, str]:
    """Return what the description of a GEXF file says, when it is one of graphkit's."""
    rest, _, version = _text(about, "description").removesuffix(".").rpartition(". Store version: ")
    notice, _, scope = rest.rpartition(" Scope: ")
    return {"notice": notice, "scope": scope, "store_version": version} if notice and version else {}


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    return value if isinstance(value, str) else ""


def _parts(value: Any) -> list[str]:
    """Return the values that stand in one attribute."""
    return [part for text in attributes.texts(value) if isinstance(text, str) for part in text.split(values.BETWEEN)]


def _held(span: str) -> attributes.Spell:
    """Return the days of a span, of which the last one is the first day after."""
    start, _, end = span.partition("/")
    return (None if start == ".." else start, None if end == ".." else attributes.moved(end, -1))


def _thing_field(kind: Kind, attribute: str) -> str | None:
    if attribute in kind.properties and attribute not in _MADE:
        return KNOWN if kind.id_template and kind.properties[attribute].required else attribute
    made = attribute in (*_MADE, *_DRAWN) or attribute.endswith(_PARTS_OF_DATES)
    return KNOWN if made else None


def _link_field(kind: Kind, attribute: str) -> str | None:
    if attribute in kind.properties:
        return attribute
    return KNOWN if attribute in _MADE_OF_LINKS else None
