"""The compiled loops over pairs of sites and members of values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.compiled import compiled

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Bytes = NDArray[np.int8]
Bools = NDArray[np.bool_]
SOME, MUCH = 0.15, 0.5
"""From which share of members on that share a registrant a value is partly, and mostly, somebody's own."""


@compiled
def enumerated(pointers: Longs, site: Ints, leading: Longs, most: int) -> Longs:
    """Return all pairs of members of some values, the two sites in one number, some of them several times."""
    found = np.empty(most, dtype=np.int64)
    count = 0
    for value in leading:
        for i in range(pointers[value], pointers[value + 1]):
            for j in range(i + 1, pointers[value + 1]):
                found[count] = np.int64(site[i]) << 32 | np.int64(site[j])
                count += 1
    return found[:count]


@compiled
def meet(
    a: Ints, b: Ints, pointers: Longs, of: Longs, at: Longs, kinds: Longs, counts: Bools, places: Longs, begins: Ints,
    ends: Ints, starts: Ints, stops: Ints, hosting: Bools, rare: Ints, value: Ints, together: Bytes,
) -> None:  # fmt: skip
    """Fill ``rare`` and ``value`` of each pair; ``together``: 1 where hosts were never shared at once, 2 where so."""
    for pair in range(len(a)):
        i, j = pointers[a[pair]], pointers[b[pair]]
        last_i, last_j = pointers[a[pair] + 1], pointers[b[pair] + 1]
        while i < last_i and j < last_j:
            if of[i] < of[j]:
                i += 1
            elif of[i] > of[j]:
                j += 1
            else:
                one = of[i]
                if counts[one]:
                    first = min(begins[at[i]], begins[at[j]])
                    last = max(ends[at[i]], ends[at[j]])
                    n = places[one + 1] - places[one]
                    if hosting[one]:
                        n = _at_the_time(starts, stops, places[one], places[one + 1], first, last)
                    kind = kinds[one]
                    if rare[pair, kind] == 0 or n < rare[pair, kind]:
                        rare[pair, kind] = n
                        value[pair, kind] = one
                    if hosting[one]:
                        both = min(ends[at[i]], ends[at[j]]) >= max(begins[at[i]], begins[at[j]])
                        together[pair] = 2 if both or together[pair] == 2 else 1
                i += 1
                j += 1


@compiled
def _first_from(ascending: Ints, low: int, high: int, least: int) -> int:
    """Return the first place from ``low`` up to ``high`` where a value is ``least`` or more."""
    while low < high:
        middle = (low + high) // 2
        if ascending[middle] < least:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _at_the_time(starts: Ints, stops: Ints, low: int, high: int, first: int, last: int) -> int:
    """Return how many members of a value had it at any time between two days."""
    return _first_from(starts, low, high, last + 1) - _first_from(stops, low, high, first)


@compiled
def compare(
    places: Longs, site: Ints, pointers: Longs, of: Longs, part: Bytes, counts: Bools, contact: Bools, identity: Bools,
    known: Bytes, shares: Bytes,
) -> None:  # fmt: skip
    """Fill for each member of a value whether its registrant is known, and shared with another member.

    ``part`` says of each value whether it is a contact (0), a name (1) or anything else (2).
    """
    met = np.zeros(len(places), dtype=np.int32)
    for value in range(len(places) - 1):
        if not counts[value]:
            continue
        for member in range(places[value], places[value + 1]):
            one = site[member]
            known[member] = (part[value] != 0 and contact[one]) or (part[value] != 1 and identity[one])
            for at in range(pointers[one], pointers[one + 1]):
                met[of[at]] += part[of[at]] != 2 and part[of[at]] != part[value] and counts[of[at]]
        for member in range(places[value], places[value + 1]):
            one = site[member]
            for at in range(pointers[one], pointers[one + 1]):
                if met[of[at]] > 1:
                    shares[member] = 1
        for member in range(places[value], places[value + 1]):
            one = site[member]
            for at in range(pointers[one], pointers[one + 1]):
                met[of[at]] = 0


@compiled
def others(
    values: Ints, a: Ints, b: Ints, places: Longs, site: Ints, known: Bytes, shares: Bytes, all_known: Longs,
    all_shares: Longs, levels: Longs,
) -> None:  # fmt: skip
    """Fill for each pair how far those that have a value besides the two agree: 1 little, 2 some, 3 much."""
    for pair in range(len(values)):
        value = values[pair]
        if value >= len(places) - 1:
            continue
        left_known, left_shares = all_known[value], all_shares[value]
        for one in (a[pair], b[pair]):
            place = _first_from(site, places[value], places[value + 1], one)
            left_known -= known[place]
            left_shares -= shares[place]
        if left_known > 0:
            share = left_shares / left_known
            levels[pair] = 1 if share < SOME else 2 if share < MUCH else 3
