"""Registrations: who whois shows, a proxy in their place, and the redaction that came in 2018."""

from __future__ import annotations

from bench.worlds.care_levels.chance import Chance
from bench.worlds.care_levels.days import REDACTED_FROM
from bench.worlds.care_levels.people import Person
from bench.worlds.care_levels.providers import Registrar
from bench.worlds.care_levels.sites import Deed, Site
from bench.worlds.care_levels.world import World

_REDACTED = "REDACTED FOR PRIVACY"


def hand_over(site: Site, person: Person, since: int) -> None:
    """Register a site to another owner from a day on, for all to see."""
    site.deeds.append(Deed(since, person, site.registrar.name))


def register(world: World, site: Site, person: Person, hiding: float, briefly_open: float = 0.12) -> None:
    """Register a site for its whole life, hidden from the first, later on or never; some move to another registrar."""
    chance, registrar = world.chance, site.registrar
    mode = "proxy" if chance.happens(hiding) else "open"
    if registrar.redacts and site.begins >= REDACTED_FROM and mode == "open" and chance.happens(0.85):
        mode = "redacted"

    def show(since: int, way: str, at: Registrar = registrar) -> None:
        shown = _shown(world, site.domain, person, way, at)
        site.deeds.append(Deed(since, shown, at.name))

    if mode != "open" and chance.happens(briefly_open):
        show(site.begins, "open")
        show(site.begins + 2 + chance.wait(15), mode)
    else:
        show(site.begins, mode)
    if mode == "open" and site.begins < REDACTED_FROM < site.ends and registrar.redacts:
        show(REDACTED_FROM + chance.wait(40), "redacted")
    elif chance.happens(0.12) and site.ends - site.begins > 200:
        other = world.providers.registrars.draw()
        show(site.begins + chance.randint(100, site.ends - site.begins), mode, other)


def _shown(world: World, domain: str, person: Person, mode: str, registrar: Registrar) -> Person:
    """Return who whois shows at a registrar in place of a person."""
    if mode == "proxy":
        return _proxy(world.chance, domain, registrar)
    if mode == "redacted":
        return _redacted(world.chance, person, world.params.market.organisation_visible)
    return person


def _proxy(chance: Chance, domain: str, registrar: Registrar) -> Person:
    mailboxes = {"one": "contact", "each_hash": chance.hexadecimal(12), "each_domain": domain}
    return Person(
        name=chance.choice(["Registration Private", "Domain Admin"]),
        email=f"{mailboxes[registrar.proxy_mailboxes]}@{registrar.proxy_domain}",
        phone=registrar.proxy_phone,
        organisation=f"{registrar.proxy_domain.split('.')[0].capitalize()} Service",
    )


def _redacted(chance: Chance, person: Person, organisation_visible: float) -> Person:
    return Person(
        name=_REDACTED,
        email=chance.choice([_REDACTED, "", "please query the registrar"]),
        phone=_REDACTED,
        organisation=person.organisation if chance.happens(organisation_visible) else _REDACTED,
    )
