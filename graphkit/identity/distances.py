"""How far two words are from each other, as loops over the numbers of their signs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.compiled import compiled

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_ANY = 1 << 30
_SPOKEN = 3  # what costs no more to leave out is no consonant
_LATIN = 128
_H = 104  # that is written, though it is cheaply left out


@compiled
def edits(x: Ints, y: Ints, rows: Ints, most: int) -> int:
    """Return the edits between two words (optimal string alignment), or any number above ``most``."""
    m, n = len(x), len(y)
    first = 0
    while first < min(m, n) and x[first] == y[first]:
        first += 1
    while m > first and n > first and x[m - 1] == y[n - 1]:
        m -= 1
        n -= 1
    m -= first
    n -= first
    if m == 0 or n == 0:
        return m + n
    for j in range(n + 1):
        rows[0, j] = j
    last = 0
    for i in range(1, m + 1):
        here, above, before = i % 3, (i - 1) % 3, (i - 2) % 3
        least = rows[here, 0] = i
        a = x[first + i - 1]
        for j in range(1, n + 1):
            b = y[first + j - 1]
            best = rows[above, j - 1] + (a != b)
            best = min(best, rows[above, j] + 1, rows[here, j - 1] + 1)
            if i > 1 and j > 1 and a == y[first + j - 2] and x[first + i - 2] == b:
                best = min(best, rows[before, j - 2] + 1)
            rows[here, j] = best
            least = min(least, best)
        if min(least, last) > most:
            return most + 1
        last = least
    return int(rows[m % 3, n])


@compiled
def far(x: Ints, y: Ints, costs: Ints, rows: Ints, most: int) -> int:
    """Return how far two words are from each other by what they sound like: a fourth of an edit is one.

    Any number above ``most`` stands for all of them. ``costs`` has what it costs to take a sign for another, and in its
    row and column 0 to leave one out.
    """
    m, n = len(x), len(y)
    rows[0, 0] = 0
    for j in range(n):
        rows[0, j + 1] = rows[0, j] + costs[0, y[j]]
    last = 0
    for i in range(1, m + 1):
        here, above, before = i % 3, (i - 1) % 3, (i - 2) % 3
        a = x[i - 1]
        least = rows[here, 0] = rows[above, 0] + costs[a, 0]
        for j in range(1, n + 1):
            b = y[j - 1]
            best = rows[above, j - 1] + (costs[a, b] if a != b or a == 127 else 0)
            best = min(best, rows[above, j] + costs[a, 0], rows[here, j - 1] + costs[0, b])
            if i > 1 and j > 1 and a == y[j - 2] and x[i - 2] == b:
                best = min(best, rows[before, j - 2] + 4)
            rows[here, j] = best
            least = min(least, best)
        if min(least, last) > most:
            return most + 1
        last = least
    return int(rows[m % 3, n])


@compiled
def bare(x: Ints, costs: Ints, found: Ints) -> Ints:
    """Return a word without its vowels: signs that are cheaply left out."""
    size = 0
    for sign in x:
        if costs[0, sign] > _SPOKEN or sign == _H:
            found[size] = sign
            size += 1
    return found[:size]


@compiled
def skeleton(s: Ints, t: Ints, costs: Ints, rows: Ints, bones: Ints) -> int:
    """Return how near two words are by their consonants, in thousandths; fewer than two say nothing."""
    p, q = bare(s, costs, bones[0]), bare(t, costs, bones[1])
    if min(len(p), len(q)) < 2:
        return 0
    return int(920 - 230 * far(p, q, costs, rows, _ANY) // max(len(p), len(q)))


@compiled
def have_same_letters(x: Ints, y: Ints) -> bool:
    """Say whether two words have the same Latin letters, whatever their order."""
    same = len(x) == len(y) and x.sum() == y.sum() and x.max() < _LATIN
    place = 0
    while same and place < len(x):
        same = (x == x[place]).sum() == (y == x[place]).sum()
        place += 1
    return bool(same)


@compiled
def numbered_apart(x: Ints, y: Ints) -> bool:
    """Say whether two words both have figures, and not the same ones."""
    i, j, has_x, has_y, differ = 0, 0, False, False, False
    while i < len(x) or j < len(y):
        while i < len(x) and not 48 <= x[i] <= 57:
            i += 1
        while j < len(y) and not 48 <= y[j] <= 57:
            j += 1
        here, there = i < len(x), j < len(y)
        has_x, has_y = has_x or here, has_y or there
        differ = differ or here != there or (here and x[i] != y[j])
        i += 1
        j += 1
    return has_x and has_y and differ


@compiled
def are_same(x: Ints, y: Ints) -> bool:
    """Say whether two words are the same."""
    same, place = len(x) == len(y), 0
    while same and place < len(x):
        same = x[place] == y[place]
        place += 1
    return bool(same)
