"""The words of a packed name, as arrays that loops compare."""

from __future__ import annotations

from graphkit.compiled import compiled
from graphkit.identity.distances import Ints, are_same

# What stands where in a name as ``packed`` makes it, and in a word of it; how a script writes; marks of words.
SCRIPT, LETTERED, FORMS, TITLES, KEY, HEARD, HEAD = 0, 1, 2, 3, 4, 7, 8
LENGTH, SOUNDS, WEIGHT, FLAGS, GROUPS, WORD = 0, 1, 2, 3, 4, 5
BY_LETTERS, BY_SIGNS = 1, 2
SON, SPELLED, OF_FATHER, NUMBER, FIGURES = 1, 2, 4, 8, 16

_R, _L = 114, 108


@compiled
def alike_read(sounds: Ints, count: int) -> None:
    """Read r as l, for scripts of languages in which the two are one sound."""
    for place in range(count):
        if sounds[place] == _R:
            sounds[place] = _L


@compiled
def fathers_told(units: Ints, count: int) -> bool:
    """Say whether any word is marked as the name of a father."""
    told = False
    for k in range(count):
        told = told or units[k, 5] & SON > 0
    return told


@compiled
def unmark_fathers(units: Ints, count: int) -> None:
    """Take the marks off names of fathers: where only one of two names has them, they tell nothing."""
    for k in range(count):
        units[k, 5] &= ~SON


@compiled
def unpack(name: Ints, at: int, codes: Ints, sounds: Ints, units: Ints) -> int:
    """Put the words of a name that is packed at this place into arrays, and return how many there are.

    A row of ``units`` has of each word where its letters and sounds begin and how many they are, its weight, flags,
    and where its groups begin and how many they are.
    """
    count = name[at]
    at += 1
    letters, heard = 0, 0
    for k in range(count):
        size, loud, groups = name[at + LENGTH], name[at + SOUNDS], name[at + GROUPS]
        units[k, 0], units[k, 1], units[k, 2], units[k, 3] = letters, size, heard, loud
        units[k, 4], units[k, 5], units[k, 6], units[k, 7] = name[at + WEIGHT], name[at + FLAGS], at + WORD, groups
        at += WORD + groups
        codes[letters : letters + size] = name[at : at + size]
        at += size
        sounds[heard : heard + loud] = name[at : at + loud]
        at += loud
        letters += size
        heard += loud
    return int(count)


@compiled
def join(a: Ints, m: int, codes_a: Ints, b: Ints, n: int, codes_b: Ints, given: Ints) -> int:
    """Make one word of two that are one in the other name, and several of initials written as one."""
    out = 0
    for k in range(m):
        if out and a[out - 1, 4] + a[k, 4] > 0:
            start, size = a[out - 1, 0], a[out - 1, 1] + given[k, 1]
            found = False
            for other in range(n):
                found = found or are_same(
                    codes_a[start : start + size], codes_b[b[other, 0] : b[other, 0] + b[other, 1]]
                )
            if found:
                a[out - 1, 1] = size
                a[out - 1, 3] += given[k, 3]
                a[out - 1, 4] = max(a[out - 1, 4], given[k, 4])
                a[out - 1, 5] |= given[k, 5] & FIGURES
                a[out - 1, 7] = 0
                continue
        spelled = _spelled(given[k], codes_a, b, n, codes_b) if given[k, 5] & SPELLED else False
        for letter in range(given[k, 1] if spelled else 1):
            a[out] = given[k]
            if spelled:
                a[out, 0] += letter
                a[out, 1] = a[out, 3] = 1
                a[out, 2] += min(letter, given[k, 3] - 1)
                a[out, 7] = 0
            out += 1
    return out


@compiled
def _spelled(word: Ints, codes_a: Ints, b: Ints, n: int, codes_b: Ints) -> bool:
    size = word[1]
    for first in range(n - size + 1):
        found = True
        for letter in range(size):
            other = b[first + letter]
            found = found and other[1] > 1 and codes_b[other[0]] == codes_a[word[0] + letter]
        if found:
            return True
    return False
