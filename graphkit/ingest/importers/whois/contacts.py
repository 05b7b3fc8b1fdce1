"""Whois answers that nest what others write flat: registry and registrar apart, contacts as objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_REGISTRANT = {
    "name": "registrant_name",
    "organization": "registrant_organization",
    "org": "registrant_organization",
    "company": "registrant_organization",
    "email": "registrant_email",
    "telephone": "registrant_phone",
    "phone": "registrant_phone",
}
_NESTED = {
    "registrant": _REGISTRANT,
    "registrantContact": _REGISTRANT,
    "registrant_contact": _REGISTRANT,
    "registrar": {"name": "registrar", "registrar_name": "registrar"},
    "nameServers": {"hostNames": "name_servers"},
    "audit": {"updatedDate": "query_time"},
}
"""Objects inside of an answer, and which field of an answer each of theirs is."""
_WRAPPED = ("WhoisRecord", "whoisRecord")


def flat(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an answer with all its fields side by side; what the registrar says stands before the registry."""
    for name in _WRAPPED:
        if isinstance(inner := given.get(name), dict):
            given = _without(given, name) | inner
    if isinstance(registry := given.get("registryData"), dict):
        given = _spread(registry) | {
            key: value for key, value in _spread(_without(given, "registryData")).items() if value
        }
    return _spread(given)


def _spread(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer with the fields of its objects; one that has no place keeps its name, to be counted."""
    spread = dict(given)
    for name, fields in _NESTED.items():
        if isinstance(inner := spread.get(name), dict):
            del spread[name]
            spread |= {fields.get(key, f"{name} {key}"): value for key, value in inner.items()}
    return spread


def _without(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key != name}
