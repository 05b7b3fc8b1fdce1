"""Agencies that make and host sites for owners who have nothing else to do with each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from bench.worlds.other.chance import ranked, sometimes
from bench.worlds.other.hosting import Customer, host, registrar_servers
from bench.worlds.other.marks import fingerprint, has_properties, icon, property_of, tracker
from bench.worlds.other.names import Identity
from bench.worlds.other.pages import fill
from bench.worlds.other.providers import Registrar
from bench.worlds.other.registering import register
from bench.worlds.other.world import Holding, Spell, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """What an agency puts on clients' sites, and how often each."""

    domain: str
    identity: Identity
    addresses: Sequence[str]
    nameservers: Sequence[str]
    hosts: float
    serves_names: float
    tracker: str
    tracks: float
    properties: bool
    icon: str
    puts_icon: float
    named: float
    shares_certificates: float
    certificates: Sequence[str]
    registrar: Registrar
    registers: float
    redirects: float


def new_agency(world: World, clients: int) -> Agency:
    """Return an agency for so many clients."""
    chance, names, providers = world.chance, world.names, world.providers
    person = replace(names.person(), org=names.org())
    domain = names.domain(names.word() + chance.choice(["web", "media", "design", "digital", "studio"]), "example")
    person = replace(person, email=f"{chance.choice(['domains', 'admin', 'info', 'tech'])}@{domain}")
    return Agency(
        domain=domain,
        identity=person,
        addresses=_addresses(world),
        nameservers=[f"ns1.{domain}", f"ns2.{domain}"] if chance.random() < 0.45 else [],
        hosts=sometimes(chance, 0.8, 0.4, 1),
        serves_names=chance.uniform(0.5, 1),
        tracker=tracker(chance),
        tracks=sometimes(chance, 0.4, 0.2, 0.95),
        properties=chance.random() < 0.3,
        icon=icon(chance),
        puts_icon=sometimes(chance, 0.35, 0.1, 0.5),
        named=sometimes(chance, 0.45, 0.1, 0.8),
        shares_certificates=sometimes(chance, 0.25, 0.2, 0.8),
        certificates=[fingerprint(chance) for _ in range(max(1, clients // 8))],
        registrar=ranked(chance, providers.registrars),
        registers=chance.uniform(0.3, 0.95),
        redirects=sometimes(chance, 0.2, 0.02, 0.15),
    )


def _addresses(world: World) -> list[str]:
    chance, providers = world.chance, world.providers
    hoster = chance.choice(providers.vps)
    if chance.random() < 0.55:
        return hoster.rent(world.params.begins, world.params.ends, chance.choice([1, 1, 2, 3]))
    return [chance.choice(providers.shared).shared_address()]


def add_client(world: World, spell: Spell, holding: Holding, agency: Agency) -> None:
    """Add what is so of a client's site, which the agency may have taken over later."""
    chance, params = world.chance, world.params
    joined = spell.begins
    if chance.random() < 0.3:
        joined = max(joined, chance.randint(params.begins - 500, params.ends - 100))
    joined = min(joined, spell.ends)
    registrar = agency.registrar if chance.random() < agency.registers else holding.registrar
    holding = replace(holding, registrar=registrar)
    if chance.random() < agency.named:
        holding = replace(holding, identity=_shown(chance, holding.identity, agency), private=False)
    register(world, spell, holding)
    customer = Customer(spell.domain, registrar, params.certified)
    served = spell.of(joined, spell.ends)
    if joined > spell.begins + 30:
        host(world, spell.of(spell.begins, joined), customer)
    if chance.random() < agency.hosts:
        _host(world, served, registrar, agency)
    else:
        host(world, served, customer)
    _mark(world, spell, served, agency)
    if chance.random() < agency.redirects:
        world.fact("Redirect", agency.domain, spell.of(max(joined, spell.ends - 100), spell.ends))


def _shown(chance: Random, client: Identity, agency: Agency) -> Identity:
    """Return the agency in its client's place, or where the client is reached."""
    if chance.random() < 0.25:
        return agency.identity
    phone = agency.identity.phone if chance.random() < 0.5 else client.phone
    return replace(client, email=agency.identity.email, phone=phone)


def _host(world: World, spell: Spell, registrar: Registrar, agency: Agency) -> None:
    chance = world.chance
    world.fact("Resolution", chance.choice(agency.addresses), spell)
    if agency.nameservers and chance.random() < agency.serves_names:
        world.nameservers(agency.nameservers, spell)
    else:
        account = agency.domain if registrar is agency.registrar else spell.domain
        world.nameservers(registrar_servers(registrar, account), spell)
    if chance.random() < world.params.certified:
        shared = chance.random() < agency.shares_certificates
        world.fact("Certificate", chance.choice(agency.certificates) if shared else fingerprint(chance), spell)


def _mark(world: World, spell: Spell, served: Spell, agency: Agency) -> None:
    """Add the agency's tracker and icon, or what the owner put there."""
    chance = world.chance
    if chance.random() < agency.tracks:
        mark = agency.tracker
        if agency.properties and has_properties(mark):
            mark = property_of(mark, chance.randint(1, 60))
        world.fact("Tracker", mark, served)
    if chance.random() < agency.puts_icon:
        world.fact("Favicon", agency.icon, served)
        fill(world, spell.of(spell.begins, served.begins), 0.2)
    else:
        fill(world, spell, world.params.tracked)
