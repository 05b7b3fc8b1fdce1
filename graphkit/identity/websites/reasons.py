"""Why two sites are linked: each value they share, on how many sites it is, and what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
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


@dataclass(slots=True)
class Reason:
    """Something that two sites share.

    ``seen_on`` is how many sites have it at that time, ``weight`` what it says for one operator, in bits: negative when
    it speaks against. What a question says is shared out among the values that answer it by how rare each is (inverse
    document frequency, Spärck Jones, 1972). ``begins`` and ``ends`` are days since 1970 between which either site had
    it, None where that is not known. The weights of all reasons add up to the logarithm of the odds.
    """

    question: int
    kind: str
    value: str
    seen_on: int
    weight: float = 0.0
    begins: int | None = None
    ends: int | None = None


def reasons(found: Compared, judged: Weighed, pairs: Longs) -> list[list[Reason]]:
    """Return for each of some pairs why the two sites are linked: what says most first, and where it starts last.

    Why one is held back stands before all others.
    """
    told: list[list[Reason]] = [[] for _ in pairs]
    _shared(found, pairs, told)
    _of_times(found, pairs, told)
    near, held = _Neighbours(found, judged), judged.held_back
    bits, base = judged.bits[pairs].tolist(), round(judged.base, 2)
    for rows, said, pair in zip(told, bits, pairs.tolist(), strict=True):
        answered = {row.question for row in rows}
        for question in _BY_NEIGHBOURS - answered:
            said[CONTEXT] += max(said[question], 0)
            said[question] = min(said[question], 0)
        _weigh(rows, said, len(found.held.sites))
        for question, (kind, value) in NOTHING.items():
            if question not in answered and abs(said[question]) >= _LEAST:
                words = near.words(pair) if question == CONTEXT else value
                rows.append(Reason(question, kind, words, 0, round(said[question], 2)))
        rows.sort(key=lambda one: (-one.weight, not one.seen_on, one.kind, one.value))
        if held[pair]:
            more = base + sum(row.weight for row in rows)
            rows.insert(0, Reason(-1, CAUTION, WORDS[held[pair]], 0, round(_MOST_BITS - more, 2)))
        rows.append(Reason(-1, *START, 0, base))
    return told


def _shared(found: Compared, pairs: Longs, told: Sequence[list[Reason]]) -> None:
    """Add the values that both share; not those that are part of one that is told anyway."""
    value, rare = found.pairs.value[pairs], found.pairs.rare[pairs]
    there = value >= 0
    for part, whole in _WHOLE.items():
        there[:, NUMBERS[part]] &= value[:, NUMBERS[whole]] < 0
    rows, kinds = np.nonzero(there)
    values, names = value[rows, kinds], list(KINDS)
    texts = found.held.values["value"].gather(values).to_list()
    begins, ends = _when(found, pairs[rows], values)
    asked = [question_of(kind) for kind in names]
    columns = (column.tolist() for column in (rows, kinds, rare[rows, kinds], begins, ends))
    for row, kind, seen_on, begin, end, text in zip(*columns, texts, strict=True):
        first, last = None if begin == ALWAYS[0] else begin, None if end == ALWAYS[1] else end
        told[row].append(Reason(asked[kind], names[kind], text, seen_on, 0.0, first, last))


def _when(found: Compared, pairs: Longs, values: NDArray[np.int32]) -> tuple[Longs, Longs]:
    """Return between which days either site of a pair had a value; of one that has no days, those of the other."""
    held = found.held
    at = [place(values, of[pairs], held.pointers, held.site) for of in (found.pairs.a, found.pairs.b)]
    begins, ends = (np.stack([days[one] for one in at]).astype(np.int64) for days in (held.begins, held.ends))
    undated = (begins == ALWAYS[0]) & (ends == ALWAYS[1])
    either = undated & ~undated[::-1]
    begins, ends = np.where(either, begins[::-1], begins), np.where(either, ends[::-1], ends)
    return begins.min(axis=0), ends.max(axis=0)


def _of_times(found: Compared, pairs: Longs, told: Sequence[list[Reason]]) -> None:
    a, b, lives = found.pairs.a[pairs], found.pairs.b[pairs], found.answers.lives
    days = gap(lives, a, b)
    for row in np.flatnonzero((days >= BEFORE) & (days <= AFTER)).tolist():
        told[row].append(Reason(TIMES, *HAND_OVER, 0))
    for row in np.flatnonzero(np.abs(lives[a, 0] - lives[b, 0]) <= WEEK).tolist():
        told[row].append(Reason(TIMES, *TOGETHER, 0))


def _weigh(rows: Sequence[Reason], said: Sequence[float], sites: int) -> None:
    """Share out what each question says among its answers."""
    rarity = [log2(max(sites, 2) / min(max(row.seen_on, 1), sites)) + 1 for row in rows]
    whole = [0.0] * len(QUESTIONS)
    for row, share in zip(rows, rarity, strict=True):
        whole[row.question] += share
    for row, share in zip(rows, rarity, strict=True):
        row.weight = round(said[row.question] * share / whole[row.question], 2)


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
        named = nlargest(_NAMED, common, key=lambda site: (common[site], -site))
        more = f" and {len(common) - len(named)} more" if len(common) > len(named) else ""
        return f"both linked to {', '.join(self._found.held.sites[site] for site in named)}{more}"
