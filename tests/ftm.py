"""Entities of FollowTheMoney."""

from __future__ import annotations

from typing import Any

SAID = {"datasets": ["no_register"]}


def entity(schema: str, id_: str = "a", *, about: dict[str, Any] = SAID, **properties: Any) -> dict[str, Any]:
    """Return an entity; ``about`` is what stands beside its properties."""
    listed = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    return {"id": id_, "schema": schema, "properties": listed} | about


PERSON = entity("Person", "p", name="Ada Venn")
COMPANY = entity("Company", "c", name="Kiln Works")
SHIP = entity("Vessel", "v", name="MV Kiln")
PLACE = entity("Address", "a", full="1 Quay, Port")
THINGS = [
    PERSON,
    COMPANY,
    entity("LegalEntity", "l", name="Bo Lund"),
    SHIP,
    PLACE,
    entity("Organization", "o", name="Port Guild"),
]
