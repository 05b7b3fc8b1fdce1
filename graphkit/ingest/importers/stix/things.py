"""Objects of STIX 2.1 as things: of which kind, under which id, and which field says what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from graphkit.ingest.importers import observables
from graphkit.ingest.importers.observables import Observable
from graphkit.ingest.importers.origin import Origin

UNDERSTOOD = {"confidence", "created_by_ref", "identity_class", "lang", "modified", "object_marking_refs"}
UNDERSTOOD |= {"spec_version", "x_mitre_deprecated"}
"""Fields that say who says something, when and how surely, and the version of the standard."""
NO_THINGS = {
    "extension-definition", "language-content", "marking-definition", "note", "observed-data", "opinion",
    "x-mitre-collection",
}  # fmt: skip
_KINDS = {
    "attack-pattern": "Technique",
    "malware": "Software",
    "tool": "Software",
    "course-of-action": "Mitigation",
    "intrusion-set": "Organization",
    "threat-actor": "Organization",
    "campaign": "Incident",
    "incident": "Incident",
    "location": "Place",
    "report": "Source",
}
_CLASSES = {"individual": "Person", "group": "Group", "class": "Group"}
_TYPE_FIELD = {
    "Software": "software_type",
    "Organization": "org_type",
    "Incident": "incident_type",
    "Concept": "concept_type",
}
_TOLD = {
    "first_seen": "First seen",
    "last_seen": "Last seen",
    "goals": "Goal",
    "objective": "Objective",
    "primary_motivation": "Primary motivation",
    "resource_level": "Resource level",
    "sophistication": "Sophistication",
}
_MORE_TYPES = (
    "malware_types",
    "tool_types",
    "threat_actor_types",
    "infrastructure_types",
    "indicator_types",
    "sectors",
)

_Make = Callable[[Mapping[str, Any]], tuple[str, str] | None]


def day(moment: object) -> str | None:
    """Return the day of a timestamp."""
    return moment[:10] if isinstance(moment, str) and moment else None


def identified(given: Mapping[str, Any]) -> tuple[str, str]:
    """Return the id and the kind that an object has here; an observable derives its id from its value."""
    make = _OBSERVABLES.get(given["type"])
    if make and (found := make(given)):
        return found
    if given["type"] == "identity":
        return f"stix:{given['id']}", _CLASSES.get(str(given.get("identity_class")), "Organization")
    return f"stix:{given['id']}", _KINDS.get(given["type"], "Concept")


def thing(given: Mapping[str, Any], origin: Origin) -> dict[str, Any]:
    """Return the record of the thing that an object is, less who says it."""
    id_, kind = identified(given)
    said: dict[str, Any] = {"kind": kind, "id": id_}
    known = {"type", "id", "revoked", *UNDERSTOOD}
    fields = origin.catalog[kind].properties
    for name, value, used in _said(given, kind):
        known.update(used)
        if name in fields and value:
            said[name] = value
        elif value:
            origin.lost[used[0]] += 1
    origin.leave(given, {*known, *(name for name in given if "_ref" in name)}, said)
    return said


def _said(given: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    """Yield fields of a record with their values, and the fields of the object that they were made of."""
    type_ = given["type"]
    if type_ in _OBSERVABLES:
        yield from _observed(given, kind)
        return
    if type_ == "location":
        yield "place_type", _place_type(given), ("city", "region", "country")
    yield "name", _name(given), ("name", "aliases", "x_mitre_aliases", "pattern")
    more = [word for key in _MORE_TYPES for word in _texts(given, key)]
    yield (
        _TYPE_FIELD.get(kind, "type"),
        [type_, *more] if kind in _TYPE_FIELD and type_ != "identity" else more,
        (*_MORE_TYPES,),
    )
    about = "statement" if kind in ("Person", "Group", "Organization", "Incident", "Place") else "description"
    about = "note" if kind == "Source" else about
    told = [
        f"{word}: {text}."
        for key, word in _TOLD.items()
        for text in _told(given, key)
        if kind != "Incident" or key not in ("first_seen", "last_seen")
    ]
    described = [*_texts(given, "description"), *told]
    yield about, " ".join(described) if about == "note" else described, ("description", *_TOLD)
    yield (
        "date",
        _span(given.get("first_seen"), given.get("last_seen")) if kind == "Incident" else None,
        ("first_seen",),
    )
    yield "position", _texts(given, "roles") if kind == "Person" else None, ("roles",)
    yield "published", day(given.get("published")), ("published",)
    yield (
        "tactic",
        [str(phase.get("phase_name")) for phase in _objects(given, "kill_chain_phases")],
        ("kill_chain_phases",),
    )
    yield "platform", _texts(given, "x_mitre_platforms"), ("x_mitre_platforms",)
    for name in ("latitude", "longitude"):
        yield name, given.get(name), (name,)
    references = _objects(given, "external_references")
    yield "external_id", [ref["external_id"] for ref in references if ref.get("external_id")], ("external_references",)
    yield "reference", [ref["url"] for ref in references if ref.get("url")], ("external_references",)


def _observed(given: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    used = ("value", "hashes", "account_login", "user_id", "account_type", "number", "mime_type", "name")
    if kind == "Domain":
        yield "domain", given.get("value"), used
    elif kind == "Host":
        yield "ip", given.get("value"), used
    elif kind == "ContentItem":
        yield "name", given.get("name"), used
        yield "sha256", _hash(given), used
        yield "media_type", given.get("mime_type"), used
    else:
        yield "value", _value(given), used


def _value(given: Mapping[str, Any]) -> str | None:
    for key in ("value", "account_login", "user_id", "number", "name"):
        if given.get(key) not in (None, ""):
            return str(given[key])
    return next((str(text) for text in _mapping(given, "hashes").values() if text), None)


def _hash(given: Mapping[str, Any]) -> str | None:
    found = _mapping(given, "hashes").get("SHA-256")
    return found.lower() if isinstance(found, str) else None


def _of_value(observable: Observable) -> _Make:
    def make(given: Mapping[str, Any]) -> tuple[str, str] | None:
        try:
            return observable.id(_value(given)), observable.kind
        except ValueError:
            return None

    return make


def _file(given: Mapping[str, Any]) -> tuple[str, str] | None:
    found = _hash(given)
    return (f"sha256:{found}", "ContentItem") if found else _of_value(observables.FILE)(given)


def _account(given: Mapping[str, Any]) -> tuple[str, str] | None:
    service = given.get("account_type") or "account"
    return _of_value(observables.handle(service))(given)


_OBSERVABLES: dict[str, _Make] = {
    "domain-name": _of_value(observables.DOMAIN),
    "ipv4-addr": _of_value(observables.HOST),
    "ipv6-addr": _of_value(observables.HOST),
    "email-addr": _of_value(observables.EMAIL),
    "url": _of_value(observables.URL),
    "mac-addr": _of_value(observables.MAC),
    "autonomous-system": _of_value(observables.AS),
    "x509-certificate": _of_value(observables.CERTIFICATE),
    "user-account": _account,
    "file": _file,
}


def cited(given: Mapping[str, Any]) -> list[str]:
    """Return what an object cites, each with its address where it gives one."""
    references = _objects(given, "external_references")
    told = [(ref.get("description") or ref.get("source_name"), ref.get("url")) for ref in references]
    return [" ".join(str(part) for part in pair if part).rstrip(".") for pair in told if any(pair)]


def _texts(given: Mapping[str, Any], name: str) -> list[str]:
    value = given.get(name)
    return [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str) and text]


def _name(given: Mapping[str, Any]) -> Any:
    """Return what an object is called, a place by its smallest part."""
    where = ("city", "region", "country") if given["type"] == "location" else ()
    own = given.get("name") or next((given[part] for part in where if given.get(part)), None)
    return own or next(iter(_aliases(given)), None) or given.get("pattern")


def _aliases(given: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys([*_texts(given, "aliases"), *_texts(given, "x_mitre_aliases")]))


def other_names(given: Mapping[str, Any]) -> list[str]:
    """Return what else an object is called: names that its maker reports, and calls it by another."""
    if given["type"] in _OBSERVABLES or given["type"] == "report":
        return []
    return [alias for alias in _aliases(given) if alias != _name(given)]


def _told(given: Mapping[str, Any], name: str) -> list[str]:
    return [text[:10] if name.endswith("_seen") else text for text in _texts(given, name)]


def _objects(given: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    value = given.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _mapping(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = given.get(name)
    return value if isinstance(value, dict) else {}


def _place_type(given: Mapping[str, Any]) -> str | None:
    return next((name for name in ("city", "region", "country") if given.get(name)), None)


def _span(start: object, end: object) -> str | None:
    first, last = day(start), day(end)
    if first == last or not (first or last):
        return first
    return f"{first or '..'}/{last or '..'}"
