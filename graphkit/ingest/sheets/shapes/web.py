"""Sheets of websites: passive DNS, published items, and what is known of domains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graphkit.ingest.sheets.columns import Profile
from graphkit.ingest.sheets.mapping import Column, Part, Template
from graphkit.ingest.sheets.parts import hosted
from graphkit.ingest.sheets.shapes import given
from graphkit.ingest.sheets.shapes.given import Roles

_WEB = ("domain", "url")
_ON_ONE = 0.8
_OBSERVED = {"first_seen": "first_seen", "last_seen": "last_seen"}
_SITE_STATUS = {"online", "offline", "removed", "reinstated", "suspended"}
_ITEM_STATUS = {"online", "removed", "reinstated", "unknown"}
_RECORDS = {"A": "Resolution", "AAAA": "Resolution", "NS": "Nameserver"}
_REGISTRANT = ("registrant_name", "registrant_org", "registrant_email", "registrant_phone")
_REGISTERED = ("registrar", *_REGISTRANT, "created", "expires", "observed", "nameservers")


def resolutions(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    """Return records of passive DNS: the type of each row says what it is of."""
    if _has_no_domain(roles, found):
        seen = {"ip": (given.several(roles["ip"]),)} | given.fields(roles, _OBSERVED) | given.told(roles)
        return [Template("resolution", "Resolution", seen)]
    if not {"rrtype", "domain", "ip"} <= roles.keys():
        return []
    kind = Column((roles["rrtype"].name,), means=_RECORDS)
    data = (given.one(roles["ip"]),)
    fields: dict[str, tuple[Part, ...]] = {"domain": (given.one(roles["domain"]),), "ip": data, "nameserver": data}
    return [Template("row", kind, fields | given.fields(roles, _OBSERVED) | given.told(roles))]


def _has_no_domain(roles: Roles, found: Sequence[Profile]) -> bool:
    """Say whether these are the addresses of one domain, which the file does not name."""
    addressed = "ip" in roles and roles["ip"].form == "ip" and _OBSERVED.keys() & roles.keys()
    return bool(addressed) and not any(one.form in _WEB for one in found)


def contents(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    """Return published items, known by their hash; the items themselves are never taken."""
    if "sha256" not in roles:
        return []
    wanted = {"sha256": "sha256", "media_type": "media_type", "url": "domain", "published_on": "date"}
    if given.fitting_choices(roles, "status", _ITEM_STATUS):
        wanted["status"] = "status"
    kind: str | Column = "ContentItem"
    if hashed := roles.get("hash_type"):  # hashes of other sorts identify nothing here
        kind = Column(
            (hashed.name,), means={value: "ContentItem" for value in hashed.values if _plain(value) == "sha256"}
        )
    item = {"id": (Column((roles["sha256"].name,), id="sha256"),)} | given.fields(roles, wanted) | given.told(roles)
    return [Template("item", kind, item | given.fields(roles, {"valid_from": "first_seen", "note": "description"}))]


def _is_where_it_is_told(site: Profile) -> bool:
    """Say whether addresses are those of pages on one site, which tell of what a row is about and are not that."""
    hosts = Counter(hosted(value).casefold() for value in site.values)
    return len(site.values) > 1 and max(hosts.values()) >= _ON_ONE * len(site.values)


def websites(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    """Return what is known of domains: registrations, addresses, what they share, and the sites at them."""
    site = roles.get("domain")
    if site is None or site.form not in _WEB:
        site = next((one for one in found if one.form == "domain" and one.role not in ("email", "cited")), None)
    if site is None or site.form not in _WEB or _is_where_it_is_told(site):
        return []
    domain: dict[str, tuple[Part, ...]] = {"domain": (given.several(site),)}
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
            for number, each in enumerate(given.all_of(found, role) or [column], start=1):
                label = kind.lower() if number == 1 else f"{kind.lower()}{number}"
                made.append(Template(label, kind, domain | {field: (given.several(each),)} | seen | told))
            filled.append(column.filled)
    called = next((role for role in ("name", "title") if role in roles), "place")
    named = given.fields(roles, {"name": called, "statement": "description"})
    if given.fitting_choices(roles, "status", _SITE_STATUS):
        named |= given.fields(roles, {"status": "status"})
    if named or (not registered and max(filled, default=0) < site.filled):
        made.insert(0, Template("website", "Website", domain | named | seen | told))
    return made


def _plain(word: str) -> str:
    return word.casefold().replace("-", "").replace("_", "")
