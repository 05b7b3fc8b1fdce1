"""Objects that stand in every bundle: who made it, its extension, and the markings that hold for it."""

from __future__ import annotations

from collections.abc import Collection

from graphkit.model import stix
from graphkit.model.stix import Object

SINCE = "2026-11-26T00:00:00.000Z"
"""When the extension was defined."""
_TLP_SINCE = "2022-10-01T00:00:00.000Z"
_TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP = {
    "CLEAR": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "GREEN": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "AMBER": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "AMBER+STRICT": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "RED": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
"""The words of the Traffic Light Protocol 2.0, the one for most eyes first, and their markings."""


def common(type_: str, id_: str) -> Object:
    """Return how every object begins."""
    return {"type": type_, "spec_version": "2.1", "id": id_}


def makers() -> list[Object]:
    """Return graphkit as an identity, and the definition of its extension."""
    made = {"created": SINCE, "modified": SINCE}
    maker = {**common("identity", stix.MAKER), **made, "name": "graphkit", "identity_class": "system"}
    extension = {
        **common("extension-definition", stix.EXTENSION),
        "created_by_ref": stix.MAKER,
        **made,
        "name": "graphkit records",
        "description": (
            "What is claimed of an object, as records of graphkit: who says it, in which source, where, when and how. "
            "graphkit_thing names the thing that the object stands for; graphkit_records are the records."
        ),
        "schema": "graphkit's native records, as docs/reference.md of graphkit 0.1 describes them",
        "version": "1.0.0",
        "extension_types": ["property-extension", "new-sdo"],
    }
    return [maker, extension]


def statement(words: str) -> Object:
    """Return a marking that says something of all that it marks."""
    marking = common("marking-definition", stix.id_of("marking-definition", words))
    marking |= {"created_by_ref": stix.MAKER, "created": SINCE}
    return marking | {"definition_type": "statement", "definition": {"statement": words}}


def strictest(marks: Collection[str]) -> str | None:
    """Return the word of the Traffic Light Protocol that is for the fewest eyes among marks."""
    return next((word for word, id_ in reversed(TLP.items()) if id_ in marks), None)


def tlp(marks: Collection[str]) -> list[Object]:
    """Return the markings of the Traffic Light Protocol among marks, as OASIS publishes them for version 2.0."""
    return [
        {
            **common("marking-definition", id_),
            "created": _TLP_SINCE,
            "name": f"TLP:{word}",
            "extensions": {_TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": word.lower()}},
        }
        for word, id_ in TLP.items()
        if id_ in marks
    ]
