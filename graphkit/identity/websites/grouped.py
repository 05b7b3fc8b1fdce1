"""Groups of sites that share infrastructure: links joined from the surest on, and no chains over one weak link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

THRESHOLD = 0.95
"""How probable a link must be to join two sites or groups."""
SUPPORT = 0.7
"""How many of the smaller group must be linked to the larger one, each counted with its probability."""
SURE = 0.995
"""A link that joins two groups by itself."""
_LOOKED_AT = 0.2

Floats = NDArray[np.float64]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers of sites, ascending, and ``confidence``, the mean probability that two of them belong together.

    ``ways`` has the links that joined them, from the surest on: a spanning tree.
    """

    sites: tuple[int, ...]
    confidence: float
    ways: tuple[Pair, ...]


@dataclass(slots=True)
class _Joined:
    sites: list[int]
    ways: list[tuple[int, int, float]] = field(default_factory=list)


class _Near:
    """The links of each site, with how probable each is."""

    def __init__(self, a: Sequence[int], b: Sequence[int], probability: Floats) -> None:
        self._of: dict[int, dict[int, float]] = defaultdict(dict)
        for at in np.flatnonzero(probability >= _LOOKED_AT).tolist():
            self._of[a[at]][b[at]] = self._of[b[at]][a[at]] = float(probability[at])

    def support(self, few: Collection[int], many: Collection[int]) -> float:
        """Return the share of the first that is linked to the others, each by its most probable link."""
        others = set(many)
        best = (max((p for other, p in self._of[one].items() if other in others), default=0.0) for one in few)
        return sum(best) / len(few)


def grouped(
    a: Sequence[int], b: Sequence[int], probability: Floats, apart: Collection[Pair] = (), threshold: float = THRESHOLD
) -> list[Group]:
    """Return the groups of two sites or more, the largest first, of links between ``a`` and ``b``.

    Links are taken from the most probable on, down to the threshold. One joins two groups when a fair share of the
    smaller one is linked to the larger one, so that no chain of weak links makes a group. Sites that people have
    decided to be two, ``apart``, are never in one group; those decided to be one have probability 1.
    """
    near = _Near(a, b, probability)
    of: dict[int, _Joined] = {}
    never = {frozenset(pair) for pair in apart}
    chosen = np.flatnonzero(probability >= threshold)
    for at in chosen[np.lexsort((chosen, -probability[chosen]))].tolist():
        one, other, sure = a[at], b[at], float(probability[at])
        x, y = (of.setdefault(site, _Joined([site])) for site in (one, other))
        if x is y or _kept_apart(x.sites, y.sites, never):
            continue
        few, many = (x, y) if len(x.sites) <= len(y.sites) else (y, x)
        if len(few.sites) > 1 and sure < SURE and near.support(few.sites, many.sites) < SUPPORT:
            continue
        many.sites += few.sites
        many.ways += [*few.ways, (one, other, sure)]
        of.update(dict.fromkeys(few.sites, many))
    found = {id(one): one for one in of.values() if len(one.sites) > 1}
    groups = [Group(tuple(sorted(one.sites)), confidence(one.ways), _ways(one)) for one in found.values()]
    return sorted(groups, key=lambda group: (-len(group.sites), group.sites))


def _ways(one: _Joined) -> tuple[Pair, ...]:
    return tuple((x, y) for x, y, _ in sorted(one.ways, key=lambda way: (-way[2], way[:2])))


def _kept_apart(few: Sequence[int], many: Sequence[int], never: Collection[frozenset[int]]) -> bool:
    return bool(never) and any(frozenset((one, other)) in never for one in few for other in many)


def confidence(ways: Sequence[tuple[int, int, float]]) -> float:
    """Return the mean over all pairs of sites in a tree of links of the product of the links between them."""
    tree: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for x, y, sure in ways:
        tree[x].append((y, sure))
        tree[y].append((x, sure))
    products = [product for start in tree for product in _from(start, tree)]
    return sum(products) / len(products) if products else 1.0


def _from(start: int, tree: dict[int, list[tuple[int, float]]]) -> Iterator[float]:
    """Yield how sure each other site of a tree belongs to a site."""
    waiting, seen = [(start, 1.0)], {start}
    while waiting:
        site, sure = waiting.pop()
        for other, link in tree[site]:
            if other not in seen:
                seen.add(other)
                yield sure * link
                waiting.append((other, sure * link))
