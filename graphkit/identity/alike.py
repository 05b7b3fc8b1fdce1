"""How alike two names are: the share of their words that agree."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from threading import local

import numpy as np

from graphkit.compiled import cores
from graphkit.identity import kernel
from graphkit.identity.distances import Floats, Ints
from graphkit.identity.names import Name, also_apart, differences
from graphkit.identity.packed import as_ints, costs, pack, packed

LEAST = 0.8
"""How alike names must be to be called similar."""
RULES = {
    kernel.MET: 650,  # how alike two words must be to be one word, written otherwise
    kernel.APART: 2000,  # what counts against names when each has a word for which the other has another one
    kernel.MORE: 100,  # and when one has a word more
    kernel.ALONE: 850,  # of names that one word alone holds together
    kernel.BY_INITIAL: 850,
    kernel.BY_CALLED: 900,
    kernel.BY_SOUND: 960,
    kernel.TOGETHER: 900,  # of names run together
    kernel.MOST: 990,
    kernel.LEGAL: 950,
    kernel.OTHER_LEGAL: 900,  # of names that have two legal forms
    kernel.OTHER_SCRIPT: 970,
    kernel.TITLE: 970,
    kernel.SAME_LETTERS: 800,  # of words that have the same letters in another order
    kernel.LEAST_SOUND: 800,  # how alike two words must sound to be one in another spelling
    kernel.NO_SOUND: 8,  # how far names run together may be by sound, in hundredths, to be one in other words
}
SOUND, TRANSLITERATION, MORE = "sounds alike", "transliteration", "one word more"
_HOW = {
    kernel.INITIAL: "initial", kernel.CALLED: "short or other form of a name", kernel.HEARD_AS: SOUND,
    kernel.SPELLING: "spelling", kernel.COUNTED: "number in words",
}  # fmt: skip
_AT_ONCE = 4_096
_OWN = local()
Space = tuple[Ints, Ints, tuple[Ints, Ints, Ints, Ints], Ints, Ints, Ints]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are, 0 to 1.

    ``but`` is what sets the two apart when they are the same name written otherwise. When they are not, ``differs`` has
    the words that differ, of the first name and of the second, ``how`` for each of them what lies between the two, and
    ``also`` what else sets the names apart.
    """

    score: float
    but: tuple[str, ...] = ()
    differs: tuple[tuple[str, str], ...] = ()
    how: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


def alike(a: Name, b: Name) -> Likeness:
    """Return how alike two names are; the order of the two is no matter.

    Names that only capitals, marks, spaces, the order of words, a title, a legal form or the script keep apart are the
    same. Of others each word goes with the nearest one of the other name: by the edits between them (optimal string
    alignment), by having the same letters in another order, by what they sound like, as its initial, as its short form
    or the form of another language, or as the same number. Words of both that have no such partner count double against
    them, a word more on one side a tenth, small words and patronymics little. Where a script leaves sounds out,
    consonants decide. Other figures are other names.
    """
    if a.text == b.text:
        return Likeness(1.0)
    space = _space()
    score = kernel.pair(as_ints(packed(a.text)), as_ints(packed(b.text)), _rules(), costs(), *space)
    if is_same(a, b):
        return Likeness(score, differences(a, b))
    return Likeness(score, (), *_told(space, a, b))


def is_same(a: Name, b: Name) -> bool:
    """Say whether two names are the same but for how they are written."""
    return a.text == b.text or not a.keys.isdisjoint(b.keys)


def _told(space: Space, a: Name, b: Name) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...], tuple[str, ...]]:
    """Return the words that differ, what lies between the two of each, and what else sets the names apart."""
    _, _, (codes_a, _, codes_b, _), units, _, found = space
    left, right = (_texts(units[side], units[2, 0, side], codes) for side, codes in enumerate((codes_a, codes_b)))
    met = [(i, j, how) for i, j, _, how in takewhile(lambda row: row[0] >= 0, found.tolist())]
    words = [(left.pop(i), right.pop(j), _HOW.get(how, "")) for i, j, how in met]
    words = [one for one in words if one[0] != one[1]]
    words += [(word, "", MORE) for word in left.values()] + [("", word, MORE) for word in right.values()]
    also = also_apart(a, b)
    if "script" in also:
        words = [(x, y, TRANSLITERATION if how == SOUND else how) for x, y, how in words]
    in_order = [j for _, j, _ in sorted(met)]
    also += ("word order",) if in_order != sorted(in_order) else ()
    return tuple((x, y) for x, y, _ in words), tuple(how for *_, how in words), also


def _texts(units: Ints, count: int, codes: Ints) -> dict[int, str]:
    return {
        place: "".join(map(chr, codes[start : start + size].tolist()))
        for place, (start, size, *_) in enumerate(units[:count].tolist())
    }


class Prepared:
    """Names that are compared in bulk: each is taken apart once."""

    def __init__(self, texts: Sequence[str]) -> None:
        parts = [pack(text) for text in texts]
        self._packed = as_ints(b"".join(parts))
        self._starts = np.zeros(len(parts) + 1, np.int64)
        np.cumsum([len(part) // 8 for part in parts], out=self._starts[1:])

    def scores(self, left: Ints, right: Ints) -> Floats:
        """Return how alike pairs of names are, given by their places, on all cores; as ``alike`` has it."""
        found = np.empty(len(left))
        left, right = np.ascontiguousarray(left, np.int64), np.ascontiguousarray(right, np.int64)

        def part(first: int) -> None:
            last = min(first + _AT_ONCE, len(left))
            kernel.pairs(self._packed, self._starts, left, right, _rules(), costs(), found, first, last)

        with ThreadPoolExecutor(cores()) as pool:
            list(pool.map(part, range(0, len(left), _AT_ONCE)))
        return found


def scores(a: Sequence[str], b: Sequence[str]) -> Floats:
    """Return how alike each name of ``a`` is to the one at its place in ``b``; as ``alike`` has it."""
    places: dict[str, int] = {}
    left, right = (np.array([places.setdefault(text, len(places)) for text in texts], np.int64) for texts in (a, b))
    return Prepared(list(places)).scores(left, right)


def _space() -> Space:
    """Return the arrays that comparing takes, made once a thread."""
    if not hasattr(_OWN, "space"):
        _OWN.space = kernel.workspace()
    space: Space = _OWN.space
    return space


@cache
def _rules() -> Ints:
    return np.array([RULES[place] for place in range(len(RULES))], np.int64)
