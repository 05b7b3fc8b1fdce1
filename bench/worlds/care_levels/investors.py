"""Domain investors, who hold names for sale; those sold go to single owners."""

from __future__ import annotations

from bench.worlds.care_levels.days import Span
from bench.worlds.care_levels.hosting import delegate, stay_anywhere
from bench.worlds.care_levels.pages import fill
from bench.worlds.care_levels.registering import hand_over, register
from bench.worlds.care_levels.sites import Site
from bench.worlds.care_levels.words import ENDINGS, TOPICS, TRADES
from bench.worlds.care_levels.world import World


class Investor:
    """One who holds many names, most of them parked in one place."""

    def __init__(self, world: World) -> None:
        chance = world.chance
        self.world, self.chance = world, chance
        self.person = world.people.person(0.5)
        self.registrar = world.providers.registrars.draw()
        self.parker = chance.choice(world.providers.parkers)
        self.hides = chance.uniform(0, 0.5)
        self.begins = chance.randint(world.start - 300, world.end - 500)
        self.theme = world.names.word(2, 2)
        self.tracker = world.marks.tracker(self.begins) if chance.happens(0.25) else None

    def add_name(self) -> None:
        """Add one name held for some years, or until it is sold."""
        world, chance = self.world, self.chance
        begins = chance.randint(self.begins, world.end - 60)
        ends = min(world.end, begins + 365 * chance.randint(1, 5))
        domain = self._domain()
        registrar = self.registrar if chance.happens(0.8) else world.providers.registrars.draw()
        site = world.open(domain, (begins, ends), registrar)
        site.for_sale = True
        register(world, site, self.person, self.hides)
        sold = chance.randint(begins, ends) if chance.happens(0.25) else ends
        self._offer(site, (begins, sold))
        if sold < ends - 10:
            hand_over(site, world.people.person(0.5), sold)
            stay_anywhere(world, site, (sold + 1, ends))
            fill(world, site, (sold + 1, ends))

    def _domain(self) -> str:
        """Return a new domain, now and then one that begins like others of the same investor."""
        chance, names = self.chance, self.world.names
        if chance.happens(0.1):
            domain = names.claim(self.theme + chance.choice(TRADES), chance.choice(ENDINGS))
            if domain:
                return domain
        return names.fresh(chance.choice(list(TOPICS)) if chance.happens(0.4) else None)

    def _offer(self, site: Site, span: Span) -> None:
        """Park a site for some time, with what there is on such pages."""
        chance, providers = self.chance, self.world.providers
        parker = self.parker if chance.happens(0.85) else chance.choice(providers.parkers)
        if chance.happens(0.9):
            site.add("Resolution", chance.choice(parker.addresses), span)
            delegate(site, parker.nameservers, span)
        if parker.tracker and chance.happens(0.3):
            site.add("Tracker", parker.tracker, span)
        if self.tracker and chance.happens(0.4):
            site.add("Tracker", self.tracker, span)
        if chance.happens(0.3):
            site.add("Favicon", parker.favicon, span)
        if chance.happens(0.05):
            site.add("Redirect", chance.choice(providers.landing_pages + providers.platforms), span)
