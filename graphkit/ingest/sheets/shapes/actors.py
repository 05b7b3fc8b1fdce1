"""Sheets of persons and bodies, and of links between any things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphkit.ingest.sheets.columns import Profile
from graphkit.ingest.sheets.mapping import UNDECIDED, Column, Part, Same, Template
from graphkit.ingest.sheets.shapes import given
from graphkit.ingest.sheets.shapes.given import Roles

_PERSON = {"person", "individual", "people", "natural person", "p", "i", "human"}
_BODY = {"organization", "organisation", "entity", "company", "group", "org", "legal person", "agency", "o", "e"}
_BODY_WORDS = (
    "organi",
    "company",
    "group",
    "associa",
    "verein",
    "firm",
    "agency",
    "empresa",
    "société",
    "组织",
    "公司",
)
_DIRECTIONS = {"directed", "undirected", "mutual"}


def links(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    """Return links between two things that a row names."""
    end = roles.get("to") or roles.get("target")
    start = roles.get("from") or (roles.get("name") if "to" in roles else None)
    if start is None and end and _plain_ends(roles):
        start = roles["cited"]
    if not (start and end):
        return []
    tie: dict[str, tuple[Part, ...]] = {"from": (Same("one"),), "to": (Same("other"),)}
    word = next((roles[role] for role in ("relation", "link_type", "type") if role in roles), None)
    if word and not _DIRECTIONS.issuperset(value.casefold() for value in word.values):
        tie["relationship"] = (given.one(word),)
    tie |= given.fields(
        roles, {"valid_from": "since", "valid_to": "till", "confidence": "confidence", "summary": "description"}
    )
    if "date" in roles:
        tie.setdefault("valid_from", (given.one(roles["date"]),))
    if start.role != "cited":
        tie |= given.told(roles)
    kinds: list[str | Column] = [
        Column((roles[role].name,)) if role in roles else "Organization" for role in ("from_kind", "to_kind")
    ]
    return [
        Template("one", kinds[0], {"name": (given.one(start),)}),
        Template("other", kinds[1], {"name": (given.one(end),)}),
        Template("link", "RELATED_TO", tie),
    ]


def _plain_ends(roles: Roles) -> bool:
    """Say whether the columns Source and Target are the ends of links, as graph programs write them."""
    names = {roles[role].name.casefold() for role in ("cited", "target") if role in roles}
    return names == {"source", "target"} and not {"date", "killed", "injured"} & roles.keys()


def actors(roles: Roles, found: Sequence[Profile]) -> list[Template]:
    """Return persons and bodies, what they belong to, and how they are reached."""
    first, last, whole = (roles.get(role) for role in ("first_name", "last_name", "name"))
    last = last or (whole if first else None)
    spelled = [first, roles.get("middle_name"), last]
    name = Column(tuple(one.name for one in spelled if one)) if last else given.one(whole) if whole else None
    if name is None and "organization" not in roles:
        return []
    told = given.told(roles)
    if name is None:
        return [Template("organization", "Organization", _about_body(roles, roles["organization"]) | told)]
    kind = _kind(roles)
    is_person = kind == "Person" or last is not None
    fields: dict[str, tuple[Part, ...]] = {"name": (name, *map(given.several, given.all_of(found, "alias")))}
    if "id" in roles:
        fields = {"id": (Column((roles["id"].name,), id="person" if is_person else "actor"),)} | fields
    if is_person:
        fields |= given.fields(roles, {"position": "position", "statement": "description"})
        kind = "Person"
    elif kind == "Organization":
        fields |= given.fields(roles, {"org_type": "type", "country": "country", "statement": "description"})
    elif kind == UNDECIDED:
        fields |= given.fields(roles, {"statement": "description"})
    else:
        fields |= given.fields(roles, {"position": "position", "country": "country", "statement": "description"})
    made = [Template("actor", kind, fields | told)]
    if "organization" in roles:
        tie: dict[str, tuple[Part, ...]] = {"from": (Same("actor"),), "to": (Same("body"),)}
        tie |= given.fields(roles, {"role": "position", "valid_from": "since", "valid_to": "till"})
        made.append(Template("body", "Organization", {"name": (given.one(roles["organization"]),)}))
        made.append(Template("tie", "MEMBER_OF" if kind == "Person" else "RELATED_TO", _fitting(tie, kind) | told))
    for role in ("email", "phone"):
        for number, column in enumerate(given.all_of(found, role), start=1):
            label = role if number == 1 else f"{role}{number}"
            id_ = Column((column.name,), split=column.split, id=role)
            made.append(Template(label, "Identifier", {"id": (id_,), "written_as": (given.several(column),)}))
            made.append(Template(f"{label}_link", "USES", {"from": (Same("actor"),), "to": (Same(label),), **told}))
    return made


def _fitting(tie: Mapping[str, tuple[Part, ...]], kind: str | Column) -> dict[str, tuple[Part, ...]]:
    """Return a tie, its word under the name that its relation has for it."""
    names = {"role": "role" if kind == "Person" else "relationship"}
    return {names.get(name, name): given for name, given in tie.items()}


def _about_body(roles: Roles, column: Profile) -> dict[str, tuple[Part, ...]]:
    names: tuple[Part, ...] = (given.one(column), *([given.several(roles["alias"])] if "alias" in roles else []))
    own = {"name": names} | given.fields(roles, {"org_type": "type", "country": "country", "statement": "description"})
    return ({"id": (Column((roles["id"].name,), id="organization"),)} if "id" in roles else {}) | own


def _kind(roles: Roles) -> str | Column:
    """Return the kind of the actors: by a column that says it, else by what is told of them, else undecided."""
    type_ = roles.get("type")
    if type_ and len(type_.values) <= 12:
        lower = {value.casefold(): value for value in type_.values}
        means = {value: "Person" for word, value in lower.items() if word in _PERSON}
        means |= {value: "Organization" for word, value in lower.items() if word in _BODY}
        if means:
            means |= {value: "Concept" for value in type_.values if value not in means}
            return Column((type_.name,), means=means) if len(set(means.values())) > 1 else next(iter(means.values()))
    if {"first_name", "last_name", "position", "organization"} & roles.keys():
        return "Person"
    named = roles["name"].name.casefold() if "name" in roles else ""
    return "Organization" if any(word in named for word in _BODY_WORDS) else UNDECIDED
