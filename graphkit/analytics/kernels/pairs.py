"""What two nodes share.

Liben-Nowell and Kleinberg, The Link-Prediction Problem for Social Networks, 2007; Adamic and Adar, Friends and
Neighbors on the Web, 2003; Zhou, Lü and Zhang, Predicting Missing Links via Local Information, 2009.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.analytics.kernels.progress import Told, silent
from graphkit.analytics.kernels.spread import parts, spread
from graphkit.compiled import compiled
from graphkit.graph.arrays import Floats, Ints, Rows

Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]
_PART = 512


def likely(
    rows: Rows, measure: str, top: int, barred: Bools | None = None, told: Told = silent
) -> tuple[Ints, Ints, Floats]:
    """Return the ``top`` pairs of nodes that are not linked and share a neighbour, the highest score first.

    All pairs that are two steps apart are looked at, but for those with a ``barred`` node; ties are in the order of
    the smaller, then the larger number.
    """
    shares = _shares(rows, measure)
    out = np.zeros(len(shares), dtype=np.bool_) if barred is None else barred

    def of_part(part: Longs) -> tuple[Ints, Ints, Floats]:
        return _of_part(rows, (shares, out, measure == "jaccard"), part, top)

    found = list(spread(parts(len(rows.pointers) - 1, _PART), of_part, told))
    if not found:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0)
    low, high, scores = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((high, low, -scores))[:top]
    return low[order], high[order], scores[order]


def scored(rows: Rows, measure: str, low: Ints, high: Ints) -> Floats:
    """Return the score of each of these pairs of nodes, linked or not."""
    return _scored(rows.pointers, rows.far, _shares(rows, measure), measure == "jaccard", low, high)


def _shares(rows: Rows, measure: str) -> Floats:
    """Return what each node that two share counts."""
    shares = np.ones(len(rows.pointers) - 1)
    if measure == "adamic_adar":
        shares /= np.log(np.maximum(rows.degrees, 2))
    elif measure == "resource_allocation":
        shares /= np.maximum(rows.degrees, 1)
    return shares


def _of_part(rows: Rows, scoring: tuple[Floats, Bools, bool], nodes: Longs, top: int) -> tuple[Ints, Ints, Floats]:
    """Return the best pairs of these nodes with later ones; only as many are held as one turn may add."""
    room = 4 * top + len(rows.pointers)
    low, high, best = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32), np.empty(room)
    at, size, least = 0, 0, -1.0
    while True:
        at, size = _likely(rows.pointers, rows.far, *scoring, nodes, at, (low, high, best), size, least)
        order = np.argsort(-best[:size], kind="stable")[:top]
        size = len(order)
        for column in (low, high, best):
            column[:size] = column[order]
        if at == len(nodes):
            return low[:size], high[:size], best[:size]
        least = float(best[size - 1]) if size == top else -1.0


@compiled
def _likely(
    pointers: Longs,
    far: Ints,
    shares: Floats,
    barred: Bools,
    relative: bool,
    nodes: Longs,
    at: int,
    held: tuple[Ints, Ints, Floats],
    size: int,
    least: float,
) -> tuple[int, int]:
    """Add pairs that score more than ``least`` while there is room; return where it stopped, and how many are held."""
    low, high, best = held
    n = len(pointers) - 1
    score = np.zeros(n)
    near = np.full(n, -1, dtype=np.int32)
    touched = np.empty(n, dtype=np.int32)
    while at < len(nodes):
        node = nodes[at]
        if size + n > len(best):
            break
        at += 1
        near[node] = node
        for place in range(pointers[node], pointers[node + 1]):
            near[far[place]] = node
        count = 0
        for place in range(pointers[node], pointers[node + 1]):
            shared = far[place]
            share = shares[shared]
            for further in range(pointers[shared + 1] - 1, pointers[shared] - 1, -1):
                other = far[further]
                if other <= node:
                    break
                if near[other] != node:
                    if score[other] == 0.0:
                        touched[count] = other
                        count += 1
                    score[other] += share
        own = pointers[node + 1] - pointers[node]
        for turn in range(count):
            other = touched[turn]
            value = score[other]
            score[other] = 0.0
            if barred[node] or barred[other]:
                continue
            if relative:
                value /= own + (pointers[other + 1] - pointers[other]) - value
            if value > least:
                low[size], high[size], best[size] = node, other, value
                size += 1
    return at, size


@compiled
def _scored(pointers: Longs, far: Ints, shares: Floats, relative: bool, low: Ints, high: Ints) -> Floats:
    found = np.zeros(len(low))
    for pair in range(len(low)):
        a, b = pointers[low[pair]], pointers[high[pair]]
        last_a, last_b = pointers[low[pair] + 1], pointers[high[pair] + 1]
        both = (last_a - a) + (last_b - b)
        total = 0.0
        while a < last_a and b < last_b:
            if far[a] == far[b]:
                total += shares[far[a]]
                a += 1
                b += 1
            elif far[a] < far[b]:
                a += 1
            else:
                b += 1
        if relative:
            total = total / (both - total) if both > total else 0.0
        found[pair] = total
    return found
