"""Which things of a snapshot are linked to which, and how much: what every metric runs on."""

from __future__ import annotations

import numpy as np
import polars as pl

from graphkit.errors import ChooseAgain, did_you_mean
from graphkit.graph.arrays import Floats, Ints, Links, simple

WEIGHTS = {
    "none": "every link weighs 1",
    "count": "a link weighs as much as there are relations",
    "support": "a link weighs its best support / 100, an unrated one the mean of the rated",
}
"""What a link may weigh, by name."""
_LEAST = 0.01


def linked(n: int, ends: tuple[Ints, Ints], supports: pl.Series, directed: bool, weights: str) -> Links:
    """Return the links between ``n`` things, out of the relations between them.

    Several relations from one thing to another are one link; without ``directed`` those in either direction are. A
    relation of a thing to itself is no link. Things without relations are there. ``weights`` is one of ``WEIGHTS``;
    the weights are called ``weight``. Support is 0 to 100 or null, one a relation; of several the best counts, and no
    link weighs less than 0.01.
    """
    if weights not in WEIGHTS:
        raise ChooseAgain(f"No weights named '{weights}'.{did_you_mean(weights, WEIGHTS)} There are: {_known()}.")
    start, end = ends
    apart = start != end
    near, far = start[apart], end[apart]
    if weights == "none":
        return simple(n, near, far, directed)
    if weights == "count":
        return simple(n, near, far, directed, weight=np.ones(len(near)))
    return _supported(n, near, far, directed, supports.filter(pl.Series(apart)).to_numpy())


def _supported(n: int, near: Ints, far: Ints, directed: bool, supports: Floats) -> Links:
    links = simple(n, near, far, directed)
    low, high = (near, far) if directed else (np.minimum(near, far), np.maximum(near, far))
    width = max(n, 1)
    keys = links.start.astype(np.int64) * width + links.end
    rated = ~np.isnan(supports)
    best = np.full(len(keys), -1.0)
    place = np.searchsorted(keys, low[rated].astype(np.int64) * width + high[rated])
    np.maximum.at(best, place, supports[rated] / 100)
    known = best >= 0
    mean = float(best[known].mean()) if known.any() else 1.0
    weights = np.maximum(np.where(known, best, mean), _LEAST)
    return Links(n, links.start, links.end, directed, {"weight": weights})


def _known() -> str:
    return ", ".join(WEIGHTS)
