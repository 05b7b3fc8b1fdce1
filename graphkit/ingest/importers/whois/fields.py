"""Fields of whois answers as those of a Registration, under the names that clients and services give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphkit.ingest.importers.days import day
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.importers.several import texts, unread
from graphkit.model.hidden import stands_for_nothing

_DOMAIN = ("domain_name", "domainName", "domain")
_TEXTS = {
    "registrar": ("registrar", "registrar_name", "registrarName"),
    "registrant_name": ("registrant_name", "registrant"),
    "registrant_org": (
        "registrant_organization",
        "registrant_organisation",
        "registrant_org",
        "registrant_company",
        "org",
    ),
    "registrant_email": ("registrant_email",),
    "registrant_phone": ("registrant_phone", "registrant_telephone"),
}
_DATES = {
    "created": (
        "createdDateNormalized", "createdDateISO8601", "createdDateParsed", "creation_date", "created", "created_date",
        "create_date", "createdDate", "creationDate", "registration_date",
    ),
    "expires": (
        "expiresDateNormalized", "expiresDateISO8601", "expiresDateParsed", "expiration_date", "expires",
        "expires_date", "expiry_date", "expiresDate", "expirationDate",
    ),
    "observed": ("query_time", "queried_at", "query_date", "lookup_time", "retrieved_at", "observed"),
}  # fmt: skip
_NAME_SERVERS = ("name_servers", "nameservers", "nameServers")
_SAME = (
    "createdDate", "createdDateISO8601", "createdDateNormalized", "createdDateParsed", "createdDateRaw", "expiresDate",
    "expiresDateISO8601", "expiresDateNormalized", "expiresDateParsed", "expiresDateRaw",
)  # fmt: skip
_SIGNS = frozenset(
    {
        "name_servers", "nameServers", "registrar_name", "registrarName", "registrant_organization", "creation_date",
        "created_date", "createdDate", "createdDateISO8601", "createdDateRaw", "expiration_date", "registration_date",
        "tld", "updated_date", "whois_server",
    }
)  # fmt: skip
_SIGNS_ON_WHOIS = _SIGNS | {"registrar", "created", "expires", "status", "emails"}
_KNOWN = frozenset(
    name for names in (*_TEXTS.values(), *_DATES.values(), _DOMAIN, _NAME_SERVERS, _SAME) for name in names
)
_KNOWN_WITH_NAME = _KNOWN | {"name"}


def names_a_domain(given: Mapping[str, Any]) -> bool:
    """Say whether an answer has a field for the name of the domain."""
    return any(name in given for name in _DOMAIN) or ("name" in given and "tld" in given)


def is_answer(given: Mapping[str, Any]) -> bool:
    """Say whether an object that names a domain is an answer on it, whatever else may name one."""
    if "domain_name" in given or "domainName" in given:
        return not _SIGNS_ON_WHOIS.isdisjoint(given)
    return names_a_domain(given) and not _SIGNS.isdisjoint(given)


def says_something(said: Mapping[str, Any]) -> bool:
    """Say whether a record says more than that somebody asked for a domain on a day."""
    return any(name in said for name in ("created", "expires", "nameservers", *_TEXTS))


def says_no_match(given: Mapping[str, Any]) -> bool:
    """Say whether an answer says that the name is not registered."""
    available = (given.get("available"), given.get("is_available"), given.get("isAvailable"))
    return (
        given.get("registered") is False
        or given.get("domainAvailability") == "AVAILABLE"
        or given.get("dataError") == "MISSING_WHOIS_DATA"
        or any(one is True for one in available)
    )


def registration(given: Mapping[str, Any], origin: Origin) -> dict[str, Any]:
    """Return an answer as a record, less who says it; the first value of a field counts, others are counted."""
    said: dict[str, Any] = {"kind": "Registration"}
    domains = _domains(given, origin)
    if domains:
        said["domain"] = domains[0] if len(domains) == 1 else domains
    for field, names in _TEXTS.items():
        of_registrant = field == "registrant_name" and "domain_name" in given
        if found := _found(given, (*names, "name") if of_registrant else names, origin):
            _put(said, field, found, origin)
    for field, names in _DATES.items():
        _put_day(said, field, given, names, origin)
    if servers := _servers(given, origin):
        said["nameservers"] = servers
    return said


def leave(given: Mapping[str, Any], said: dict[str, Any], origin: Origin) -> None:
    """Count the fields that a record has no place for."""
    name_is_used = "domain_name" in given or not any(name in given for name in _DOMAIN)
    origin.leave(given, _KNOWN_WITH_NAME if name_is_used else _KNOWN, said)


def _domains(given: Mapping[str, Any], origin: Origin) -> list[str]:
    """Return the names of the domain, each once; what differs in capitals or a last dot is one name."""
    found = [text for name in _DOMAIN for text in _texts(given, name, origin)]
    if not found and "domain_name" not in given:
        found = _texts(given, "name", origin)
    return list({text.strip().rstrip(".").lower(): text for text in found}.values())


def _found(given: Mapping[str, Any], names: tuple[str, ...], origin: Origin) -> list[str]:
    """Return what fields of these names have, less words that stand for nothing."""
    found: list[str] = []
    for name in names:
        if values := _texts(given, name, origin):
            words = [text for text in values if not stands_for_nothing(text)]
            if len(words) < len(values):
                origin.lost[f"{name} without a value, such as REDACTED FOR PRIVACY"] += 1
            found += words
    return found


def _texts(given: Mapping[str, Any], name: str, origin: Origin) -> list[str]:
    """Return the texts of a field; that it has what is no text is counted."""
    value = given.get(name)
    if value is None:
        return []
    if not isinstance(value, str) and unread(value):
        origin.lost[name] += 1
    return texts(value)


def _put(said: dict[str, Any], field: str, found: list[str], origin: Origin) -> None:
    fits = [text for text in found if _FITS[field](text)] if field in _FITS else found
    if len(fits) < len(found):
        origin.lost[f"{field} that is none, such as the address of a form"] += 1
    if fits:
        said[field] = fits[0]
        if any(other.casefold() != fits[0].casefold() for other in fits):
            origin.lost[f"further values of {field}"] += 1


def _is_number(text: str) -> bool:
    return sum(map(str.isdecimal, text)) >= 3


_FITS = {"registrant_email": lambda text: "@" in text, "registrant_phone": _is_number}


def _put_day(
    said: dict[str, Any], field: str, given: Mapping[str, Any], names: tuple[str, ...], origin: Origin
) -> None:
    """Put the day of the first of these fields that has one; other days that it has are kept in a note."""
    for name in names:
        if days := [day(text) for text in _texts(given, name, origin)]:
            said[field] = days[0]
            if others := [one for one in dict.fromkeys(days) if one != days[0]]:
                more = f"The answer also has {', '.join(others)} for {name}."
                said["note"] = f"{said['note']} {more}" if "note" in said else more
            return


def _servers(given: Mapping[str, Any], origin: Origin) -> list[str]:
    """Return the name servers; an address that is written behind one is left out."""
    found: list[str] = []
    for name in _NAME_SERVERS:
        lines = [line.split() for text in _texts(given, name, origin) for line in text.splitlines()]
        if any(len(words) > 1 for words in lines):
            origin.lost[f"addresses in {name}"] += 1
        found += [words[0] for words in lines if words and not stands_for_nothing(words[0])]
    return found
