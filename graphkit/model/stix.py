"""How graphkit's own records travel in STIX 2.1 (OASIS Standard, 10 June 2021): ids, and the property extension."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from graphkit.model import interval

EXTENSION = "extension-definition--adf43ade-af4b-4ae3-8dc3-c056f4e8d34d"
MAKER = "identity--7ac6376c-5979-4a02-bf62-d2afdd76d87c"
"""The identity that graphkit itself is, as the maker of its extension."""
NAMESPACE = uuid.UUID("6ab09ab1-52e7-4f05-aa6e-240aeabd3c8b")
OBSERVED = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""The namespace that STIX 2.1 has for ids of observables."""
OWN_TYPE = "graphkit-"
"""How the types begin of objects that STIX has no type for."""

Object = dict[str, Any]


def id_of(type_: str, name: str) -> str:
    """Return the id of an object of ours, which is the same whenever it is made of the same name."""
    return f"{type_}--{uuid.uuid5(NAMESPACE, name)}"


def observable_id(type_: str, contributing: Mapping[str, Any]) -> str:
    """Return the id of an observable, made of the properties that contribute to it, as canonical JSON (RFC 8785)."""
    text = json.dumps(contributing, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"{type_}--{uuid.uuid5(OBSERVED, text)}"


def carrying(thing: Mapping[str, Any], records: list[dict[str, Any]], own_type: bool = False) -> Object:
    """Return the properties with which an object carries records: an extension, or top ones where the type is ours."""
    if own_type:
        new = {"extension_type": "new-sdo"}
        return {"graphkit_thing": dict(thing), "graphkit_records": records, "extensions": {EXTENSION: new}}
    held = {"extension_type": "property-extension", "graphkit_thing": dict(thing), "graphkit_records": records}
    return {"extensions": {EXTENSION: held}}


def carried(given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Any]] | None:
    """Return what an object stands for, and the records that it carries; None when it is no object of ours."""
    extensions = given.get("extensions")
    held = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    if not isinstance(held, dict):
        return None
    found = given if held.get("extension_type") == "new-sdo" else held
    thing, records = found.get("graphkit_thing"), found.get("graphkit_records")
    return (thing, records) if isinstance(thing, dict) and isinstance(records, list) else None


def timestamp(text: str) -> str:
    """Return when something was, as STIX writes it: in UTC, with milliseconds; of a day its beginning.

    ``text`` is EDTF, or ValueError says what is wrong with it; what has no beginning is ValueError too.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        first = interval.parse(text).earliest
        if first is None:
            raise ValueError(f"'{text}' has no beginning") from None
        moment = datetime(first.year, first.month, first.day, tzinfo=UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
