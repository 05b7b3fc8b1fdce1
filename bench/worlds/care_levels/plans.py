"""What an operator brings along: a level of care, and when their sites live."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bench.worlds.care_levels.params import ATTRIBUTES
from bench.worlds.care_levels.world import World


@dataclass(frozen=True, slots=True)
class Plan:
    """When a site lives, and which one before it (by its number) it takes the place of."""

    begins: int
    ends: int
    follows: int | None


def reuse_of(world: World) -> dict[str, float]:
    """Return how often an operator uses each sort of thing again: about equally often, but for a few who hardly do."""
    chance, params = world.chance, world.params.operators
    level = chance.gauss(params.reuse, params.reuse_spread)
    reuse = {
        attribute: _share(level + params.bias[attribute] + chance.gauss(0, params.reuse_uneven))
        for attribute in ATTRIBUTES
    }
    if chance.happens(params.minimal):
        kept = chance.choice([["favicon"], ["tracker"], ["favicon", "tracker"]])
        reuse = {
            attribute: chance.uniform(0.25, 0.7) if attribute in kept else chance.uniform(0, 0.08)
            for attribute in ATTRIBUTES
        }
    return reuse


def plans_of(world: World, first: int, size: int, life: float, succession: float) -> list[Plan]:
    """Return when the sites of an operator live who begins on a day: lines of a site, its successor, and so on."""
    chance, end = world.chance, world.end
    active = chance.randint(400, end - first) if end - first > 400 else 400
    plans: list[Plan] = []
    for number in range(size):
        follows = None
        if plans and chance.happens(succession) and plans[-1].ends < min(end, first + active) - 40:
            follows = number - 1
            early = not chance.happens(0.85)
            begins = plans[-1].ends + (-chance.randint(1, 40) if early else chance.wait(chance.choice([4, 15, 60])))
        else:
            begins = first + chance.randint(0, max(1, active - 100))
        plans.append(Plan(begins, min(begins + 10 + chance.wait(life), end), follows))
    return plans


def _share(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
