"""How an operator runs a site: where it is, what it carries, and by whom it is said to be registered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bench.worlds.passive_dns.days import Span
from bench.worlds.passive_dns.hosting import certify, host
from bench.worlds.passive_dns.naming import mistyped
from bench.worlds.passive_dns.operators import Operator, Server, Timeline
from bench.worlds.passive_dns.registering import Holding, register
from bench.worlds.passive_dns.values import Person
from bench.worlds.passive_dns.world import Site

_ELSEWHERE = ("shared", "reseller", "cloud", "bulletproof", "builder")


def run(operator: Operator, site: Site, line_icon: str) -> None:
    """Put a new site somewhere, with the icon of its line of sites or another, and register it."""
    world = operator.world
    behind = world.happens(world.habits.operator_network)
    servers = world.chance.choice(operator.servers)
    if world.happens(operator.forgets["server"]):
        server = _host_at_home(operator, site, servers, behind)
        _name(operator, site, server, behind)
    elif _host_elsewhere(operator, site, servers, behind):
        _name(operator, site, None, behind)
    _track(operator, site)
    _put_icon(operator, site, line_icon)
    holder = _holder(operator, site)
    private = world.happens(world.habits.operator_privacy)
    registrar = world.chance.choice(operator.registrars)
    register(world, site, Holding(holder, private, world.happens(0.12), registrar))


def _host_at_home(operator: Operator, site: Site, servers: Timeline[Server], behind: bool) -> Server:
    """Put a site on servers of the operator and return the first; behind a network they show for some days only."""
    world, chance, network = operator.world, operator.world.chance, operator.network
    stays = servers.during(site.span)
    span, first = stays[0]
    if behind:
        for address in world.providers.behind(network):
            site.add("Resolution", address, site.span)
        if world.happens(0.55):
            shown = Span(span.begins, min(span.ends, span.begins + chance.randint(1, 25)))
            site.add("Resolution", first.address, shown)
    else:
        for stay, server in stays:
            site.add("Resolution", server.address, stay)
    for stay, server in stays:
        if world.happens(operator.forgets["certificate"]):
            site.add("Certificate", server.certificate, stay)
    if behind and world.happens(0.5):
        site.add("Certificate", chance.choice(network.certificates), site.span)
    else:
        certify(world, site, site.span)
    return first


def _host_elsewhere(operator: Operator, site: Site, servers: Timeline[Server], behind: bool) -> bool:
    """Put a site where the operator has no server, and return whether its name servers are the operator's still."""
    world = operator.world
    weights = (35, 15, 30, 50 * world.habits.bulletproof, 5)
    host(world, site, site.span, "network" if behind else world.chance.choices(_ELSEWHERE, weights)[0])
    own = world.happens(operator.forgets["nameservers"])
    if own:
        site.drop("Nameserver")
    if world.happens(operator.forgets["certificate"] * 0.35):
        site.add("Certificate", servers.at(site.begins).certificate, site.span)
    return own


def _name(operator: Operator, site: Site, server: Server | None, behind: bool) -> None:
    """Give a site name servers, and at times those of a registrar for its first days."""
    world, chance = operator.world, operator.world.chance
    own = world.happens(operator.forgets["nameservers"]) or server is None
    if own and operator.names_at == "own domain":
        domain = operator.nameserver_domains.at(site.begins)
        nameservers: Sequence[str] = [f"ns1.{domain}", f"ns2.{domain}"]
    elif (own and operator.names_at == "network") or behind:
        nameservers = operator.pairs.at(site.begins) if own else chance.choice(operator.network.pairs)
    elif own and operator.names_at == "host" and server:
        nameservers = server.nameservers
    else:
        nameservers = chance.choice(operator.registrars[0].nameservers)
    site.serve(nameservers, site.span)
    if world.happens(0.35):
        registrar = chance.choice(operator.registrars)
        address = chance.choice(registrar.parking)
        site.add("Resolution", address, Span(site.begins - chance.randint(1, 20), site.begins))
        nameserver = chance.choice(registrar.nameservers)[0]
        site.add("Nameserver", nameserver, Span(site.begins - chance.randint(1, 20), site.begins))


def _track(operator: Operator, site: Site) -> None:
    world, values, kit = operator.world, operator.world.values, operator.kit
    if world.happens(operator.forgets["tracker"]):
        site.add("Tracker", values.tracker_of(operator.accounts.at(site.begins)), site.span)
    elif kit and kit.tracker and world.happens(0.5):
        site.add("Tracker", kit.tracker, site.span)
    elif world.happens(0.3):
        new = world.happens(0.93)
        tracker = values.tracker(site.begins) if new else world.chance.choice(world.providers.copied_trackers)
        site.add("Tracker", tracker, site.span)


def _put_icon(operator: Operator, site: Site, line_icon: str) -> None:
    world, values, providers = operator.world, operator.world.values, operator.world.providers
    if world.happens(operator.forgets["icon"]):
        icon = operator.icons.at(site.begins)
    elif operator.kit and world.happens(0.7):
        icon = operator.kit.icon
    elif world.happens(0.2 * (1.2 - operator.care)):
        icon = line_icon
    elif world.happens(0.55):
        icon = values.icon()
    else:
        icon = values.popular(providers.default_icons + providers.theme_icons)
    site.add("Favicon", icon, site.span)


def _holder(operator: Operator, site: Site) -> Person:
    """Return the identity of the day, perhaps mistyped or with another name or phone, or one used only here."""
    world, values = operator.world, operator.world.values
    if not world.happens(operator.forgets["identity"]):
        person = values.person()
        return replace(person, phone=operator.people[0].phone) if world.happens(0.06) else person
    person = operator.identities.at(site.begins)
    if world.happens(0.25):
        person = replace(person, email=mistyped(values, person.email))
    if world.happens(0.25):
        name = mistyped(values, person.name) if world.happens(0.6) else values.person().name
        person = replace(person, name=name)
    return replace(person, phone=values.phone()) if world.happens(0.3) else person
