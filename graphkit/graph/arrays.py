"""The links of a graph as arrays: what every analysis runs on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphkit.distinct import distinct

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Compressed sparse rows: the far ends of node ``v`` are ``far[pointers[v]:pointers[v + 1]]``, ascending.

    ``pointers`` is int64 of n + 1, ``far`` int32; ``link`` says of each entry which link it is, int32.
    """

    pointers: NDArray[np.int64]
    far: Ints
    link: Ints

    @property
    def degrees(self) -> NDArray[np.int64]:
        """How many entries each node has."""
        return np.diff(self.pointers)


@dataclass(frozen=True)
class Links:
    """The links between ``n`` nodes, which are numbered from 0: at most one between two nodes in one direction.

    Link ``i`` leads from ``start[i]`` to ``end[i]``, both int32. Where ``directed`` is false it is read both ways and
    stands once, the smaller number first. A node may be linked to itself, or to nothing. ``weights`` are numbers of
    each link by name; a name that is not there weighs 1.
    """

    n: int
    start: Ints
    end: Ints
    directed: bool
    weights: Mapping[str, Floats] = field(default_factory=dict)

    @cached_property
    def out(self) -> Rows:
        """The links by where they start; all of a node's links where they have no direction, a loop once."""
        if self.directed:
            return _rows(self.n, self.start, self.end, np.arange(len(self.start), dtype=np.int32))
        loops = self.start == self.end
        near, far = np.concatenate([self.start, self.end[~loops]]), np.concatenate([self.end, self.start[~loops]])
        own = np.arange(len(self.start), dtype=np.int32)
        return _rows(self.n, near, far, np.concatenate([own, own[~loops]]))

    @cached_property
    def into(self) -> Rows:
        """The links by where they end."""
        if not self.directed:
            return self.out
        return _rows(self.n, self.end, self.start, np.arange(len(self.start), dtype=np.int32))

    @cached_property
    def loops(self) -> bool:
        """Whether any node is linked to itself."""
        return bool((self.start == self.end).any())

    @cached_property
    def undirected(self) -> Links:
        """The same links without direction and without loops."""
        if not self.directed and not self.loops:
            return self
        apart = self.start != self.end
        return simple(self.n, self.start[apart], self.end[apart], directed=False)

    def weight(self, name: str | None) -> Floats | None:
        """Return the weights of this name, one a link; None where every link weighs 1."""
        return self.weights.get(name) if name else None

    @property
    def bytes(self) -> int:
        """How much memory the links and what was made of them take."""
        made = [vars(self)[name] for name in ("out", "into") if name in vars(self)]
        rows = sum(part.nbytes for each in made for part in (each.pointers, each.far, each.link))
        return int(rows + self.start.nbytes + self.end.nbytes + sum(each.nbytes for each in self.weights.values()))


def simple(n: int, start: Ints, end: Ints, directed: bool, **sums: Floats) -> Links:
    """Return links out of relations, of which there may be several between two nodes.

    Each of ``sums`` holds a number a relation; what is between two nodes is added up.
    """
    low, high = (start, end) if directed else (np.minimum(start, end), np.maximum(start, end))
    keys = low.astype(np.int64) * max(n, 1) + high
    if not sums:
        pairs = distinct(keys)
        return Links(n, _low(pairs, n), _high(pairs, n), directed)
    pairs, place = np.unique(keys, return_inverse=True)
    weights: dict[str, Floats] = {}
    for name, values in sums.items():
        weights[name] = np.bincount(place, weights=values, minlength=len(pairs)).astype(np.float64)
    return Links(n, _low(pairs, n), _high(pairs, n), directed, weights)


def _low(pairs: NDArray[np.int64], n: int) -> Ints:
    return (pairs // max(n, 1)).astype(np.int32)


def _high(pairs: NDArray[np.int64], n: int) -> Ints:
    return (pairs % max(n, 1)).astype(np.int32)


def _rows(n: int, near: Ints, far: Ints, link: Ints) -> Rows:
    order = np.argsort(near.astype(np.int64) * max(n, 1) + far, kind="stable")
    pointers = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(near, minlength=n), out=pointers[1:])
    return Rows(pointers, far[order], link[order])
