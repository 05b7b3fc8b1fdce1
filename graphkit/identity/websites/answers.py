"""What is asked about each pair of sites, as numbers that the trees read: one row a pair, one column an answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphkit.identity.websites.agreed import COLUMNS, PARTS, Agreed, agreed, rarest
from graphkit.identity.websites.members import Members
from graphkit.identity.websites.observed import KINDS, NUMBERS, Family, Observed
from graphkit.identity.websites.pairs import Pairs

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
QUESTIONS = ("registrant", "setup", "times", "naming", "redirect", "context")
REGISTRANT, SETUP, TIMES, NAMING, REDIRECT, CONTEXT = range(len(QUESTIONS))
BEFORE, AFTER = -30, 45
"""Days by which one site may overlap with, or come after, the one that it takes the place of."""
WEEK, YEAR = 7, 365
_DECADE = 3650
COUNTED = ("host", "network", "ns", "tracker", "cert")
"""Kinds of which it counts how many values two sites share."""
_OF = {
    "email": REGISTRANT, "phone": REGISTRANT, "registrant-name": REGISTRANT, "registrant-org": REGISTRANT,
    "email-near": REGISTRANT, "name-near": REGISTRANT, "mailbox": REGISTRANT, "mail-domain": REGISTRANT,
    "tracker": SETUP, "favicon": SETUP, "cert": SETUP, "host": SETUP, "ns": SETUP, "network": SETUP, "ns-zone": SETUP,
    "stem": NAMING, "label": NAMING, "redirect": REDIRECT, "registrar": TIMES, "created": TIMES,
}  # fmt: skip
"""The question that values of a kind answer; how and when sites were registered is one with the times."""
_EVERYWHERE = NUMBERS["registrar"]
"""A kind whose values are on so many sites that they are rare or not beside all of them."""
DIFFER = -1
"""The answer where both have values of a kind, and share none; 0 where that is not known, more the rarer they share."""
_DRAWN = 40_000
_USUAL = 50
"""As how many websites what is usual anywhere counts beside those of a case, of which there may be few."""


def question_of(kind: str) -> int:
    """Return the number of the question that values of a kind answer."""
    return _OF[kind]


def _names() -> dict[str, tuple[int, ...]]:
    """Return the names of all answers with the numbers of the questions that each may bear on."""
    found: dict[str, tuple[int, ...]] = {f"on:{kind}": (_OF[kind],) for kind in KINDS}
    for family in PARTS:
        question = REGISTRANT if family in (Family.CONTACT, Family.IDENTITY) else SETUP
        found |= {f"{family.name.lower()}:{other.name.lower()}": (question,) for other in PARTS}
        found[f"{family.name.lower()}:known"] = (question,)
    found |= {f"shared:{kind}": (SETUP,) for kind in COUNTED} | {"shared:kinds": (SETUP,), "apart": (SETUP,)}
    found |= {"contact:hiding": (REGISTRANT,), "identity:hiding": (REGISTRANT,)}
    found |= {f"near:{name}": (TIMES,) for name in ("hand-over", "begins", "ends")}
    return found | {name: (REGISTRANT, SETUP) for name in ("hiding", "least pairs", "most pairs")}


NAMES = _names()
"""The columns of answers, and which questions each may bear on."""


def _unknown(name: str) -> float:
    first, _, second = name.partition(":")
    if first in {family.name.lower() for family in PARTS}:
        return {"known": 0.0, "hiding": -1.0}.get(second, -2.0)
    return float(name.endswith(" pairs"))


UNKNOWN = tuple(map(_unknown, NAMES))
"""The answers for a pair of which nothing is known."""
RISING = tuple(name for name in NAMES if name.startswith(("on:", "shared:", "near:")))
"""Answers that, the larger they are, never speak less for one operator."""


@dataclass(frozen=True)
class Answers:
    """What is asked about pairs. ``lives`` are the first and last day of each site, NaN where not known.

    ``hides`` says of each site whether something of its registrant is hidden.
    """

    held: Members
    pairs: Pairs
    lives: Doubles
    hides: NDArray[np.bool_]

    def of(self, chosen: NDArray[np.int64] | slice) -> Floats:
        """Return the answers for the chosen pairs, one column for each of ``NAMES``."""
        a, b, values = self.pairs.a[chosen], self.pairs.b[chosen], self.pairs.value[chosen]
        held, rare = self.held, self.pairs.rare[chosen]
        both = held.present[a] & held.present[b]
        rarity = 2 / np.maximum(rare, 2)
        rarity[:, _EVERYWHERE] = 1 - rare[:, _EVERYWHERE] / (len(held.sites) + _USUAL)
        columns = [*np.where(rare > 0, rarity, np.where(both & (rare == 0), DIFFER, 0)).T]
        value = {family: rarest(values, family) for family in PARTS}
        for family in PARTS:
            shares, known = self._agreed.among_others(held, value[family], a, b)
            columns += [*shares.T, known[:, :2].max(axis=1)]
        shared = self.pairs.shared[chosen]
        kinds = [number for numbers in COLUMNS.values() for number in numbers]
        columns += [shared[:, NUMBERS[kind]] for kind in COUNTED]
        columns += [(shared[:, kinds] > 0).sum(axis=1), self.pairs.apart[chosen]]
        columns += [self._hiding_among(value[family]) for family in (Family.CONTACT, Family.IDENTITY)]
        columns += [*self._times(a, b), self.hides[a].astype(np.int8) + self.hides[b]]
        pairs = self._pairs_of
        columns += [np.minimum(pairs[a], pairs[b]), np.maximum(pairs[a], pairs[b])]
        return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)

    @cached_property
    def _agreed(self) -> Agreed:
        return agreed(self.held)

    @cached_property
    def _pairs_of(self) -> NDArray[np.int64]:
        found: NDArray[np.int64] = np.bincount(
            np.concatenate([self.pairs.a, self.pairs.b]), minlength=len(self.held.sites)
        )
        return found

    def _hiding_among(self, values: NDArray[np.int32]) -> Doubles:
        """Return which share of those that have a value hide something, -1 where there is no value."""
        return np.append(self._hiding, -1.0)[values]

    @cached_property
    def _hiding(self) -> Doubles:
        """Which share of the sites that have a value hide something of their registrant."""
        if not len(self.held.sizes):
            return np.zeros(0)
        hiding: Doubles = np.add.reduceat(self.hides[self.held.site].astype(float), self.held.pointers[:-1])
        return hiding / self.held.sizes

    def _times(self, a: NDArray[np.int32], b: NDArray[np.int32]) -> list[Doubles]:
        """Return how soon one site followed the other, and how near both begin and end beside sites at random.

        Sites at random are those of the case, and where it has few also any within ten years.

        From far apart, below 0, to near, above 0; 0 is not known.
        """
        days = np.abs(gap(self.lives, a, b))
        found = [np.where(days > YEAR, DIFFER, 1 - days / YEAR)]
        for end, usual in enumerate(self._at_random):
            apart = np.abs(self.lives[a, end] - self.lives[b, end])
            here = np.searchsorted(usual, apart, side="right") / max(len(usual), 1)
            as_near = (here * len(self.lives) + np.minimum(apart / _DECADE, 1) * _USUAL) / (len(self.lives) + _USUAL)
            found.append(np.where(np.isnan(apart), np.nan, 0.5 - as_near))
        return [np.nan_to_num(one) for one in found]

    @cached_property
    def _at_random(self) -> list[Doubles]:
        """How many days two sites at random begin, and end, apart, sorted."""
        draw = np.random.default_rng(1).integers(0, max(len(self.lives), 1), (2, _DRAWN if len(self.lives) else 0))
        a, b = draw[:, draw[0] != draw[1]]
        apart = [np.abs(self.lives[a, end] - self.lives[b, end]) for end in (0, 1)]
        return [np.sort(one[~np.isnan(one)]) for one in apart]


def gap(lives: Doubles, a: NDArray[np.int32], b: NDArray[np.int32]) -> Doubles:
    """Return the days from the end of the site that began first to the beginning of the other, NaN if not known."""
    first_is_a = lives[a, 0] <= lives[b, 0]
    found: Doubles = np.where(first_is_a, lives[b, 0] - lives[a, 1], lives[a, 0] - lives[b, 1])
    return found


def lives(seen: Observed, held: Members) -> Doubles:
    """Return the first and last day of each site of ``held``, NaN where not known."""
    rows = seen.lives.sort("site")
    assert rows["site"].to_list() == held.sites
    found: Doubles = rows.select("from", "to").to_numpy().astype(float)
    return found
