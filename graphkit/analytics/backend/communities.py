"""Which things are linked to one another more than to the rest."""

from __future__ import annotations

import random
from collections.abc import Hashable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.analytics.backend.convert import as_arrays
from graphkit.analytics.kernels.communities import leiden
from graphkit.analytics.kernels.louvain import louvain
from graphkit.graph.array_graph import ArrayGraph


def louvain_communities(
    G: Any,
    weight: str | None = "weight",
    resolution: float = 1,
    threshold: float = 0.0000001,
    max_level: None = None,
    seed: Any = None,
) -> list[set[Hashable]]:
    """As ``networkx.community.louvain_communities``, nodes looked at in the order that the same seed gives there."""
    graph: ArrayGraph = as_arrays(G)
    links, chance = graph.links, _chance(seed)
    if len(links.start) == 0:
        return [{node} for node in graph.nodes]

    def order(count: int) -> NDArray[np.int64]:
        numbers = list(range(count))
        chance.shuffle(numbers)
        return np.array(numbers, dtype=np.int64)

    return _sets(graph, louvain(links, links.weight(weight), resolution, threshold, order))


def leiden_communities(
    G: Any, weight: str | None = "weight", resolution: float = 1, max_level: None = None, seed: Any = None
) -> list[set[Hashable]]:
    """As ``networkx.community.leiden_communities``, which NetworkX leaves to backends."""
    graph: ArrayGraph = as_arrays(G)
    links = graph.links
    return _sets(graph, leiden(links, links.weight(weight), resolution, _chance(seed).randrange(2**31)))


def _chance(seed: Any) -> random.Random:
    return seed if isinstance(seed, random.Random) else random.Random(seed)


def _sets(graph: ArrayGraph, found: NDArray[np.int64]) -> list[set[Hashable]]:
    groups: list[set[Hashable]] = [set() for _ in range(int(found.max(initial=-1)) + 1)]
    for node, group in zip(graph.nodes, found.tolist(), strict=True):
        groups[group].add(node)
    return groups
