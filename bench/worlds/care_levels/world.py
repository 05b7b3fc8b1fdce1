"""A world before there are sites, and the sites that come to be in it."""

from __future__ import annotations

from bench.worlds.care_levels.chance import Chance
from bench.worlds.care_levels.days import Span
from bench.worlds.care_levels.names import Names
from bench.worlds.care_levels.params import Params
from bench.worlds.care_levels.people import People
from bench.worlds.care_levels.providers import Providers, Registrar
from bench.worlds.care_levels.sites import Site


class World:
    """Names, people, providers and sites, all drawn from one source of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = Chance(f"makerE-{seed}")
        self.params = Params(self.chance)
        self.names = Names(self.chance)
        self.people = People(self.chance, self.names, self.params.market.junk_phone)
        self.providers = Providers(self.chance, self.params, self.names, self.people)
        self.marks = self.providers.marks
        self.sites: list[Site] = []

    @property
    def start(self) -> int:
        """The day on which the world's time begins."""
        return self.params.start

    @property
    def end(self) -> int:
        """The day on which the world's time ends."""
        return self.params.end

    def open(self, domain: str, span: Span, registrar: Registrar, operator: int | None = None) -> Site:
        """Return a new site, which lives for three days at least."""
        begins, ends = span
        site = Site(domain, operator, begins, max(ends, begins + 3), registrar, (self.start, self.end))
        self.sites.append(site)
        return site
