"""Networks to measure on: actors who meet at incidents, and a large one that grew by preference."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.graph.arrays import Ints, simple
from graphkit.graph.parts import Parts
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot

SIZES = {
    "1k/7k": (1_000, 7_000),
    "10k/80k": (10_000, 80_000),
    "100k/1M": (100_000, 1_000_000),
    "1M/5M": (1_000_000, 5_000_000),
}


def network(size: str) -> Snapshot:
    """Return the snapshot of a network of this size, the same each time."""
    nodes, links = SIZES[size]
    near, far = _grown(nodes, links) if size == "1M/5M" else _met(nodes, links)
    things = pl.DataFrame(
        {"id": np.char.add("n", np.arange(nodes).astype(str)), "kind": "Person", "name": "n"},
        schema_overrides={"kind": pl.String, "name": pl.String},
    ).with_columns(ids=pl.lit(None, dtype=pl.List(pl.String)))
    between = pl.DataFrame({"type": pl.Series(["COOPERATES_WITH"] * len(near)), "from": near, "to": far})
    weights = pl.DataFrame({"support": pl.Series([None] * len(near), dtype=pl.Float64)})
    return Snapshot(Parts.given({"things": things, "links": between, "weights": weights}), Scope(("bench",)), "1")


def _met(nodes: int, links: int) -> tuple[Ints, Ints]:
    """Return who met whom: incidents of a few actors, most of them of few incidents and some of many."""
    chance = np.random.default_rng(nodes)
    popular = (np.arange(1, nodes + 1) ** -0.6).cumsum()
    pairs: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
    while len(pairs) < links:
        actors = np.searchsorted(popular / popular[-1], chance.random((links // 8 + 1, 5)))
        a, b = np.triu_indices(5, 1)
        low, high = np.minimum(actors[:, a], actors[:, b]).ravel(), np.maximum(actors[:, a], actors[:, b]).ravel()
        apart = low != high
        pairs = np.unique(np.concatenate([pairs, low[apart] * nodes + high[apart]]))
    pairs = np.sort(chance.choice(pairs, links, replace=False))
    return (pairs // nodes).astype(np.int32), (pairs % nodes).astype(np.int32)


def _grown(nodes: int, links: int) -> tuple[Ints, Ints]:
    """Return links of a network in which new nodes prefer those with many: Barabási and Albert, 1999."""
    each = links // nodes
    chance = np.random.default_rng(nodes)
    near = np.repeat(np.arange(nodes, dtype=np.int64), each)
    picks = (chance.random(len(near)) * (2 * np.maximum(near - 1, 0) * each + 1)).astype(np.int64)
    ends = np.zeros(2 * len(near), dtype=np.int64)
    ends[::2] = near
    far = np.zeros(len(near), dtype=np.int64)
    for start in range(0, len(near), each):
        turn = slice(start, start + each)
        far[turn] = ends[picks[turn]]
        ends[2 * start + 1 : 2 * (start + each) : 2] = far[turn]
    apart = near != far
    links_ = simple(nodes, near[apart].astype(np.int32), far[apart].astype(np.int32), directed=False)
    return links_.start, links_.end
