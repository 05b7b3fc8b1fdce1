"""Who is in a world: dealers, agencies, people with one site, operators, and those who look like operators."""

from __future__ import annotations

from collections.abc import Sequence

from bench.worlds.passive_dns.agencies import Agency
from bench.worlds.passive_dns.days import Span
from bench.worlds.passive_dns.dealers import catch, deal
from bench.worlds.passive_dns.hosting import host
from bench.worlds.passive_dns.lines import operate
from bench.worlds.passive_dns.naming import similar_name
from bench.worlds.passive_dns.registering import Holding, register
from bench.worlds.passive_dns.strangers import unrelated_site
from bench.worlds.passive_dns.words import CHEAP_ENDINGS, ENDINGS
from bench.worlds.passive_dns.world import Fact, Site, World


def populate(world: World) -> None:
    """Add all sites of a world."""
    habits, unrelated = world.habits, world.parameters.unrelated
    lookalikes, imitators = int(unrelated * habits.lookalike), int(unrelated * habits.imitating)
    left = unrelated - _add_dealers(world) - _add_agencies(world) - lookalikes - imitators
    plain = [unrelated_site(world) for _ in range(left)]
    for number, sites in enumerate(world.parameters.sizes, 1):
        operate(world, number, sites)
    run = [site for site in world.sites if site.operator is not None]
    for _ in range(lookalikes):
        _look_alike(world, world.chance.choice(run if world.happens(0.6) else plain))
    for _ in range(imitators):
        _imitate(world, world.chance.choice(run))
    _lead_away(world, run, plain)
    _pass_on(world, run, plain)


def _add_dealers(world: World) -> int:
    sizes = _parts(world, world.parameters.unrelated * world.habits.dealer_share, world.habits.dealers)
    for size in sizes:
        deal(world, size)
    return sum(sizes)


def _add_agencies(world: World) -> int:
    parts = _parts(world, world.parameters.unrelated * world.habits.agency_share, world.habits.agencies)
    sizes = [min(part, 40) for part in parts]
    for size in sizes:
        agency = Agency(world)
        for _ in range(size):
            agency.build()
    return sum(sizes)


def _parts(world: World, total: float, count: int) -> list[int]:
    """Return so many parts of about a total, few of them large and none under two."""
    weights = [world.chance.paretovariate(1.1) for _ in range(count)]
    return [max(2, min(90, int(total * weight / sum(weights)))) for weight in weights]


def _look_alike(world: World, other: Site) -> None:
    """Add a site whose name is like that of another, by chance or by trade."""
    stem = similar_name(world.values, other.domain)
    unrelated_site(world, stem, endings=CHEAP_ENDINGS if world.happens(0.5) else ENDINGS)


def _imitate(world: World, other: Site) -> None:
    """Add a site that copies a page with its favicon and at times its tracker, during its life or after its end."""
    chance = world.chance
    beside = world.happens(0.6)
    begins = world.between(other.begins, other.ends) if beside else other.ends + chance.randint(1, 60)
    begins = min(begins, world.ends - 40)
    stem = similar_name(world.values, other.domain)
    span = Span(begins, min(world.ends, begins + chance.randint(30, 900)))
    site = unrelated_site(world, stem, span, CHEAP_ENDINGS)
    site.drop("Favicon", "Tracker")
    for event in other.events:
        if not isinstance(event, Fact):
            continue
        if event.kind == "Favicon" or (event.kind == "Tracker" and world.happens(0.35)):
            site.add(event.kind, event.value, site.span)
    if world.happens(0.15):
        site.add("Redirect", other.domain, site.span)


def _lead_away(world: World, run: Sequence[Site], plain: Sequence[Site]) -> None:
    """Let some sites lead to what pays for visitors, and sites that were broken into lead to an operator's."""
    chance = world.chance
    for site in run:
        if world.happens(0.05):
            site.add("Redirect", chance.choice(world.providers.hubs), site.span)
        if world.happens(0.02):
            broken = chance.choice(plain)
            broken.add("Redirect", site.domain, Span(site.begins, site.begins + chance.randint(3, 60)))


def _pass_on(world: World, run: Sequence[Site], plain: Sequence[Site]) -> None:
    """Let dealers catch dropped domains, and operators have domains that others had before."""
    chance, caught = world.chance, world.habits.caught
    for site in plain:
        if site.ends < world.ends - 150 and world.happens(caught):
            catch(world, site, site.ends + chance.randint(35, 110))
    for site in run:
        if world.happens(caught * 0.7) and site.begins - world.begins > 300:
            begins = site.begins - chance.randint(200, 290)
            _had_before(world, site, Span(begins, site.begins - chance.randint(40, 120)))


def _had_before(world: World, site: Site, span: Span) -> None:
    """Let a domain be hosted, registered and perhaps tracked by somebody else before."""
    host(world, site, span)
    holder = world.chance.choice(world.dealers) if world.happens(0.4) else world.values.person()
    register(world, site, Holding(holder, private=False), span)
    if world.happens(0.5):
        site.add("Tracker", world.values.tracker(span.begins), span)
