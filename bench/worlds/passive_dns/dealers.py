"""Dealers in domains: names in series, parked and registered to one mailbox, and dropped domains that they catch."""

from __future__ import annotations

from dataclasses import replace

from bench.worlds.passive_dns.days import Span
from bench.worlds.passive_dns.hosting import host
from bench.worlds.passive_dns.providers import Host
from bench.worlds.passive_dns.registering import Holding, register
from bench.worlds.passive_dns.strangers import furnish, owner
from bench.worlds.passive_dns.values import Person
from bench.worlds.passive_dns.words import GENERIC, MEDIA, TRADES
from bench.worlds.passive_dns.world import Site, World

_REST = ("", "s", "-online", "24", "shop", "hub")


def deal(world: World, count: int) -> None:
    """Add a dealer with so many domains, some of which are sold and become sites of others."""
    chance, values, habits = world.chance, world.values, world.habits
    dealer = _dealer(world)
    world.dealers.append(dealer)
    parking, private = chance.choice(world.providers.parking), chance.uniform(0, 0.4)
    account = values.account(world.begins) if world.happens(0.4) else None
    for stem in _series(world, count):
        begins = world.between(world.begins, world.ends - 200)
        ends = min(world.ends, begins + 365 * chance.choice([1, 1, 1, 2, 3, 5]))
        site = world.site(values.domain(stem), None, Span(begins, ends))
        site.for_sale = True
        sold = world.between(begins, site.ends) if world.happens(0.2) else site.ends
        held, later = Span(begins, sold), Span(sold, site.ends)
        _park(world, site, held, parking)
        if world.happens(0.3):
            site.add("Certificate", parking.certificate, held)
        if account and world.happens(0.5):
            site.add("Tracker", values.tracker_of(account), held)
        register(world, site, Holding(dealer, world.happens(private)), held)
        if sold < site.ends - 30:
            host(world, site, later)
            furnish(world, site, later)
            buyer = owner(world, site.domain)
            register(world, site, Holding(buyer, world.happens(habits.privacy)), later)


def catch(world: World, site: Site, day: int) -> None:
    """Let a dealer take a dropped domain on a day and park it for a year."""
    span = Span(day, min(world.ends, day + 365))
    _park(world, site, span, world.chance.choice(world.providers.parking))
    register(world, site, Holding(world.chance.choice(world.dealers), private=False), span)


def _dealer(world: World) -> Person:
    values, person = world.values, world.values.person()
    if not world.happens(0.4):
        return person
    email = f"sales@{values.domain(values.word() + 'names', ['com'])}"
    return replace(person, email=email, org=f"{values.word().capitalize()} Domains")


def _series(world: World, count: int) -> list[str]:
    """Return so many names, several of which may begin alike."""
    chance = world.chance
    series: list[str] = []
    while len(series) < count:
        base = chance.choice(GENERIC) + chance.choice(TRADES + MEDIA)
        series += [base + rest for rest in chance.sample(_REST, chance.choice([1, 1, 1, 2, 4]))]
    return series[:count]


def _park(world: World, site: Site, span: Span, parking: Host) -> None:
    site.add("Resolution", world.chance.choice(parking.addresses), span)
    site.serve(parking.nameservers, span)
