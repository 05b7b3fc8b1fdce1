"""What links near a pair say of it: sites linked to both, and whether others belong together that share the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.identity.websites.agreed import PARTS, rarest
from graphkit.identity.websites.pairs import Pairs

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
NAMES = (
    "links of one", "links of the other", "common links", "share of links in common",
    *(f"{family.name.lower()}: others linked" for family in PARTS),
)  # fmt: skip
UNKNOWN = (0.0, 0.0, 0.0, 0.0, *(-2.0 for _ in PARTS))
"""What is said of a pair near which there are no links."""
_LOOKED_AT = 0.03
"""Links less probable than this lead to no third site."""
_LEAST = 0.05


def context(found: Pairs, probability: Doubles, sites: int, chosen: NDArray[np.int64]) -> Floats:
    """Return what links near the chosen pairs say, one column for each of ``NAMES``, by how probable each link is.

    ``probability`` is that of all pairs. Of others that share the rarest value of a family with two sites it is the
    mean over their pairs, -1 where there is no other pair, -2 where the two share no such value.
    """
    a, b, own = found.a[chosen], found.b[chosen], probability[chosen]
    links = np.bincount(found.a, probability, sites) + np.bincount(found.b, probability, sites)
    of_a, of_b = links[a] - own, links[b] - own
    least = np.minimum(of_a, of_b)
    common = _common(found, probability, sites, a, b)
    columns = [least, np.maximum(of_a, of_b), common, common / np.maximum(least, _LEAST)]
    columns += [_others(rarest(found.value, family), probability, chosen) for family in PARTS]
    return np.stack(columns, axis=1).astype(np.float32)


def _common(found: Pairs, probability: Doubles, sites: int, a: NDArray[np.int32], b: NDArray[np.int32]) -> Doubles:
    """Return for each pair the sum over third sites of how probable it is that both are linked to it."""
    from scipy.sparse import coo_matrix

    if not len(a):
        return np.zeros(0)
    near = probability > _LOOKED_AT
    one_way = coo_matrix((probability[near], (found.a[near], found.b[near])), shape=(sites, sites)).tocsr()
    links = one_way + one_way.T
    common: Doubles = np.asarray((links @ links)[a, b], dtype=np.float64).ravel()
    return common


def _others(values: NDArray[np.int32], probability: Doubles, chosen: NDArray[np.int64]) -> Doubles:
    there = values >= 0
    most = int(values.max(initial=-1)) + 1
    pairs = np.bincount(values[there], minlength=most)
    linked = np.bincount(values[there], probability[there], most)
    mine = values[chosen]
    shown = np.maximum(mine, 0)
    if not most:
        return np.full(len(chosen), -2.0)
    mean = (linked[shown] - probability[chosen]) / np.maximum(pairs[shown] - 1, 1)
    found: Doubles = np.where(mine < 0, -2.0, np.where(pairs[shown] > 1, mean, -1.0))
    return found
