"""Owners of a single site, honest or shady, and honest owners of a few."""

from __future__ import annotations

from dataclasses import replace

from bench.worlds.other.agencies import Agency, add_client
from bench.worlds.other.chance import clipped, ranked, weighted
from bench.worlds.other.habits import named, new_habit
from bench.worlds.other.hosters import Hoster
from bench.worlds.other.hosting import Customer, host, host_at_reseller, registrar_servers
from bench.worlds.other.marks import fingerprint, has_properties, icon, mistyped, property_of, tracker
from bench.worlds.other.names import Identity
from bench.worlds.other.pages import fill
from bench.worlds.other.providers import Reseller
from bench.worlds.other.registering import end, register
from bench.worlds.other.words import THEMES, TRADE
from bench.worlds.other.world import Holding, Spell, World

_BOXES = ("info", "contact", "office", "hello", "webmaster")


def add_honest(world: World, helper: Agency | Reseller | None = None) -> str:
    """Add an honest site nobody runs another of, made by its owner, an agency or on a reseller's server."""
    chance, params, names = world.chance, world.params, world.names
    identity = names.person(0.35)
    spell = Spell(names.domain(names.label(identity)), *world.long_life())
    if chance.random() < 0.3:
        identity = replace(identity, email=f"{chance.choice(_BOXES)}@{spell.domain}")
    registrar = ranked(chance, world.providers.registrars, 0.9)
    world.site(spell, None)
    holding = Holding(identity, registrar, registrar.hides and chance.random() < params.private)
    if isinstance(helper, Agency):
        add_client(world, spell, holding, helper)
    elif helper:
        _add_resold(world, spell, holding, helper)
    else:
        _add_alone(world, spell, holding)
    if chance.random() < 0.025:
        profile = chance.choice(world.providers.social)
        first = chance.randint(max(spell.begins, params.begins), spell.ends)
        world.fact("Redirect", profile, spell.of(first, spell.ends))
    return spell.domain


def _add_resold(world: World, spell: Spell, holding: Holding, reseller: Reseller) -> None:
    chance, identity = world.chance, holding.identity
    if chance.random() < reseller.registers:
        shown = replace(identity, email=reseller.identity.email) if chance.random() < 0.5 else reseller.identity
        holding = replace(holding, identity=shown, private=False)
    if chance.random() < 0.7:
        holding = replace(holding, registrar=reseller.registrar)
    expires = register(world, spell, holding)
    host_at_reseller(world, spell, reseller, world.params.certified)
    fill(world, spell, world.params.tracked)
    end(world, spell, expires)


def _add_alone(world: World, spell: Spell, holding: Holding) -> None:
    chance, params = world.chance, world.params
    later = world.names.person() if chance.random() < 0.04 else None
    expires = register(world, spell, replace(holding, leak=0.06, later=later))
    host(world, spell, Customer(spell.domain, holding.registrar, params.certified))
    fill(world, spell, params.tracked)
    if spell.ends < params.ends:
        end(world, spell, expires)


def add_shady(world: World) -> str:
    """Add a shady site nobody runs another of."""
    chance, params, providers = world.chance, world.params, world.providers
    theme = chance.choice(sorted(THEMES))
    begins, ends = world.short_life()
    habit = new_habit(world, theme, clipped(chance.gauss(0.5, 0.25)))
    spell = Spell(named(world, habit, chance.randint(0, 9)), begins, ends)
    world.site(spell, None)
    identity = chance.choice(providers.junk) if chance.random() < 0.07 else world.names.person(0.12)
    if chance.random() < 0.05:
        identity = replace(identity, phone=chance.choice(providers.junk).phone)
    registrar = ranked(chance, providers.registrars, 0.5)
    private = registrar.hides and chance.random() < clipped(params.private + 0.15)
    earlier = chance.randint(0, 40) if chance.random() < 0.7 else chance.randint(40, 900)
    held = spell.of(begins - earlier, ends)
    expires = register(world, held, Holding(identity, registrar, private, years=1, leak=0.08))
    if chance.random() < 0.12:
        reseller = weighted(chance, [(one, one.weight) for one in providers.resellers])
        host_at_reseller(world, spell, reseller, params.certified)
    else:
        host(world, spell, Customer(spell.domain, registrar, params.certified * 0.8, shady=True))
    fill(world, spell, params.tracked * 0.7, theme)
    if chance.random() < 0.06:
        world.fact("Redirect", chance.choice(providers.offers), spell)
    end(world, spell, expires, 0.05)
    return spell.domain


class HonestOwner:
    """An honest owner of two to four sites, who hides nothing and shares what is convenient."""

    def __init__(self, world: World, number: int) -> None:
        chance, params, providers = world.chance, world.params, world.providers
        self.world, self.number = world, number
        self._count = weighted(chance, [(2, 6), (3, 3), (4, 1)])
        self._identity = world.names.person(0.5)
        self._tracker, self._icon = tracker(chance), icon(chance)
        self._registrar = ranked(chance, providers.registrars, 0.9)
        self._brand = world.names.word() if chance.random() < 0.35 else None
        self._hoster: Hoster = chance.choice(providers.shared + providers.vps)
        self._shares_address = chance.random() < 0.6
        self._shares_tracker = chance.random() < 0.55
        self._shares_icon = chance.random() < 0.35
        shared = self._hoster.kind == "shared"
        self._address = self._hoster.shared_address() if shared else self._hoster.rent(params.begins, params.ends)[0]

    def add(self) -> None:
        """Add the owner's sites; later ones may lead to the first."""
        first = None
        for number in range(self._count):
            spell, expires = self._registered()
            self._put(spell)
            self._mark(spell, number)
            if first and self.world.chance.random() < 0.12:
                self.world.fact("Redirect", first, spell)
            first = first or spell.domain
            if spell.ends < self.world.params.ends:
                end(self.world, spell, expires)

    def _registered(self) -> tuple[Spell, int]:
        world, registrar = self.world, self._registrar
        chance, names = world.chance, world.names
        begins, ends = world.long_life()
        if self._brand:
            label = self._brand + chance.choice(["", "-", ""]) + chance.choice(TRADE)
        else:
            label = names.label(self._identity)
        spell = Spell(names.domain(label), begins, ends)
        world.site(spell, self.number)
        private = registrar.hides and chance.random() < world.params.private * 0.8
        shown = self._shown(spell)
        used = registrar if chance.random() < 0.8 else ranked(chance, world.providers.registrars)
        return spell, register(world, spell, Holding(shown, used, private, leak=0.1))

    def _shown(self, spell: Spell) -> Identity:
        chance, shown = self.world.chance, self._identity
        if chance.random() < 0.15:
            shown = replace(shown, email=f"info@{spell.domain}")
        if chance.random() < 0.1:
            shown = replace(shown, name=mistyped(chance, shown.name))
        return shown

    def _put(self, spell: Spell) -> None:
        world, chance, hoster = self.world, self.world.chance, self._hoster
        account = self._identity.email
        if not (self._shares_address and chance.random() < 0.85):
            host(world, spell, Customer(account, self._registrar, world.params.certified))
            return
        world.fact("Resolution", self._address, spell)
        shared = hoster.kind == "shared"
        servers = hoster.nameservers(self._address) if shared else registrar_servers(self._registrar, account)
        world.nameservers(servers, spell)
        if chance.random() < world.params.certified:
            world.fact("Certificate", fingerprint(chance), spell)

    def _mark(self, spell: Spell, number: int) -> None:
        world, chance, tracked = self.world, self.world.chance, self.world.params.tracked
        own = self._shares_tracker and chance.random() < 0.85 and chance.random() < tracked + 0.3
        if own:
            mark = self._tracker
            if has_properties(mark) and chance.random() >= 0.5:
                mark = property_of(mark, number + 1)
            world.fact("Tracker", mark, spell)
        if self._shares_icon and chance.random() < 0.8:
            world.fact("Favicon", self._icon, spell)
        else:
            fill(world, spell, 0 if own else tracked)
