"""How alike two names are: the share of their words that agree."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from threading import local

import numpy as np

from graphkit.compiled import cores
from graphkit.identity import kernel
from graphkit.identity.kernel import Floats, Ints
from graphkit.identity.names import Name, differences
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
    kernel.NO_SOUND: 8,
    kernel.LEAST_SOUND: 800,  # how alike two words must sound to be one in another spelling
}
_HOW = {
    kernel.INITIAL: "initial", kernel.CALLED: "short or other form of a name", kernel.HEARD_AS: "transliteration",
    kernel.SPELLING: "spelling", kernel.COUNTED: "number in words",
}  # fmt: skip
_AT_ONCE = 4_096
_OWN = local()
Space = tuple[Ints, Ints, tuple[Ints, Ints, Ints, Ints], Ints, Ints, Ints]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are, 0 to 1.

    ``but`` is what sets the two apart when they are the same name written otherwise, ``differs`` the words that differ
    when they are not: of the first name, and of the second for each. ``how`` says what lies between such words.
    """

    score: float
    but: tuple[str, ...] = ()
    differs: tuple[tuple[str, str], ...] = ()
    how: tuple[str, ...] = ()


def alike(a: Name, b: Name) -> Likeness:
    """Return how alike two names are; the order of the two is no matter.

    Names that only capitals, marks, spaces or the order of words keep apart are the same. Of others each word goes with
    the nearest one of the other name, by the edits between them (optimal string alignment), or as its initial. Words of
    both that have no such partner count double against them, a word more on one side a tenth, small words little.
    """
    if a.text == b.text:
        return Likeness(1.0)
    one, other = as_ints(packed(a.text)), as_ints(packed(b.text))
    space = _space()
    score = round(kernel.pair(one, other, _rules(), costs(), *space), 3)
    if is_same(a, b):
        return Likeness(score, differences(a, b))
    return Likeness(score, (), *_told(space))


def is_same(a: Name, b: Name) -> bool:
    """Say whether two names are the same but for how they are written."""
    return a.text == b.text or not a.keys.isdisjoint(b.keys)


def _told(space):
    _, _, (codes_a, _, codes_b, _), units, _, met = space
    words_a = _texts(units[0], units[2, 0, 0], codes_a)
    words_b = _texts(units[1], units[2, 0, 1], codes_b)
    differs, how = [], {}
    for i, j, _, by in met:
        if i < 0:
            break
        x, y = words_a.pop(i), words_b.pop(j)
        if x != y:
            differs.append((x, y))
            how[_HOW[by]] = None
    differs += [(word, "") for word in words_a.values()] + [("", word) for word in words_b.values()]
    return tuple(differs), tuple(how)


def _texts(units, count, codes):
    return {k: "".join(map(chr, codes[start:start + size])) for k, (start, size, *_) in enumerate(units[:count].tolist())}


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
        return np.round(found, 3)


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
