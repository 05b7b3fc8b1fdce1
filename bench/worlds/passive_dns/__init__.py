"""Worlds as passive DNS shows them: operators forget hosting, name servers, certificates and trackers.

Registrants are mostly private or fake. Agencies, dealers, resellers, builders and content networks put the same values
on sites of strangers, addresses are given out again, dropped domains change hands, and sources miss and mistake things.
"""

from __future__ import annotations

from bench.worlds.passive_dns.observation import Observer, Record
from bench.worlds.passive_dns.population import populate
from bench.worlds.passive_dns.world import World

Truth = dict[str, int | None]

__all__ = ["Record", "Truth", "make"]


def make(seed: int) -> tuple[list[Record], Truth]:
    """Return the records of a world, its sources first, and who runs each domain: None without another site.

    The names of dealers, who hold many and run none, are not in the truth.
    """
    world = World(seed)
    populate(world)
    records = Observer(world).observe()
    truth = [(site.domain, site.operator) for site in world.sites if not site.for_sale]
    world.chance.shuffle(truth)
    return records, dict(truth)
