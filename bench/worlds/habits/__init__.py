"""Worlds where operators have habits that investigators pivot on: whose sites there are, and what is seen of them."""

from __future__ import annotations

from bench.worlds.habits.observation import Observer, Record
from bench.worlds.habits.operators import operator_sites
from bench.worlds.habits.sites import Mark, Site, client_site, lone_site, new_agency
from bench.worlds.habits.world import World

Truth = dict[str, int | None]

__all__ = ["Record", "Truth", "make"]


def make(seed: int) -> tuple[list[Record], Truth]:
    """Return all records of a world, its source first, and who runs each domain: None without another site.

    Who runs a domain is who did in its main life; earlier owners, dealers, parking and sinkholes leave records too.
    """
    world = World(seed)
    sites = _populate(world)
    world.chance.shuffle(sites)
    observer = Observer(world)
    for site in sites:
        site.redirects = [redirect for redirect in site.redirects if redirect.value != site.domain]
        observer.observe(site)
    observer.make_mistakes()
    world.chance.shuffle(observer.records)
    source: Record = {"kind": "Source", "id": "obs", "name": "Invented passive observations"}
    truth = {site.domain: site.operator for site in sites}
    return [source, *observer.records], dict(sorted(truth.items()))


def _populate(world: World) -> list[Site]:
    """Return all sites: 3 to 20 unrelated ones for each that an operator of several runs."""
    chance = world.chance
    ratio = 3 * (20 / 3) ** chance.random()
    size = chance.choice([chance.randint(520, 1500), chance.randint(1000, 2960), chance.randint(2000, 2960)])
    most = int(size / (min(ratio, size / 80 - 1) + 1))
    run = [operator_sites(world, number, count) for number, count in enumerate(_sizes(world, most))]
    total = sum(len(sites) for sites in run)
    unrelated = _unrelated(world, min(max(size - total, 3 * total), 20 * total))
    _mislead(world, unrelated, run)
    return [site for sites in run for site in sites] + unrelated


def _sizes(world: World, most: int) -> list[int]:
    """Return how many sites each operator has, at most so many together."""
    chance = world.chance
    count = chance.randint(20, max(20, min(70, most // 4)))
    steep = chance.uniform(1.3, 4)
    sizes = [min(30, 2 + int(29 * chance.random() ** steep)) for _ in range(count)]
    while sum(sizes) > most:
        larger = chance.randrange(count)
        if sizes[larger] > 2:
            sizes[larger] -= 1
    return sizes


def _unrelated(world: World, count: int) -> list[Site]:
    """Return about so many sites of owners without another, some of them clients of one agency or reseller."""
    chance, left = world.chance, count
    sites: list[Site] = []
    for _ in range(chance.randint(3, 10)):
        clients = max(3, min(int(4 * chance.paretovariate(0.7)), 300, left // 4))
        agency = new_agency(world)
        sites += [agency.site, *(client_site(world, agency) for _ in range(clients))]
        left -= clients + 1
    return sites + [lone_site(world) for _ in range(left)]


def _mislead(world: World, lone: list[Site], run: list[list[Site]]) -> None:
    """Hack some sites so that they lead to an operator's, copy pages with marks of one, and link elsewhere."""
    chance = world.chance
    for site in chance.sample(lone, len(lone) // 25):
        way, other = chance.randrange(4), chance.choice(chance.choice(run))
        if way == 0:
            begins = max(site.begins, site.ends - chance.randint(5, 90))
            site.redirects.append(Mark(other.domain, begins, site.ends))
        elif way == 1 and other.trackers:
            site.trackers.append(chance.choice(other.trackers))
        elif way == 2 and other.icons:
            site.icons.append(chance.choice(other.icons))
        else:
            elsewhere = chance.choice(["facebook.com", "t.me", "etsy.com", chance.choice(lone).domain])
            site.redirects.append(Mark(elsewhere, site.begins, site.ends))
