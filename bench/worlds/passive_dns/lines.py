"""Lines of sites: one goes dark, and its operator opens another, often under a similar name."""

from __future__ import annotations

from bench.worlds.passive_dns.days import Span
from bench.worlds.passive_dns.dealers import catch
from bench.worlds.passive_dns.naming import brand_name, next_brand_name, variant
from bench.worlds.passive_dns.operators import Operator
from bench.worlds.passive_dns.providers import Registrar
from bench.worlds.passive_dns.running import run
from bench.worlds.passive_dns.words import CHEAP_ENDINGS, ENDINGS
from bench.worlds.passive_dns.world import Site, World


def operate(world: World, number: int, sites: int) -> None:
    """Add an operator with so many sites, in one line or several."""
    operator = Operator(world, number, sites)
    count = max(1, min(sites, int(world.chance.choice([1, 1, 2, 3]) + sites / 9)))
    lines = [_run_line(operator, sites // count + (line < sites % count)) for line in range(count)]
    if operator.care < 0.5 and operator.kit is None and world.happens(0.3) and count > 1:
        last, other = lines[0][-1], lines[1][-1]
        last.add("Redirect", other.domain, last.span)


def _run_line(operator: Operator, count: int) -> list[Site]:
    """Add and return a line of so many sites."""
    world, chance, values = operator.world, operator.world.chance, operator.world.values
    name, icon = brand_name(values), values.icon()
    day = world.between(operator.begins, operator.begins + (operator.ends - operator.begins) * 0.35)
    usual = max(45, (operator.ends - day) / count * chance.uniform(0.7, 1.3))
    sites: list[Site] = []
    while len(sites) < count:
        length = max(25, world.about(usual))
        if sites and day > world.ends - 40:
            day = world.between(operator.begins, world.ends - 60)
        if sites and not world.happens(world.habits.similar):
            name = next_brand_name(values)
        stem = variant(values, name) if sites and world.happens(0.85) else name
        domain = values.domain(stem, CHEAP_ENDINGS if world.happens(0.6) else ENDINGS)
        site = world.site(domain, operator.number, Span(day, min(world.ends, day + length)))
        run(operator, site, icon)
        if sites and world.happens(0.16 * (1.4 - operator.care)):
            sites[-1].add("Redirect", domain, Span(site.begins, site.begins + chance.randint(5, 200)))
        if site.ends < world.ends and world.happens(0.8):
            _remove(world, site, operator.registrars[0])
        day = max(operator.begins, _next_day(world, site))
        sites.append(site)
    return sites


def _next_day(world: World, site: Site) -> int:
    """Return when a site is followed by another: soon, shortly before its end, beside it, or some time later."""
    if world.happens(world.habits.successor):
        return site.ends + world.about(15) if world.happens(0.8) else site.ends - world.chance.randint(5, 60)
    return site.begins + world.about(40) if world.happens(0.5) else site.ends + world.about(150)


def _remove(world: World, site: Site, registrar: Registrar) -> None:
    """Let a removed site be dark, show a page of its registrar or of those who seized it, or be caught by a dealer."""
    chance, habits, way = world.chance, world.habits, world.chance.random()
    begins, seized = site.ends, habits.suspended + 0.05
    if way < habits.suspended:
        site.add("Resolution", registrar.suspended_address, Span(begins, begins + chance.randint(10, 300)))
        for nameserver in registrar.suspended_nameservers:
            site.add("Nameserver", nameserver, Span(begins, begins + chance.randint(10, 300)))
    elif way < seized:
        site.add("Resolution", world.providers.seizure_address, Span(begins, world.ends))
        site.serve(world.providers.seizure_nameservers, Span(begins, world.ends))
    elif way < seized + habits.caught and begins + 120 < world.ends:
        catch(world, site, begins + chance.randint(35, 110))
