"""Sets of things whose loss together breaks a network apart, and sets that together reach most of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphkit.analytics.metric import PLAIN, Counting, computed_on, links_for
from graphkit.graph.arrays import Links
from graphkit.graph.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class KeyPlayers:
    """Node numbers in the order in which they were taken out, and the share of pairs that then hang together no more.

    ``connected`` is the share of pairs that hang together before any is taken out, 0 to 1; so are ``fragmented``.
    """

    nodes: list[int]
    fragmented: list[float]
    connected: float
    computed_on: str


@dataclass(frozen=True, slots=True)
class Reaching:
    """Node numbers in the order in which they were taken, and the share of all things that those so far reach."""

    nodes: list[int]
    reached: list[float]
    computed_on: str


def reaching(view: Snapshot, size: int, steps: int, counting: Counting = PLAIN) -> Reaching:
    """Return the things that together reach most things within ``steps`` relations, themselves among them.

    Greedy: each adds most to those before it, of equals the first by id; together they reach at least 63 % of what
    the best set of this size does. KPP-Pos (m-reach) of Borgatti, Identifying Sets of Key Players in a Social Network,
    2006.
    """
    from graphkit.analytics.kernels.covering import covering

    links = links_for(view, counting, "key_players")
    nodes, reached = covering(links.out, size, steps, counting.told)
    told = f"within {steps} {'step' if steps == 1 else 'steps'}; greedy, at least 1 - 1/e of the best; compiled loops"
    return Reaching(nodes, [count / links.n for count in reached], computed_on(view, told, counting))


def key_players(view: Snapshot, size: int, counting: Counting = PLAIN) -> KeyPlayers:
    """Return the things whose loss, one after the other, breaks up most pairs of those that hang together.

    Greedy: each is the best one after those before it, of equals the first by id, so another set of the same size may
    break up more. KPP-Neg of Borgatti, Identifying Sets of Key Players in a Social Network, 2006.
    """
    from graphkit.analytics.kernels.cuts import cuts

    links = links_for(view, counting, "key_players")
    pairs = max(links.n * (links.n - 1) / 2, 1)
    gone = np.zeros(links.n, dtype=bool)
    nodes, fragmented = [], []
    together = 0.0
    for turn in range(min(size, links.n)):
        left = _without(links, gone)
        found = cuts(left)
        sizes = np.bincount(found.component)
        now = float((sizes * (sizes - 1) / 2).sum())
        together = together if turn else now
        lost = np.where(gone, -1.0, found.pairs_lost + sizes[found.component] - 1)
        best = int(lost.argmax())
        gone[best] = True
        nodes.append(best)
        fragmented.append(1.0 - (now - float(lost[best])) / pairs)
        counting.told((turn + 1) / size)
    told = "greedy, exact at each step; compiled loops"
    return KeyPlayers(nodes, fragmented, together / pairs, computed_on(view, told, counting))


def _without(links: Links, gone: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Links:
    kept = ~(gone[links.start] | gone[links.end])
    return Links(links.n, links.start[kept], links.end[kept], links.directed)
