"""Where operators' sites are, what they carry and where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bench.worlds.other.chance import magnitude, ranked
from bench.worlds.other.hosters import Hoster
from bench.worlds.other.hosting import Customer, host, host_at_reseller, put_behind, registrar_servers, service_servers
from bench.worlds.other.marks import fingerprint, has_properties, icon, property_of, tracker
from bench.worlds.other.operators import Operator, Turn
from bench.worlds.other.providers import Registrar
from bench.worlds.other.registering import end
from bench.worlds.other.registrants import bought
from bench.worlds.other.sharing import ALL, OLD
from bench.worlds.other.world import Spell, World


@dataclass(frozen=True, slots=True)
class Rented:
    """Addresses that an operator has over some days."""

    begins: int
    ends: int
    hoster: Hoster
    addresses: list[str]


def add_operator(world: World, number: int, count: int) -> list[str]:
    """Add an operator with so many sites, and return their domains."""
    operator = Operator(world, number, count)
    for place in range(count):
        turn = operator.named(place)
        spell = Spell(turn.domain, turn.site.begins, turn.site.ends)
        world.site(spell, number)
        registrar, expires = bought(operator, turn)
        _host(operator, turn, spell, registrar)
        _certify(operator, turn, spell)
        _track(operator, turn, spell)
        _put_icon(operator, turn, spell)
        _redirect(operator, turn, spell)
        end(world, spell, expires, 0.12)
    return operator.domains


def _host(operator: Operator, turn: Turn, spell: Spell, registrar: Registrar) -> None:
    """Add where a site is: behind a CDN, its own address perhaps seen before, or not."""
    world, chance, sharing = operator.world, operator.world.chance, operator.sharing
    key = ("s", turn.number) if sharing.alone("ns") else sharing.key("ns", turn.number)
    account = str(("acc", operator.number, *key))
    if chance.random() >= operator.ways.cdn:
        _host_openly(operator, turn, spell, Customer(account, registrar, 0))
        return
    hidden = spell.begins
    if chance.random() < 0.4 * (1.15 - operator.care):
        hidden += chance.randint(2, 25)
    cdn = sharing.one("cdn", ALL, lambda: ranked(chance, world.providers.cdns))
    put_behind(world, spell.of(hidden, spell.ends), cdn, account)
    if hidden > spell.begins:
        _host_openly(operator, turn, spell.of(spell.begins, hidden), Customer(account, registrar, 0), behind=True)


def _host_openly(operator: Operator, turn: Turn, spell: Spell, customer: Customer, behind: bool = False) -> None:
    world, chance, ways, sharing = operator.world, operator.world.chance, operator.ways, operator.sharing
    if sharing.alone("host") and chance.random() < 0.93:
        if ways.reseller and chance.random() < 0.4:
            host_at_reseller(world, spell, ways.reseller, 0)
        else:
            shady = chance.random() < 0.6
            host(world, spell, replace(customer, shady=shady, favourite=chance.choice(ways.hosters)))
        return
    key = OLD if sharing.alone("host") else sharing.key("host", turn.number)
    for rented in _stays(sharing.one("host", key, lambda: _rented(operator)), spell):
        stay = spell.of(rented.begins, rented.ends)
        if not behind and chance.random() < 0.04:
            host(world, stay, replace(customer, shady=True))
            continue
        usual = rented.addresses[turn.number % len(rented.addresses)]
        address = usual if chance.random() < 0.8 else chance.choice(rented.addresses)
        world.fact("Resolution", address, stay)
        if not behind:
            world.nameservers(_servers(operator, turn, customer, (rented.hoster, address)), stay)


def _rented(operator: Operator) -> list[Rented]:
    """Return servers that follow one another over time."""
    world, chance, ways = operator.world, operator.world.chance, operator.ways
    found: list[Rented] = []
    length = magnitude(chance, 350, 3500)
    begins = max(world.params.begins - 50, operator.plan[0].begins - 20)
    while begins < world.params.ends:
        ends = begins + max(15, int(chance.expovariate(1 / length)))
        usual = chance.random() < 0.8
        hoster = chance.choice(ways.hosters if usual else world.providers.bulletproof + world.providers.vps)
        if hoster.kind != "shared" and (hoster.kind == "vps" or chance.random() < 0.6):
            addresses = hoster.rent(begins, min(ends, world.params.ends), chance.choice([1, 1, 1, 2, 3, 4]))
        else:
            addresses = [hoster.shared_address()]
        found.append(Rented(begins, ends, hoster, addresses))
        begins = ends
    return found


def _stays(rented: list[Rented], spell: Spell) -> Iterator[Rented]:
    """Yield the servers of a spell, cut to it; stays under two days only if there was none before."""
    shortest = 0
    for one in rented:
        begins, ends = max(one.begins, spell.begins), min(one.ends, spell.ends)
        if ends - begins >= shortest:
            yield replace(one, begins=begins, ends=ends)
            shortest = 2


def _servers(operator: Operator, turn: Turn, customer: Customer, server: tuple[Hoster, str]) -> list[str]:
    world, sharing = operator.world, operator.sharing
    key = sharing.key("ns", turn.number)
    hoster, address = server
    of = sharing.one("nsmode", key, lambda: world.chance.choice(["reg", "reg", "dns3", "host", "van"]))
    if of == "van" and operator.ways.own_servers:
        domain = sharing.one("van", key, lambda: turn.domain)
        return [f"ns1.{domain}", f"ns2.{domain}"]
    if of == "dns3":
        return service_servers(world, customer.account)
    if of == "host":
        return hoster.nameservers(address)
    return registrar_servers(customer.registrar, customer.account)


def _certify(operator: Operator, turn: Turn, spell: Spell) -> None:
    world, chance, sharing = operator.world, operator.world.chance, operator.sharing
    if chance.random() >= operator.ways.certified:
        return
    if not sharing.alone("cert") and chance.random() < 0.85:
        shared = sharing.one("cert", sharing.key("cert", turn.number), lambda: fingerprint(chance))
        world.fact("Certificate", shared, spell.of(spell.begins + chance.randint(0, 10), spell.ends))
        return
    world.fact("Certificate", fingerprint(chance), spell.of(spell.begins, spell.begins + 90))
    if spell.ends > spell.begins + 90:
        world.fact("Certificate", fingerprint(chance), spell.of(spell.begins + 80, spell.ends))


def _track(operator: Operator, turn: Turn, spell: Spell) -> None:
    world, chance, ways, sharing = operator.world, operator.world.chance, operator.ways, operator.sharing
    if chance.random() < ways.tracked:
        mark = sharing.one("tracker", sharing.key("tracker", turn.number), lambda: tracker(chance))
        if ways.properties and has_properties(mark):
            mark = property_of(mark, turn.number + 1)
        world.fact("Tracker", mark, spell.of(spell.begins + chance.randint(0, 8), spell.ends))
    if chance.random() < 0.08:
        world.fact("Tracker", ranked(chance, world.providers.wide_trackers), spell)
    if ways.kit and ways.kit[1] and chance.random() < 0.4:
        world.fact("Tracker", ways.kit[1], spell)


def _put_icon(operator: Operator, turn: Turn, spell: Spell) -> None:
    chance, sharing = operator.world.chance, operator.sharing
    if chance.random() < operator.ways.favicons:
        if sharing.alone("icon"):
            mark = _new_icon(operator)
        else:
            mark = sharing.one("icon", sharing.key("icon", turn.number), lambda: _shared_icon(operator))
        operator.world.fact("Favicon", mark, spell)


def _new_icon(operator: Operator) -> str:
    chance, ways, providers = operator.world.chance, operator.ways, operator.world.providers
    if ways.kit and chance.random() < 0.5:
        return ways.kit[0]
    if chance.random() < ways.brand_icons:
        return chance.choice(providers.brand_icons)
    return ranked(chance, providers.system_icons, 1.1) if chance.random() < 0.55 else icon(chance)


def _shared_icon(operator: Operator) -> str:
    chance = operator.world.chance
    if chance.random() < 0.88:
        return icon(chance)
    return (operator.ways.kit or ranked(chance, operator.world.providers.kits[operator.theme]))[0]


def _redirect(operator: Operator, turn: Turn, spell: Spell) -> None:
    world, chance, ways = operator.world, operator.world.chance, operator.ways
    before, earlier = turn.site.before, operator.domains[:-1]
    if before and chance.random() < ways.redirects:
        first = max(before.begins, min(before.ends, spell.begins) - 3)
        last = max(before.ends, spell.begins) + chance.randint(2, 90)
        world.fact("Redirect", spell.domain, Spell(before.domain, first, last))
    elif earlier and chance.random() < ways.redirects * 0.15:
        world.fact("Redirect", chance.choice(earlier), spell)
    if ways.offer and chance.random() < 0.25:
        world.fact("Redirect", ways.offer, spell)
