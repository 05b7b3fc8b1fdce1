"""Who has sites in a world: operators, clients of agencies, investors, and single owners."""

from __future__ import annotations

from bench.worlds.care_levels.agencies import Agency
from bench.worlds.care_levels.investors import Investor
from bench.worlds.care_levels.operators import Operator
from bench.worlds.care_levels.strangers import add_stranger
from bench.worlds.care_levels.world import World


def populate(world: World) -> None:
    """Add all sites to a world, in no order."""
    params = world.params
    for number, size in enumerate(params.sizes, 1):
        Operator(world, number, size).run()
    run = world.sites.copy()
    clients = int(params.unrelated * params.market.agencies)
    held = int(params.unrelated * params.market.investors)
    _add_clients(world, clients)
    _add_held(world, held)
    for _ in range(params.unrelated - clients - held):
        add_stranger(world, run)
    world.chance.shuffle(world.sites)


def _add_clients(world: World, left: int) -> None:
    while left > 0:
        count = min(left, 3 + int(world.chance.paretovariate(0.9) * 5), 90)
        agency = Agency(world)
        for _ in range(count):
            agency.add_client()
        left -= count


def _add_held(world: World, left: int) -> None:
    while left > 0:
        count = min(left, 8 + int(world.chance.paretovariate(0.8) * 16), 150)
        investor = Investor(world)
        for _ in range(count):
            investor.add_name()
        left -= count
