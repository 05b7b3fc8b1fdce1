"""How well a relation is supported by what is said of it."""

from __future__ import annotations

import math
from collections.abc import Iterable

STEPS = 100_000
Marked = tuple[frozenset[tuple[str, str]], float]
CREDIBILITY = {1: 0.95, 2: 0.8, 3: 0.6, 4: 0.3, 5: 0.1}
RELIABILITY = {"A": 1.0, "B": 0.85, "C": 0.65, "D": 0.45, "E": 0.25}


def weight(confidence: int | None, credibility: int | None, reliability: str | None) -> float | None:
    """Return how much one claim supports what it says, 0 to 1, or None when nobody rated it.

    The claim's confidence counts, else its Admiralty credibility (1 to 5). A rated source discounts it
    (Shafer, A Mathematical Theory of Evidence, 1976, chapter 11); an unrated source leaves it as it is.
    """
    own = confidence / 100 if confidence is not None else CREDIBILITY.get(credibility or 6)
    return None if own is None else own * RELIABILITY.get(reliability or "", 1.0)


def support(claims: Iterable[tuple[Iterable[str], str | None, float | None]]) -> float | None:
    """Return the support of a relation, 0 to 100, or None when no claim for it is rated.

    ``claims`` are (origins of the source, claimant, weight) of the claims that assert or report it, copies
    left out. Two claims are independent when their sources share no origin and no claimant speaks in both.
    The support is the largest that independent claims give together, combined as simple support functions
    with Dempster's rule, 1 - prod(1 - w) (Shafer 1976, chapter 4). So another claim never lowers it, and
    order changes nothing. It is found by branch and bound among the claims that share something; where that
    is not done after ``STEPS`` steps, it is the best found so far, which may be too low and never too high.
    Denials are not passed in: they set ``disputed`` and never raise support.
    """
    strongest: dict[frozenset[tuple[str, str]], float] = {}
    for sources, claimant, own in claims:
        if own is not None:
            marks = {("source", source) for source in sources} | ({("claimant", claimant)} if claimant else set())
            strongest[frozenset(marks)] = max(own, strongest.get(frozenset(marks), 0.0))
    if not strongest:
        return None
    ordered = sorted(strongest.items(), key=lambda item: (-item[1], sorted(item[0])))
    return round(100 * (1 - math.prod(map(_least_doubt, _entangled(ordered)))), 6)


def _entangled(ordered: list[Marked]) -> list[list[Marked]]:
    """Return the claims in groups that share no source and no claimant with each other."""
    by_mark: dict[tuple[str, str], list[int]] = {}
    for place, (marks, _) in enumerate(ordered):
        for mark in marks:
            by_mark.setdefault(mark, []).append(place)
    waiting, groups = set(range(len(ordered))), []
    for first in range(len(ordered)):
        if first in waiting:
            waiting.remove(first)
            group, reached = [], [first]
            while reached:
                group.append(reached.pop())
                near = {place for mark in ordered[group[-1]][0] for place in by_mark.pop(mark, ())} & waiting
                waiting -= near
                reached += near
            groups.append([ordered[place] for place in sorted(group)])
    return groups


def _least_doubt(group: list[Marked]) -> float:
    """Return the least product of (1 - weight) over claims of a group that share nothing."""
    left = [math.prod(1 - own for _, own in group[place:]) for place in range(len(group) + 1)]
    best, steps = 1.0, 0
    open_ = [(0, frozenset[tuple[str, str]](), 1.0)]
    while open_ and steps < STEPS:
        place, taken, doubt = open_.pop()
        while place < len(group) and group[place][0] & taken:
            place, steps = place + 1, steps + 1
        steps += 1
        best = min(best, doubt)
        if place < len(group) and doubt * left[place] < best:
            marks, own = group[place]
            open_ += [(place + 1, taken, doubt), (place + 1, taken | marks, doubt * (1 - own))]
    return best
