"""Why two sites are linked: each value they share, on how many sites it is, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graphkit.identity.websites.answers import (
    AFTER,
    BEFORE,
    CONTEXT,
    NAMING,
    REDIRECT,
    REGISTRANT,
    SETUP,
    TIMES,
    WEEK,
    gap,
    question_of,
)
from graphkit.identity.websites.derived import NEAR
from graphkit.identity.websites.linked import Compared
from graphkit.identity.websites.members import ALWAYS
from graphkit.identity.websites.observed import KINDS, NUMBERS
from graphkit.identity.websites.parts import PARTS

HAND_OVER = ("hand-over", "one ended as the other began")
TOGETHER = ("same week", "both began in one week")
NOTHING = {
    REGISTRANT: ("registrant", "nothing shared"), SETUP: ("setup", "nothing shared"),
    TIMES: ("times", "when they began and ended"), NAMING: ("name", "nothing shared"),
    REDIRECT: ("redirect", "none seen"), CONTEXT: ("neighbours", "how both are linked to others"),
}  # fmt: skip
"""What is said of a question whose answer is no value that both share."""
_LEAST = 0.5
"""How many bits must speak for or against by themselves to be told."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that two sites share.

    ``seen_on`` is how many sites have it at that time, ``weight`` what it says for one operator, in bits: negative when
    it speaks against. Values of one kind of evidence share its weight. ``begins`` and ``ends`` are days since 1970
    between which either site had it, None where that is not known.
    """

    kind: str
    value: str
    seen_on: int
    weight: float
    begins: int | None
    ends: int | None


def reasons(found: Compared, bits: NDArray[np.float64], pair: int) -> list[Reason]:
    """Return why the two sites of a pair are linked: what they share, what says most first, and then all else."""
    told = [*_shared(found, pair), *_of_times(found, pair)]
    asked = [question for question, _ in told]
    rows = [replace(one, weight=_part(bits[pair, question], asked.count(question))) for question, one in told]
    for question, (kind, value) in NOTHING.items():
        weight = _part(bits[pair, question], 1)
        if question not in asked and abs(weight) >= _LEAST:
            rows.append(Reason(kind, value, 0, weight, None, None))
    return sorted(rows, key=lambda one: (not one.seen_on, -one.weight, one.kind, one.value))


def _part(bits: float, count: int) -> float:
    return round(float(bits) / count, 2)


def _shared(found: Compared, pair: int) -> Iterator[tuple[int, Reason]]:
    """Yield the values that both share, each with its question; not those that are part of one that is told anyway."""
    values = found.pairs.value[pair]
    shared = {kind: int(value) for kind, value in zip(KINDS, values, strict=True) if value >= 0}
    for kind, value in shared.items():
        if (NEAR | PARTS).get(kind) in shared or (kind == "stem" and "label" in shared):
            continue
        text = str(found.held.values["value"][value])
        seen_on = int(found.pairs.rare[pair, NUMBERS[kind]])
        yield question_of(kind), Reason(kind, text, seen_on, 0.0, *_when(found, pair, value))


def _when(found: Compared, pair: int, value: int) -> tuple[int | None, int | None]:
    held = found.held
    start, stop = held.pointers[value], held.pointers[value + 1]
    of = (found.pairs.a[pair], found.pairs.b[pair])
    places = [start + int(np.searchsorted(held.site[start:stop], site)) for site in of]
    begins = min(int(held.begins[at]) for at in places)
    ends = max(int(held.ends[at]) for at in places)
    return (None if begins == ALWAYS[0] else begins), (None if ends == ALWAYS[1] else ends)


def _of_times(found: Compared, pair: int) -> Iterator[tuple[int, Reason]]:
    a, b, lives = found.pairs.a[[pair]], found.pairs.b[[pair]], found.answers.lives
    if BEFORE <= gap(lives, a, b)[0] <= AFTER:
        yield TIMES, Reason(*HAND_OVER, 0, 0.0, None, None)
    if abs(lives[a[0], 0] - lives[b[0], 0]) <= WEEK:
        yield TIMES, Reason(*TOGETHER, 0, 0.0, None, None)
