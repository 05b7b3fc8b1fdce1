"""Under whom, when and where operators register their domains."""

from __future__ import annotations

from dataclasses import replace

from bench.worlds.other.chance import ranked
from bench.worlds.other.hosting import Customer, host
from bench.worlds.other.marks import mistyped
from bench.worlds.other.names import Identity
from bench.worlds.other.operators import Operator, Turn
from bench.worlds.other.pages import fill
from bench.worlds.other.providers import Registrar
from bench.worlds.other.registering import register
from bench.worlds.other.world import Holding, Spell


def bought(operator: Operator, turn: Turn) -> tuple[Registrar, int]:
    """Add what whois shows of an operator's domain; return where it is registered and until when."""
    world, chance, ways = operator.world, operator.world.chance, operator.ways
    first, registrar = operator.bought = _purchase(operator, turn.site.begins)
    shown = _disguised(operator, _shown(operator, turn), turn.domain)
    if chance.random() < ways.aged:
        _age(operator, turn.domain, first)
    private = registrar.hides and chance.random() < ways.private
    later = operator.identity() if chance.random() < 0.07 else None
    holding = Holding(shown, registrar, private, years=1, leak=0.22 * (1 - operator.care), later=later)
    return registrar, register(world, Spell(turn.domain, first, turn.site.ends), holding)


def _purchase(operator: Operator, begins: int) -> tuple[int, Registrar]:
    """Return when and where a domain is bought, at times together with the last."""
    chance, last, ways = operator.world.chance, operator.bought, operator.ways
    if last and last[0] <= begins + 5 and begins - last[0] < 200 and chance.random() < ways.bulk:
        return last
    first = begins - (chance.randint(0, 12) if chance.random() < 0.6 else chance.randint(5, 120))
    usual = chance.random() < 0.85
    registrars = operator.world.providers.registrars
    return first, chance.choice(ways.registrars) if usual else ranked(chance, registrars, 0.5)


def _shown(operator: Operator, turn: Turn) -> Identity:
    """Return a registrant, whole or in parts one of an earlier site."""
    chance, names, sharing = operator.world.chance, operator.world.names, operator.sharing
    shown = sharing.one("ident", sharing.key("ident", turn.number), operator.identity)
    if sharing.alone("ident"):
        return _patched(operator, turn, shown)
    if chance.random() < 0.12:
        shown = replace(shown, name=names.person().name)
        return replace(shown, phone=names.phone(operator.ways.country)) if chance.random() < 0.5 else shown
    return replace(shown, email=names.mail(shown.name)) if chance.random() < 0.06 else shown


def _patched(operator: Operator, turn: Turn, shown: Identity) -> Identity:
    names, sharing = operator.world.names, operator.sharing
    makers = {
        "email": lambda: operator.identity().email,
        "phone": lambda: names.phone(operator.ways.country),
        "name": lambda: names.person().name,
        "org": names.org,
    }
    shared = {
        part: sharing.one(part, sharing.key(part, turn.number), make)
        for part, make in makers.items()
        if not sharing.alone(part)
    }
    return replace(shown, **shared)


def _disguised(operator: Operator, shown: Identity, domain: str) -> Identity:
    """Return a registrant as typed: with mistakes, nonsense, or a mailbox of the domain."""
    chance, ways, junk = operator.world.chance, operator.ways, operator.world.providers.junk
    if chance.random() < ways.mistyped:
        part = chance.choice(["name", "email", "phone"])
        shown = replace(shown, **{part: mistyped(chance, getattr(shown, part))})
    if chance.random() < ways.junk:
        shown = chance.choice(junk)
    elif chance.random() < 0.03:
        shown = replace(shown, phone=chance.choice(junk).phone)
    return replace(shown, email=f"admin@{domain}") if chance.random() < 0.05 else shown


def _age(operator: Operator, domain: str, bought: int) -> None:
    """Add what was so of a domain when it was somebody else's."""
    world, chance = operator.world, operator.world.chance
    world.long_life()  # nothing comes of this draw, but without it no seed would keep its world
    holder = world.names.person(0.3)
    begins, ends = bought - chance.randint(500, 2500), bought - chance.randint(80, 300)
    registrar = ranked(chance, world.providers.registrars)
    held = Spell(domain, begins, ends - 300 if ends - 300 > begins else ends)
    register(world, held, Holding(holder, registrar, chance.random() < 0.3))
    used = held.of(begins, ends)
    host(world, used, Customer(f"{domain}old", registrar, 0.4))
    if chance.random() < 0.5:
        fill(world, used, 0.5)
