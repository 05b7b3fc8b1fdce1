"""Tags of MISP: for whose eyes, how sure, of which galaxy, and what else they say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from graphkit.ingest.importers import tlp
from graphkit.ingest.importers.origin import Origin

_FORM = re.compile(r"([^:=]+):([^=]+)=\"(.*)\"", re.DOTALL)
_LONGEST = 500
_GALAXY = "misp-galaxy"
_LIKELIHOOD = {
    "almost-no-chance": 3,
    "very-unlikely": 13,
    "unlikely": 33,
    "roughly-even-chance": 50,
    "likely": 68,
    "very-likely": 88,
    "almost-certain": 97,
}
"""The middle of each band of ICD 203, in percent."""
_CONFIDENCE = {
    "completely-confident": 100,
    "usually-confident": 75,
    "fairly-confident": 50,
    "rarely-confident": 25,
    "unconfident": 0,
    "confidence-cannot-be-evalued": None,
}
"""Numbers of MISP's own taxonomy, less the 50 that it gives to what cannot be evaluated."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag, read: ``says`` is tlp, reliability, credibility, confidence, likelihood, galaxy, refused or other.

    ``value`` is None when it rates nothing; ``field`` is the name of what it says, where it has one.
    """

    says: str
    value: Any
    name: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of one object."""

    given: tuple[Tag, ...] = ()

    def of(self, says: str) -> list[Any]:
        """Return the values of tags that speak of one thing, less those that rate nothing."""
        return [tag.value for tag in self.given if tag.says == says and tag.value is not None]

    def rated(self) -> dict[str, Any]:
        """Return how sure the claims are; of several ratings the most careful one counts."""
        said: dict[str, Any] = {}
        if confidence := [*self.of("confidence"), *self.of("likelihood")]:
            said["confidence"] = min(confidence)
        if credibility := self.of("credibility"):
            said["credibility"] = max(credibility)
        if self.of("likelihood"):
            said["modality"] = "estimated"
        return said

    def refused(self) -> dict[str, Any]:
        """Return what no record may hold, under the names by which it is refused."""
        return {tag.field: tag.value for tag in self.given if tag.says == "refused"}

    def words(self) -> str:
        """Return what the other tags say, as a sentence."""
        names = dict.fromkeys(tag.name for tag in self.given if tag.says in ("other", "likelihood"))
        return f"Tagged {'; '.join(names)}." if names else ""


NO_TAGS = Tags()


def read(given: Mapping[str, Any], origin: Origin, name: str = "Tag") -> Tags:
    """Return the tags of an object; what is none is counted as lost, and refused ones are told apart."""
    listed = given.get(name)
    if not listed:
        return NO_TAGS
    names = [_name(one) for one in listed] if isinstance(listed, list) else [None]
    if lost := names.count(None):
        origin.lost[name] += lost
    refuses = origin.catalog.deny.refuses
    read = (_kept(one) if len(one) <= _LONGEST else _parsed(one) for one in names if one)
    return Tags(tuple(replace(tag, says="refused") if tag.field and refuses(tag.field) else tag for tag in read))


def _name(given: object) -> str | None:
    name = given.get("name") if isinstance(given, dict) else given
    return name if isinstance(name, str) and name else None


def _parsed(name: str) -> Tag:
    if name[:4].lower() == "tlp:" and (word := tlp.word(name)):
        return Tag("tlp", word, name)
    form = _FORM.fullmatch(name)
    if form is None:
        return Tag("other", name, name)
    space, predicate, value = form.groups()
    if space == _GALAXY:
        return Tag("galaxy", (predicate, value), name, predicate)
    says, rating = _rating(f"{space}:{predicate}", value.lower())
    return Tag(says, rating, name, f"{space}:{predicate}")


def _rating(of: str, value: str) -> tuple[str, Any]:
    match of:
        case "estimative-language:likelihood-probability" if value in _LIKELIHOOD:
            return "likelihood", _LIKELIHOOD[value]
        case "misp:confidence-level" if value in _CONFIDENCE:
            return "confidence", _CONFIDENCE[value]
        case "admiralty-scale:source-reliability" if value in tuple("abcdef"):
            return "reliability", value.upper() if value != "f" else None
        case "admiralty-scale:information-credibility" if value in tuple("123456"):
            return "credibility", int(value) if value != "6" else None
    return "other", value


_kept = lru_cache(4096)(_parsed)
