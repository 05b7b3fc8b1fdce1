"""What is true in a world: which sites there are, who runs them, and what is so of them when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from bench.worlds.passive_dns import parameters, sources
from bench.worlds.passive_dns.days import Span
from bench.worlds.passive_dns.providers import Providers, Rentals
from bench.worlds.passive_dns.values import Person, Values


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a site has over some days."""

    kind: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Answer:
    """What whois says of a domain on a day."""

    registrant: dict[str, str]
    registrar: str
    created: int
    day: int


@dataclass(slots=True)
class Site:
    """A website, who runs it (None for somebody without another), and what is so of it.

    Of one that is for sale it is not said whether it has an operator.
    """

    domain: str
    operator: int | None
    begins: int
    ends: int
    for_sale: bool = False
    events: list[Fact | Answer] = field(default_factory=list)

    @property
    def span(self) -> Span:
        return Span(self.begins, self.ends)

    def add(self, kind: str, value: str, span: Span) -> None:
        """Add what is so over some days, if there are any."""
        if span.ends >= span.begins:
            self.events.append(Fact(kind, value, span))

    def serve(self, nameservers: Iterable[str], span: Span) -> None:
        for nameserver in nameservers:
            self.add("Nameserver", nameserver, span)

    def drop(self, *kinds: str) -> None:
        """Take away what was said of some kinds."""
        self.events = [event for event in self.events if isinstance(event, Answer) or event.kind not in kinds]


class World:
    """A world in the making; everything drawn comes from its one source of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(f"makerD-{seed}")
        self.parameters = parameters.drawn(self.chance)
        self.habits = self.parameters.habits
        self.values = Values(self.chance)
        self.providers = Providers(self.values, self.habits.resellers)
        self.sources = sources.drawn(self.values, self.parameters.begins)
        self.sites: list[Site] = []
        self.victims: list[Person] = []
        self.dealers: list[Person] = []

    @property
    def begins(self) -> int:
        return self.parameters.begins

    @property
    def ends(self) -> int:
        return self.parameters.ends

    def happens(self, share: float) -> bool:
        """Return True as often as the share says."""
        return self.chance.random() < share

    def between(self, first: int, last: float) -> int:
        """Return a day from the first to before the last."""
        return int(self.chance.uniform(first, last))

    def about(self, days: float) -> int:
        """Return so many days in the mean, mostly fewer and at times many more."""
        return int(self.chance.expovariate(1 / days))

    def periods(self, span: Span, cuts: int) -> list[Span]:
        """Return some days, cut into parts on so many days."""
        days = sorted([*span, *(self.between(*span) for _ in range(cuts))])
        return [Span(*part) for part in pairwise(days)]

    def site(self, domain: str, operator: int | None, span: Span) -> Site:
        """Add a site that lasts for some days, five at least."""
        site = Site(domain, operator, span.begins, max(span.begins + 5, span.ends))
        self.sites.append(site)
        return site

    def rent(self, rentals: Rentals, span: Span) -> str:
        """Return an address that nobody else has in these days."""
        return self.providers.rent(rentals, span, self.habits.recycled)
