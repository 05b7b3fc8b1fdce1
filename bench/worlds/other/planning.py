"""When the sites of an operator are there: lines of successors, side by side."""

from __future__ import annotations

import math

from bench.worlds.other.sharing import Planned
from bench.worlds.other.world import World


def planned(world: World, life: float, count: int) -> list[Planned]:
    """Return so many sites, the earliest first."""
    chance, params = world.chance, world.params
    each = max(1, count // chance.randint(1, max(1, count // 2)))
    latest = params.ends - int(min(params.span * 0.8, life * each * 1.2)) - 30
    first = chance.randint(params.begins, max(params.begins, latest))
    plan: list[Planned] = []
    line = 0
    while len(plan) < count:
        begins = first + chance.randint(0, max(1, int(min(life * 2, params.ends - first - 20))))
        plan += _line(world, life, (begins, line, min(each, count - len(plan))))
        line += 1
    return sorted(plan, key=lambda site: (site.begins, site.line))


def _line(world: World, life: float, start: tuple[int, int, int]) -> list[Planned]:
    """Return one line: when it begins, its number, and how many sites it has at most."""
    chance, ends = world.chance, world.params.ends
    begins, line, most = start
    sites: list[Planned] = []
    while len(sites) < most and begins < ends - 7:
        length = max(6, int(chance.lognormvariate(math.log(life), 0.6)))
        sites.append(Planned(begins, min(ends, begins + length), line, sites[-1] if sites else None))
        begins += length + (chance.randint(-12, 25) if chance.random() < 0.8 else chance.randint(20, 150))
    return sites
