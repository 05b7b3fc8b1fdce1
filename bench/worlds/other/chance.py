"""How things are drawn: by weight, by rank, over orders of magnitude."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def weighted(chance: Random, among: Sequence[tuple[T, float]]) -> T:
    """Return one of several, each as often as its weight says."""
    left = chance.random() * sum(weight for _, weight in among)
    for one, weight in among:
        left -= weight
        if left < 0:
            return one
    return among[-1][0]


def ranked(chance: Random, among: Sequence[T], steep: float = 1.0) -> T:
    """Return one of several, the first ones more often, as Zipf's law has it."""
    return weighted(chance, [(one, 1.0 / (rank + 1) ** steep) for rank, one in enumerate(among)])


def magnitude(chance: Random, least: float, most: float) -> float:
    """Return a number whose logarithm is uniform."""
    return math.exp(chance.uniform(math.log(least), math.log(most)))


def clipped(number: float, least: float = 0.0, most: float = 1.0) -> float:
    """Return a number moved into bounds."""
    return max(least, min(most, number))


def poisson(chance: Random, mean: float) -> int:
    """Return how often something happens that happens ``mean`` times on average."""
    if mean <= 0:
        return 0
    end, count, product = math.exp(-mean), 0, 1.0
    while True:
        product *= chance.random()
        if product <= end:
            return count
        count += 1


def sometimes(chance: Random, share: float, least: float, most: float) -> float:
    """Return a uniform number, or more often 0."""
    return chance.uniform(least, most) if chance.random() < share else 0.0
