"""Sites whose owners run nothing else: some look like another one, and some imitate one of an operator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bench.worlds.care_levels.days import Span
from bench.worlds.care_levels.hosting import park, stay_anywhere
from bench.worlds.care_levels.pages import fill
from bench.worlds.care_levels.people import Person
from bench.worlds.care_levels.providers import Reseller
from bench.worlds.care_levels.registering import register
from bench.worlds.care_levels.sites import Site
from bench.worlds.care_levels.words import TOPICS
from bench.worlds.care_levels.world import World

_COPIED = {"Favicon": 0.6, "Tracker": 0.25}


def add_stranger(world: World, run: Sequence[Site]) -> None:
    """Add a site of a single owner, in a world where operators have run so many."""
    chance, providers = world.chance, world.providers
    span, original, copies = _life(world), None, False
    if chance.happens(world.params.market.imitators):
        original, copies = chance.choice(run), chance.happens(0.5)
        begins = min(world.end - 40, original.begins + chance.randint(20, 700))
        span = begins, min(world.end, begins + 20 + chance.wait(300))
    elif chance.happens(world.params.market.lookalikes):
        original = chance.choice(world.sites)
    domain = world.names.variant(original.domain) if original else _domain(world)
    site = world.open(domain, span, providers.registrars.draw())
    person = world.people.person(0.4)
    if chance.happens(0.2):
        person = replace(person, email=chance.choice(["info@", "admin@", "webmaster@", "contact@"]) + domain)
    if seller := _settle(world, site):
        person = _sold(world, site, person, seller)
    register(world, site, person, world.params.market.privacy)
    fill(world, site, site.span)
    if original and copies:
        _copy(world, original, site)
    park(world, site)
    if chance.happens(0.03):
        begins = chance.randint(*site.span)
        target = chance.choice(providers.platforms if chance.happens(0.8) else providers.landing_pages)
        site.add("Redirect", target, (begins, site.ends))


def _life(world: World) -> Span:
    chance = world.chance
    begins = chance.randint(world.start - 300, world.end - 60)
    return begins, min(world.end, begins + 30 + chance.wait(1100)) if chance.happens(0.35) else world.end


def _domain(world: World) -> str:
    chance = world.chance
    return world.names.fresh(chance.choice(list(TOPICS)) if chance.happens(world.params.market.same_topics) else None)


def _settle(world: World, site: Site) -> Reseller | None:
    """Host a site for its whole life, one stay after another; return the first reseller among its hosts."""
    chance, moves = world.chance, world.params.market.moves
    count = min(4, chance.wait(moves) + chance.happens(moves / 3))
    cuts = sorted(chance.randint(*site.span) for _ in range(count))
    first = None
    for begins, ends in pairwise([site.begins, *cuts, site.ends]):
        if begins < ends:
            reseller = stay_anywhere(world, site, (begins, ends))
            first = first or reseller
    return first


def _sold(world: World, site: Site, person: Person, seller: Reseller) -> Person:
    """Register a site where its reseller has an account, at times; return the owner, with the reseller's marks."""
    chance = world.chance
    if chance.happens(0.6):
        site.registrar = seller.registrar
    if not seller.puts_mailbox or not chance.happens(0.7):
        return person
    person = replace(person, email=seller.person.email)
    if chance.happens(0.6):
        person = replace(person, phone=seller.person.phone)
    return seller.person if chance.happens(0.1) else person


def _copy(world: World, original: Site, site: Site) -> None:
    """Copy pages of another site, with some of its marks on them."""
    for fact in original.facts:
        if fact.kind in _COPIED and world.chance.happens(_COPIED[fact.kind]):
            site.add(fact.kind, fact.value, site.span)
