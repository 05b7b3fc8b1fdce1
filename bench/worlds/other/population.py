"""Who is in a world: how many operators, owners and single sites, and which of these are hacked or copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bench.worlds.other.agencies import new_agency
from bench.worlds.other.chance import clipped, magnitude, weighted
from bench.worlds.other.owners import HonestOwner, add_honest, add_shady
from bench.worlds.other.running import add_operator
from bench.worlds.other.world import Fact, World


def populate(world: World) -> None:
    """Add all sites of a world."""
    params = world.params
    related = round(params.sites / (1 + params.ratio))
    run = _add_related(world, related)
    unrelated = params.sites - len(world.truth)
    honest = _add_helped(world, unrelated)
    shady = [add_shady(world) for _ in range(int(unrelated * params.shady))]
    honest += [add_honest(world) for _ in range(unrelated - len(honest) - len(shady))]
    _hack(world, honest, (run, shady))
    _copy(world, honest, (run, shady))


def _add_related(world: World, count: int) -> list[str]:
    """Add operators and honest owners of several sites; return the operators' domains."""
    chance, params = world.chance, world.params
    most = count - int(count * params.honest)
    run: list[str] = []
    owner = 0
    while len(run) < most - 1:
        size = int(clipped(2 * chance.paretovariate(params.tail), 2, 25))
        if size >= 25:
            size = chance.randint(12, 25)
        run += add_operator(world, owner, min(size, max(2, most - len(run))))
        owner += 1
    while len(world.truth) < count - 1:
        HonestOwner(world, owner).add()
        owner += 1
    return run


def _add_helped(world: World, unrelated: int) -> list[str]:
    """Add the clients of agencies and resellers."""
    chance, params = world.chance, world.params
    sites: list[str] = []
    while len(sites) < int(unrelated * params.agency):
        clients = int(clipped(magnitude(chance, 5, 60), 5, 60))
        agency = new_agency(world, clients)
        sites += [add_honest(world, agency) for _ in range(clients)]
    resellers = [(one, one.weight) for one in world.providers.resellers]
    sites += [add_honest(world, weighted(chance, resellers)) for _ in range(int(unrelated * params.reseller))]
    return sites


def _hack(world: World, honest: Sequence[str], others: tuple[Sequence[str], Sequence[str]]) -> None:
    """Let some honest sites lead to an operator's or a shady one."""
    chance = world.chance
    run, shady = others
    spells = {site.domain: site for site in world.sites}
    for domain in honest:
        if chance.random() < world.params.hacked:
            to = spells[chance.choice(run if chance.random() < 0.7 else shady)]
            first = to.begins + chance.randint(0, max(0, to.ends - to.begins) // 2)
            world.fact("Redirect", to.domain, spells[domain].of(first, to.ends))


def _copy(world: World, honest: Sequence[str], others: tuple[Sequence[str], Sequence[str]]) -> None:
    """Let some shady sites be copies of others' pages, with the trackers and favicons on them."""
    chance = world.chance
    run, shady = others
    spells = {site.domain: site for site in world.sites}
    carried: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in world.facts:
        if fact.kind in {"Tracker", "Favicon"}:
            carried[fact.spell.domain].append(fact)
    for domain in [*shady, *run]:
        if chance.random() < world.params.cloned * 3:
            for fact in carried[chance.choice(honest if chance.random() < 0.7 else run)]:
                if chance.random() < 0.8:
                    world.fact(fact.kind, fact.value, spells[domain])
