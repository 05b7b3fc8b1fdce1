"""What a path costs, in bits: the less, the better it is backed. One pure function of what the records say.

A path costs the sum of three parts. Each is -log2 of a weight, so a path weighs the product of its weights.

- **Evidence**, of each hop: -log2(support / 100), as if a support under 5 were 5. What nobody rated is taken as
  "possibly true", credibility 3 of the Admiralty scale, of each independent source: -log2(1 - 0.4^n) of n sources, by
  the rule that supports are combined with. One bit more when it is disputed. Of several relations between the same two
  things the cheapest counts, so another relation never makes a path worse.
- **Rarity**, of each thing passed: log2(d), where d is how many things it is linked to. What two share with few tells
  more than what they share with everybody (Adamic and Adar, Friends and Neighbors on the Web, Social Networks 25,
  2003); paths are damped by the degrees along them as by Himmelstein and Baranzini, Heterogeneous Network Edge
  Prediction, PLoS Computational Biology 11, 2015. 1/d is also the chance that a walk which goes on from the thing along
  any of its links takes this one.
- **Time**, of each two hops in a row: nothing when they may have held on a common day, and when one is not dated. Else
  log2(2 + y), where y are the years between them. All times of all relations of a hop count.

Costs are whole millionths of a bit, so that equal paths are equal whatever the order they are added in.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

Costs = NDArray[np.int64]
MILLION = 1_000_000
NOT_RATED = 0.6
"""What one independent source weighs that nobody rated: credibility 3."""
LEAST = 0.05
"""What a relation weighs at least."""
DISPUTED = 1.0
YEAR = 365.25


def of_relations(relations: pl.DataFrame) -> Costs:
    """Return what the evidence of each relation costs, in row order."""
    support = relations["support"].to_numpy()
    doubt = np.power(1 - NOT_RATED, relations["n_independent"].to_numpy())
    weight = np.where(np.isnan(support), 1 - doubt, np.maximum(support / 100, LEAST))
    return _whole(-np.log2(weight) + DISPUTED * relations["disputed"].to_numpy())


def of_passing(degree: NDArray[np.int64]) -> Costs:
    """Return what it costs to pass things that are linked to so many others; an end is not passed."""
    return _whole(np.log2(np.maximum(degree, 1)))


def of_gap(days: NDArray[np.int64]) -> Costs:
    """Return what it costs that two hops lie so many days apart; a number below 0 says that they do not."""
    return np.where(days < 0, 0, _whole(np.log2(2 + np.maximum(days, 0) / YEAR)))


def in_bits(cost: int) -> float:
    """Return a cost in bits."""
    return cost / MILLION


def _whole(bits: NDArray[np.float64]) -> Costs:
    return np.rint(bits * MILLION).astype(np.int64)
