"""Sheets of persons and bodies, and of links between any things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from graphkit.ingest.sheets import called
from graphkit.ingest.sheets.columns import Profile
from graphkit.ingest.sheets.mapping import UNDECIDED, Column, Part, Same, Template
from graphkit.ingest.sheets.shapes import given
from graphkit.ingest.sheets.shapes.given import Roles

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
_MOST_KINDS = 30
_ACTING = {"Person", "Organization", "Group", "Concept"}
_NAMES_OF_BODIES = re.compile(
    r"\b(ltd|limited|inc|llc|plc|gmbh|ag|corp|company|co|holdings?|trust|works|bank|group|front|party|ministry|agency|"
    r"radio|union|association|foundation|university|institute|services|trading|media|office|forces?|army|police|"
    r"movement|council|committee|authority|verein|gruppe|partei|ооо|зао|оао|пао)\b",
    re.I,
)
_BODIES = 0.8
_PHONE = re.compile(r"\+[\d\s().-]{7,}")
_ABOUT_BODIES = {"org_type": "type", "country": "country", "statement": "description"}
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
    words = (roles[role] for role in ("relation", "name", "link_type", "type") if role in roles)
    word = next((one for one in words if one is not start), None)
    if word and not _DIRECTIONS.issuperset(value.casefold() for value in word.values):
        tie["relationship"] = (given.one(word),)
    about = given.lasting(roles) | {"confidence": "confidence", "summary": "description"}
    tie |= given.fields(roles, about)
    if start.role != "cited":
        tie |= given.told(roles)
    return [
        _end("one", start, roles.get("from_kind")),
        _end("other", end, roles.get("to_kind")),
        Template("link", "RELATED_TO", tie),
    ]


def _end(label: str, column: Profile, kind: Profile | None) -> Template:
    """Return what links lead to: of a kind that a column says, a number or an address, else as names tell it."""
    fields: dict[str, tuple[Part, ...]] = {"name": (given.one(column),)}
    if kind:
        return Template(label, Column((kind.name,)), fields)
    scheme = "email" if column.form == "email" else "phone" if all(map(_PHONE.fullmatch, column.values)) else None
    if scheme:
        fields = {"id": (Column((column.name,), id=scheme),), "written_as": (given.one(column),)}
        return Template(label, "Identifier", fields)
    return Template(label, _kind_of_end(column), fields)


def _kind_of_end(column: Profile) -> str:
    """Return the kind of what links lead to: by what the column is called, bodies where names say so, or undecided."""
    if "person" in column.name.casefold():
        return "Person"
    bodies = sum(_NAMES_OF_BODIES.search(value) is not None for value in column.values)
    return "Organization" if bodies >= _BODIES * len(column.values) else UNDECIDED


def _plain_ends(roles: Roles) -> bool:
    """Say whether the columns Source and Target are the ends of links, as graph programs write them."""
    names = {roles[role].name.casefold() for role in ("cited", "target") if role in roles}
    return names == {"source", "target"} and not {"date", "killed", "injured"} & roles.keys()


def actors(roles: Roles, found: Sequence[Profile], known: str | None = None) -> list[Template]:
    """Return persons and bodies, what they belong to, and how they are reached; ``known`` is of what kind they are."""
    name, is_spelled = _name(roles)
    if name is None and "organization" not in roles:
        return []
    told = given.told(roles)
    if name is None:
        return [Template("organization", "Organization", _about_body(roles, roles["organization"]) | told)]
    kind = _kind_told(roles) or known or ("Person" if is_spelled else _kind(roles))
    fields = _id(roles, kind) | {"name": (name, *map(given.several, given.all_of(found, "alias")))}
    fields |= given.fields(roles, _about(kind))
    made = [Template("actor", kind, fields | told)]
    if body := _body(roles, kind):
        tie: dict[str, tuple[Part, ...]] = {"from": (Same("actor"),), "to": (Same("body"),)}
        tie |= given.fields(roles, {"role": "position"} | given.lasting(roles))
        made.append(Template("body", "Organization", body))
        made.append(Template("tie", "MEMBER_OF" if kind == "Person" else "RELATED_TO", _fitting(tie, kind) | told))
    return [*made, *_reached(found, told)]


def _id(roles: Roles, kind: str | Column) -> dict[str, tuple[Part, ...]]:
    """Return what ids of actors are made of: numbers of this sheet, or those that companies have in a register."""
    if "id" in roles:
        return {"id": (Column((roles["id"].name,), id="person" if kind == "Person" else "actor"),)}
    if kind == "Organization" and "company_number" in roles:
        return {"id": (Column((roles["company_number"].name,), id="organization"),)}
    return {}


def _about(kind: str | Column) -> dict[str, str]:
    """Return the fields of actors with the roles of columns that tell them."""
    if kind == "Organization":
        return _ABOUT_BODIES | {"external_id": "company_number"}
    about = {"statement": "description"}
    if kind == UNDECIDED:
        return about
    about |= {"position": "position"}
    if kind == "Person":
        return about
    about |= {"country": "country"}
    may_be_else = not isinstance(kind, Column) or not kind.means or "Concept" in kind.means.values()
    return about | ({"concept_type": "type", "description": "description"} if may_be_else else {})


def _reached(found: Sequence[Profile], told: Mapping[str, tuple[Part, ...]]) -> Iterator[Template]:
    """Yield the addresses and telephones by which actors are reached."""
    for role in ("email", "phone"):
        for number, column in enumerate(given.all_of(found, role), start=1):
            label = role if number == 1 else f"{role}{number}"
            id_ = Column((column.name,), split=column.split, id=role)
            yield Template(label, "Identifier", {"id": (id_,), "written_as": (given.several(column),)})
            yield Template(f"{label}_link", "USES", {"from": (Same("actor"),), "to": (Same(label),), **told})


def _fitting(tie: Mapping[str, tuple[Part, ...]], kind: str | Column) -> dict[str, tuple[Part, ...]]:
    """Return a tie, its word under the name that its relation has for it."""
    names = {"role": "role" if kind == "Person" else "relationship"}
    return {names.get(name, name): given for name, given in tie.items()}


def _about_body(roles: Roles, column: Profile) -> dict[str, tuple[Part, ...]]:
    names: tuple[Part, ...] = (given.one(column), *([given.several(roles["alias"])] if "alias" in roles else []))
    own = {"name": names} | given.fields(roles, _ABOUT_BODIES)
    return ({"id": (Column((roles["id"].name,), id="organization"),)} if "id" in roles else {}) | own


def _name(roles: Roles) -> tuple[Column | None, bool]:
    """Return what actors are called, and whether that is spelled in parts, as names of persons are."""
    first, last, whole = (roles.get(role) for role in ("first_name", "last_name", "name"))
    whole = whole or (None if first or last or "organization" in roles else roles.get("title"))
    if whole and (not first or (last and whole.filled > last.filled)):
        return (Column((first.name, whole.name)) if first and not last else given.one(whole)), False
    parts = [roles.get(role) for role in ("first_name", "middle_name", "third_name", "fourth_name")]
    spelled = [one.name for one in (*parts, last or whole) if one]
    return (Column(tuple(spelled)), True) if first or last else (None, False)


def _body(roles: Roles, kind: str | Column) -> dict[str, tuple[Part, ...]]:
    """Return what actors belong to: a body that is named, or known by its number in a register."""
    if "organization" in roles:
        return {"name": (given.one(roles["organization"]),)}
    if "company_number" in roles and kind != "Organization":
        number = roles["company_number"].name
        return {"id": (Column((number,), id="organization"),), "external_id": (Column((number,)),)}
    return {}


def _kind_told(roles: Roles) -> str | Column | None:
    """Return the kind of the actors as a column says it, None where none does."""
    type_, named = roles.get("type"), roles.get("name")
    if type_ is None or len(type_.values) > _MOST_KINDS:
        return None
    means = {value: called.kind(value) for value in type_.values}
    kinds = {one or "Concept" for one in means.values()}
    if not any(means.values()):
        return None
    open_ = {"": UNDECIDED} if named and type_.filled < named.filled else {}
    if not kinds <= _ACTING:
        return Column((type_.name,))
    if len(kinds) == 1 and not open_:
        return kinds.pop()
    return Column((type_.name,), means={value: one or "Concept" for value, one in means.items()} | open_)


def _kind(roles: Roles) -> str:
    """Return the kind of the actors by what is told of them, else undecided."""
    named = roles["name"].name.casefold() if "name" in roles else ""
    if any(word in named for word in _BODY_WORDS):
        return "Organization"
    if {"position", "organization"} & roles.keys():
        return "Person"
    return "Organization" if {"company_number", "founded"} & roles.keys() else UNDECIDED
