"""What is drawn in a world: the one source of chance, and things of which the first are more common."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Chance(Random):
    """A source of chance; everything that happens in a world comes from one."""

    def happens(self, share: float) -> bool:
        """Return True as often as the share says."""
        return self.random() < share

    def weighted(self, among: Sequence[Thing], weights: Sequence[float]) -> Thing:
        """Return one of several, each as often as its weight says."""
        return self.choices(among, weights)[0]

    def scaled(self, low: float, high: float) -> float:
        """Return a number between two, of which the orders of magnitude are equally likely."""
        return math.exp(self.uniform(math.log(low), math.log(high)))

    def wait(self, mean: float) -> int:
        """Return how many whole days something takes that takes so many days in the mean."""
        return int(self.expovariate(1 / mean))

    def hexadecimal(self, digits: int = 64) -> str:
        """Return so many digits."""
        return "".join(self.choice("0123456789abcdef") for _ in range(digits))


class Ranking(Generic[Thing]):
    """Things of one sort, the most common first; the steeper, the more common it is."""

    def __init__(self, chance: Chance, things: Sequence[Thing], steepness: float) -> None:
        self._chance, self.things = chance, things
        self._weights = list(accumulate(1 / rank**steepness for rank in range(1, len(things) + 1)))

    def draw(self) -> Thing:
        """Return one of the things, a common one more often."""
        return self._chance.choices(self.things, cum_weights=self._weights)[0]
