"""What makes no link surer than probable: what anyone can copy or point at, and what others alone speak for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.identity.websites.answers import Answers
from graphkit.identity.websites.observed import NUMBERS

Bools = NDArray[np.bool_]
Longs = NDArray[np.int64]
MOST = 0.9
"""How probable a pair is at most that is held back."""
COPIED, LEANS = 1, 2
"""Why a pair is held back; 0 is a pair that is not."""
WORDS = {
    COPIED: "icons, trackers and names are easy to copy, and anyone can redirect to another's website",
    LEANS: "what both share says little; it is their neighbours that speak for it",
}
_TO_COPY = ("favicon", "stem", "label", "registrar", "created", "tracker", "redirect")
_OWN = [number for kind, number in NUMBERS.items() if kind not in _TO_COPY]
_BY_ITSELF = 0.14
"""How probable a pair must be by itself for neighbours to make it surer than ``MOST``."""


def held_back(answers: Answers, chosen: Longs, by_itself: NDArray[np.float64]) -> NDArray[np.int8]:
    """Return for each of the chosen pairs whether it is no more probable than ``MOST``, and why.

    ``by_itself`` is how probable each is without what is said of its neighbours. What a copied page brings along is
    its icon, its tracker and a name that is like the first one's; a redirect is anyone's to make, so it speaks only
    where the older of two websites sends its visitors to the other.
    """
    shared = answers.pairs.rare[chosen] > 0
    icon, tracker, redirect, stem, label = (
        shared[:, NUMBERS[kind]] for kind in ("favicon", "tracker", "redirect", "stem", "label")
    )
    older = _sent_by_the_older(answers, chosen)
    imitated = ~tracker | (redirect & ~older) | (icon & (stem | label))
    copied = imitated & ~older & ~shared[:, _OWN].any(axis=1)
    return np.where(copied, COPIED, np.where(by_itself < _BY_ITSELF, LEANS, 0)).astype(np.int8)


def _sent_by_the_older(answers: Answers, chosen: Longs) -> Bools:
    """Return of which pairs the site that began first sends its visitors to the other."""
    held, a, b = answers.held, answers.pairs.a[chosen], answers.pairs.b[chosen]
    shared = answers.pairs.value[chosen, NUMBERS["redirect"]]
    there = np.flatnonzero(shared >= 0)
    to = np.full(len(chosen), -1, dtype=np.int64)
    to[there] = [held.numbers.get(target, -1) for target in held.values["value"].gather(shared[there])]
    sent, sender, begins = (to == a) | (to == b), np.where(to == a, b, a), answers.lives[:, 0]
    found: Bools = sent & (begins[sender] < begins[np.where(sent, to, sender)])
    return found
