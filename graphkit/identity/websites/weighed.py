"""How probable it is that two sites belong together, by what they share, learned from the records themselves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graphkit.identity.websites.levels import (
    NAMING,
    QUESTIONS,
    REDIRECT,
    REGISTRANT,
    SETUP,
    SIZES,
    TIMES,
    Levels,
    nothing_shared,
)

Floats = NDArray[np.float64]
CLASSES = ("operator", "service")
_FILE = Path(__file__).with_name("weights.json")
TURNS = 300
NEAR_ENOUGH = 1e-4
TRUST = 2000.0
"""As how many pairs of sites the weights count that are known beforehand."""
MOST = 2.0
"""Pairs that belong together, for each site, at most."""
_NEVER = 3e-5
SITES = 500.0
"""As how many websites count what is known beforehand of how often unrelated sites share something."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """For each pair the probability that the two belong together, and what each answer speaks for it, in bits.

    ``bits`` has one row a pair and one column a question: the logarithm, to base 2, of how much more often pairs that
    belong together answer so than those that do not.
    """

    probability: Floats
    bits: Floats


def weighed(answers: Levels, sites: int, known: NDArray[np.int8] | None = None) -> Weighed:
    """Return how probable it is of each pair that the two belong together.

    Record linkage after Fellegi and Sunter (A Theory for Record Linkage, 1969), its weights by expectation and
    maximization without labels (Winkler, 1988), with three classes: sites of one operator, sites that one service runs,
    such as an agency's or a host's, and unrelated ones. What is usual for the first two is known beforehand and
    corrected by the records; what is usual for unrelated ones is counted, over all pairs of ``sites`` websites. Where
    ``known`` is 1 people have decided that two are one, where it is -1 that they are not.
    """
    if len(answers.rows) == 0:
        return Weighed(np.zeros(0), np.zeros(answers.rows.shape))
    patterns, of, count = _patterns(answers.rows)
    model = _Model(answers, patterns, count.astype(float), sites)
    decided = np.zeros((2, len(count)))
    if known is not None:
        decided = np.stack([np.bincount(of, weights=known == sign, minlength=len(count)) for sign in (1, -1)])
    model.learn(decided)
    probability = model.related[of]
    if known is not None:
        probability = np.where(known == 0, probability, known > 0).astype(float)
    return Weighed(probability, model.bits()[of])


def _patterns(rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the different rows, the number of each row's one, and how often each is there."""
    key = np.ravel_multi_index(rows.T, SIZES)
    different, of, count = np.unique(key, return_inverse=True, return_counts=True)
    return np.stack(np.unravel_index(different, SIZES), axis=1), of, count


class _Model:
    def __init__(self, answers: Levels, patterns: NDArray[np.int64], count: Floats, sites: int) -> None:
        self.patterns, self.count, self.sites = patterns, count, float(sites)
        self.all = max(self.sites * (self.sites - 1) / 2, 1.0)
        self.times, self.stems = answers.times, answers.stems
        self.usual = usual()
        self.shares = {name: [one.copy() for one in self.usual[name]] for name in CLASSES}
        self.pairs = {name: self._scaled(0.0, name) for name in CLASSES}
        self.related, self.served, self.counted = np.zeros((3, len(count)))
        self.apart: list[Floats] = []
        self._silent = [nothing_shared(question) for question in range(len(SIZES))]
        operator = self.usual["operator"]
        silent = [operator[q][self._silent[q]].sum() for q in (REGISTRANT, SETUP, REDIRECT)]
        self.unseen = float(np.prod(silent))

    def _scaled(self, pairs: float, name: str) -> float:
        """Return how many pairs are of a class: as many as are found, and as are usual for so many sites."""
        usual_pairs = float(self.usual["pairs"][CLASSES.index(name)][0])
        return min((pairs + SITES * usual_pairs) * self.sites / (self.sites + SITES), self.all / 4)

    def learn(self, decided: Floats) -> None:
        for _ in range(TURNS):
            before = self.related
            self.apart = [self._unrelated(question) for question in range(len(SIZES))]
            self._expect(decided)
            self._maximize()
            if np.abs(self.related - before).max() < NEAR_ENOUGH:
                return

    def _unrelated(self, question: int) -> Floats:
        """Return the share of each level among all pairs that are unrelated."""
        if question == TIMES:
            return self.times
        counted = np.bincount(self.patterns[:, question], weights=self.counted, minlength=SIZES[question])
        found = counted + SITES * self.usual["unrelated"][question]
        pairs = self.stems if question == NAMING else found * self.sites / (self.sites + SITES)
        share = pairs / self.all
        silent = self._silent[question]
        differ = found[silent] + 1
        share[silent] = max(1 - share[~silent].sum(), 0.01) * differ / differ.sum()
        return np.maximum(share, 1e-12)

    def _expect(self, decided: Floats) -> None:
        rest = max(1 - sum(self.pairs.values()) / self.all, 0.5)
        logs = np.stack(
            [np.log(self.pairs[name] / self.all) + self._log(self.shares[name]) for name in CLASSES]
            + [np.log(rest) + self._log(self.apart)]
        )
        parts = np.exp(logs - logs.max(axis=0))
        related, served, _ = parts / parts.sum(axis=0)
        yes, no = decided / np.maximum(self.count, 1)
        self.related = related * (1 - yes - no) + yes
        self.served = served * (1 - yes - no)
        self.counted = self.count * (1 - self.related - self.served)

    def _log(self, shares: Sequence[Floats]) -> Floats:
        found: Floats = sum(
            (np.log(one)[self.patterns[:, q]] for q, one in enumerate(shares)), np.zeros(len(self.count))
        )
        return found

    def _maximize(self) -> None:
        total = float((self.count * self.related).sum())
        seen = min(total / (1 - self.unseen), MOST * self.sites)
        self.pairs = {
            "operator": self._scaled(seen, "operator"),
            "service": self._scaled(float((self.count * self.served).sum()), "service"),
        }
        missed = max(self.pairs["operator"] - total, 0.0)
        for question, size in enumerate(SIZES):
            for name, share in (("operator", self.related), ("service", self.served)):
                prior = self.usual[name][question]
                counted = np.bincount(self.patterns[:, question], weights=self.count * share, minlength=size)
                if name == "operator":
                    silent = prior * self._silent[question]
                    counted = counted + missed * silent / silent.sum()
                self.shares[name][question] = (counted + TRUST * prior) / (counted.sum() + TRUST)

    def bits(self) -> Floats:
        """Return what each answer of each pattern speaks for one operator, against what else it may be."""
        rest = max(1 - sum(self.pairs.values()) / self.all, 0.5)
        served = self.pairs["service"] / self.all
        found = np.zeros(self.patterns.shape)
        for question in range(len(SIZES)):
            mine = self.shares["operator"][question]
            other = (rest * self.apart[question] + served * self.shares["service"][question]) / (rest + served)
            found[:, question] = np.log2(mine / other)[self.patterns[:, question]]
        return found


@cache
def usual() -> dict[str, list[Floats]]:
    """Return what is known beforehand of sites of one operator, sites of one service, and unrelated ones.

    For the first two it is how often pairs answer each question how, as shares, and ``pairs``, how many there are for
    each site; for ``unrelated`` how many pairs answer so for each site.
    """
    told = json.loads(_FILE.read_text(encoding="utf-8"))
    found = {
        name: [_filled(told[name][one], size) for one, size in zip(QUESTIONS, SIZES, strict=True)] for name in CLASSES
    }
    for_each = told["unrelated"]
    found["unrelated"] = [_levels(for_each[one], size, 1e-5) for one, size in zip(QUESTIONS, SIZES, strict=True)]
    return found | {"pairs": [np.array([told["pairs"][name]]) for name in CLASSES]}


def _filled(told: dict[str, float], size: int) -> Floats:
    """Return shares, written as level: share, with a little for what was never seen."""
    shares = _levels(told, size, _NEVER)
    found: Floats = shares / shares.sum()
    return found


def _levels(told: dict[str, float], size: int, least: float) -> Floats:
    levels = np.full(size, least)
    for level, share in told.items():
        levels[int(level)] = max(share, least)
    return levels
