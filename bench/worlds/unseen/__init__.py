"""Worlds on which nothing is tuned: invented websites, who runs them, and what an observer gets to see."""

from __future__ import annotations

from random import Random

from bench.worlds.unseen.observer import SOURCE, Record, observe
from bench.worlds.unseen.operators import operate
from bench.worlds.unseen.params import Params
from bench.worlds.unseen.providers import Market
from bench.worlds.unseen.strangers import settle

Truth = dict[str, int | None]

__all__ = ["Record", "Truth", "make"]


def make(seed: int) -> tuple[list[Record], Truth]:
    """Return the records of a world, its source first, and who runs each domain: None for an unrelated site."""
    chance = Random(f"unseen {seed}")
    params = Params(chance)
    market = Market(chance, params)
    run = round(params.sites / (1 + params.strangers))
    sites = operate(market, run)
    sites += settle(market, params.sites - len(sites))
    chance.shuffle(sites)
    return [SOURCE, *observe(sites, chance, params)], {site.domain: site.owner for site in sites}
