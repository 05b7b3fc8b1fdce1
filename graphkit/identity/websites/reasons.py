"""Why two sites are linked: each value they share, on how many sites it is, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.identity.websites.derived import NEAR
from graphkit.identity.websites.levels import HAND_OVER, NAMING, REDIRECT, REGISTRANT, SETUP, TIMES, TOGETHER
from graphkit.identity.websites.linked import Compared
from graphkit.identity.websites.members import ALWAYS
from graphkit.identity.websites.observed import KINDS, NUMBERS, Family

_QUESTION = {Family.CONTACT: REGISTRANT, Family.IDENTITY: REGISTRANT, Family.CONTENT: SETUP, Family.HOSTING: SETUP}
_OTHERS = {"email-near": REGISTRANT, "name-near": REGISTRANT, "stem": NAMING, "redirect": REDIRECT}
_TIMES = {
    HAND_OVER: ("hand-over", "one ended as the other began"),
    TOGETHER: ("same week", "both began in one week"),
}


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
    """Return why the two sites of a pair are linked, what says most first."""
    rows = list(_shared(found, bits, pair))
    rows += _of_times(found, bits, pair)
    return sorted(rows, key=lambda one: (-one.weight, one.kind, one.value))


def _shared(found: Compared, bits: NDArray[np.float64], pair: int) -> Iterator[Reason]:
    values = found.pairs.value[pair]
    shared = [(kind, int(value)) for kind, value in zip(KINDS, values, strict=True) if value >= 0]
    as_they_are = {kind for kind, _ in shared}
    shared = [(kind, value) for kind, value in shared if NEAR.get(kind) not in as_they_are]
    asked = {kind: _OTHERS.get(kind, _QUESTION.get(KINDS[kind], NAMING)) for kind, _ in shared}
    parts = list(asked.values())
    for kind, value in shared:
        question = asked[kind]
        text = str(found.held.values["value"][value])
        weight = round(float(bits[pair, question]) / parts.count(question), 2)
        yield Reason(kind, text, int(found.pairs.rare[pair, NUMBERS[kind]]), weight, *_when(found, pair, value))


def _when(found: Compared, pair: int, value: int) -> tuple[int | None, int | None]:
    held = found.held
    start, stop = held.pointers[value], held.pointers[value + 1]
    of = (found.pairs.a[pair], found.pairs.b[pair])
    places = [start + int(np.searchsorted(held.site[start:stop], site)) for site in of]
    begins = min(int(held.begins[at]) for at in places)
    ends = max(int(held.ends[at]) for at in places)
    return (None if begins == ALWAYS[0] else begins), (None if ends == ALWAYS[1] else ends)


def _of_times(found: Compared, bits: NDArray[np.float64], pair: int) -> list[Reason]:
    level = int(found.answers.rows[pair, TIMES])
    if level not in _TIMES:
        return []
    return [Reason(*_TIMES[level], 0, round(float(bits[pair, TIMES]), 2), None, None)]
