"""Where sites are: at places that they share with whoever is there, on rented servers, parked before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.worlds.care_levels.days import Span
from bench.worlds.care_levels.providers import CdnAccount, Host, Reseller
from bench.worlds.care_levels.sites import Site
from bench.worlds.care_levels.world import World

PLACES = ("shared", "cdn", "builder", "reseller", "lease")


@dataclass(frozen=True, slots=True)
class Server:
    """An address that one customer rents for some time, and the certificate there."""

    span: Span
    address: str
    host: Host
    fingerprint: str


def servers(world: World, since: int, shortest: int, usual: float, pick: Callable[[], Host]) -> list[Server]:
    """Return servers from a day on, one after another, each kept for as many days as said, and then some."""
    rented: list[Server] = []
    while since < world.end:
        days, host = shortest + world.chance.wait(usual), pick()
        address = world.providers.lease(host, (since, since + days))
        rented.append(Server((since, min(world.end, since + days)), address, host, world.chance.hexadecimal()))
        since += days + 1
    return rented


def overlap(span: Span, other: Span) -> Span | None:
    """Return the time that two have in common, if it is a day at least."""
    begins, ends = max(span[0], other[0]), min(span[1], other[1])
    return (begins, ends) if begins < ends else None


def delegate(site: Site, nameservers: Sequence[str], span: Span) -> None:
    """Put a site on name servers for some time."""
    for nameserver in nameservers:
        site.add("Nameserver", nameserver, span)


def stay(world: World, site: Site, place: str, span: Span) -> Reseller | None:
    """Put a site at one of ``PLACES`` for some time; return the reseller, if there is one."""
    if place == "reseller":
        return _resold(world, site, span)
    if place == "cdn":
        behind_cdn(world, site, world.providers.cdn_account(), span)
    else:
        {"shared": _shared, "builder": _built, "lease": _leased}[place](world, site, span)
    return None


def stay_anywhere(world: World, site: Site, span: Span) -> Reseller | None:
    """Put a site at any place, a usual one more often."""
    return stay(world, site, world.chance.weighted(PLACES, world.params.market.hosting_mix), span)


def behind_cdn(world: World, site: Site, account: CdnAccount, span: Span) -> None:
    """Put a site behind a content network for some time."""
    chance, cdn = world.chance, account.cdn
    for address in chance.sample(cdn.addresses, chance.randint(1, 2)):
        site.add("Resolution", address, span)
    delegate(site, account.nameservers, span)
    if chance.happens(0.4):
        site.add("Certificate", chance.choice(cdn.fingerprints), span)


def park(world: World, site: Site) -> None:
    """Put a site on its registrar's pages for some days before it is up, and after it went dark."""
    chance = world.chance
    if chance.happens(0.35):
        days = 1 + chance.wait(12)
        _parked(world, site, (site.begins - days, site.begins))
    if site.ends < world.end - 30 and chance.happens(0.4):
        days = 20 + chance.wait(200)
        _parked(world, site, (site.ends + 1, site.ends + days))


def _parked(world: World, site: Site, span: Span) -> None:
    site.add("Resolution", world.chance.choice(site.registrar.parking), span)
    delegate(site, site.registrar.nameservers, span)


def _shared(world: World, site: Site, span: Span) -> None:
    host = world.providers.hosts.draw()
    address, fingerprint = host.shared[world.chance.randrange(len(host.shared))]
    site.add("Resolution", address, span)
    delegate(site, host.nameservers, span)
    if world.chance.happens(0.12):
        site.add("Certificate", fingerprint, span)


def _built(world: World, site: Site, span: Span) -> None:
    chance, builder = world.chance, world.providers.builders.draw()
    site.add("Resolution", chance.choice(builder.addresses), span)
    delegate(site, builder.nameservers, span)
    if chance.happens(0.6):
        site.add("Favicon", builder.favicon, span)
    if chance.happens(0.4):
        site.add("Certificate", builder.fingerprint, span)
    if builder.tracker and chance.happens(0.3):
        site.add("Tracker", builder.tracker, span)


def _resold(world: World, site: Site, span: Span) -> Reseller:
    chance, reseller = world.chance, world.providers.resellers.draw()
    site.add("Resolution", chance.choice(reseller.addresses), span)
    delegate(site, reseller.nameservers, span)
    if chance.happens(0.15):
        site.add("Certificate", reseller.fingerprint, span)
    return reseller


def _leased(world: World, site: Site, span: Span) -> None:
    host = world.providers.hosts.draw()
    site.add("Resolution", world.providers.lease(host, span), span)
    delegate(site, host.nameservers if world.chance.happens(0.5) else site.registrar.nameservers, span)
