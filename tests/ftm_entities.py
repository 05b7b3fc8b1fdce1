"""What FollowTheMoney asks of entities, as far as graphkit writes them: whoever reads them finds all of it so."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from graphkit.model.ftm import KEY

ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")
THING = {"name", "alias", "description", "notes", "sourceUrl", "wikidataId", "country"}
INTERVAL = {"startDate", "endDate", "description", "proof"}
DOCUMENTS = {"Document", "Folder"}
THINGS: dict[str, set[str]] = {
    "Person": (THING | {"position"}) - {"country", "sourceUrl", "wikidataId"},
    "LegalEntity": THING - {"country", "sourceUrl", "wikidataId"},
    **dict.fromkeys(("Organization", "Company", "PublicBody"), THING),
    "Address": THING | {"full", "latitude", "longitude"},
    "Event": THING | {"startDate", "endDate"},
    "UserAccount": {"username", "service", "description", "notes"},
    "Document": {"title", "author", "publisher", "publishedAt", "sourceUrl", "summary", "notes"},
    "Folder": {"title", "fileName", "description", "parent"},
    **dict.fromkeys(
        ("Airplane", "BankAccount", "Contract", "CourtCase", "Position", "Project", "RealEstate", "Security"), THING
    ),
    **dict.fromkeys(("Vehicle", "Vessel"), THING),
}
"""The properties that graphkit gives to entities of a schema; of bodies that may be persons none that is refused."""
ASSETS = {"Airplane", "BankAccount", "Company", "RealEstate", "Security", "Vehicle", "Vessel"}
BODIES = {"Organization", "Company", "PublicBody"}
EDGES: dict[str, tuple[tuple[str, set[str]], tuple[str, set[str]], str]] = {
    "Ownership": (("owner", BODIES | {"Person", "LegalEntity"}), ("asset", ASSETS), "percentage"),
    "Employment": (("employee", {"Person"}), ("employer", BODIES), "role"),
    "UnknownLink": (("subject", set(THINGS)), ("object", set(THINGS)), "role"),
}
DAYS = {"startDate", "endDate", "publishedAt"}


def entities(content: bytes) -> dict[str, dict[str, Any]]:
    """Return entities by id, which are as FollowTheMoney asks."""
    read = [json.loads(line) for line in content.decode().split("\n") if line]
    found: dict[str, dict[str, Any]] = {given["id"]: given for given in read}
    assert len(found) == len(read), "two entities have one id"
    for given in found.values():
        assert given.keys() == {"id", "schema", "properties", "datasets", KEY}
        assert ID.fullmatch(given["id"]) and len(given["id"]) <= 255
        assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in given["datasets"])
        _has_values(given["properties"])
        if given["schema"] in EDGES:
            _links(given, found)
        else:
            assert given["properties"].keys() <= THINGS[given["schema"]], given
    return found


def _has_values(properties: dict[str, Any]) -> None:
    for name, values in properties.items():
        assert values and all(isinstance(value, str) and value.strip() for value in values), name
        assert len(set(values)) == len(values)
        if name in DAYS:
            assert all(str(date.fromisoformat(value)) == value for value in values)
        if name == "country":
            assert all(re.fullmatch("[a-z]{2}", value) for value in values)
        if name == "sourceUrl":
            assert all(value.startswith(("http://", "https://")) for value in values)


def _links(given: dict[str, Any], found: dict[str, dict[str, Any]]) -> None:
    *ends, words = EDGES[given["schema"]]
    said = given["properties"]
    assert said.keys() <= {name for name, _ in ends} | {words} | INTERVAL, given
    for name, schemata in ends:
        (id_,) = said[name]
        assert found[id_]["schema"] in schemata - DOCUMENTS
    assert all(found[id_]["schema"] == "Document" for id_ in said["proof"])
