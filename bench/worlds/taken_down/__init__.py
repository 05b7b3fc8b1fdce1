"""A maker of worlds that shares nothing with others: sites are taken down, and come back with part of what they had."""

from __future__ import annotations

from bench.worlds.taken_down.operators import Operator, sizes
from bench.worlds.taken_down.strangers import add_strangers
from bench.worlds.taken_down.world import Record, World, observed

Truth = dict[str, int | None]

__all__ = ["Record", "Truth", "make"]


def make(seed: int) -> tuple[list[Record], Truth]:
    """Return all records of a world, its source first, and who runs each domain: None without another site."""
    world = World(seed)
    counts = sizes(world)
    add_strangers(world, round(sum(counts) * world.ratio))
    for number, count in enumerate(counts):
        Operator(world, number, count).add_sites()
    return observed(world), dict(sorted(world.truth.items()))
