"""Which shortest ways lead through what.

Brandes, A Faster Algorithm for Betweenness Centrality, 2001; for links: Brandes, On Variants of Shortest-Path
Betweenness Centrality, 2008.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.analytics.kernels.progress import Told, silent
from graphkit.analytics.kernels.spread import parts, spread
from graphkit.compiled import compiled
from graphkit.graph.arrays import Floats, Ints, Rows

Longs = NDArray[np.int64]
_PART = 128
"""From how many nodes at a time, so that a computation can be stopped soon."""


def betweenness(
    rows: Rows, sources: Longs, links: int = 0, endpoints: bool = False, told: Told = silent
) -> tuple[Floats, Floats]:
    """Return how many shortest ways from the sources lead through each node and over each of ``links`` links.

    Where several ways are shortest each counts for its share. With ``endpoints`` a way leads through its ends too.
    No link is counted when ``links`` is 0.
    """
    through, over = np.zeros(len(rows.pointers) - 1), np.zeros(links)

    def of_part(part: Longs) -> tuple[Floats, Floats]:
        return _betweenness(rows.pointers, rows.far, rows.link, sources[part], links, endpoints)

    for part_through, part_over in spread(parts(len(sources), _PART), of_part, told):
        through += part_through
        over += part_over
    return through, over


@compiled
def _betweenness(
    pointers: Longs, far: Ints, link: Ints, sources: Longs, links: int, endpoints: bool
) -> tuple[Floats, Floats]:
    n = len(pointers) - 1
    through = np.zeros(n)
    over = np.zeros(links)
    steps = np.full(n, -1, dtype=np.int32)
    ways = np.zeros(n)
    onward = np.zeros(n)
    order = np.empty(n, dtype=np.int32)
    next_ = np.empty(len(far), dtype=np.int32)
    next_link = np.empty(len(far) if links else 0, dtype=np.int32)
    first = np.zeros(n + 1, dtype=np.int64)
    for source in sources:
        last = 1
        at = 0
        order[0] = source
        steps[source] = 0
        ways[source] = 1.0
        while at < last:
            node = order[at]
            further = steps[node] + 1
            kept = first[at]
            for place in range(pointers[node], pointers[node + 1]):
                other = far[place]
                if steps[other] < 0:
                    steps[other] = further
                    order[last] = other
                    last += 1
                if steps[other] == further:
                    ways[other] += ways[node]
                    next_[kept] = other
                    if links:
                        next_link[kept] = link[place]
                    kept += 1
            at += 1
            first[at] = kept
        for back in range(last - 1, -1, -1):
            node = order[back]
            mine = 0.0
            for place in range(first[back], first[back + 1]):
                mine += onward[next_[place]]
                if links:
                    over[next_link[place]] += ways[node] * onward[next_[place]]
            mine *= ways[node]
            onward[node] = (1.0 + mine) / ways[node]
            if node != source:
                through[node] += mine + (1.0 if endpoints else 0.0)
        if endpoints:
            through[source] += last - 1
        for back in range(last):
            node = order[back]
            steps[node] = -1
            ways[node] = 0.0
            onward[node] = 0.0
    return through, over
