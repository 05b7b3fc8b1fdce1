"""Graphs that other programs drew: their words for things and relations, as kinds of the catalog or beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graphkit.ingest.importers.graphs import attributes
from graphkit.ingest.importers.graphs.attributes import KNOWN, Fields
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.record import Record
from graphkit.model.schema import Kind

_OTHER = "Concept"
_LINK = "RELATED_TO"
_THING_WORDS = ("kind", "type")
_NAMES = ("label", "name")
_LINK_WORDS = ("type", "kind", "relation", "relationship", "label")
_DATES = ("valid_from", "valid_to")
_TITLES = ("name", "label", "title")
_NOTED = {"creator": "Made by {}.", "last modified": "Last modified {}.", "keywords": "Keywords: {}."}


class Drawn:
    """One graph. ``times`` is the format of the times in it."""

    def __init__(self, origin: Origin, times: str) -> None:
        self._origin = origin
        self._times = times
        self._own_id = origin.named_by_file("graph")
        self._attribution = {"source": origin.source or self._own_id}
        if origin.claimant:
            self._attribution["claimant"] = origin.claimant
        kinds = (kind for kind in origin.catalog.entities if "@" not in (kind.id_template or ""))
        self._kinds = {kind.name.lower(): kind for kind in kinds}
        self._links = {attributes.common_name(kind.name): kind for kind in origin.catalog.relations}
        self._things: dict[str, tuple[str, str]] = {}
        self._thing_fields = Fields(origin, _thing_field)
        self._link_fields = Fields(origin, _link_field)
        self._fitting: dict[tuple[str, str, str, bool], tuple[str, bool] | None] = {}

    def knows(self, edge: Mapping[str, Any]) -> bool:
        """Say whether both ends of an edge have been read."""
        return edge["from"] in self._things and edge["to"] in self._things

    def ask(self, edges: Iterable[Mapping[str, Any]]) -> None:
        """An end that is not in the file is not elsewhere either: its id is one of this file."""

    def things(self, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield what a node says, at each time it is said of."""
        node, said = given["node"], given["said"]
        kind, words = self._kind(said)
        record = {"kind": kind.name, "id": f"{self._own_id}:{node}", **self._attribution, "locator": f"node {node}"}
        self._thing_fields.put(record, kind, said)
        self._type(record, kind, words)
        main = self._name(record, kind, node, said)
        id_ = record["id"]
        if kind.id_template:
            id_ = _derived(kind, main, record.pop("id"), record)
        self._things.setdefault(node, (id_, kind.name))
        yield from self._at_times(record, kind, main, given, self._thing_fields)

    def _kind(self, said: Mapping[str, Any]) -> tuple[Kind, list[str]]:
        """Return the kind that a node says it is of, and its other words for what it is."""
        words = list(self._thing_fields.worded(said, _THING_WORDS))
        for word in words:
            if kind := self._kinds.get(attributes.common_name(word).replace("_", "")):
                return kind, [other for other in words if other != word]
        return self._kinds[_OTHER.lower()], words

    def _type(self, record: dict[str, Any], kind: Kind, words: list[str]) -> None:
        field = next((name for name in kind.properties if name.endswith("_type")), None)
        if words and field:
            record[field] = attributes.one_or_many([*words, *attributes.texts(record.get(field))])
        elif words:
            self._origin.lost["type"] += 1

    def _name(self, record: dict[str, Any], kind: Kind, node: str, said: Mapping[str, Any]) -> str:
        """Say what a thing is called; return the field that says most of what it is."""
        names = list(self._thing_fields.worded(said, _NAMES)) or [node]
        if "name" in kind.properties:
            record["name"] = attributes.one_or_many(names)
        if kind.id_template is None and "name" in kind.properties:
            return "name"
        main = kind.id_template.partition("{")[2].rstrip("}") if kind.id_template else "value"
        record.setdefault(main, names[0])
        if "name" not in kind.properties and any(name != record[main] for name in names):
            self._origin.lost["label"] += 1
        return main

    def _at_times(
        self, record: dict[str, Any], kind: Kind, main: str, given: Mapping[str, Any], fields: Fields
    ) -> Iterator[dict[str, Any]]:
        """Yield a record at each time it held, and what is said with times of its own."""
        core = {name: record[name] for name in attributes.CORE if name in record}
        core |= {main: record[main]} if kind.id_template else {}
        timed = [
            told for one in attributes.texts(given.get("timed")) for told in self._timed(one, record, kind, fields)
        ]
        held = attributes.when(attributes.spells(given.get("spells"), self._times, self._origin))
        yield from attributes.repeated(record, main, held, self._origin)
        for field, value, own in timed:
            alone = {"link": "false"} if kind.edge and field in kind.properties else {}
            yield from attributes.repeated({**core, field: value, **alone}, main, own, self._origin)

    def _timed(
        self, given: Any, record: dict[str, Any], kind: Kind, fields: Fields
    ) -> Iterator[tuple[str, Any, list[dict[str, str]]]]:
        """Yield field, value and time of a value that has a time; a refused one goes into the record."""
        if not (isinstance(given, list) and len(given) == 3 and isinstance(given[0], str)):
            return
        name, value, spell = given
        plan = fields.plan(kind, (name,))
        is_name = "name" in kind.properties and attributes.common_name(name) in _NAMES
        if value in ("", None):
            return
        if plan.refused:
            record[name] = value
        elif plan.fields or is_name:
            held = attributes.spells([spell], self._times, self._origin)
            yield plan.fields[0][1] if plan.fields else "name", value, attributes.when(held)
        else:
            self._origin.lost[name] += 1

    def relations(self, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield what an edge says, at each time it is said of."""
        start, start_kind = self._things.get(given["from"]) or (f"{self._own_id}:{given['from']}", "")
        end, end_kind = self._things.get(given["to"]) or (f"{self._own_id}:{given['to']}", "")
        said = given["said"]
        words = self._link_fields.worded(said, _LINK_WORDS)
        directed = given.get("directed") is not False
        record: dict[str, Any] = {"kind": _LINK, "from": start, "to": end}
        for word in words:
            if fit := self._fit(word, start_kind, end_kind, directed):
                kind, turned = fit
                record = {"kind": kind, "from": end, "to": start} if turned else {**record, "kind": kind}
                self._origin.lost.update({other for text, other in words.items() if text != word})
                break
        else:
            if words:
                record["relationship"] = attributes.one_or_many(list(words))
        record |= self._attribution
        id_ = given.get("edge")
        record["locator"] = f"edge {id_}" if isinstance(id_, str) else f"edge from {given['from']} to {given['to']}"
        link = self._origin.catalog[record["kind"]]
        self._link_fields.put(record, link, said)
        yield from self._at_times(record, link, "relationship", given, self._link_fields)

    def _fit(self, word: str, start: str, end: str, directed: bool) -> tuple[str, bool] | None:
        key = (word, start, end, directed)
        if key not in self._fitting:
            self._fitting[key] = self._fitted(*key)
        return self._fitting[key]

    def _fitted(self, word: str, start: str, end: str, directed: bool) -> tuple[str, bool] | None:
        """Return the kind of relation that a word names, when these ends fit it, and whether it goes the other way.

        An edge without a direction goes the way that fits; where both do, it does not say which is meant.
        """
        kind = self._links.get(attributes.common_name(word))
        if kind is None or kind.edge is None:
            return None
        onward = start in kind.edge.from_kinds and end in kind.edge.to_kinds
        back = end in kind.edge.from_kinds and start in kind.edge.to_kinds
        if directed or kind.edge.symmetric:
            return (kind.name, False) if onward else None
        return (kind.name, back) if onward != back else None

    def of_source(self, about: Mapping[str, Any]) -> list[Record]:
        """Return the record of the source that the graph is."""
        said = {name: value for name, value in about.items() if isinstance(value, str)}
        told = [said.get("description"), *(words.format(said[name]) for name, words in _NOTED.items() if name in said)]
        title = next((said[name] for name in _TITLES if said.get(name)), None)
        entry = {"name": title, "note": " ".join(words for words in told if words)}
        self._origin.leave(about, ("description", *_NOTED, *_TITLES), entry)
        return attributes.of_source(self._origin, self._own_id, entry, {id_ for id_, _ in self._things.values()})


def _derived(kind: Kind, main: str, id_: str, record: Mapping[str, Any]) -> str:
    """Return the id that a thing derives from its value; one with a value that is none is rejected for it."""
    try:
        return str(kind.id_template).partition("{")[0] + kind.properties[main].normal(record[main])
    except ValueError:
        return id_


def _thing_field(kind: Kind, attribute: str) -> str | None:
    name = attributes.common_name(attribute)
    if name in (*_THING_WORDS, *_NAMES):
        return KNOWN
    if name in ("description", "desc"):
        return next((field for field in ("description", "statement") if field in kind.properties), None)
    return name if name in kind.properties or name in (*_DATES, *kind.valid_from, *kind.valid_to) else None


def _link_field(kind: Kind, attribute: str) -> str | None:
    name = attributes.common_name(attribute)
    if name in _LINK_WORDS:
        return KNOWN
    if name in ("description", "desc"):
        return "summary"
    return name if name in kind.properties or name in _DATES else None
