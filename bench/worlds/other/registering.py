"""What whois shows of a domain over the years, and what becomes of the domain after its site."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from bench.worlds.other.chance import ranked
from bench.worlds.other.marks import hexadecimal
from bench.worlds.other.names import Identity
from bench.worlds.other.providers import Registrar
from bench.worlds.other.world import Holding, Shown, Spell, World

_REDACTED = "REDACTED FOR PRIVACY"


def register(world: World, spell: Spell, holding: Holding) -> int:
    """Add what whois shows of one holder after another, and return when the registration ends."""
    chance = world.chance
    begins = spell.begins
    years = holding.years or (1 if chance.random() < 0.75 else chance.randint(2, 5))
    expires = begins + 365 * years
    while expires < spell.ends:
        expires += 365
    held = [(begins, expires, holding.identity)]
    if holding.later and expires - begins > 300:
        sold = begins + chance.randint(100, expires - begins)
        held = [(begins, sold, holding.identity), (sold, expires, holding.later)]
    for first, last, identity in held:
        _show(world, Shown(spell.of(first, last), identity, holding, begins, expires))
    return expires


def _show(world: World, shown: Shown) -> None:
    chance, holding, spell = world.chance, shown.holding, shown.spell
    registrar = holding.registrar
    if holding.private:
        hidden = spell.begins
        if chance.random() < holding.leak:
            hidden += chance.randint(1, 60)
            open_ = spell.of(spell.begins, min(hidden, spell.ends))
            world.shown.append(replace(shown, spell=open_, leaked=True))
        instead = _hidden(chance, spell.domain, registrar, shown.identity)
        world.shown.append(replace(shown, spell=spell.of(hidden, spell.ends), identity=instead))
    elif world.params.redaction < spell.ends and chance.random() < registrar.redacts:
        redacted = max(spell.begins, world.params.redaction)
        if redacted > spell.begins:
            world.shown.append(replace(shown, spell=spell.of(spell.begins, redacted)))
        instead = _redacted(chance, shown.identity)
        world.shown.append(replace(shown, spell=spell.of(redacted, spell.ends), identity=instead))
    else:
        world.shown.append(shown)


def _hidden(chance: Random, domain: str, registrar: Registrar, identity: Identity) -> Identity:
    """Return whom a registrar's privacy service shows."""
    agent = registrar.agent
    if registrar.privacy == "const":
        return agent
    if registrar.privacy == "perdomain":
        box = hexadecimal(Random(domain), 14) if len(registrar.domain) % 2 else domain.replace(".", "-")
        return replace(agent, email=f"{box}@privacy-{registrar.domain}")
    if registrar.privacy == "named":
        return replace(agent, name=f"c/o {domain}", email=f"{domain}@privacy-{registrar.domain}")
    return _redacted(chance, identity)


def _redacted(chance: Random, identity: Identity) -> Identity:
    email = chance.choice([_REDACTED, _REDACTED, "", "Please query the RDDS service of the registrar"])
    phone = chance.choice([_REDACTED, ""])
    org = _REDACTED if chance.random() < 0.6 else ""
    if identity.org and chance.random() < 0.5:
        org = identity.org
    return Identity(_REDACTED, email, phone, org)


def end(world: World, spell: Spell, expires: int, seized: float = 0.0) -> None:
    """Add what a domain shows after the end of its site: seized by police, parked, or caught by somebody else."""
    chance, providers, last = world.chance, world.providers, world.params.ends
    if chance.random() < seized:
        name, address = providers.police
        _show_keeper(world, name, address, spell.of(spell.ends, expires + 200))
    elif expires < last - 40 and chance.random() < 0.55:
        name, addresses = ranked(chance, providers.parkers)
        parked = spell.of(expires + 5, min(last, expires + chance.randint(30, 900)))
        _show_keeper(world, name, chance.choice(addresses), parked)
        if chance.random() < 0.35:
            catcher = ranked(chance, providers.catchers)
            caught = spell.of(expires + chance.randint(70, 90), parked.ends)
            register(world, caught, Holding(catcher, ranked(chance, providers.registrars), False))


def _show_keeper(world: World, name: str, address: str, spell: Spell) -> None:
    world.nameservers([f"ns1.{name}.example", f"ns2.{name}.example"], spell)
    world.fact("Resolution", address, spell)
