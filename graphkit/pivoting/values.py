"""What is said of websites that share infrastructure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from math import floor

import polars as pl

CAUTION = (
    "Sharing infrastructure is a reason to look and no proof of a common operator: agencies, hosts and proxies serve "
    "many who do not know of one another, and who copies a site's icon, tracker and name, or redirects to it, looks "
    "related to it. graphkit itself merged nothing, and says nothing of any person."
)

SHOWN = 0.5
"""How probable a link must be to be told at all."""


def percent(probability: float) -> str:
    """Return a probability in words, rounded down; only what people have decided is said to be 100 %."""
    return f"{as_told(probability):.0%}"


def as_told(probability: float) -> float:
    """Return a probability as it is shown, in whole hundredths, rounded down; only what is decided is 0 or 1."""
    return probability if probability in (0, 1) else max(floor(100 * probability + 1e-9), 1) / 100


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that two websites share, or that speaks against their belonging together.

    ``seen_on`` is on how many websites it is, of what hosts them in that time, 0 for what is no value; ``weight`` is
    what it says, in bits, negative when it speaks against. ``begins`` and ``ends`` are days as ISO text, None where not
    known; ``sources`` are the ids of those who say that either website had it.
    """

    kind: str
    value: str
    seen_on: int
    weight: float
    begins: str | None
    ends: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """Two websites, by their domains, how probable it is that they belong together, and why: ``told`` as JSON."""

    a: str
    b: str
    probability: float
    told: str

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """Why they may belong together, or may not: what says most for it first, and where it starts last."""
        return tuple(Evidence(**one | {"sources": tuple(one["sources"])}) for one in json.loads(self.told))

    def other(self, domain: str) -> str:
        """Return the website that this one is linked to."""
        return self.b if domain == self.a else self.a


@dataclass(frozen=True, slots=True)
class Successor:
    """A website that may have taken the place of another.

    ``score`` is ``probability``, that the two belong together, times how well the times fit, a rule of ours that is
    not learned. ``gap`` is how many days after the end of the first it began, negative when before, None where a date
    is missing; ``because`` says both in words. ``begins`` is the first day it was seen, as ISO text.
    """

    domain: str
    score: float
    probability: float
    gap: int | None
    because: str
    begins: str | None
    link: Link


@dataclass(frozen=True, slots=True)
class SiteGroup:
    """Websites that share infrastructure: their domains, sorted, and the links between them, the surest first.

    ``confidence`` is the mean probability that two of them belong together.
    """

    id: str
    websites: tuple[str, ...]
    confidence: float
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Websites that somebody watches, or has split or merged: their domains, the decision's id, who, when and why."""

    websites: tuple[str, ...]
    decision: str
    who: str
    when: str
    why: str


@dataclass(frozen=True)
class Pivot:
    """The groups of a scope, the largest first, and links that are too weak to make groups.

    ``damped`` are values that several websites have and that say nothing: kind, value, seen_on and why. ``watched``
    are those that people watch, ``websites`` is how many were compared, ``told`` are sentences about the whole.
    """

    groups: tuple[SiteGroup, ...]
    weaker: tuple[Link, ...]
    damped: pl.DataFrame
    watched: tuple[Choice, ...]
    websites: int
    computed_on: str
    told: tuple[str, ...]

    @cached_property
    def by_domain(self) -> dict[str, SiteGroup]:
        """The group of each website that is in one."""
        return {domain: group for group in self.groups for domain in group.websites}

    @cached_property
    def links(self) -> dict[str, list[Link]]:
        """The links of each website, in groups and weaker ones, the surest first."""
        found: dict[str, list[Link]] = {}
        for link in (*(link for group in self.groups for link in group.links), *self.weaker):
            for domain in (link.a, link.b):
                found.setdefault(domain, []).append(link)
        return {domain: sorted(links, key=lambda link: -link.probability) for domain, links in found.items()}


@dataclass(frozen=True, slots=True)
class Relatives:
    """What one website is linked to: its group, if it is in one, and its own links, the surest first.

    ``successors`` are the websites that may have taken its place, the likeliest first; ``after`` is what is to be said
    of them in a sentence, why there is none when there is none.
    ``apart`` are the decisions that it is not one with another website, and in no group with that.
    ``shared`` is what it has that others have too, kind, value and websites, where it is linked to none.
    ``happened`` is what happened to it, or to all of its group, with the columns of ``happened.EVENTS``.
    """

    domain: str
    group: SiteGroup | None
    links: tuple[Link, ...]
    successors: tuple[Successor, ...]
    after: str
    apart: tuple[Choice, ...]
    damped: pl.DataFrame
    shared: pl.DataFrame
    happened: pl.DataFrame
    computed_on: str
