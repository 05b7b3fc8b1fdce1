"""Links as NetworKit takes them, and how it gives the same answer twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import networkit as nk
import numpy as np

from graphkit.graph.arrays import Floats, Links


def graph_of(links: Links, weights: Floats | None = None) -> nk.Graph:
    """Return links as a graph of NetworKit; there must be at least one."""
    ends = (links.start.astype(np.uint64), links.end.astype(np.uint64))
    if weights is None:
        return nk.GraphFromCoo(ends, n=links.n, weighted=False, directed=links.directed)
    return nk.GraphFromCoo((weights.astype(np.float64), ends), n=links.n, weighted=True, directed=links.directed)


@contextmanager
def reproducible(seed: int) -> Iterator[None]:
    """Let chance come from a seed, on one core: several would make the answer a matter of luck."""
    threads = nk.getCurrentNumberOfThreads()
    nk.setNumberOfThreads(1)
    nk.setSeed(seed, False)
    try:
        yield
    finally:
        nk.setNumberOfThreads(threads)
