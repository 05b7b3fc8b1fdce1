"""Relations of other tools: of which kind they are here, by their word and their ends."""

from __future__ import annotations

from typing import Any

from graphkit.model.schema import Catalog

_TYPED = {
    "uses": "USES",
    "mitigates": "MITIGATES",
    "detects": "DETECTS",
    "targets": "TARGETS",
    "attributed-to": "ATTRIBUTED_TO",
    "located-at": "LOCATED_IN",
    "duplicate-of": "ALIAS_OF",
    "resolves-to": "RESOLVES_TO",
    "owns": "OWNS",
}

End = tuple[str, str]
"""The id and the kind of a thing."""


def relation(catalog: Catalog, start: End, word: str, end: End) -> dict[str, Any]:
    """Return a relation of the kind that is for this word and these ends, else RELATED_TO with the word."""
    if word == "targets" and start[1] == "Incident" and _fits(catalog, "TARGET_OF", end, start):
        return {"kind": "TARGET_OF", "from": end[0], "to": start[0]}
    return of_kind(catalog, _TYPED.get(word, ""), start, end) or related(start, word, end)


def of_kind(catalog: Catalog, kind: str, start: End, end: End) -> dict[str, Any] | None:
    """Return a relation of this kind when it takes these ends; no kind takes any."""
    if kind and _fits(catalog, kind, start, end):
        return {"kind": kind, "from": start[0], "to": end[0]}
    return None


def related(start: End, words: str | list[str], end: End) -> dict[str, Any]:
    """Return the relation for what no other kind is for, with the words of the source for it."""
    return {"kind": "RELATED_TO", "from": start[0], "to": end[0], "relationship": words}


def _fits(catalog: Catalog, name: str, start: End, end: End) -> bool:
    edge = catalog[name].edge
    return edge is not None and start[1] in edge.from_kinds and end[1] in edge.to_kinds
