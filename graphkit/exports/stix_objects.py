"""What standard STIX objects say of things and relations; the claims behind it travel beside that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from graphkit.exports import described, wording
from graphkit.exports.shown import Shown
from graphkit.exports.stix_ids import IDENTITIES, Ids
from graphkit.model import interval, stix
from graphkit.model.schema import Catalog
from graphkit.model.stix import Object

_ALIASED = {"attack-pattern", "campaign", "infrastructure", "intrusion-set", "malware", "threat-actor", "tool"}
_STANDARD = {
    "USES": "uses",
    "MITIGATES": "mitigates",
    "DETECTS": "detects",
    "TARGETS": "targets",
    "ATTRIBUTED_TO": "attributed-to",
    "LOCATED_IN": "located-at",
    "RESOLVES_TO": "resolves-to",
    "OWNS": "owns",
}
_SEERS = ("identity--", "location--")
_NO_WORD = re.compile(r"[^a-z0-9]+")
Row = Mapping[str, Any]


def thing(kind: str, row: Row, ids: Ids, shown: Shown) -> Object:
    """Return what an object says of a thing; of an observable its value and nothing else."""
    type_ = ids.by_thing[row["id"]].partition("--")[0]
    if row["id"] in ids.observed:
        media = row.get("media_type")
        return ids.observed[row["id"]].properties | ({"mime_type": media} if type_ == "file" and media else {})
    said: Object = {"name": row["name"]}
    if type_ in _ALIASED and (others := [name for name in dict.fromkeys(row["names"]) if name != row["name"]]):
        said["aliases"] = others
    if words := described.thing(row, shown):
        said["description"] = words
    if references := list(_references(row, shown)):
        said["external_references"] = references
    return said | _of_type(type_, kind, row)


def _of_type(type_: str, kind: str, row: Row) -> Object:
    """Return the properties that only some types have."""
    if type_ == "identity":
        roles = described.listed(row.get("position"))
        return {"identity_class": IDENTITIES[kind]} | ({"roles": roles} if roles else {})
    if type_ == "malware":
        return {"is_family": True}
    if type_ == "location":
        return _location(row)
    if type_ == "campaign":
        return _seen(row.get("date"))
    return {}


def _location(row: Row) -> Object:
    """Return where a place is: a location without coordinates must name a country or region."""
    latitude, longitude = row.get("latitude"), row.get("longitude")
    at: Object = {}
    if latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180:
        at = {"latitude": latitude, "longitude": longitude}
    if row.get("place_type") == "country":
        return at | {"country": row["name"]}
    if row.get("place_type") == "city":
        at["city"] = row["name"]
    return at if "latitude" in at else at | {"region": row["name"]}


def _seen(date: str | None) -> Object:
    held = interval.parse(date) if date else None
    if held is None or held.earliest is None:
        return {}
    seen = {"first_seen": stix.timestamp(str(held.earliest))}
    return seen | ({"last_seen": stix.timestamp(str(held.latest))} if held.latest else {})


def _references(row: Row, shown: Shown) -> Iterator[Object]:
    cited = shown.cited(row["sources"][:1]) or row["id"]
    yield from ({"source_name": cited, "external_id": id_} for id_ in described.listed(row.get("external_id")))
    yield from ({"source_name": cited, "url": url} for url in described.listed(row.get("reference")))


def relation(row: Row, ids: Ids, shown: Shown, catalog: Catalog) -> Object:
    """Return what an object says of a relation: a sighting where it is one, else a relationship.

    Its words say who says it, that it is an allegation where it is one, and that it is disputed where it is.
    """
    start, end = ids.by_thing[row["from"]], ids.by_thing[row["to"]]
    said: Object = {"description": described.relation(row, shown, catalog)}
    if type_of_relation(row, ids) == "sighting":
        return said | {"sighting_of_ref": end, "where_sighted_refs": [start]} | _held(row, "first_seen", "last_seen")
    word = _word(row, catalog)
    if row["type"] == "TARGET_OF":
        start, end, word = end, start, "targets"
    linked = {"relationship_type": word, "source_ref": start, "target_ref": end}
    return said | linked | _held(row, "start_time", "stop_time")


def type_of_relation(row: Row, ids: Ids) -> str:
    """Return whether a relation is a sighting: what a person, body or place saw, and what was seen no observable."""
    sighted = row["type"] == "RELATED_TO" and row.get("relationship") == ["sighted"] and row["to"] not in ids.observed
    return "sighting" if sighted and ids.by_thing[row["from"]].startswith(_SEERS) else "relationship"


def _held(row: Row, begins: str, ends: str) -> Object:
    dates = {begins: row["first_seen"], ends: row["last_seen"]}
    return {name: stix.timestamp(day) for name, day in dates.items() if day}


def _word(row: Row, catalog: Catalog) -> str:
    """Return the type of a relationship: the standard's word, else ours, which words an allegation as one."""
    kind = catalog[row["type"]]
    alleged = wording.alleged(row, catalog)
    if row["type"] in _STANDARD and not (alleged and "Person" in (row["from_kind"], row["to_kind"])):
        return _STANDARD[row["type"]]
    if kind.edge and (kind.accuses == "always" or alleged):
        return slug(kind.edge.says)
    words = row.get("relationship") if row["type"] == "RELATED_TO" else None
    return (slug(words[0]) if words and len(words) == 1 else "") or slug(row["type"])


def slug(words: str) -> str:
    """Return words as a relationship type may be written: small letters, digits and hyphens."""
    return _NO_WORD.sub("-", words.lower()).strip("-")
