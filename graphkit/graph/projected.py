"""A network of things that are linked by what they share: actors by incidents, websites by identifiers."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.distinct import distinct
from graphkit.errors import ChooseAgain
from graphkit.graph.parts import Frames, Parts
from graphkit.graph.snapshot import Snapshot

Longs = NDArray[np.int64]
MOST = 20_000_000
"""How many pairs may share things."""


def projected(view: Snapshot, onto: Collection[str], through: Collection[str]) -> Snapshot:
    """Return the things of kinds ``onto`` with a relation for each thing of kinds ``through`` that two of them share.

    Two things share what relations of either direction link both to; several between the same two count once.
    ChooseAgain where more than ``MOST`` pairs share something.
    """
    kinds = view.things["kind"]
    kept, middle = kinds.is_in(list(onto)).to_numpy(), kinds.is_in(list(through)).to_numpy()
    start, end = view.ends
    near, far = np.concatenate([start, end]), np.concatenate([end, start])
    inside = middle[near] & kept[far] & (near != far)
    pairs = distinct(near[inside].astype(np.int64) * len(kinds) + far[inside])
    shared, member = pairs // max(len(kinds), 1), (pairs % max(len(kinds), 1)).astype(np.int64)
    low, high = _together(shared, member)
    number = np.cumsum(kept, dtype=np.int32) - 1
    things = view.things.filter(pl.Series(kept))
    count = len(low)
    links = pl.DataFrame({"type": pl.repeat("SHARES", count, eager=True), "from": number[low], "to": number[high]})
    unrated = pl.repeat(None, count, dtype=pl.Float64, eager=True)
    made = Parts(_unsaid)
    made.add({"things": things, "links": links, "weights": pl.DataFrame({"support": unrated})})
    return Snapshot(made, view.scope, view.version, view.protected)


def _together(shared: Longs, member: Longs) -> tuple[Longs, Longs]:
    """Return the pairs of members of each group; groups are in a row."""
    first = np.flatnonzero(np.diff(shared, prepend=-1))
    sizes = np.diff(np.append(first, len(shared)))
    if (sizes * (sizes - 1) // 2).sum() > MOST:
        raise ChooseAgain(
            f"More than {MOST:,} pairs of things share something. Take a kind of which each thing links fewer."
        )
    found = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))]
    for size in np.unique(sizes[sizes > 1]):
        a, b = np.triu_indices(size, 1)
        at = first[sizes == size][:, None]
        found.append((member[at + a].ravel(), member[at + b].ravel()))
    low, high = (np.concatenate(side) for side in zip(*found, strict=True))
    return low, high


def _unsaid(_: Parts, name: str) -> Frames:
    raise ChooseAgain("What two things share is computed, and no source says it. Leave out --firm, or --through.")
