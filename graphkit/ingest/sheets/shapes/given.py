"""What the fields of a template are given: columns by the roles that they have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphkit.ingest.sheets.columns import Profile
from graphkit.ingest.sheets.mapping import Column, Part

Roles = Mapping[str, Profile]


def all_of(found: Sequence[Profile], role: str) -> list[Profile]:
    """Return all columns of a role."""
    return [one for one in found if one.role == role]


def several(column: Profile) -> Column:
    """Return a column as it is, its cells cut where they hold several values."""
    return Column((column.name,), split=column.split)


def one(column: Profile) -> Column:
    """Return a column of which each cell holds one value."""
    return Column((column.name,))


def bodies(column: Profile) -> dict[str, tuple[Part, ...]]:
    """Return the fields of bodies named in a column: of several in a cell each is a thing of its own."""
    if not column.split:
        return {"name": (one(column),)}
    id_ = Column((column.name,), split=column.split, id="organization")
    return {"id": (id_,), "name": (several(column),)}


def fields(roles: Roles, wanted: Mapping[str, str]) -> dict[str, tuple[Part, ...]]:
    """Return fields given by the columns of roles, as far as there are such."""
    return {field: (one(roles[role]),) for field, role in wanted.items() if role in roles}


def told(roles: Roles) -> dict[str, tuple[Part, ...]]:
    """Return what any claim of a row can have: what the sheet cites for it."""
    return {"note": (one(roles["cited"]),)} if "cited" in roles else {}


def fitting_choices(roles: Roles, role: str, choices: set[str]) -> bool:
    """Say whether a column of a role holds nothing but some choices."""
    return role in roles and all(value.casefold() in choices for value in roles[role].values)
