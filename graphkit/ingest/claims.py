"""What a valid record says: the claims it makes, the things it speaks of, the things it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphkit.errors import Rejected
from graphkit.ingest.validate import Valid
from graphkit.model.claim import claim_id, relation_id
from graphkit.model.schema import Catalog, Property


def things(record: Valid) -> dict[str, str]:
    """Return the ids that a record brings into being, with their kinds."""
    made = {
        prop.makes.id(value): prop.makes.kind
        for prop in record.kind.properties.values()
        if prop.makes
        for value in record.values.get(prop.name, ())
    }
    if not (record.kind.edge or record.kind.observation):
        made[record.id] = record.kind.name
    return made


def needs(record: Valid) -> dict[str, str]:
    """Return the fields of a record that must name something, and what they name."""
    named = {"from": record.ends[0], "to": record.ends[1]} if record.ends else {}
    named |= {name: record.said[name] for name in ("source", "claimant") if record.said.get(name)}
    if record.kind.name == "Decision":
        named["about"] = record.values["about"][0]
    named |= {f"based_on {origin}": origin for origin in record.values.get("based_on", ())}
    return named


class Claims:
    """Turns records into claims, given the kinds of all things they speak of."""

    def __init__(self, catalog: Catalog, kinds: Mapping[str, str], now: str) -> None:
        self._catalog = catalog
        self._kinds = kinds
        self._now = now

    def of(self, record: Valid) -> list[dict[str, Any]]:
        """Return the claims of a record, each with its id; Rejected when its ends do not fit its kind."""
        made = list(self._relation(record) if record.kind.edge else self._thing(record))
        for claim in made:
            claim["id"] = claim_id(claim)
        return made

    def _relation(self, record: Valid) -> Iterator[dict[str, Any]]:
        start, end = record.ends or ("", "")
        self._check_ends(record, start, end)
        yield from self._link(record, start, record.kind.name, end)
        about = self._about(start, record.kind.name, end)
        for prop, value in self._own_values(record):
            claim = self._claim(record, about, record.kind.name, prop.name, value)
            yield claim | {"about": about, "anchor": start, "anchor_kind": self._kinds[start]}

    def _thing(self, record: Valid) -> Iterator[dict[str, Any]]:
        kind = record.kind
        if not kind.observation:
            for prop, value in self._own_values(record):
                yield self._claim(record, record.id, kind.name, prop.name, value)
        for prop in kind.properties.values():
            for value in record.values.get(prop.name, ()):
                yield from self._made(record, prop, value)
        for start, relation, end in kind.links:
            for from_id in self._ids(record, start):
                for to_id in self._ids(record, end):
                    yield from self._link(record, from_id, relation, to_id)

    def _own_values(self, record: Valid) -> Iterator[tuple[Property, str]]:
        for prop in record.kind.properties.values():
            if not prop.makes:
                for value in dict.fromkeys(record.values.get(prop.name, ())):
                    yield prop, value

    def _made(self, record: Valid, prop: Property, value: str) -> Iterator[dict[str, Any]]:
        if prop.makes is None:
            return
        made = prop.makes
        written = record.written.get((prop.name, value))
        if made.named:
            yield self._claim(record, made.id(value), made.kind, "name", value)
        elif written or made.id(value) != made.prefix + value:
            yield self._claim(record, made.id(value), made.kind, "written_as", written or value)

    def _ids(self, record: Valid, field: str) -> list[str]:
        if field == "self":
            return [record.id]
        made = record.kind.properties[field].makes
        return [made.id(value) for value in dict.fromkeys(record.values.get(field, ()))] if made else []

    def _about(self, start: str, relation: str, end: str) -> str:
        edge = self._catalog[relation].edge
        return relation_id(start, relation, end, bool(edge and edge.symmetric))

    def _link(self, record: Valid, start: str, relation: str, end: str) -> Iterator[dict[str, Any]]:
        claim = self._claim(record, start, self._kinds[start], relation, end)
        yield claim | {"about": self._about(start, relation, end), "object_kind": self._kinds[end]}

    def _claim(self, record: Valid, subject: str, kind: str, name: str, value: str) -> dict[str, Any]:
        said = dict(record.said)
        raw = said.pop("raw", None) or record.written.get((name, value))
        said["recorded_at"] = said.get("recorded_at") or self._now
        if name != "name":
            said |= {"script": None, "transliteration_of": None}
        return said | {
            "about": subject,
            "anchor": subject,
            "anchor_kind": kind,
            "subject": subject,
            "kind": kind,
            "property": name,
            "value": value,
            "raw": raw,
            "claimant_kind": self._kinds[said["claimant"]] if said.get("claimant") else None,
        }

    def _check_ends(self, record: Valid, start: str, end: str) -> None:
        edge, name = record.kind.edge, record.kind.name
        if edge is None:
            return
        for field, id_, allowed in (("from", start, edge.from_kinds), ("to", end, edge.to_kinds)):
            if self._kinds[id_] not in allowed:
                wanted = ", ".join(allowed)
                raise Rejected(field, f"'{id_}' is of kind {self._kinds[id_]}; {name} takes {wanted}")
        if start == end:
            raise Rejected("to", f"'{end}' is both ends of this {name}")
        accused = self._catalog.accusing(name, self._kinds[start], self._kinds[end])
        if accused and not record.said.get("claimant"):
            raise Rejected("claimant", f"is missing; {name} is an allegation and must say who makes it")
