"""Where ordinary sites are: on shared hosts, at resellers and builders, on servers of clouds, or behind a network."""

from __future__ import annotations

from collections.abc import Sequence

from bench.worlds.passive_dns.days import Span
from bench.worlds.passive_dns.providers import Host, Registrar
from bench.worlds.passive_dns.world import Site, World


def host(world: World, site: Site, span: Span, kind: str | None = None) -> None:
    """Put a site on some kind of host, a usual one if none is said: addresses, name servers, certificates."""
    kind = kind or _usual_kind(world)
    registrar = world.values.large(world.providers.registrars, 0.6)
    if kind == "network":
        _put_behind(world, site, span)
    elif kind == "cloud":
        _rent(world, site, span, registrar)
    elif kind == "builder":
        _build(world, site, span, registrar)
    else:
        _share(world, site, span, registrar, kind)


def host_in_turn(world: World, site: Site) -> None:
    """Put a site on one to three usual hosts, one after the other."""
    for span in world.periods(site.span, world.chance.choice([1, 1, 1, 2, 2, 3]) - 1):
        host(world, site, span)


def certify(world: World, site: Site, span: Span) -> None:
    """Give a site certificates of its own, or none."""
    chance = world.chance
    for _ in range(chance.choice([0, 1, 1, 2, 3])):
        begins = world.between(span.begins, span.ends + 1)
        fingerprint = world.values.fingerprint()
        site.add("Certificate", fingerprint, Span(begins, min(span.ends, begins + chance.choice([90, 90, 365]))))


def _usual_kind(world: World) -> str:
    if world.happens(world.habits.network):
        return "network"
    return world.chance.choices(["shared", "reseller", "builder", "cloud"], [48, 13, 14, 20])[0]


def _put_behind(world: World, site: Site, span: Span) -> None:
    """Put a site behind a content network, and at times show for some days where it is in truth."""
    chance, network = world.chance, world.values.popular(world.providers.networks)
    for address in world.providers.behind(network):
        site.add("Resolution", address, span)
    site.serve(chance.choice(network.pairs), span)
    if world.happens(0.7):
        site.add("Certificate", chance.choice(network.certificates), span)
    if world.happens(0.25):
        shown = Span(span.begins, min(span.ends, span.begins + chance.randint(2, 40)))
        host(world, site, shown, chance.choice(["shared", "cloud"]))


def _rent(world: World, site: Site, span: Span, registrar: Registrar) -> None:
    """Put a site on a server of its own."""
    chance, providers = world.chance, world.providers
    cloud = chance.choice(providers.clouds)
    site.add("Resolution", world.rent(cloud.rentals, span), span)
    if world.happens(0.12):
        site.add("Certificate", chance.choice(cloud.image_certificates), span)
    nameservers: list[Sequence[str]] = [
        cloud.nameservers,
        chance.choice(registrar.nameservers),
        chance.choice(registrar.nameservers),
        chance.choice(providers.name_services),
        [f"ns1.{site.domain}", f"ns2.{site.domain}"],
    ]
    site.serve(chance.choice(nameservers), span)
    certify(world, site, span)


def _build(world: World, site: Site, span: Span, registrar: Registrar) -> None:
    """Put a site at a builder, with what the builder leaves on its pages."""
    builder = world.values.large(world.providers.builders, 0.5)
    nameservers = _move_in(world, site, span, builder.host, registrar)
    site.add("Certificate", builder.host.certificate, span)
    if world.happens(0.5):
        site.add("Favicon", builder.icon, span)
    if builder.tracker and world.happens(0.85):
        site.add("Tracker", builder.tracker, span)
    site.serve(nameservers, span)


def _share(world: World, site: Site, span: Span, registrar: Registrar, kind: str) -> None:
    """Put a site on an address that others have too: of a shared host, a reseller or a bulletproof host."""
    providers = world.providers
    hosts = {
        "shared": providers.shared,
        "reseller": providers.resellers,
        "bulletproof": [bulletproof.host for bulletproof in providers.bulletproof],
    }[kind]
    chosen = world.values.large(hosts, 0.5)
    nameservers = _move_in(world, site, span, chosen, registrar)
    if world.happens(0.3 if kind == "shared" else 0.08):
        site.add("Certificate", chosen.certificate, span)
    site.serve(nameservers, span)
    certify(world, site, span)


def _move_in(world: World, site: Site, span: Span, chosen: Host, registrar: Registrar) -> Sequence[str]:
    """Put a site on an address of a host, and return the name servers that it gets with it."""
    site.add("Resolution", world.chance.choice(chosen.addresses), span)
    return chosen.nameservers if world.happens(0.65) else world.chance.choice(registrar.nameservers)
