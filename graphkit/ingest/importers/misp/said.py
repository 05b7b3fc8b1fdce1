"""Who says what an attribute, object or reference of MISP says: where, when, how surely, and with which words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphkit.ingest.importers.misp.fields import day, prose, true
from graphkit.ingest.importers.misp.parts import Object
from graphkit.ingest.importers.misp.tags import NO_TAGS, Tags


def said(
    base: Mapping[str, Any], given: Mapping[str, Any], tags: Tags = NO_TAGS, told: str = "", of: Object | None = None
) -> dict[str, Any]:
    """Return the attribution of what is given; ``told`` goes into the note, and ``of`` is the object it is part of."""
    found = dict(base)
    if tags.given:
        found |= tags.rated() | tags.refused()
    if given.get("uuid"):
        found["locator"] = given["uuid"]
    if moment := day(given.get("timestamp")):
        found["said_at"] = moment
    for bound, name in (("valid_from", "first_seen"), ("valid_to", "last_seen")):
        if seen := day(given.get(name) or (of.given.get(name) if of else None)):
            found[bound] = seen
    if note := _note(given, tags, told, of):
        found["note"] = note
    return found


def _note(given: Mapping[str, Any], tags: Tags, told: str, of: Object | None) -> Any:
    comment = prose(given.get("comment"))
    if comment and not isinstance(comment, str):
        return comment
    parts: list[Any] = []
    if of and of.name and isinstance(part := given.get("object_relation"), str):
        parts.append(f"Part of an object {of.name}, as {part}.")
    if (category := given.get("category")) and isinstance(category, str):
        parts.append(f"{category}, {'' if true(given.get('to_ids')) else 'not '}meant for detection.")
    parts += [told, comment, prose(of.given.get("comment")) if of else None, tags.words()]
    return " ".join(part for part in parts if part and isinstance(part, str))


def together(part: Mapping[str, Any], attribution: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with its attribution, both notes kept."""
    notes = [part.get("note"), attribution.get("note")]
    if not all(notes):
        return {**attribution, **{name: value for name, value in part.items() if value}}
    return {**attribution, **part, "note": " ".join(map(str, notes))}
