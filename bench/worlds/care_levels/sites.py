"""Sites, and all that was the case of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from bench.worlds.care_levels.days import Span
from bench.worlds.care_levels.people import Person
from bench.worlds.care_levels.providers import Registrar

EARLIER = 400
"""Days before the begin of a world's time on which something may already be the case."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a site had or did for some time: a kind of record, and the value."""

    kind: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Deed:
    """Who a domain is registered to from a day on, as whois shows it."""

    since: int
    person: Person
    registrar: str


@dataclass(slots=True)
class Site:
    """A site, who runs it (nobody who runs another, if not said), and what is the case within its world's time.

    Of one that is for sale it is not said whether it has an operator.
    """

    domain: str
    operator: int | None
    begins: int
    ends: int
    registrar: Registrar
    world_span: Span
    for_sale: bool = False
    facts: list[Fact] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """The whole life of the site."""
        return self.begins, self.ends

    def add(self, kind: str, value: str, span: Span) -> None:
        """Add a fact, as far as its time lies within that of the world."""
        begins, ends = max(span[0], self.world_span[0] - EARLIER), min(span[1], self.world_span[1])
        if begins <= ends:
            self.facts.append(Fact(kind, value, (begins, ends)))
