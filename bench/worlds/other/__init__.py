"""A second maker of worlds, which shares nothing with the first: whose sites there are, and what is seen of them."""

from __future__ import annotations

from bench.worlds.other.mistakes import make_mistakes
from bench.worlds.other.observation import sources_and_sights
from bench.worlds.other.population import populate
from bench.worlds.other.sources import Record
from bench.worlds.other.world import World

Truth = dict[str, int | None]

__all__ = ["Record", "Truth", "make"]


def make(seed: int) -> tuple[list[Record], Truth]:
    """Return all records of a world, its sources first, and who runs each domain: None without another site."""
    world = World(seed)
    chance = world.chance
    populate(world)
    sources, sights = sources_and_sights(world)
    if world.params.wrong:
        make_mistakes(chance, sights, world.params.wrong)
    chance.shuffle(sights)
    numbers = sorted({owner for owner in world.truth.values() if owner is not None})
    mixed = numbers.copy()
    chance.shuffle(mixed)
    said = dict(zip(numbers, mixed, strict=True))
    return sources + sights, {
        domain: None if owner is None else said[owner] for domain, owner in sorted(world.truth.items())
    }
