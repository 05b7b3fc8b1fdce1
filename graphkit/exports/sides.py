"""The sides of a contradiction, one beside the other: what each says, who says so, and how that is rated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphkit.exports import wording
from graphkit.model.defanging import defang
from graphkit.model.schema import Catalog

Sources = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Voice:
    """One who takes a side: who, how, in which source, where in it, and the ratings in words."""

    who: str
    stance: str
    source: str
    title: str
    publisher: str
    published: str
    reliability: str
    rating: str
    locator: str
    held: str


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says in words, and whether it denies; ``independent`` counts its sources, copies once."""

    says: str
    denies: bool
    independent: int
    voices: tuple[Voice, ...]


def sides(conflict: Mapping[str, Any], sources: Sources, names: wording.Names, catalog: Catalog) -> list[Side]:
    """Return the sides of a contradiction: the one with most independent sources first, denials last.

    ``sources`` are the entries of the register by id. What nobody rated is said to be not rated.
    """
    relation = catalog.kinds.get(conflict["property"])
    is_link = bool(relation and relation.edge)
    columns = {name: conflict[name] for name in conflict if name.startswith("said_")}
    groups: dict[tuple[bool, str], list[dict[str, Any]]] = {}
    for claim in (dict(zip(columns, one, strict=True)) for one in zip(*columns.values(), strict=True)):
        value = "" if is_link else _value(conflict, claim["said_values"], catalog)
        groups.setdefault((claim["said_stances"] == "denies", value), []).append(claim)
    found = [
        Side(
            says=("denied" if denies else "said") if is_link else f"not {value}" if denies else value,
            denies=denies,
            independent=len({claim["said_origins"] for claim in said}),
            voices=tuple(dict.fromkeys(_voice(claim, sources, names) for claim in said)),
        )
        for (denies, value), said in groups.items()
    ]
    return sorted(found, key=lambda side: (side.denies, -side.independent, side.says))


def _value(conflict: Mapping[str, Any], value: str, catalog: Catalog) -> str:
    prop = catalog[conflict["kind"]].properties.get(conflict["property"])
    return defang(value) if prop and prop.type == "url" else value


def _voice(claim: Mapping[str, Any], sources: Sources, names: wording.Names) -> Voice:
    source = sources.get(claim["said_sources"], {})
    days = dict.fromkeys(text for text in (claim["said_from"], claim["said_to"]) if text)
    return Voice(
        who=wording.speaker(claim["said_claimants"] or None, claim["said_sources"], names),
        stance=claim["said_stances"],
        source=claim["said_sources"],
        title=source.get("name") or claim["said_sources"],
        publisher=source.get("publisher") or "",
        published=source.get("published") or "",
        reliability=source.get("reliability") or wording.UNRATED,
        rating=wording.rating(claim["said_confidences"], claim["said_credibilities"]),
        locator=claim["said_locators"],
        held=" to ".join(days),
    )
