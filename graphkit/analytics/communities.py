"""Groups of things that are linked to one another more than to the rest, and how far that depends on luck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.analytics.metric import PLAIN, Counting, computed_on, links_for
from graphkit.graph.snapshot import Snapshot

SEEDS = 5
"""How many times communities are looked for."""


@dataclass(frozen=True, slots=True)
class Communities:
    """The number of the community of each thing, in node order, int64, the largest one 0.

    ``modularity`` is how much of the links lies inside, beyond what chance would put there (Newman and Girvan, Finding
    and Evaluating Community Structure in Networks, 2004). ``agreement`` is the mean adjusted Rand index, 1 at most,
    of all pairs of runs with different seeds (Hubert and Arabie, Comparing Partitions, 1985). ``stability`` says of
    each community how much of it the other runs find again: the mean of the best Jaccard overlaps, 0 to 1 (Hennig,
    Cluster-wise Assessment of Cluster Stability, 2007).
    """

    groups: NDArray[np.int64]
    modularity: float
    agreement: float
    stability: NDArray[np.float64]
    computed_on: str


def communities(view: Snapshot, counting: Counting = PLAIN, seeds: int = SEEDS) -> Communities:
    """Return the communities of a snapshot by the Leiden method: of several runs the one of highest modularity.

    The same for the same snapshot. Traag, Waltman and van Eck, From Louvain to Leiden: Guaranteeing Well-Connected
    Communities, 2019.
    """
    from graphkit.analytics.kernels.communities import leiden, modularity

    links = links_for(view, counting, "communities", "weights")
    weights = links.weight("weight")
    runs = []
    for seed in range(1, seeds + 1):
        runs.append(leiden(links, weights, seed=seed))
        counting.told(seed / seeds)
    scores = [modularity(links, run, weights) for run in runs]
    best = int(np.argmax(scores))
    others = [run for place, run in enumerate(runs) if place != best]
    pairs = [_rand(a, b) for place, a in enumerate(runs) for b in runs[place + 1 :]]
    told = f"best of {seeds} runs of Leiden with different seeds; NetworKit"
    return Communities(
        runs[best],
        scores[best],
        float(np.mean(pairs)) if pairs else 1.0,
        np.mean([_overlaps(runs[best], other) for other in others], axis=0) if others else _ones(runs[best]),
        computed_on(view, told, counting),
    )


def _ones(groups: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.ones(int(groups.max(initial=-1)) + 1)


def _shared(a: NDArray[np.int64], b: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of groups that share nodes, as a * width + b, and how many they share."""
    width = int(b.max(initial=-1)) + 1
    return np.unique(a * max(width, 1) + b, return_counts=True)


def _rand(a: NDArray[np.int64], b: NDArray[np.int64]) -> float:
    def pairs(counts: NDArray[np.int64]) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, mine, theirs = pairs(_shared(a, b)[1]), pairs(np.bincount(a)), pairs(np.bincount(b))
    everything = len(a) * (len(a) - 1) / 2
    by_chance = mine * theirs / everything if everything else 0.0
    most = (mine + theirs) / 2
    return (both - by_chance) / (most - by_chance) if most != by_chance else 1.0


def _overlaps(own: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return of each own group the best Jaccard overlap with any group of the other."""
    keys, shared = _shared(own, other)
    width = max(int(other.max(initial=-1)) + 1, 1)
    mine, theirs = keys // width, keys % width
    overlap = shared / (np.bincount(own)[mine] + np.bincount(other)[theirs] - shared)
    best = np.zeros(int(own.max(initial=-1)) + 1)
    np.maximum.at(best, mine, overlap)
    return best
