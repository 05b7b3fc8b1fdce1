"""Where a site is: on which address, name servers and certificate, over one or two stages of its life."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from bench.worlds.other.chance import ranked
from bench.worlds.other.hosters import Cdn, Hoster
from bench.worlds.other.marks import fingerprint
from bench.worlds.other.providers import Registrar, Reseller
from bench.worlds.other.world import Spell, World


@dataclass(frozen=True, slots=True)
class Customer:
    """Who hosts a site: under which account, registered where, how surely with a certificate."""

    account: str
    registrar: Registrar
    certified: float
    shady: bool = False
    favourite: Hoster | None = None


def registrar_servers(registrar: Registrar, account: str) -> list[str]:
    """Return the name servers a registrar gives an account."""
    pair = Random(registrar.domain + account).randint(1, registrar.pairs)
    return [f"ns{2 * pair - 1:02d}.{registrar.domain}", f"ns{2 * pair:02d}.{registrar.domain}"]


def service_servers(world: World, account: str) -> list[str]:
    """Return the name servers of an account with a name service."""
    chance = Random(f"d3{account}")
    name, pairs = chance.choice(world.providers.name_services)
    pair = chance.randint(1, pairs)
    return [f"f{pair}g1.{name}.example", f"f{pair}g2.{name}.example"]


def host(world: World, spell: Spell, customer: Customer) -> None:
    """Add where a site is by its owner's own choice."""
    for stage in _stages(world.chance, spell):
        if world.chance.random() < 0.45 and customer.shady:
            _host_out_of_reach(world, stage, customer)
        else:
            _host_openly(world, stage, customer)


def _stages(chance: Random, spell: Spell) -> list[Spell]:
    if spell.ends - spell.begins > 250 and chance.random() < 0.35:
        moved = chance.randint(spell.begins + 60, spell.ends - 60)
        return [spell.of(spell.begins, moved), spell.of(moved + chance.randint(-3, 3), spell.ends)]
    return [spell]


def _host_out_of_reach(world: World, spell: Spell, customer: Customer) -> None:
    chance, favourite = world.chance, customer.favourite
    hoster = favourite if favourite and chance.random() < 0.6 else chance.choice(world.providers.bulletproof)
    address = hoster.shared_address() if chance.random() < 0.45 else hoster.rent(spell.begins, spell.ends)[0]
    world.fact("Resolution", address, spell)
    if chance.random() < 0.4:
        servers = hoster.nameservers(address)
    elif chance.random() < 0.6:
        servers = registrar_servers(customer.registrar, customer.account)
    else:
        servers = service_servers(world, customer.account)
    world.nameservers(servers, spell)
    _certify(world, spell, customer.certified, (0.15, hoster, address))


def _host_openly(world: World, spell: Spell, customer: Customer) -> None:
    params, kind = world.params, world.chance.random()
    if kind < params.cdn:
        _host_behind_cdn(world, spell, customer)
    elif kind < params.cdn + params.builder and not customer.shady:
        _host_at_builder(world, spell, customer)
    elif kind < params.cdn + params.builder + params.vps:
        _host_alone(world, spell, customer)
    else:
        _host_among_others(world, spell, customer)


def _host_behind_cdn(world: World, spell: Spell, customer: Customer) -> None:
    chance, providers = world.chance, world.providers
    if chance.random() < 0.25:
        address = chance.choice(providers.vps).rent(spell.begins, spell.begins + 30)[0]
        world.fact("Resolution", address, spell.of(spell.begins, spell.begins + chance.randint(1, 30)))
    cdn = ranked(chance, providers.cdns)
    certified = chance.random() < customer.certified
    put_behind(world, spell, cdn, customer.account)
    if certified:
        world.fact("Certificate", cdn.new_certificate(), spell)


def put_behind(world: World, spell: Spell, cdn: Cdn, account: str) -> None:
    """Add addresses and name servers of a CDN."""
    chance = world.chance
    for address in chance.sample(cdn.shared, min(len(cdn.shared), chance.choice([1, 2, 2, 3]))):
        world.fact("Resolution", address, spell)
    world.nameservers(cdn.nameservers(account), spell)


def _host_at_builder(world: World, spell: Spell, customer: Customer) -> None:
    chance = world.chance
    builder = ranked(chance, world.providers.builders)
    world.fact("Resolution", builder.shared_address(), spell)
    own = chance.random() < 0.7
    world.nameservers(
        builder.nameservers("") if own else registrar_servers(customer.registrar, customer.account), spell
    )
    if chance.random() < customer.certified:
        world.fact("Certificate", builder.wildcard if chance.random() < 0.5 else fingerprint(chance), spell)


def _host_alone(world: World, spell: Spell, customer: Customer) -> None:
    chance, favourite = world.chance, customer.favourite
    kept = favourite and favourite.kind == "vps" and chance.random() < 0.7
    hoster = favourite if favourite and kept else ranked(chance, world.providers.vps, 0.7)
    address = hoster.rent(spell.begins, spell.ends)[0]
    world.fact("Resolution", address, spell)
    if chance.random() < 0.65:
        servers = registrar_servers(customer.registrar, customer.account)
    elif chance.random() < 0.5:
        servers = service_servers(world, customer.account)
    elif chance.random() < 0.3:
        servers = [f"ns1.{spell.domain}", f"ns2.{spell.domain}"]
    else:
        servers = hoster.nameservers(address)
    world.nameservers(servers, spell)
    if chance.random() < customer.certified:
        world.fact("Certificate", fingerprint(chance), spell)


def _host_among_others(world: World, spell: Spell, customer: Customer) -> None:
    chance, favourite = world.chance, customer.favourite
    kept = favourite and favourite.kind == "shared" and chance.random() < 0.7
    hoster = favourite if favourite and kept else ranked(chance, world.providers.shared, 0.8)
    address = hoster.shared_address()
    world.fact("Resolution", address, spell)
    own = chance.random() < 0.7
    world.nameservers(
        hoster.nameservers(address) if own else registrar_servers(customer.registrar, customer.account), spell
    )
    _certify(world, spell, customer.certified, (0.1, hoster, address))
    if chance.random() < 0.04:
        world.fact("Favicon", hoster.panel_icon, spell)


def host_at_reseller(world: World, spell: Spell, reseller: Reseller, certified: float) -> None:
    """Add where a site is that a reseller hosts."""
    chance = world.chance
    address = chance.choice(reseller.addresses)
    world.fact("Resolution", address, spell)
    world.nameservers(reseller.nameservers, spell)
    _certify(world, spell, certified, (0.25, reseller.hoster, address))


def _certify(world: World, spell: Spell, certified: float, server: tuple[float, Hoster, str]) -> None:
    """Add a certificate, by a share that of the server at that address."""
    chance = world.chance
    share, hoster, address = server
    if chance.random() < certified:
        known = chance.random() < share
        world.fact("Certificate", hoster.certificate(address) if known else fingerprint(chance), spell)
