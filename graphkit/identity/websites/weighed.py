"""How probable it is that two sites belong together, by what they share and by what is near them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.compiled import cores
from graphkit.identity.websites.answers import CONTEXT, QUESTIONS, UNKNOWN, Answers
from graphkit.identity.websites.caution import MOST, held_back
from graphkit.identity.websites.context import UNKNOWN as ALONE
from graphkit.identity.websites.context import context
from graphkit.identity.websites.taught import taught
from graphkit.identity.websites.trees import Trees, trees

Doubles = NDArray[np.float64]
Floats = NDArray[np.float32]
_TOGETHER = 100_000
"""How many pairs are asked in one part, for the sake of memory."""
_WORTH_A_LOOK = 0.003
"""Pairs less probable than this by themselves are not looked at a second time."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """For each pair the probability that the two belong together, and what each answer speaks for it, in bits.

    ``bits`` has one row a pair and one column a question: by how much it raises, or lowers, the logarithm of the odds,
    to base 2. ``base`` is what stands before all answers: of a pair of which nothing is known yet. ``held_back`` says
    of each pair whether it would be more probable than ``caution.MOST`` but for caution, and why: a key of ``WORDS``.
    """

    probability: Doubles
    bits: Doubles
    base: float
    held_back: NDArray[np.int8]


def weighed(
    answers: Answers, known: NDArray[np.int8] | None = None, grown: tuple[Trees, Trees] | None = None
) -> Weighed:
    """Return how probable it is of each pair that the two belong together.

    Weights of evidence that add up (Good, 1950; Fellegi and Sunter, A Theory for Record Linkage, 1969), one for each
    question, each the sum of small boosted trees (Lou, Caruana and Gehrke, Intelligible Models, 2012) that were grown
    on invented worlds of several makers. A second pass sees how probable the links near a pair were in the first.
    What anyone can copy and what neighbours alone speak for make no pair more probable than ``caution.MOST``.
    Where ``known`` is 1 people have decided that two are one, where it is -1 that they are not; what is usual is
    corrected by that.
    """
    first, second = grown or trees()

    def alone(part: slice) -> tuple[Doubles, Doubles, Floats]:
        rows = answers.of(part)
        said = first.say(rows)
        sure = _decided(probability(first.base, said), None if known is None else known[part])
        return said, sure, rows[sure >= _WORTH_A_LOOK]

    said, sure, rows = _asked(len(answers.pairs.a), alone)
    worth_a_look = sure >= _WORTH_A_LOOK
    again = np.flatnonzero(worth_a_look)
    near = context(answers.pairs, sure, len(answers.held.sites), again)
    (said[again],) = _asked(len(again), lambda part: (second.say(np.concatenate([rows[part], near[part]], axis=1)),))
    (usual,) = second.say(np.array([[*UNKNOWN, *ALONE]], dtype=np.float32))
    base, worth = second.base + float(usual.sum()), np.ones(len(QUESTIONS))
    said -= usual
    if known is not None:
        judged = (known != 0) & worth_a_look
        base, worth = taught(said[judged], base, known[judged])
    said *= worth
    sure = np.where(worth_a_look, probability(base, said), sure)
    sure, why = _decided(sure, known), np.zeros(len(sure), dtype=np.int8)
    surer = np.flatnonzero((sure > MOST) if known is None else (sure > MOST) & (known == 0))
    why[surer] = held_back(answers, surer, probability(base, np.delete(said[surer], CONTEXT, axis=1)))
    return Weighed(np.where(why > 0, MOST, sure), said / np.log(2), base / float(np.log(2)), why)


def _asked(pairs: int, ask: Callable[[slice], tuple[Any, ...]]) -> tuple[Any, ...]:
    """Return what is said of all pairs, asked in parts, as many at once as there are cores."""
    parts = [slice(start, start + _TOGETHER) for start in range(0, max(pairs, 1), _TOGETHER)]
    first = ask(parts[0])
    with ThreadPoolExecutor(cores()) as threads:
        return tuple(np.concatenate(said) for said in zip(first, *threads.map(ask, parts[1:]), strict=True))


def probability(base: float, said: Doubles) -> Doubles:
    """Return how probable each pair is by its base and what each question says of it, all in natural log-odds."""
    found: Doubles = 1 / (1 + np.exp(-base - said.sum(axis=1)))
    return found


def _decided(sure: Doubles, known: NDArray[np.int8] | None) -> Doubles:
    return sure if known is None else np.where(known == 0, sure, known > 0).astype(float)
