"""Unrelated sites: people and small firms with one site each, and what their pages carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bench.worlds.passive_dns.days import Span
from bench.worlds.passive_dns.hosting import host_in_turn
from bench.worlds.passive_dns.naming import plain_name
from bench.worlds.passive_dns.registering import Holding, register
from bench.worlds.passive_dns.values import Person
from bench.worlds.passive_dns.words import ENDINGS
from bench.worlds.passive_dns.world import Site, World

_MAILBOXES = ("info", "admin", "office", "webmaster")
_FORMS = ("Ltd", "GmbH", "Studio", "Verein", "Sons")
_NO_PHONES = ("+1.1111111111", "+1.0000000000", "+00.000000", "+1.1234567890")
_NOBODY = ("Domain Manager", "n/a", "Hostmaster", "Private Person")
_MOST_VICTIMS = 60


def unrelated_site(
    world: World, stem: str | None = None, span: Span | None = None, endings: Sequence[str] = ENDINGS
) -> Site:
    """Add a site of somebody who runs no other, with a name and for days that are usual if none are said."""
    chance = world.chance
    span = span or life(world)
    site = world.site(world.values.domain(stem or plain_name(world.values), endings), None, span)
    host_in_turn(world, site)
    furnish(world, site, site.span)
    holder = owner(world, site.domain)
    if len(world.victims) < _MOST_VICTIMS:
        world.victims.append(holder)
    register(world, site, Holding(holder, world.happens(world.habits.privacy), world.happens(0.05)))
    if world.happens(0.02):
        hub = chance.choice(world.providers.hubs)
        site.add("Redirect", hub, Span(world.between(site.begins, site.ends), site.ends))
    return site


def life(world: World, brief: float = 0.35) -> Span:
    """Return the days of an honest site; some are there for a while only, as many blogs and campaigns are."""
    begins, ends, days = world.begins, world.ends, world.parameters.days
    if world.happens(brief):
        length = world.between(60, 900)
        first = begins + world.between(0, max(1, days - length))
        return Span(first, min(ends, first + length))
    first = begins + int(world.chance.uniform(0, 0.7) * days)
    return Span(first, ends if world.happens(0.6) else world.between(min(ends - 1, first + 200), ends))


def furnish(world: World, site: Site, span: Span) -> None:
    """Put on a page what is usual: a tracker or none, and an icon of its own, of its system or of a theme."""
    chance, providers = world.chance, world.providers
    if world.happens(0.45):
        copied = world.happens(0.007)
        tracker = chance.choice(providers.copied_trackers) if copied else world.values.tracker(span.begins)
        site.add("Tracker", tracker, span)
    icon = _icon(world)
    if icon is not None:
        site.add("Favicon", icon, span)


def _icon(world: World) -> str | None:
    values, providers, way = world.values, world.providers, world.chance.random()
    if way < 0.33:
        return values.popular(providers.default_icons)
    if way < 0.415:
        return values.popular(providers.theme_icons)
    if way < 0.425:
        return world.chance.choice(providers.rare_icons)
    return values.icon() if way < 0.85 else None


def owner(world: World, domain: str) -> Person:
    """Return what a private person or a small firm fills in for a domain."""
    chance, values = world.chance, world.values
    person = values.person()
    if world.happens(0.3):
        person = replace(person, email=f"{chance.choice(_MAILBOXES)}@{domain}")
    if world.happens(0.25):
        person = replace(person, org=f"{values.popular(values.last_names)} {chance.choice(_FORMS)}")
    way = chance.random()
    if way < 0.02:
        return replace(person, phone=chance.choice(_NO_PHONES))
    return replace(person, name=chance.choice(_NOBODY)) if way < 0.03 else person
