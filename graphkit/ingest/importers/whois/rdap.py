"""RDAP on a domain (RFC 9083), as a server sends it or as whoisit condenses it, as whois writes it: flat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from graphkit.ingest.importers.several import texts

_CLASSES = ("autnum", "entity", "ip network", "nameserver")
_EVENTS = {
    "registration": "creation_date",
    "expiration": "expiration_date",
    "last update of rdap database": "query_time",
}
_TAKEN = {"objectClassName", "ldhName", "unicodeName", "events", "entities", "nameservers", "type", "rdapConformance"}
_FIELDS = {"fn": "registrant_name", "org": "registrant_organization", "email": "registrant_email"}
_CARD = {*_FIELDS, "kind"}
_TEL = re.compile(r"(?i)^tel:|;.*")
_LONGEST_NAME = 60


def is_rdap(given: Mapping[str, Any]) -> bool:
    """Say whether an object comes from RDAP: a domain, an error, or something else that it answers with."""
    if "ldhName" in given or is_error(given):
        return True
    class_ = given.get("objectClassName")
    return class_ == "domain" or class_ in _CLASSES or (given.get("type") == "domain" and "entities" in given)


def is_error(given: Mapping[str, Any]) -> bool:
    """Say whether an object is an error of RDAP."""
    return "errorCode" in given and "ldhName" not in given


def other(given: Mapping[str, Any]) -> str | None:
    """Return the class of an object that is no domain."""
    class_ = given.get("objectClassName")
    return next((known for known in _CLASSES if known == class_), None)


def flat(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer as whois writes it; what has no place keeps its name, to be counted."""
    found = {name: value for name, value in given.items() if name not in _TAKEN}
    name = found.pop("name", None)
    found["domain_name"] = given.get("ldhName") or name or given.get("unicodeName")
    found["name_servers"] = [_server(one) for one in _list(given.get("nameservers"))]
    for action, day in _events(given):
        found.setdefault(_EVENTS.get(action, f"event '{action}'"), []).append(day)
    for role, contact in _contacts(given.get("entities")):
        if role == "registrar":
            found.setdefault("registrar", []).extend(contact.pop("fn", None) or contact.pop("org", None) or [])
            found |= {"contact of the registrar": True} if contact else {}
        elif role == "registrant":
            for name, values in contact.items():
                found.setdefault(_FIELDS.get(name, "registrant_phone"), []).extend(values)
        else:
            found[f"{role} contact"] = True
    return found


def _server(given: object) -> object:
    return given.get("ldhName") or given.get("unicodeName") if isinstance(given, dict) else given


def _events(given: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield what happened to a domain, and when."""
    for event in _list(given.get("events")):
        action = event.get("eventAction") if isinstance(event, dict) else None
        yield _name(action), event.get("eventDate") if isinstance(event, dict) else event


def _contacts(entities: object) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Yield the role and the card of each contact of the domain itself."""
    if isinstance(entities, dict):
        for role, contacts in entities.items():
            for contact in _list(contacts):
                yield _name(role), _condensed(contact)
    for entity in _list(entities):
        given = entity if isinstance(entity, dict) else {}
        card = _card(given.get("vcardArray"))
        for role in _list(given.get("roles")) or ["nameless"]:
            yield _name(role), dict(card)


def _condensed(contact: object) -> dict[str, list[str]]:
    """Return the card of a contact of whoisit, which has plain fields."""
    given = contact if isinstance(contact, dict) else {}
    pairs = (("fn", "name"), ("org", "organization"), ("email", "email"), ("tel", "tel"))
    return {to: [given[name]] for to, name in pairs if isinstance(given.get(name), str) and given[name]}


def _card(given: object) -> dict[str, list[str]]:
    """Return name, organization, e-mail and telephone of a jCard (RFC 7095); the name of a body is an organization."""
    card: dict[str, list[str]] = {}
    for name, about, text in _lines(given):
        if name == "tel":
            if "fax" not in texts(about.get("type") if isinstance(about, dict) else None):
                card.setdefault(name, []).append(_TEL.sub("", text))
        elif name in _CARD:
            card.setdefault(name, []).append(text)
    names_a_body = "org" in card.pop("kind", [])
    if names_a_body and "org" not in card and "fn" in card:
        card["org"] = card.pop("fn")
    return card


def _lines(given: object) -> Iterator[tuple[str, object, str]]:
    """Yield name, parameters and text of the lines of a jCard."""
    for line in _list(given[1]) if isinstance(given, list) and len(given) == 2 else []:
        if not isinstance(line, list) or len(line) < 4 or not isinstance(line[0], str):
            continue
        text = " ".join(part for part in line[3] if isinstance(part, str)) if isinstance(line[3], list) else line[3]
        if isinstance(text, str) and text.strip():
            yield line[0], line[1], text


def _name(given: object) -> str:
    return given.strip().lower() if isinstance(given, str) and len(given) <= _LONGEST_NAME else "nameless"


def _list(given: object) -> list[Any]:
    return given if isinstance(given, list) else []
