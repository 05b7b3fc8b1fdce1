"""What STIX 2.1 asks of a bundle, as far as it can be asked without a schema: whoever reads it finds all of it so."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from graphkit.model.stix import EXTENSION

ID = re.compile(r"([a-z][a-z0-9-]+)--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
TLP = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
REQUIRED: dict[str, tuple[str, ...]] = {
    "attack-pattern": ("name",),
    "campaign": ("name",),
    "course-of-action": ("name",),
    "extension-definition": ("created_by_ref", "name", "schema", "version", "extension_types"),
    "grouping": ("context", "object_refs"),
    "identity": ("name",),
    "incident": ("name",),
    "infrastructure": ("name",),
    "intrusion-set": ("name",),
    "location": (),
    "malware": ("is_family",),
    "relationship": ("relationship_type", "source_ref", "target_ref"),
    "report": ("name", "published", "object_refs"),
    "sighting": ("sighting_of_ref",),
    "threat-actor": ("name",),
    "tool": ("name",),
    "vulnerability": ("name",),
}
"""What objects of the standard must have beside the common properties."""
OBSERVABLES: dict[str, tuple[str, ...]] = {
    "autonomous-system": ("number",),
    "domain-name": ("value",),
    "email-addr": ("value",),
    "file": ("hashes",),
    "ipv4-addr": ("value",),
    "ipv6-addr": ("value",),
    "mac-addr": ("value",),
    "url": ("value",),
    "user-account": ("account_type", "account_login"),
    "x509-certificate": ("hashes",),
}
"""The properties that the id of an observable is made of."""
OF_MAKERS = {"created_by_ref", "created", "modified", "confidence", "lang", "revoked", "labels", "external_references"}
LENGTHS = {"MD5": 32, "SHA-1": 40, "SHA-256": 64, "SHA-512": 128}


def bundle(content: bytes) -> dict[str, dict[str, Any]]:
    """Return the objects of a bundle by id, which is as the standard asks."""
    read = json.loads(content)
    assert read.keys() == {"type", "id", "objects"}
    assert read["type"] == "bundle" and ID.fullmatch(read["id"])
    objects: dict[str, dict[str, Any]] = {given["id"]: given for given in read["objects"]}
    assert len(objects) == len(read["objects"]), "two objects have one id"
    for given in objects.values():
        _is_well_formed(given)
        _refers(given, objects)
        if given["type"] in OBSERVABLES:
            _is_observable(given)
        elif given["type"] == "marking-definition":
            assert MOMENT.fullmatch(given["created"]) and "modified" not in given
        else:
            _is_made(given)
    return objects


def _values(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield all values with the property that they stand in, less what graphkit carries for itself."""
    if isinstance(value, dict):
        for inner, held in value.items():
            if not inner.startswith("graphkit_"):
                yield from _values(held, inner)
    elif isinstance(value, list):
        assert value, f"{name} is an empty list"
        for held in value:
            yield from _values(held, name)
    else:
        yield name, value


def _is_well_formed(given: dict[str, Any]) -> None:
    found = ID.fullmatch(given["id"])
    assert found and found[1] == given["type"], given["id"]
    assert given["spec_version"] == "2.1"
    assert all(re.fullmatch(r"[a-z0-9_]{2,250}", name) for name in given)
    assert all(value not in (None, "") for _, value in _values(given)), given
    for reference in given.get("external_references", ()):
        assert reference["source_name"] and (reference.get("url") or reference.get("external_id"))
    for extension, held in given.get("extensions", {}).items():
        assert held["extension_type"] in ("property-extension", "new-sdo")
        assert extension in (EXTENSION, TLP)
    if given["type"] not in {*REQUIRED, *OBSERVABLES, "marking-definition"}:
        assert given["extensions"][EXTENSION] == {"extension_type": "new-sdo"}, given["type"]


def _refers(given: dict[str, Any], objects: dict[str, dict[str, Any]]) -> None:
    if EXTENSION in given.get("extensions", ()):
        assert "new-sdo" in objects[EXTENSION]["extension_types"]
    for name, value in _values(given):
        if not name.endswith(("_ref", "_refs")):
            continue
        assert value in objects, f"{given['id']}: {name} points at {value}, which is not there"
        type_ = objects[value]["type"]
        if name == "created_by_ref":
            assert type_ == "identity"
        elif name == "object_marking_refs":
            assert type_ == "marking-definition"
        elif name == "where_sighted_refs":
            assert type_ in ("identity", "location")
        else:
            assert type_ not in ("marking-definition", "extension-definition", "bundle")
        if name in ("source_ref", "target_ref"):
            assert type_ not in ("relationship", "sighting", "report", "grouping")


def _is_observable(given: dict[str, Any]) -> None:
    assert not OF_MAKERS & given.keys()
    made_of = {name: given[name] for name in OBSERVABLES[given["type"]] if name in given}
    text = json.dumps(made_of, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    named = uuid.uuid5(uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7"), text)
    assert made_of and given["id"] == f"{given['type']}--{named}"
    for algorithm, digest in given.get("hashes", {}).items():
        assert len(digest) == LENGTHS[algorithm]
    if given["type"] == "file":
        assert "extensions" not in given, "an extension of a file is part of what its id is made of"


def _is_made(given: dict[str, Any]) -> None:
    for name in REQUIRED.get(given["type"], ("name",)):
        assert name in given, f"{given['id']} lacks {name}"
    moments = {"created", "modified", "first_seen", "last_seen", "start_time", "stop_time", "published"}
    for name in moments & given.keys():
        assert MOMENT.fullmatch(given[name]) and datetime.fromisoformat(given[name])
    assert given["created"] <= given["modified"]
    assert given.get("first_seen", "") <= given.get("last_seen", "9")
    assert given.get("start_time", "") < given.get("stop_time", "9")
    assert "confidence" not in given or (type(given["confidence"]) is int and 0 <= given["confidence"] <= 100)
    if given["type"] == "relationship":
        assert re.fullmatch(r"[a-z0-9-]+", given["relationship_type"])
    if given["type"] == "location":
        assert given.get("region") or given.get("country") or {"latitude", "longitude"} <= given.keys()
        assert ("latitude" in given) == ("longitude" in given)
