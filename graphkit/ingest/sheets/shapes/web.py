"""Sheets of websites: passive DNS, published items, and what is known of domains."""

from __future__ import annotations

from collections.abc import Sequence

from graphkit.ingest.sheets.columns import Profile
from graphkit.ingest.sheets.mapping import Column, Part, Template
from graphkit.ingest.sheets.shapes import given
from graphkit.ingest.sheets.shapes.given import Roles

_WEB = ("domain", "url")
_OBSERVED = {"first_seen": "first_seen", "last_seen": "last_seen"}
_SITE_STATUS = {"online", "offline", "removed", "reinstated", "suspended"}
_ITEM_STATUS = {"online", "removed", "reinstated", "unknown"}
_RECORDS = {"A": "Resolution", "AAAA": "Resolution", "NS": "Nameserver"}
_REGISTRANT = ("registrant_name", "registrant_org", "registrant_email", "registrant_phone")
_REGISTERED = ("registrar", *_REGISTRANT, "created", "expires", "observed", "nameservers")


def resolutions(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    """Return records of passive DNS: the type of each row says what it is of."""
    if not {"rrtype", "domain", "ip"} <= roles.keys():
        return []
    kind = Column((roles["rrtype"].name,), means=_RECORDS)
    data = (given.one(roles["ip"]),)
    fields: dict[str, tuple[Part, ...]] = {"domain": (given.one(roles["domain"]),), "ip": data, "nameserver": data}
    return [Template("row", kind, fields | given.fields(roles, _OBSERVED) | given.told(roles))]


def contents(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    """Return published items, known by their hash; the items themselves are never taken."""
    if "sha256" not in roles:
        return []
    wanted = {"sha256": "sha256", "media_type": "media_type", "url": "domain", "published_on": "date"}
    if given.fitting_choices(roles, "status", _ITEM_STATUS):
        wanted["status"] = "status"
    item = {"id": (Column((roles["sha256"].name,), id="sha256"),)} | given.fields(roles, wanted) | given.told(roles)
    return [
        Template("item", "ContentItem", item | given.fields(roles, {"valid_from": "first_seen", "note": "description"}))
    ]


def websites(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    """Return what is known of domains: registrations, addresses, what they share, and the sites at them."""
    site = roles.get("domain")
    if site is None or site.form not in _WEB:
        site = next((one for one in found if one.form == "domain" and one.role not in ("email", "cited")), None)
    if site is None or site.form not in _WEB:
        return []
    domain: dict[str, tuple[Part, ...]] = {"domain": (given.one(site),)}
    seen, told = given.fields(roles, _OBSERVED), given.told(roles)
    made, filled = [], list[int]()
    registered = given.fields(roles, {role: role for role in _REGISTERED})
    if "nameservers" in registered:
        registered["nameservers"] = tuple(map(given.several, given.all_of(found, "nameservers")))
    if registered:
        made.append(Template("registration", "Registration", domain | registered | told))
    pairs = (
        ("Resolution", "ip"),
        ("Tracker", "tracker"),
        ("Favicon", "favicon"),
        ("Certificate", "certificate"),
        ("Redirect", "to_domain"),
    )
    for kind, role in pairs:
        column = roles.get(role) or next((one for one in found if one.form == role), None)
        if column:
            field = "fingerprint" if kind == "Certificate" else role
            made.append(Template(kind.lower(), kind, domain | {field: (given.several(column),)} | seen | told))
            filled.append(column.filled)
    named = given.fields(roles, {"name": "name" if "name" in roles else "place", "statement": "description"})
    if given.fitting_choices(roles, "status", _SITE_STATUS):
        named |= given.fields(roles, {"status": "status"})
    if named or (not registered and max(filled, default=0) < site.filled):
        made.insert(0, Template("website", "Website", domain | named | seen | told))
    return made
