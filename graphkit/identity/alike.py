"""How alike two names are: the share of their words that agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from graphkit.identity.names import Name, differences, is_small

LEAST = 0.8
"""How alike names must be to be called similar."""
_BUT = {"legal form": 0.95, "script": 0.97, "title": 0.97}
_OTHER_FORM = 0.9  # of names that have two legal forms
_MET = 0.65  # how alike two words must be to be one word, written otherwise
_APART = 2.0  # what counts against names when each has a word for which the other has another one
_MORE = 0.1  # and when one has a word more
_ALONE = 0.85  # of names that one word alone holds together
_INITIAL = 0.85
_SMALL = 0.3
_RUN_TOGETHER = 0.9
_MOST = 0.99
_WORDS = 60

Units = Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are, 0 to 1.

    ``but`` is what sets the two apart when they are the same name written otherwise, ``differs`` the words that differ
    when they are not: of the first name, and of the second for each.
    """

    score: float
    but: tuple[str, ...] = ()
    differs: tuple[tuple[str, str], ...] = ()


def alike(a: Name, b: Name) -> Likeness:
    """Return how alike two names are; the order of the two is no matter.

    Names that only capitals, marks, spaces or the order of words keep apart are the same. Of others each word goes with
    the nearest one of the other name, by the edits between them (optimal string alignment), or as its initial. Words of
    both that have no such partner count double against them, a word more on one side a tenth, small words little.
    """
    if a.text == b.text:
        return Likeness(1.0)
    if is_same(a, b):
        return _same(a, b)
    if not (a.words and b.words):
        return Likeness(0.0)
    turned = b.words < a.words
    first, second = (b.words, a.words) if turned else (a.words, b.words)
    score, differs = _compared(_joined(first[:_WORDS], second), _joined(second[:_WORDS], first))
    together = _RUN_TOGETHER * OSA.normalized_similarity(a.joined, b.joined)
    ordered = tuple((there, here) for here, there in differs) if turned else differs
    return Likeness(round(min(max(score, together), _MOST), 3), differs=ordered)


def is_same(a: Name, b: Name) -> bool:
    """Say whether two names are the same but for how they are written."""
    return a.text == b.text or not a.keys.isdisjoint(b.keys)


def _same(a: Name, b: Name) -> Likeness:
    but = differences(a, b)
    score = min(_BUT.get(what, 1.0) for what in but)
    return Likeness(min(score, _OTHER_FORM) if a.forms and b.forms and a.forms != b.forms else score, but)


def _compared(a: Units, b: Units) -> tuple[float, tuple[tuple[str, str], ...]]:
    near = ((_near(x, y), abs(i - j), i, j) for i, x in enumerate(a) for j, y in enumerate(b))
    pairs = sorted((one for one in near if one[0] >= _MET), key=lambda one: (-one[0], *one[1:]))
    left, right = dict(enumerate(a)), dict(enumerate(b))
    met, size, score, telling = list[tuple[str, str]](), 0.0, 0.0, 0
    for how_near, _, i, j in pairs:
        if i in left and j in right:
            (x, _), (y, _) = left.pop(i), right.pop(j)
            weight = (_weight(x) + _weight(y)) / 2
            size, score = size + weight, score + weight * how_near
            telling += weight == 1 and min(len(x), len(y)) > 1
            met += [(x, y)] if x != y else []
    more_a, more_b = (sum(_weight(word) for word, _ in rest.values()) for rest in (left, right))
    apart, more = min(more_a, more_b), abs(more_a - more_b)
    score /= size + _APART * apart + _MORE * more or 1
    differs = (*met, *((word, "") for word, _ in left.values()), *(("", word) for word, _ in right.values()))
    return score * (_ALONE if telling < 2 and more else 1), differs


def _weight(word: str) -> float:
    return _SMALL if is_small(word) else 1.0


def _near(x: tuple[str, bool], y: tuple[str, bool]) -> float:
    return _words_near(*sorted((x[0], y[0]))) if x[1] == y[1] else 0.0


@lru_cache(2**17)
def _words_near(x: str, y: str) -> float:
    if x == y:
        return 1.0
    if min(len(x), len(y)) == 1:
        return _INITIAL if x[0] == y[0] and x.isascii() and x.isalpha() else 0.0
    return float(OSA.normalized_similarity(x, y))


def _joined(a: Units, b: Units) -> Units:
    """Return words, two that are one word in the other name as one."""
    known = {word for word, _ in b}
    found: list[tuple[str, bool]] = []
    for word, is_son in a:
        if found and found[-1][0] + word in known:
            found[-1] = (found[-1][0] + word, found[-1][1])
        else:
            found.append((word, is_son))
    return found
