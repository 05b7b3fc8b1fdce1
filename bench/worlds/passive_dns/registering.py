"""Registrations: whois answers with the registrant, with a proxy in the registrant's place, or with nothing."""

from __future__ import annotations

from dataclasses import dataclass

from bench.worlds.passive_dns.days import REDACTION_BEGINS, Span
from bench.worlds.passive_dns.providers import Registrar
from bench.worlds.passive_dns.values import Person
from bench.worlds.passive_dns.world import Answer, Site, World

_REDACTED = "REDACTED FOR PRIVACY"
_PROXY_NAMES = ("Domain Admin", "Registration Private", "Whois Agent")


@dataclass(frozen=True, slots=True)
class Holding:
    """By whom a domain is held, behind a proxy or not, or only later on, and at which registrar if that is known."""

    holder: Person
    private: bool
    private_later: bool = False
    registrar: Registrar | None = None


def register(world: World, site: Site, holding: Holding, span: Span | None = None) -> None:
    """Add what whois answers on some days of a holding, which lasts as long as the site if nothing else is said."""
    chance = world.chance
    begins, ends = span or site.span
    registrar = holding.registrar or world.values.large(world.providers.registrars, 0.6)
    created = begins - world.about(20)
    if site.operator is None and world.happens(0.3):
        created -= world.about(400)
    proxy = chance.choice(world.providers.proxies) if world.happens(0.2) else registrar
    for day in sorted({world.between(begins, ends + 1) for _ in range(1 + world.about(1.6))}):
        private = day - begins > 0.3 * (ends - begins) if holding.private_later else holding.private
        if day >= REDACTION_BEGINS and world.happens(world.habits.redacted):
            registrant = _redacted(world, registrar, holding.holder)
        elif private:
            registrant = _hidden(world, proxy, site.domain)
        else:
            registrant = _open(holding.holder)
        site.events.append(Answer(registrant, registrar.name, created, day))


def _redacted(world: World, registrar: Registrar, holder: Person) -> dict[str, str]:
    registrant = {
        "registrant_name": _REDACTED,
        "registrant_email": world.chance.choice([_REDACTED, f"https://www.{registrar.domain}/contact"]),
        "registrant_phone": _REDACTED,
    }
    if holder.org and world.happens(0.5):
        registrant["registrant_org"] = holder.org
    elif world.happens(0.6):
        registrant["registrant_org"] = _REDACTED
    return registrant


def _hidden(world: World, proxy: Registrar, domain: str) -> dict[str, str]:
    mailbox = {
        "one mailbox": "contact",
        "domain": domain,
        "handle": f"{world.chance.getrandbits(40):010x}",
    }[proxy.hides_by]
    return {
        "registrant_name": world.chance.choice(_PROXY_NAMES),
        "registrant_email": f"{mailbox}@{proxy.proxy}",
        "registrant_phone": proxy.proxy_phone,
        "registrant_org": proxy.proxy_org,
    }


def _open(holder: Person) -> dict[str, str]:
    registrant = {
        "registrant_name": holder.name,
        "registrant_email": holder.email,
        "registrant_phone": holder.phone,
    }
    return registrant | {"registrant_org": holder.org} if holder.org else registrant
