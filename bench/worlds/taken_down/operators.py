"""Operators: they put up sites in waves, are taken down, and come back with what they did not care to change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from bench.worlds.taken_down.market import BEGINS, ENDS, WORDS, Account, Proxy, Registrant, Registrar
from bench.worlds.taken_down.world import Holding, Spell, World

T = TypeVar("T")


def sizes(world: World) -> list[int]:
    """Return how many sites each operator has, so that there are 500 to 3000 sites in all."""
    chance = world.chance
    most, least = int(2950 / (1 + world.ratio)), int(520 / (1 + world.ratio)) + 1
    wanted = chance.randint(max(least, min(most, 120)), most)
    operators = max(20, min(80, int(wanted / 7.5)))
    counts = [min(30, 2 + int(chance.expovariate(1 / 6.2))) for _ in range(operators)]
    while sum(counts) > most:
        counts[counts.index(max(counts))] -= 1
    while sum(counts) < least:
        counts[counts.index(min(counts))] += 1
    return counts


class Asset(Generic[T]):
    """What an operator uses from wave to wave: kept, new, or one that it had before."""

    def __init__(self, world: World, care: float, kept: float, new: Callable[[int, int], T]) -> None:
        self._names, self._new = world.names, new
        self._kept = kept * (1 - care) ** 0.25 + 0.05
        self._back = 0.22 * (1 - care)
        self._had: list[T] = []

    @property
    def now(self) -> T:
        """Return what is in use since the last wave began."""
        return self._had[-1]

    def other(self, begins: int, ends: int) -> T:
        """Return one for these days only, new or from before."""
        if self._had and self._names.happens(self._back):
            return self._names.chance.choice(self._had)
        return self._new(begins, ends)

    def begin_wave(self, begins: int, ends: int) -> None:
        """Keep what is in use, or take another for the wave of these days and after."""
        if not self._had or not self._names.happens(self._kept):
            self._had.append(self.other(begins, ends))


class Belongings:
    """All that an operator has; the more care it takes, the less of it outlives a take-down."""

    def __init__(self, world: World, care: float, favourite: Registrar) -> None:
        names, market = world.names, world.market

        def asset(kept: float, new: Callable[[], T]) -> Asset[T]:
            return Asset(world, care, kept, lambda _begins, _ends: new())

        def registrar() -> Registrar:
            return favourite if names.happens(0.4) else names.ranked(market.registrars, 0.6)

        self.registrant = asset(0.78, lambda: _identity(world))
        self.email = asset(0.91, lambda: names.registrant().email)
        self.phone = asset(0.87, lambda: names.registrant().phone)
        self.account = Asset(world, care, 0.80, lambda begins, ends: _account(world, care, begins, ends))
        self.tracker = asset(0.90, names.tracker)
        self.icon = asset(0.80, names.icon)
        self.certificate = asset(0.6, names.fingerprint)
        self.registrar = asset(0.75, registrar)
        self.nameservers = asset(0.62, names.nameservers)

    def begin_wave(self, begins: int, ends: int) -> None:
        """Keep or change everything for the wave of these days and after."""
        assets: tuple[Asset[Any], ...] = (
            self.registrant, self.email, self.phone, self.account, self.tracker, self.icon, self.certificate,
            self.registrar, self.nameservers,
        )  # fmt: skip
        for asset in assets:
            asset.begin_wave(begins, ends)


def _identity(world: World) -> Registrant:
    """Return a new person, rarely with the name and phone of an honest owner."""
    registrant = world.names.registrant()
    if world.honest and world.names.happens(0.08):
        victim = world.chance.choice(world.honest)
        return replace(registrant, name=victim.name, phone=victim.phone)
    return registrant


def _account(world: World, care: float, begins: int, ends: int) -> Account:
    weights = (60 - 35 * care, 22, 16, 8 + 45 * care)
    kind = world.chance.choices(("vps", "bulletproof", "shared", "cdn"), weights)[0]
    return world.market.account(kind, begins, ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """Sites put up together until they are taken down: whether most are hidden, and what most have in common."""

    begins: int
    ends: int
    hidden: bool
    tracked: bool
    certified: bool
    branded: bool
    proxy: Proxy


class Operator:
    """Who runs several sites, with more or less care that nobody sees they belong together."""

    def __init__(self, world: World, number: int, count: int) -> None:
        chance, names, market = world.chance, world.names, world.market
        self._world, self._number, self._count = world, number, count
        levels = [chance.betavariate(2, 10), chance.betavariate(3, 7), chance.betavariate(6, 4)]
        self._care = care = min(0.97, max(0.03, chance.choice(levels) + world.care))
        self._tie = 1 - 0.32 * care
        self._day = chance.randint(BEGINS, ENDS - 1400)
        self._pace = max(40, (ENDS - 120 - self._day) // count)
        self._kit, self._stem = chance.choice(market.kits), chance.choice(WORDS[:30])
        self._has = Belongings(world, care, names.ranked(market.registrars, 0.5))
        self._serves_names = names.happens(0.6 * (1 - care))

    def add_sites(self) -> None:
        """Add all waves; visitors of dead sites may be sent on to the next, before the domains are dropped."""
        world, chance, care = self._world, self._world.chance, self._care
        before: list[Spell] = []
        left = self._count
        while left:
            count = min(left, 1 + int(chance.expovariate(1 / (7 - 4.5 * care))))
            wave = self._begun()
            sites = [self._add(wave) for _ in range(count)]
            for dead in before:
                if world.names.happens(0.28 * (1 - care) ** 1.5):
                    spell = dead.of(min(dead.ends, wave.begins), wave.ends)
                    world.fact("Redirect", spell, chance.choice(sites).domain)
            self._drop(before)
            before = sites
            left -= count
            self._day += int(count * self._pace * chance.uniform(0.5, 1.2))
        self._drop(before)

    def _drop(self, sites: list[Spell]) -> None:
        for site in sites:
            self._world.drop(site.domain, site.ends)

    def _begun(self) -> Wave:
        """Return a new wave, with assets kept or changed for it."""
        chance, names, care = self._world.chance, self._world.names, self._care
        begins = min(ENDS - 60, self._day + chance.randint(0, 30))
        ends = begins + int(chance.lognormvariate(4.9, 0.6))
        self._has.begin_wave(begins, ends)
        return Wave(
            begins=begins,
            ends=ends,
            hidden=names.happens(0.08 + 0.52 * care),
            tracked=names.happens(0.92 - 0.35 * care),
            certified=names.happens(0.6 * (1 - care)),
            branded=names.happens(0.65 * (1 - care)),
            proxy=names.ranked(self._world.market.proxies),
        )

    def _add(self, wave: Wave) -> Spell:
        """Add a site of a wave, and return it with its end, which is later if the domain comes back."""
        world, chance, names, care = self._world, self._world.chance, self._world.names, self._care
        begins = min(ENDS - 50, wave.begins + int(chance.expovariate(1 / (4 + 35 * care))))
        ends = min(ENDS, max(begins + 8, wave.ends + chance.randint(-40, 60)))
        stem = self._stem if names.happens(0.35 * (1 - care)) else names.ranked(WORDS[:12], 0.5)
        spell = Spell(names.domain(stem), begins, ends)
        world.site(spell, self._number)
        holding = self._holding()
        account = self._account(wave, spell)
        self._register(wave, spell, holding, world.serve(spell, account, holding.registrar.nameservers))
        self._mark(wave, spell)
        return self._continued(wave, spell, holding.registrar)

    def _holding(self) -> Holding:
        names, has, tie = self._world.names, self._has, self._tie
        registrant = has.registrant.now if names.happens(tie) else names.registrant()
        if names.happens(tie * 0.9):
            registrant = replace(registrant, email=has.email.now)
        if names.happens(tie * 0.8):
            registrant = replace(registrant, phone=has.phone.now)
        registrar = has.registrar.now if names.happens(tie) else names.ranked(self._world.market.registrars)
        return Holding(registrar, registrant)

    def _account(self, wave: Wave, spell: Spell) -> Account:
        happens, has, tie = self._world.names.happens, self._has, self._tie
        account = has.account.now if happens(tie) else has.account.other(spell.begins, spell.ends)
        if self._serves_names and happens(tie):
            account = replace(account, nameservers=has.nameservers.now)
        if account.rented:
            self._world.market.occupy(account.addresses[0], spell.begins, spell.ends)
        if wave.certified and happens(tie):
            account = replace(account, certificate=has.certificate.now)
        return account

    def _register(self, wave: Wave, spell: Spell, holding: Holding, nameservers: Sequence[str]) -> None:
        """Add what whois says, once or twice; a proxy that is set a day late hides nobody the first time."""
        world, happens = self._world, self._world.names.happens
        hidden = replace(holding, proxy=wave.proxy)
        late = happens(0.03 + 0.06 * (1 - self._care))
        world.register(spell, hidden if wave.hidden and not late else holding, nameservers)
        if happens(0.3):
            world.register(spell, hidden if wave.hidden or late else holding, nameservers)

    def _mark(self, wave: Wave, spell: Spell) -> None:
        """Add what a site's page carries and where it leads."""
        world, chance, names, market = self._world, self._world.chance, self._world.names, self._world.market
        if wave.tracked and names.happens(0.85):
            own = self._has.tracker.now if names.happens(self._tie) else names.tracker()
            world.fact("Tracker", spell, own)
        if names.happens(0.12):
            copied = self._kit.tracker if names.happens(0.7) else chance.choice(market.theme_trackers)
            world.fact("Tracker", spell, copied)
        icon = self._icon(wave)
        if names.happens(0.85):
            world.fact("Favicon", spell, icon)
        if names.happens(0.16):
            paid = names.happens(0.5)
            world.fact("Redirect", spell, chance.choice(market.affiliates) if paid else chance.choice(market.brands)[0])

    def _icon(self, wave: Wave) -> str:
        names, market = self._world.names, self._world.market
        if wave.branded and names.happens(self._tie):
            return self._has.icon.now
        if names.happens(0.35):
            return self._kit.icon
        if names.happens(0.35):
            return self._world.chance.choice(market.brands)[1]
        return names.ranked(market.system_icons, 0.9)

    def _continued(self, wave: Wave, spell: Spell, registrar: Registrar) -> Spell:
        """Return a site with its end, after it has moved, or come back under another identity, or neither."""
        world, chance, has = self._world, self._world.chance, self._has
        fate = chance.random()
        if spell.days > 60 and fate < 0.25:
            day = chance.randint(spell.begins + 20, spell.ends - 20)
            moves = world.names.happens(0.4 + 0.5 * self._care)
            account = has.account.other(day, spell.ends) if moves else has.account.now
            world.serve(spell.of(day, spell.ends), account, registrar.nameservers)
        elif fate > 0.92 and spell.ends + 500 < ENDS:
            return self._come_back(wave, spell)
        return spell

    def _come_back(self, wave: Wave, spell: Spell) -> Spell:
        world, has = self._world, self._has
        begins = spell.ends + world.chance.randint(70, 200)
        again = spell.of(begins, begins + 150)
        registrar, account = has.registrar.other(begins, begins), has.account.other(begins, again.ends)
        registrant = has.registrant.other(begins, begins)
        proxy = wave.proxy if world.names.happens(0.3 + 0.5 * self._care) else None
        nameservers = world.serve(again, account, registrar.nameservers)
        world.register(again, Holding(registrar, registrant, proxy), nameservers)
        return spell.of(spell.begins, again.ends)
