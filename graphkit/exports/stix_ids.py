"""Of which STIX type a thing is, and under which id: its own where it came as STIX, else made of what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphkit.model import stix, values
from graphkit.model.stix import Object

CAME_AS_STIX = "stix:"
_ID = re.compile(
    r"([a-z][a-z0-9-]{1,248}[a-z0-9])--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
)
_HASHES = {32: "MD5", 40: "SHA-1", 64: "SHA-256", 128: "SHA-512"}
IDENTITIES = {"Person": "individual", "Group": "group", "Organization": "organization"}
_WORDED = {
    "Organization": ("org_type", ("intrusion-set", "threat-actor"), "identity"),
    "Software": ("software_type", ("tool",), "malware"),
    "Incident": ("incident_type", ("campaign",), "incident"),
    "Concept": ("concept_type", ("vulnerability", "infrastructure"), ""),
}
"""Kinds that are of one of several types: the property that says of which, the types, and the type without a word."""
_TYPED = {"Technique": "attack-pattern", "Mitigation": "course-of-action", "Place": "location"}
_TYPED |= dict.fromkeys(("Person", "Group"), "identity")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Observed:
    """An observable: its type, and the properties that its id is made of."""

    type: str
    properties: Object


def hashes(digest: str) -> Object | None:
    """Return a hash under the name of its algorithm, told by its length; None when it is none that STIX names."""
    try:
        plain = values.hexadecimal(digest)
    except ValueError:
        return None
    return {_HASHES[len(plain)]: plain} if len(plain) in _HASHES else None


@dataclass(slots=True)
class Ids:
    """Gives each thing of a hand-over its type and its id; no two things have one id.

    ``files`` are the things that are files, with their kinds, ``own`` those that the standard has no type for.
    """

    by_thing: dict[str, str] = field(default_factory=dict)
    observed: dict[str, Observed] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    _taken: set[str] = field(default_factory=lambda: {stix.MAKER})

    def add(self, kind: str, row: Row) -> None:
        """Choose type and id of a thing, a row of its kind."""
        thing = str(row["id"])
        seen = _observed(kind, row)
        if seen and self._take(stix.observable_id(seen.type, seen.properties)):
            self.by_thing[thing] = stix.observable_id(seen.type, seen.properties)
            self.observed[thing] = seen
            if seen.type == "file":
                self.files[thing] = kind
            return
        type_ = _type(kind, row) or stix.OWN_TYPE + re.sub(r"(?<!^)(?=[A-Z])", "-", kind).lower()
        came = thing.removeprefix(CAME_AS_STIX)
        fits = came != thing and came_as(came) in _types(kind, came)
        self.by_thing[thing] = self.id_of(type_, thing, came if fits else "")
        if self.by_thing[thing].startswith((stix.OWN_TYPE, "x-")):
            self.own.add(thing)

    def id_of(self, type_: str, name: str, came: str = "") -> str:
        """Return the id that an object came with, where it is free, else one of this type made of a name."""
        if came and self._take(came):
            return came
        made = stix.id_of(type_, name)
        while not self._take(made):
            name += "\n"
            made = stix.id_of(type_, name)
        return made

    def _take(self, id_: str) -> bool:
        free = id_ not in self._taken
        self._taken.add(id_)
        return free


def _type(kind: str, row: Row) -> str:
    """Return the type that STIX has for a thing, else an empty text."""
    if kind not in _WORDED:
        return _TYPED.get(kind, "")
    name, types, other = _WORDED[kind]
    said = row.get(name) or ()
    return next((type_ for type_ in types if type_ in ([said] if isinstance(said, str) else said)), other)


def came_as(id_: str) -> str:
    """Return the type in an id of STIX, an empty text when it is none."""
    found = _ID.fullmatch(id_)
    return found[1] if found else ""


def _types(kind: str, came: str) -> tuple[str, ...]:
    """Return the types that a thing of a kind may have come as."""
    _, types, other = _WORDED.get(kind, ("", (), _TYPED.get(kind, "")))
    named = (came_as(came),) if kind == "Concept" and came.startswith("x-") else ()
    return tuple(filter(None, (*types, other, *named)))


def _observed(kind: str, row: Row) -> Observed | None:
    """Return what can be observed of a thing, None when it is no observable or its value is none any more."""
    prefix, _, rest = str(row["id"]).partition(":")
    make = _OBSERVABLES.get((kind, prefix))
    try:
        return make(rest) if make else None
    except ValueError:
        return None


def _of_value(type_: str, normal: Callable[[object], str]) -> Callable[[str], Observed]:
    return lambda rest: Observed(type_, {"value": normal(rest)})


def _host(rest: str) -> Observed:
    return Observed("ipv6-addr" if ":" in rest else "ipv4-addr", {"value": values.ip(rest)})


def _hashed(type_: str) -> Callable[[str], Observed | None]:
    def make(rest: str) -> Observed | None:
        found = hashes(rest)
        return Observed(type_, {"hashes": found}) if found else None

    return make


def _system(rest: str) -> Observed:
    return Observed("autonomous-system", {"number": int(rest.upper().removeprefix("AS"))})


def _account(rest: str) -> Observed:
    service, apart, login = rest.partition(":")
    said = {"account_type": service} if apart and service != "account" else {}
    return Observed("user-account", said | {"account_login": login if apart else rest})


def _matching(pattern: str) -> Callable[[object], str]:
    def normal(value: object) -> str:
        if not re.fullmatch(pattern, str(value)):
            raise ValueError("is not written so")
        return str(value)

    return normal


_OBSERVABLES: dict[tuple[str, str], Callable[[str], Observed | None]] = {
    ("Domain", "domain"): _of_value("domain-name", values.domain),
    ("Host", "host"): _host,
    ("ContentItem", "sha256"): _hashed("file"),
    ("Identifier", "file"): _hashed("file"),
    ("Identifier", "cert"): _hashed("x509-certificate"),
    ("Identifier", "email"): _of_value("email-addr", values.email),
    ("Identifier", "url"): _of_value("url", _matching(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")),
    ("Identifier", "mac"): _of_value("mac-addr", _matching(r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}")),
    ("Identifier", "as"): _system,
    ("Identifier", "handle"): _account,
}
OBSERVED = {
    "autonomous-system", "domain-name", "email-addr", "file", "ipv4-addr", "ipv6-addr", "mac-addr", "url",
    "user-account", "x509-certificate",
}  # fmt: skip
"""The types of observables."""
