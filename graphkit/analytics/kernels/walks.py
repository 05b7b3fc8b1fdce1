"""What flows along the links: repeated sums over neighbours, and the leading vectors they tend to."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy.sparse.linalg as arpack
from numpy.typing import NDArray
from scipy import sparse

from graphkit.analytics.kernels.spread import parts, spread
from graphkit.compiled import compiled
from graphkit.graph.arrays import Floats, Ints, Links, Rows

Longs = NDArray[np.int64]
_FEW = 200_000
"""Entries up to which one core is quicker than all of them."""


_SMALL = 300
"""Nodes up to which a full matrix is solved."""


class NotSettled(Exception):
    """The scores still changed after as many rounds as were allowed."""

    def __init__(self, rounds: int) -> None:
        super().__init__(f"the scores still changed after {rounds} rounds")
        self.rounds = rounds


def gathered(rows: Rows, values: Floats, weights: Floats | None = None) -> Floats:
    """Return for each node the sum of the values of its far ends, each times the weight of the link."""
    n = len(values)
    found = np.zeros(n)

    def gather(part: Longs) -> None:
        first, last = (part[0], part[-1] + 1) if len(part) else (0, 0)
        if weights is None:
            _gather(rows.pointers, rows.far, values, first, last, found)
        else:
            _gather_weighted(rows.pointers, rows.far, rows.link, values, weights, first, last, found)

    size = n if len(rows.far) <= _FEW else -(-n // 8)
    for _ in spread(parts(n, max(size, 1)), gather):
        pass
    return found


@compiled
def _gather(pointers: Longs, far: Ints, values: Floats, first: int, last: int, found: Floats) -> None:
    for node in range(first, last):
        total = 0.0
        for place in range(pointers[node], pointers[node + 1]):
            total += values[far[place]]
        found[node] = total


@compiled
def _gather_weighted(
    pointers: Longs, far: Ints, link: Ints, values: Floats, weights: Floats, first: int, last: int, found: Floats
) -> None:
    for node in range(first, last):
        total = 0.0
        for place in range(pointers[node], pointers[node + 1]):
            total += values[far[place]] * weights[link[place]]
        found[node] = total


def settled(start: Floats, turn: Callable[[Floats], Floats], rounds: int, within: float) -> Floats:
    """Return what ``turn`` leads to from ``start``, when a round changes less than ``within`` in all."""
    here = start
    for _ in range(rounds):
        there = turn(here)
        if np.abs(there - here).sum() < within:
            return there
        here = there
    raise NotSettled(rounds)


def pagerank(
    into: Rows,
    strength: Floats,
    weights: Floats | None,
    alpha: float,
    start: Floats,
    personal: Floats | float,
    dangling: Floats | float,
    rounds: int,
    within: float,
) -> Floats:
    """Return where a walker stands who follows a link with probability ``alpha`` and else begins anew.

    ``strength`` is the sum of weights of the links that leave each node; whoever stands where none does goes on as
    ``dangling`` says; ``personal`` says where a walk begins. Page, Brin, Motwani and Winograd, The PageRank Citation
    Ranking, 1999.
    """
    share = np.divide(1.0, strength, out=np.zeros(len(strength)), where=strength != 0)
    stuck = np.flatnonzero(strength == 0)

    def turn(here: Floats) -> Floats:
        lost = here[stuck].sum()
        there: Floats = alpha * (gathered(into, here * share, weights) + lost * dangling) + (1 - alpha) * personal
        return there

    return settled(start, turn, rounds, within)


def leading(rows: Rows, weights: Floats | None, rounds: int, within: float) -> Floats:
    """Return the leading eigenvector of the matrix whose products ``gathered`` gives, by ARPACK; not normalised.

    Lehoucq, Sorensen and Yang, ARPACK Users' Guide, 1998.
    """
    n = len(rows.pointers) - 1
    operator = arpack.LinearOperator((n, n), matvec=lambda x: gathered(rows, x.ravel(), weights), dtype=np.float64)
    _, vectors = arpack.eigs(operator, k=1, which="LR", maxiter=rounds, tol=within)
    found: Floats = vectors.flatten().real
    return found


def leading_symmetric(links: Links, within: float) -> Floats:
    """Return the leading eigenvector of links without direction, of length 1, by ARPACK; equal values where none are.

    Lehoucq, Sorensen and Yang, ARPACK Users' Guide, 1998.
    """
    n, weights = links.n, links.weight("weight")
    if n <= _SMALL:
        small: Floats = np.linalg.eigh(_full(links, weights))[1][:, -1]
        return small
    operator = arpack.LinearOperator((n, n), matvec=lambda x: gathered(links.out, x.ravel(), weights), dtype=np.float64)
    found: Floats = arpack.eigsh(operator, k=1, which="LA", v0=np.ones(n), tol=within)[1].flatten()
    return found


def _full(links: Links, weights: Floats | None) -> Floats:
    matrix = np.zeros((links.n, links.n))
    rows = links.out
    near = np.repeat(np.arange(links.n), rows.degrees)
    matrix[near, rows.far] = 1.0 if weights is None else weights[rows.link]
    return matrix


def hubs(
    links: Links, weights: Floats | None, rounds: int | None, within: float, start: Floats | None = None
) -> tuple[Floats, Floats]:
    """Return hubs and authorities, the leading singular vectors; not normalised.

    Kleinberg, Authoritative Sources in a Hyperlinked Environment, 1999. Without a limit of rounds, of several
    answers for few nodes it is the one that is nearest to all alike.
    """
    if links.n <= _SMALL and rounds is None:
        matrix = _full(links, weights)
        strengths, vectors = np.linalg.eigh(matrix.T @ matrix)
        leading = vectors[:, strengths >= strengths[-1] * (1 - 1e-9)]
        near: Floats = leading @ (leading.T @ np.ones(links.n))
        return matrix @ near, near
    operator = arpack.LinearOperator(
        (links.n, links.n),
        matvec=lambda x: gathered(links.out, x.ravel(), weights),
        rmatvec=lambda x: gathered(links.into, x.ravel(), weights),
        dtype=np.float64,
    )
    _, _, vectors = arpack.svds(operator, k=1, v0=start, maxiter=rounds, tol=within)
    authority: Floats = vectors.flatten().real
    return gathered(links.out, authority, weights), authority


def katz(links: Links, weights: Floats | None, alpha: float, own: Floats) -> Floats:
    """Return the x that solves x = alpha * (what x gives along the links) + own, by sparse LU factors.

    Katz, A New Status Index Derived from Sociometric Analysis, 1953.
    """
    into = links.into
    each = np.ones(len(into.far)) if weights is None else weights[into.link]
    matrix = sparse.csr_array((each, into.far, into.pointers), shape=(links.n, links.n))
    found: Floats = arpack.spsolve((sparse.eye_array(links.n) - alpha * matrix).tocsc(), own)
    return found
