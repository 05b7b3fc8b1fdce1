"""The shapes that sheets have, and the records that each makes: websites, links, incidents, actors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphkit.ingest.sheets.columns import Profile
from graphkit.ingest.sheets.mapping import Column, Part, Same, Template

Roles = Mapping[str, Profile]
_PERSON = {"person", "individual", "people", "natural person", "p", "i", "human"}
_BODY = {"organization", "organisation", "entity", "company", "group", "org", "legal person", "agency", "o", "e"}
_WEB = ("domain", "url")
_OBSERVED = {"first_seen": "first_seen", "last_seen": "last_seen"}
_SITE_STATUS = {"online", "offline", "removed", "reinstated", "suspended"}
_ITEM_STATUS = {"online", "removed", "reinstated", "unknown"}
_OUTCOMES = {
    "granted": "granted complied removed accepted retirado entfernt stattgegeben retiré accordé yes",
    "partly granted": "partly-granted partially-granted partially-removed parcialmente-retirado parcial teilweise",
    "refused": "refused rejected denied not-removed rechazado denegado no-retirado abgelehnt refusé rejeté no",
    "pending": "pending open in-progress pendiente en-trámite offen en-cours",
    "appealed": "appealed recurrido angefochten",
    "reinstated": "reinstated restaurado wiederhergestellt rétabli",
}
_OUTCOME = {word.replace("-", " "): outcome for outcome, words in _OUTCOMES.items() for word in words.split()}
_DIRECTIONS = {"directed", "undirected", "mutual"}
_RECORDS = {"A": "Resolution", "AAAA": "Resolution", "NS": "Nameserver"}
_REGISTRANT = ("registrant_name", "registrant_org", "registrant_email", "registrant_phone")
_REGISTERED = ("registrar", *_REGISTRANT, "created", "expires", "observed", "nameservers")


def templates(found: Sequence[Profile]) -> tuple[Template, ...]:
    """Return the templates for a sheet with these columns."""
    roles = {one.role: one for one in reversed(found) if one.role}
    for shape in (_resolutions, _contents, _requests, _websites, _links, _incidents, _actors):
        if made := shape(roles, found):
            return tuple(made)
    return (_anything(found),)


def _all(found: Sequence[Profile], role: str) -> list[Profile]:
    return [one for one in found if one.role == role]


def _part(column: Profile) -> Column:
    return Column((column.name,), split=column.split)


def _one(column: Profile) -> Column:
    return Column((column.name,))


def _several(column: Profile) -> dict[str, tuple[Part, ...]]:
    """Return the fields of bodies named in a column: of several in a cell each is a thing of its own."""
    if not column.split:
        return {"name": (_one(column),)}
    id_ = Column((column.name,), split=column.split, id="organization")
    return {"id": (id_,), "name": (_part(column),)}


def _fields(roles: Roles, wanted: Mapping[str, str]) -> dict[str, tuple[Part, ...]]:
    return {field: (_one(roles[role]),) for field, role in wanted.items() if role in roles}


def _told(roles: Roles) -> dict[str, tuple[Part, ...]]:
    """Return what any claim of a row can have: what the sheet cites for it."""
    return {"note": (_one(roles["cited"]),)} if "cited" in roles else {}


def _fitting_choices(roles: Roles, role: str, choices: set[str]) -> bool:
    return role in roles and all(value.casefold() in choices for value in roles[role].values)


def _resolutions(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    """Return records of passive DNS: the type of each row says what it is of."""
    if not {"rrtype", "domain", "ip"} <= roles.keys():
        return []
    kind = Column((roles["rrtype"].name,), means=_RECORDS)
    data = (_one(roles["ip"]),)
    fields: dict[str, tuple[Part, ...]] = {"domain": (_one(roles["domain"]),), "ip": data, "nameserver": data}
    return [Template("row", kind, fields | _fields(roles, _OBSERVED) | _told(roles))]


def _contents(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    """Return published items, known by their hash; the items themselves are never taken."""
    if "sha256" not in roles:
        return []
    wanted = {"sha256": "sha256", "media_type": "media_type", "url": "domain", "published_on": "date"}
    if _fitting_choices(roles, "status", _ITEM_STATUS):
        wanted["status"] = "status"
    item = {"id": (Column((roles["sha256"].name,), id="sha256"),)} | _fields(roles, wanted) | _told(roles)
    return [Template("item", "ContentItem", item | _fields(roles, {"valid_from": "first_seen", "note": "description"}))]


def _requests(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    """Return requests to remove something: who asked, whom, for what, and what came of it."""
    if not ({"requester", "platform"} <= roles.keys() or {"items_asked", "outcome"} <= roles.keys()):
        return []
    wanted = {
        "legal_basis": "legal_basis",
        "sent": "sent",
        "decided": "decided",
        "items_asked": "items_asked",
        "items_removed": "items_removed",
        "statement": "description",
    }
    outcome = roles.get("outcome")
    own: dict[str, tuple[Part, ...]] = {"request_type": ("removal",)}
    if "id" in roles:
        own = {"id": (Column((roles["id"].name,), id="request"),)} | own
    told = _told(roles)
    dated = {"sent": roles.get("sent") or roles.get("date")}
    fields = own | _fields(roles, wanted) | {name: (_one(column),) for name, column in dated.items() if column} | told
    if outcome and all(value.casefold() in _OUTCOME for value in outcome.values):
        fields["outcome"] = (
            Column((outcome.name,), means={value: _OUTCOME[value.casefold()] for value in outcome.values}),
        )
    made = [Template("request", "Request", fields)]
    for role, label, kind, ends in (
        ("requester", "asker", "MADE_REQUEST", ("asker", "request")),
        ("platform", "asked", "ADDRESSED_TO", ("request", "asked")),
    ):
        if role in roles:
            made.append(Template(label, "Organization", {"name": (_one(roles[role]),)}))
            made.append(Template(f"{label}_link", kind, {"from": (Same(ends[0]),), "to": (Same(ends[1]),), **told}))
    return made


def _websites(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    site = roles.get("domain")
    if site is None or site.form not in _WEB:
        site = next((one for one in found if one.form == "domain" and one.role not in ("email", "cited")), None)
    if site is None or site.form not in _WEB:
        return []
    domain: dict[str, tuple[Part, ...]] = {"domain": (_one(site),)}
    seen, told = _fields(roles, _OBSERVED), _told(roles)
    made, filled = [], list[int]()
    registered = _fields(roles, {role: role for role in _REGISTERED})
    if "nameservers" in registered:
        registered["nameservers"] = tuple(map(_part, _all(found, "nameservers")))
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
            made.append(Template(kind.lower(), kind, domain | {field: (_part(column),)} | seen | told))
            filled.append(column.filled)
    named = _fields(roles, {"name": "name" if "name" in roles else "place", "statement": "description"})
    if _fitting_choices(roles, "status", _SITE_STATUS):
        named |= _fields(roles, {"status": "status"})
    if named or (not registered and max(filled, default=0) < site.filled):
        made.insert(0, Template("website", "Website", domain | named | seen | told))
    return made


def _links(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    end = roles.get("to") or roles.get("target")
    start = roles.get("from") or (roles.get("name") if "to" in roles else None)
    if start is None and end and _plain_ends(roles):
        start = roles["cited"]
    if not (start and end):
        return []
    tie: dict[str, tuple[Part, ...]] = {"from": (Same("one"),), "to": (Same("other"),)}
    word = next((roles[role] for role in ("relation", "link_type", "type") if role in roles), None)
    if word and not _DIRECTIONS.issuperset(value.casefold() for value in word.values):
        tie["relationship"] = (_one(word),)
    tie |= _fields(
        roles, {"valid_from": "since", "valid_to": "till", "confidence": "confidence", "summary": "description"}
    )
    if "date" in roles:
        tie.setdefault("valid_from", (_one(roles["date"]),))
    if start.role != "cited":
        tie |= _told(roles)
    kinds: list[str | Column] = [
        Column((roles[role].name,)) if role in roles else "Organization" for role in ("from_kind", "to_kind")
    ]
    return [
        Template("one", kinds[0], {"name": (_one(start),)}),
        Template("other", kinds[1], {"name": (_one(end),)}),
        Template("link", "RELATED_TO", tie),
    ]


def _plain_ends(roles: Roles) -> bool:
    """Say whether the columns Source and Target are the ends of links, as graph programs write them."""
    names = {roles[role].name.casefold() for role in ("cited", "target") if role in roles}
    return names == {"source", "target"} and not {"date", "killed", "injured"} & roles.keys()


def _incidents(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    when = _when(roles)
    marks = {"killed", "injured", "attack_type", "perpetrator", "target"} & roles.keys()
    if not when or not (marks or {"place", "latitude"} & roles.keys()) or "last_name" in roles:
        return []
    fields = _fields(
        roles,
        {
            "id": "id",
            "name": "name",
            "incident_type": "attack_type",
            "killed": "killed",
            "killed_low": "killed_low",
            "killed_high": "killed_high",
            "injured": "injured",
            "statement": "description",
        },
    )
    if "id" in fields:
        fields["id"] = (Column((roles["id"].name,), id="incident"),)
    if "attack_type" not in roles and "type" in roles:
        fields["incident_type"] = (_one(roles["type"]),)
    told = _told(roles)
    made = [Template("incident", "Incident", fields | {"date": (when,)} | told)]
    made += _places(roles, "incident", told)
    for role, label, kind in (("perpetrator", "attacker", "PARTICIPATED_IN"), ("target", "target", "TARGET_OF")):
        if role in roles:
            made.append(Template(label, "Organization", _several(roles[role])))
            made.append(Template(f"{label}_link", kind, {"from": (Same(label),), "to": (Same("incident"),)} | told))
    return made


def _when(roles: Roles) -> Column | None:
    date, year = roles.get("date"), roles.get("year")
    if date and "date_end" in roles:
        return Column((date.name, roles["date_end"].name), join=" – ", precision=_precision(roles))
    if date and date.form in ("date", "number"):
        return Column((date.name,), precision=_precision(roles))
    if year and "month" in roles and "day" in roles:
        return Column((year.name, roles["month"].name, roles["day"].name), join="-", nulls=("0", "00"))
    return Column((year.name,)) if year else None


def _precision(roles: Roles) -> str | None:
    return roles["precision"].name if "precision" in roles else None


def _places(roles: Roles, label: str, told: Mapping[str, tuple[Part, ...]]) -> list[Template]:
    names = [roles[role].name for role in ("place", "region", "country") if role in roles]
    if not names:
        return []
    where = _fields(roles, {"latitude": "latitude", "longitude": "longitude"})
    place = Template(
        "place",
        "Place",
        {"name": (Column(tuple(names), join=", " if len(names) > 1 else " "),)} | (where if "place" in roles else {}),
    )
    return [place, Template("place_link", "OCCURRED_AT", {"from": (Same(label),), "to": (Same("place"),), **told})]


def _actors(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    first, last, whole = (roles.get(role) for role in ("first_name", "last_name", "name"))
    last = last or (whole if first else None)
    spelled = [first, roles.get("middle_name"), last]
    name = Column(tuple(one.name for one in spelled if one)) if last else _one(whole) if whole else None
    if name is None and "organization" not in roles:
        return []
    told = _told(roles)
    if name is None:
        return [Template("organization", "Organization", _about_body(roles, roles["organization"]) | told)]
    kind = _kind(roles)
    is_person = kind == "Person" or last is not None
    fields: dict[str, tuple[Part, ...]] = {"name": (name, *map(_part, _all(found, "alias")))}
    if "id" in roles:
        fields = {"id": (Column((roles["id"].name,), id="person" if is_person else "actor"),)} | fields
    if is_person:
        fields |= _fields(roles, {"position": "position", "statement": "description"})
        kind = "Person"
    elif isinstance(kind, str):
        fields |= _fields(roles, {"org_type": "type", "country": "country", "statement": "description"})
    else:
        fields |= _fields(roles, {"position": "position", "country": "country", "statement": "description"})
    made = [Template("actor", kind, fields | told)]
    if "organization" in roles:
        tie: dict[str, tuple[Part, ...]] = {"from": (Same("actor"),), "to": (Same("body"),)}
        tie |= _fields(roles, {"role": "position", "valid_from": "since", "valid_to": "till"})
        made.append(Template("body", "Organization", {"name": (_one(roles["organization"]),)}))
        made.append(Template("tie", "MEMBER_OF" if kind == "Person" else "RELATED_TO", _fitting(tie, kind) | told))
    for role in ("email", "phone"):
        for number, column in enumerate(_all(found, role), start=1):
            label = role if number == 1 else f"{role}{number}"
            id_ = Column((column.name,), split=column.split, id=role)
            made.append(Template(label, "Identifier", {"id": (id_,), "written_as": (_part(column),)}))
            made.append(Template(f"{label}_link", "USES", {"from": (Same("actor"),), "to": (Same(label),), **told}))
    return made


def _fitting(tie: Mapping[str, tuple[Part, ...]], kind: str | Column) -> dict[str, tuple[Part, ...]]:
    """Return a tie, its word under the name that its relation has for it."""
    names = {"role": "role" if kind == "Person" else "relationship"}
    return {names.get(name, name): given for name, given in tie.items()}


def _about_body(roles: Roles, column: Profile) -> dict[str, tuple[Part, ...]]:
    names: tuple[Part, ...] = (_one(column), *([_part(roles["alias"])] if "alias" in roles else []))
    own = {"name": names} | _fields(roles, {"org_type": "type", "country": "country", "statement": "description"})
    return ({"id": (Column((roles["id"].name,), id="organization"),)} if "id" in roles else {}) | own


def _kind(roles: Roles) -> str | Column:
    """Return the kind of the actors: by a column that says it, else by what is told of them."""
    type_ = roles.get("type")
    if type_ and len(type_.values) <= 12:
        lower = {value.casefold(): value for value in type_.values}
        means = {value: "Person" for word, value in lower.items() if word in _PERSON}
        means |= {value: "Organization" for word, value in lower.items() if word in _BODY}
        if len(means) == len(lower):
            return Column((type_.name,), means=means) if len(set(means.values())) > 1 else next(iter(means.values()))
    persons = {"first_name", "last_name", "position"} & roles.keys()
    return "Person" if persons else "Organization"


def _anything(found: Sequence[Profile]) -> Template:
    """Return a template for a sheet of which nothing is known: its things are called by the first words of a row."""
    texts = [one for one in found if one.form == "text"] or list(found)
    fields: dict[str, tuple[Part, ...]] = {"name": (_one(texts[0]),)} if texts else {}
    longer = next((one for one in found if one.form == "long"), None)
    return Template("thing", "Concept", fields | ({"description": (_one(longer),)} if longer else {}))
