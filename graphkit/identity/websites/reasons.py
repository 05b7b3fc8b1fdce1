"""Why two sites are linked: each value they share, on how many sites it is, and what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray

from graphkit.identity.websites.answers import (
    AFTER,
    BEFORE,
    CONTEXT,
    NAMING,
    QUESTIONS,
    REDIRECT,
    REGISTRANT,
    SETUP,
    TIMES,
    WEEK,
    gap,
    question_of,
)
from graphkit.identity.websites.caution import MOST, WORDS
from graphkit.identity.websites.derived import NEAR
from graphkit.identity.websites.linked import Compared
from graphkit.identity.websites.loops import place
from graphkit.identity.websites.members import ALWAYS
from graphkit.identity.websites.observed import KINDS, NUMBERS
from graphkit.identity.websites.parts import PARTS
from graphkit.identity.websites.weighed import Weighed

HAND_OVER = ("hand-over", "one ended as the other began")
TOGETHER = ("same week", "both began in one week")
_QUESTION = {kind: question_of(kind) for kind in KINDS} | dict.fromkeys((HAND_OVER[0], TOGETHER[0]), TIMES)
CAUTION = "caution"
START = ("start", "two websites of which nothing is known yet")
NOTHING = {
    REGISTRANT: ("registrant", "no value shared"), SETUP: ("setup", "no value shared"),
    TIMES: ("times", "when they began and ended"), NAMING: ("name", "nothing shared"),
    REDIRECT: ("redirect", "none seen"), CONTEXT: ("neighbours", "how many others each is linked to"),
}  # fmt: skip
"""What is said of a question whose answer is no value that both share."""
_WHOLE = {**NEAR, **PARTS, "stem": "label"}
"""Kinds that are not told where the kind that they are made of is."""
_BY_NEIGHBOURS = {REGISTRANT, SETUP}
"""Questions that speak for one operator without a shared value only by what is near: that is told as of neighbours."""
_MOST_BITS = log2(MOST / (1 - MOST))
_LEAST = 0.05
"""How many bits must speak for or against by themselves to be told."""
_NEAR = 0.5
_NAMED = 3

Longs = NDArray[np.int64]
Doubles = NDArray[np.float64]


@dataclass(slots=True)
class Reason:
    """Something that two sites share.

    ``seen_on`` is how many sites have it at that time, ``weight`` what it says for one operator, in bits: negative when
    it speaks against. What a question says is shared out among the values that answer it by how rare each is (inverse
    document frequency, Spärck Jones, 1972). ``begins`` and ``ends`` are days since 1970 between which either site had
    it, None where that is not known. The weights of all reasons add up to the logarithm of the odds.
    """

    kind: str
    value: str
    seen_on: int
    weight: float
    begins: int | None = None
    ends: int | None = None


@dataclass(frozen=True, slots=True)
class _Answers:
    """What answers the questions about some pairs, one row an answer: the number of the pair among those, and so on."""

    row: Longs
    kind: list[str]
    value: list[str]
    seen_on: Longs
    begins: Longs
    ends: Longs

    @property
    def question(self) -> Longs:
        """The question that each answers."""
        return np.array([_QUESTION[kind] for kind in self.kind], dtype=np.int64)


def reasons(found: Compared, judged: Weighed, pairs: Longs) -> list[list[Reason]]:
    """Return for each of some pairs why the two sites are linked: what says most first, and where it starts last.

    Why one is held back stands before all others.
    """
    answers = [_shared(found, pairs), *_of_times(found, pairs)]
    row, question, seen_on = (
        np.concatenate(of) for of in zip(*((one.row, one.question, one.seen_on) for one in answers), strict=True)
    )
    answered = np.zeros((len(pairs), len(QUESTIONS)), dtype=bool)
    answered[row, question] = True
    said = _told_by_neighbours(judged.bits[pairs], answered)
    weights = iter(_shared_out(said, row, question, seen_on, len(found.held.sites)).tolist())
    told: list[list[Reason]] = [[] for _ in pairs]
    for one in answers:
        columns = one.row.tolist(), one.kind, one.value, one.seen_on.tolist(), one.begins.tolist(), one.ends.tolist()
        for at, kind, value, sites, begin, end in zip(*columns, strict=True):
            first, last = None if begin == ALWAYS[0] else begin, None if end == ALWAYS[1] else end
            told[at].append(Reason(kind, value, sites, next(weights), first, last))
    _by_no_value(told, said, answered, _Neighbours(found, judged), pairs)
    held, base = judged.held_back[pairs].tolist(), round(judged.base, 2)
    for rows, back in zip(told, held, strict=True):
        rows.sort(key=lambda one: (-one.weight, not one.seen_on, one.kind, one.value))
        if back:
            more = base + sum(one.weight for one in rows)
            rows.insert(0, Reason(CAUTION, WORDS[back], 0, round(_MOST_BITS - more, 2)))
        rows.append(Reason(*START, 0, base))
    return told


def _told_by_neighbours(bits: Doubles, answered: NDArray[np.bool_]) -> Doubles:
    """Return what each question says of pairs, where it speaks for them without an answer as said by neighbours."""
    said = bits.copy()
    for question in _BY_NEIGHBOURS:
        by_them = np.where(answered[:, question], 0, np.maximum(said[:, question], 0))
        said[:, CONTEXT] += by_them
        said[:, question] -= by_them
    return said


def _shared_out(said: Doubles, row: Longs, question: Longs, seen_on: Longs, sites: int) -> Doubles:
    """Return the weight of each answer: its share in what its question says of the pair."""
    share = np.log2(max(sites, 2) / np.clip(seen_on, 1, max(sites, 1))) + 1
    where = row * len(QUESTIONS) + question
    whole = np.bincount(where, share, minlength=said.size)[where]
    found: Doubles = np.round(said[row, question] * share / whole, 2)
    return found


def _by_no_value(
    told: Sequence[list[Reason]], said: Doubles, answered: NDArray[np.bool_], near: _Neighbours, pairs: Longs
) -> None:
    """Add what questions say that no value answers."""
    for question, (kind, value) in NOTHING.items():
        for row in np.flatnonzero(~answered[:, question] & (np.abs(said[:, question]) >= _LEAST)).tolist():
            words = near.words(int(pairs[row])) if question == CONTEXT else value
            told[row].append(Reason(kind, words, 0, round(float(said[row, question]), 2)))


def _shared(found: Compared, pairs: Longs) -> _Answers:
    """Return the values that both share; not those that are part of one that is told anyway."""
    value, rare = found.pairs.value[pairs], found.pairs.rare[pairs]
    there = value >= 0
    for part, whole in _WHOLE.items():
        there[:, NUMBERS[part]] &= value[:, NUMBERS[whole]] < 0
    rows, kinds = np.nonzero(there)
    values, names = value[rows, kinds], list(KINDS)
    texts = found.held.values["value"].gather(values).to_list()
    begins, ends = _when(found, pairs[rows], values)
    return _Answers(
        rows, [names[kind] for kind in kinds.tolist()], texts, rare[rows, kinds].astype(np.int64), begins, ends
    )


def _when(found: Compared, pairs: Longs, values: NDArray[np.int32]) -> tuple[Longs, Longs]:
    """Return between which days either site of a pair had a value; of one that has no days, those of the other."""
    held = found.held
    at = [place(values, of[pairs], held.pointers, held.site) for of in (found.pairs.a, found.pairs.b)]
    begins, ends = (np.stack([days[one] for one in at]).astype(np.int64) for days in (held.begins, held.ends))
    undated = (begins == ALWAYS[0]) & (ends == ALWAYS[1])
    either = undated & ~undated[::-1]
    begins, ends = np.where(either, begins[::-1], begins), np.where(either, ends[::-1], ends)
    return begins.min(axis=0), ends.max(axis=0)


def _of_times(found: Compared, pairs: Longs) -> list[_Answers]:
    a, b, lives = found.pairs.a[pairs], found.pairs.b[pairs], found.answers.lives
    days = gap(lives, a, b)
    handed_over = np.flatnonzero((days >= BEFORE) & (days <= AFTER))
    return [
        _undated(handed_over, *HAND_OVER),
        _undated(np.flatnonzero(np.abs(lives[a, 0] - lives[b, 0]) <= WEEK), *TOGETHER),
    ]


def _undated(row: Longs, kind: str, value: str) -> _Answers:
    begins, ends = (np.full(len(row), day, dtype=np.int64) for day in ALWAYS)
    return _Answers(row, [kind] * len(row), [value] * len(row), np.zeros_like(row), begins, ends)


class _Neighbours:
    """The websites to which each is linked, to name those that two have in common."""

    def __init__(self, found: Compared, judged: Weighed) -> None:
        self._found = found
        self._of: dict[int, dict[int, float]] = defaultdict(dict)
        for at in np.flatnonzero(judged.probability >= _NEAR).tolist():
            a, b, sure = int(found.pairs.a[at]), int(found.pairs.b[at]), float(judged.probability[at])
            self._of[a][b] = self._of[b][a] = sure

    def words(self, pair: int) -> str:
        """Return which websites both sites of a pair are linked to."""
        one, other = (self._of.get(int(ends[pair]), {}) for ends in (self._found.pairs.a, self._found.pairs.b))
        common = {site: min(one[site], other[site]) for site in one.keys() & other.keys()}
        if not common:
            return NOTHING[CONTEXT][1]
        named = sorted(common, key=lambda site: (-common[site], site))[:_NAMED]
        more = f" and {len(common) - len(named)} more" if len(common) > len(named) else ""
        return f"both linked to {', '.join(self._found.held.sites[site] for site in named)}{more}"
