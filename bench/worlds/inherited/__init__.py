"""A maker of worlds where an operator's later sites inherit, on some channels, what earlier ones had."""

from __future__ import annotations

from bench.worlds.inherited.observation import SOURCES, Record, seen
from bench.worlds.inherited.sites import Sites, populate

Truth = dict[str, int | None]

__all__ = ["Record", "Truth", "make"]


def make(seed: int) -> tuple[list[Record], Truth]:
    """Return all records of a world, its sources first, and who runs each domain: None without another site."""
    sites = Sites(seed)
    populate(sites)
    records = seen(sites)
    sites.chance.shuffle(records)
    truth: Truth = {site.spell.domain: site.operator for site in sites.all}
    truth.update(dict.fromkeys(sites.services.hubs))
    return [dict(source) for source in SOURCES] + records, truth
