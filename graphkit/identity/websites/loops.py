"""The compiled loops over pairs of sites and members of values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.compiled import compiled

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Bytes = NDArray[np.int8]
Shorts = NDArray[np.int16]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


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
    ends: Ints, starts: Ints, stops: Ints, hosting: Bools, rare: Ints, value: Ints, shared: Shorts, together: Bytes,
) -> None:  # fmt: skip
    """Fill what each pair shares; ``together``: 1 where hosts were never shared at once, 2 where so."""
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
                if not counts[one] and rare[pair, kinds[one]] == 0:
                    rare[pair, kinds[one]] = -1
                if counts[one]:
                    first = min(begins[at[i]], begins[at[j]])
                    last = max(ends[at[i]], ends[at[j]])
                    n = places[one + 1] - places[one]
                    if hosting[one]:
                        n = _at_the_time(starts, stops, places[one], places[one + 1], first, last)
                    kind = kinds[one]
                    shared[pair, kind] += 1
                    if rare[pair, kind] <= 0 or n < rare[pair, kind]:
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
def place(values: Ints, of: Ints, places: Longs, site: Ints) -> Longs:
    """Return where among all members of values each site stands as one of those that have a value."""
    found = np.empty(len(values), dtype=np.int64)
    for row in range(len(values)):
        found[row] = _first_from(site, places[values[row]], places[values[row] + 1], of[row])
    return found


@compiled
def _at_the_time(starts: Ints, stops: Ints, low: int, high: int, first: int, last: int) -> int:
    """Return how many members of a value had it at any time between two days."""
    return _first_from(starts, low, high, last + 1) - _first_from(stops, low, high, first)


@compiled
def share(
    places: Longs, site: Ints, pointers: Longs, of: Longs, kinds: Longs, telling: Bools, part: Bytes, shares: Bytes
) -> None:
    """Fill for each member of a value, and each part, whether it shares a value of that part with another member.

    ``part`` says of which part a kind is, -1 for none; ``telling`` which values count. A value speaks for none of its
    own kind, and hosts and name servers (part 3) not for one another.
    """
    met = np.zeros(len(places), dtype=np.int32)
    for value in range(len(places) - 1):
        if not telling[value]:
            continue
        kind = kinds[value]
        for member in range(places[value], places[value + 1]):
            for at in range(pointers[site[member]], pointers[site[member] + 1]):
                other = of[at]
                own = kinds[other] == kind or (part[kind] == 3 and part[kinds[other]] == 3)
                met[other] += telling[other] and not own
        for member in range(places[value], places[value + 1]):
            for at in range(pointers[site[member]], pointers[site[member] + 1]):
                if met[of[at]] > 1:
                    shares[member, part[kinds[of[at]]]] = 1
        for member in range(places[value], places[value + 1]):
            for at in range(pointers[site[member]], pointers[site[member] + 1]):
                met[of[at]] = 0


@compiled
def others(
    values: Ints, a: Ints, b: Ints, places: Longs, site: Ints, known: Bytes, shares: Bytes, all_known: Longs,
    all_shares: Longs, share_of: Floats, how_many: Floats,
) -> None:  # fmt: skip
    """Fill for each pair which share of those that have a value besides the two agree, and of how many it is known."""
    for pair in range(len(values)):
        value = values[pair]
        if value < 0:
            continue
        first = _first_from(site, places[value], places[value + 1], a[pair])
        second = _first_from(site, places[value], places[value + 1], b[pair])
        for part in range(known.shape[1]):
            left = all_known[value, part] - known[first, part] - known[second, part]
            agree = all_shares[value, part] - shares[first, part] - shares[second, part]
            how_many[pair, part] = left
            share_of[pair, part] = agree / left if left > 0 else -1.0


@compiled
def descend(
    rows: Floats, roots: Longs, column: Ints, bound: Doubles, left: Ints, right: Ints, question: Ints, found: Doubles
) -> None:
    """Add to each row what each tree says of it, under the question that its leaf is about.

    The nodes of all trees are in one list. One with ``column`` -1 is a leaf, and ``bound`` what it says.
    """
    for row in range(len(rows)):
        for root in roots:
            node = root
            while column[node] >= 0:
                node = left[node] if rows[row, column[node]] <= bound[node] else right[node]
            found[row, question[node]] += bound[node]
