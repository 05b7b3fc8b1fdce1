"""How graphkit's own records travel in entities of FollowTheMoney: their ids, and a key beside the properties."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

KEY = "graphkit"
"""Readers of FollowTheMoney keep keys beside ``id``, ``schema`` and ``properties`` as context and do not read them."""
CAME_AS_FTM = "ftm:"
_NAMESPACE = uuid.UUID("0f5a1f0e-5c0c-4a43-9df0-b9c9d2f2a5b7")
_MADE = "graphkit-"
_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]{0,253}[0-9a-zA-Z])?")

Entity = dict[str, Any]


def id_of(name: str) -> str:
    """Return the id of an entity: its own where its name says that it came with one, else one made of the name."""
    came = name.removeprefix(CAME_AS_FTM)
    if came != name and _ID.fullmatch(came) and not came.startswith(_MADE):
        return came
    return f"{_MADE}{uuid.uuid5(_NAMESPACE, name)}"


def carrying(thing: Mapping[str, str], records: list[dict[str, Any]]) -> Entity:
    """Return the key with which an entity carries records, and says what it stands for."""
    return {KEY: {"thing": dict(thing), "records": records}}


def carried(given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Any]] | None:
    """Return what an entity stands for, and the records that it carries; None when it is no entity of ours."""
    held = given.get(KEY)
    if not isinstance(held, dict):
        return None
    thing, records = held.get("thing"), held.get("records")
    return (thing, records) if isinstance(thing, dict) and isinstance(records, list) else None
