"""Worlds where each operator has one level of care, which decides how often things of any sort are used again."""

from __future__ import annotations

from bench.worlds.care_levels.observation import Record, observe
from bench.worlds.care_levels.population import populate
from bench.worlds.care_levels.world import World

Truth = dict[str, int | None]

__all__ = ["Record", "Truth", "make"]


def make(seed: int) -> tuple[list[Record], Truth]:
    """Return all records of a world, its sources first, and who runs each domain: None without another site.

    The names of investors, who hold many and run none, are not in the truth.
    """
    world = World(seed)
    populate(world)
    return observe(world), {site.domain: site.operator for site in world.sites if not site.for_sale}
