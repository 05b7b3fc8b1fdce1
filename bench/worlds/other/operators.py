"""Operators of many shady sites: what they tend to do, and how they name their sites."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bench.worlds.other.chance import clipped, magnitude, ranked, weighted
from bench.worlds.other.habits import named, new_habit
from bench.worlds.other.hosters import Hoster
from bench.worlds.other.names import Identity
from bench.worlds.other.planning import planned
from bench.worlds.other.providers import Registrar, Reseller
from bench.worlds.other.sharing import Planned, Sharing
from bench.worlds.other.words import DIGITS, THEMES
from bench.worlds.other.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What an operator tends to do. Shares are of its sites."""

    registrars: list[Registrar]
    hosters: list[Hoster]
    private: float
    cdn: float
    tracked: float
    favicons: float
    certified: float
    redirects: float
    properties: bool
    handle: str
    handled: float
    bulk: float
    mistyped: float
    junk: float
    country: str | None
    own_servers: bool
    offer: str | None
    kit: tuple[str, str | None] | None
    brand_icons: float
    reseller: Reseller | None
    aged: float


@dataclass(frozen=True, slots=True)
class Turn:
    """One site as it is made: its number, its plan and its domain."""

    number: int
    site: Planned
    domain: str


class Operator:
    """Somebody who runs many shady sites."""

    def __init__(self, world: World, number: int, count: int) -> None:
        chance = world.chance
        self.world, self.number = world, number
        self.care = chance.uniform(0.3, 0.9) if chance.random() < world.params.careful else chance.uniform(0.0, 0.1)
        self.theme = chance.choice(sorted(THEMES))
        self._habits = [new_habit(world, self.theme, self.care)]
        self.plan = planned(world, world.params.life * magnitude(chance, 0.4, 2.5), count)
        self.sharing = Sharing(chance, self.care, self.plan, world.params.slips)
        self.ways = self._ways()
        self.domains: list[str] = []
        self.bought: tuple[int, Registrar] | None = None  # when and where the last domain was registered

    def named(self, number: int) -> Turn:
        """Return the next site with a new domain."""
        world, chance, site = self.world, self.world.chance, self.plan[number]
        if number and chance.random() < 0.12:
            self._habits.append(new_habit(world, self.theme, self.care))
        habit = self._habits[-1] if chance.random() < 0.8 else chance.choice(self._habits)
        site.domain = named(world, habit, number)
        self.domains.append(site.domain)
        return Turn(number, site, site.domain)

    def identity(self) -> Identity:
        """Return a new invented registrant, at times with a mailbox under the operator's handle."""
        chance, names, ways = self.world.chance, self.world.names, self.ways
        person = names.person(0.2)
        if ways.country:
            person = replace(person, phone=names.phone(ways.country))
        if chance.random() < ways.handled:
            ends = ["", str(chance.randint(1, 99)), f".{chance.randint(1, 9)}", f"_{chance.choice('abcdef')}"]
            person = replace(person, email=names.mail(person.name, ways.handle + chance.choice(ends)))
        return person

    def _ways(self) -> Ways:
        chance, params, providers = self.world.chance, self.world.params, self.world.providers
        care, alone = self.care, self.sharing.alone
        tracked = params.tracked if alone("tracker") else 0.5 + params.tracked * 0.65
        return Ways(
            registrars=[self._registrar() for _ in range(chance.choice([1, 1, 2, 3]))],
            hosters=[self._hoster() for _ in range(chance.choice([1, 1, 2, 3]))],
            private=clipped(chance.gauss(params.private * 0.3 + care * 0.5, 0.1)),
            cdn=clipped(chance.gauss(params.cdn * 0.4 + care * 0.35, 0.1)),
            tracked=clipped(chance.gauss(tracked - care * 0.2, 0.15)),
            favicons=params.favicons if alone("icon") else clipped(params.favicons + 0.2, 0, 0.96),
            certified=params.certified * chance.uniform(0.6, 1.1),
            redirects=chance.choice([0, chance.uniform(0, 0.3), chance.uniform(0.2, 0.8) * (1.2 - care)]),
            properties=chance.random() < params.properties,
            handle=self.world.names.word() + chance.choice(["", str(chance.randint(1, 99))]),
            handled=chance.choice([0, 0, 0.3, 0.7]),
            bulk=chance.choice([0, 0.2, 0.6]) * (1.2 - care),
            mistyped=chance.uniform(0, 0.12),
            junk=chance.choice([0, 0, 0.05, 0.2]),
            country=weighted(chance, [(one, 1) for one in DIGITS]) if chance.random() < 0.6 else None,
            own_servers=chance.random() < 0.18,
            offer=chance.choice([None, None, chance.choice(providers.offers)]),
            kit=ranked(chance, providers.kits[self.theme]) if chance.random() < 0.45 else None,
            brand_icons=0.3 if self.theme in {"support", "replica", "crypto"} else 0,
            reseller=chance.choice(providers.resellers) if chance.random() < 0.2 else None,
            aged=chance.choice([0, 0.05, 0.25]),
        )

    def _registrar(self) -> Registrar:
        chance, registrars = self.world.chance, self.world.providers.registrars
        return chance.choice(registrars) if chance.random() < 0.6 else ranked(chance, registrars, 0.7)

    def _hoster(self) -> Hoster:
        chance, providers = self.world.chance, self.world.providers
        if chance.random() < 0.45:
            return chance.choice(providers.bulletproof)
        return chance.choice(providers.vps if chance.random() < 0.7 else providers.shared)
