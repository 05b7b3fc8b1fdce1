"""What a record of a kind may hold, field by field, in words: what a form shows and a prompt asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from graphkit.ingest.checks import ATTRIBUTION, BY_HAND_NEVER, MAX_ID
from graphkit.model.claim import MAX_QUOTE, Modality, Stance
from graphkit.model.schema import Catalog, Kind

CLAIMANTS = ("Person", "Group", "Organization", "Place")
MEANS = {
    "source": "Id of the Source it stands in. Required.",
    "claimant": (
        "Id of who says it in the source: a person, group or organization. Without one, the publisher of the source, "
        "else the source by its title."
    ),
    "said_at": "When it was said. EDTF.",
    "recorded_at": "When it was learnt: a day or a timestamp. Default: the first load.",
    "valid_from": "Since when it held. EDTF.",
    "valid_to": "Until when it held, that day included. EDTF.",
    "confidence": "How sure the analyst is, 0 to 100. Absent: not rated.",
    "credibility": "Admiralty credibility, 1 (confirmed) to 5 (improbable). 6 (cannot be judged) is kept as not rated.",
    "stance": "asserts (default), reports, denies or retracts.",
    "modality": "stated (default), alleged, suspected or estimated.",
    "locator": "Where in the source: page, paragraph, row.",
    "quote": f"The words of the source, at most {MAX_QUOTE} characters, where its licence allows it.",
    "summary": "What is said, in our words.",
    "note": "What a reader of this claim should know.",
    "resolution": "How a reading was reached that the source does not spell out.",
    "raw": "The value as the source writes it, beside our reading. One value a record.",
    "lang": "Language of the value, BCP 47.",
    "script": "Script of a name, ISO 15924, such as Hani.",
    "transliteration_of": "The name that this name transliterates.",
    "made_by": "Id of the correction that made this claim. A hand-over has it; nobody writes it by hand.",
}
_BOUNDS = {"first_seen": "When it was first seen. EDTF.", "last_seen": "When it was last seen. EDTF."}
_REFERENCES = dict.fromkeys([("Source", "based_on"), ("Document", "source")], ("Source",))
_TYPES = {"confidence": "count", "credibility": "count"} | dict.fromkeys(
    ("said_at", "recorded_at", "valid_from", "valid_to"), "date"
)
_CHOICES = {
    "stance": get_args(Stance),
    "modality": get_args(Modality),
    "credibility": tuple(map(str, range(1, 7))),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record. ``kinds`` are those of the things it may name; ``said`` is who says it, and how."""

    name: str
    about: str
    type: str = "text"
    many: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    said: bool = False


def fields(kind: Kind) -> list[Field]:
    """Return the fields of a kind in the order they are asked for: what it is, what is said of it, who says it."""
    return [*_itself(kind), *_own(kind), *_bounds(kind), *([] if kind.registry else _said(kind))]


def accused(catalog: Catalog, kind: Kind, ends: Mapping[str, str | None]) -> bool:
    """Say whether a relation needs a claimant, given the kinds of its ends as far as they are known."""
    return bool(kind.edge) and catalog.accusing(kind.name, ends.get("from") or "", ends.get("to") or "")


def _itself(kind: Kind) -> Iterator[Field]:
    if kind.edge:
        says = f"{{}} it goes: … {kind.edge.says} …"
        yield Field("from", says.format("From where"), "id", required=True, kinds=kind.edge.from_kinds)
        yield Field("to", says.format("To where"), "id", required=True, kinds=kind.edge.to_kinds)
    elif not (kind.observation or kind.id_template):
        about = f"Its own id, the same wherever it is spoken of; at most {MAX_ID} characters on one line."
        yield Field("id", about, "id", required=True)


def _own(kind: Kind) -> Iterator[Field]:
    for prop in kind.properties.values():
        named = _REFERENCES.get((kind.name, prop.name), ())
        yield Field(prop.name, prop.about, prop.type, prop.many, prop.required, prop.choices, named)


def _bounds(kind: Kind) -> Iterator[Field]:
    for name in dict.fromkeys(kind.valid_from + kind.valid_to):
        if name not in kind.properties:
            yield Field(name, _BOUNDS.get(name, "A date. EDTF."), "date")


def _said(kind: Kind) -> Iterator[Field]:
    for name in ATTRIBUTION:
        if name not in (*kind.properties, *BY_HAND_NEVER):
            kinds = {"source": ("Source",), "claimant": CLAIMANTS}.get(name, ())
            needed = name == "source" or (name == "claimant" and kind.accuses == "always")
            type_ = "id" if kinds else _TYPES.get(name, "text")
            yield Field(name, MEANS[name], type_, False, needed, _CHOICES.get(name, ()), kinds, said=True)
