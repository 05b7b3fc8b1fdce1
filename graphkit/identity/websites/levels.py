"""What pairs of sites share, in five answers that are nearly independent of one another for sites of one operator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.identity.websites.agreed import LEVELS as AGREED
from graphkit.identity.websites.agreed import agreed, how_agreed
from graphkit.identity.websites.members import Members
from graphkit.identity.websites.observed import KINDS, NUMBERS, Family, Observed
from graphkit.identity.websites.pairs import Pairs

Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]
REGISTRANT, SETUP, TIMES, NAMING, REDIRECT = range(5)
QUESTIONS = ("registrant", "setup", "times", "naming", "redirect")
UNKNOWN, DIFFER = 0, 1
_CONTACT_BINS, _SETUP_BINS, _STEM_BINS = 5, 6, 4
_CONTACTS = 2
_NAMES = _CONTACTS + _CONTACT_BINS * 3 * AGREED
_NEAR = _NAMES + _CONTACT_BINS * 2
_SETUPS = 10
_NO_TIMES, _NO_ORDER, HAND_OVER, TOGETHER = range(4)
_OTHER_SETUP = 1 + _SETUPS * _SETUP_BINS * AGREED
SIZES = (_NEAR + 3, _OTHER_SETUP + 1, 4, 1 + _STEM_BINS, 2)
"""How many levels each question has."""
BEFORE, AFTER = -30, 45
"""Days by which one site may overlap with, or come after, the one that it takes the place of."""
WEEK = 7
_OF = {family: [NUMBERS[kind] for kind, one in KINDS.items() if one is family] for family in Family}
_FAR = np.iinfo(np.int32).max


def nothing_shared(question: int) -> Bools:
    """Return which levels of a question pairs can have that share nothing."""
    silent = {REGISTRANT: [UNKNOWN, DIFFER], SETUP: [UNKNOWN, _OTHER_SETUP], TIMES: list(range(SIZES[TIMES]))}
    return np.isin(np.arange(SIZES[question]), silent.get(question, [0]))


@dataclass(frozen=True, slots=True)
class Levels:
    """One row a pair and one column a question; ``times`` are the shares of levels of TIMES among pairs at random.

    ``stems`` says how many pairs of all have each level of NAMING.
    """

    rows: Longs
    times: NDArray[np.float64]
    stems: NDArray[np.float64]


def levels(seen: Observed, held: Members, found: Pairs) -> Levels:
    """Return the answers for each pair."""
    what, lives, stems = agreed(held), _lives(seen, held), found.rare[:, NUMBERS["stem"]]
    columns = [
        _registrant(held, found, how_agreed(found, _OF[Family.CONTACT], held, what)),
        _setup(held, found, how_agreed(found, [*_OF[Family.CONTENT], *_OF[Family.HOSTING]], held, what)),
        _times(lives, found.a, found.b),
        np.where(stems > 0, 1 + _bin(stems, _STEM_BINS), 0),
        (found.rare[:, NUMBERS["redirect"]] > 0).astype(np.int64),
    ]
    return Levels(np.stack(columns, axis=1), _times_at_random(lives), _stems(held))


def _bin(n: NDArray[np.int32], most: int) -> Longs:
    """Return 0 for 2, 1 for 3 and 4, 2 for 5 to 8, and so on."""
    bins: Longs = np.clip(np.ceil(np.log2(np.maximum(n, 2))).astype(np.int64) - 1, 0, most - 1)
    return bins


def _rare(found: Pairs, kinds: list[int]) -> NDArray[np.int32]:
    rare = found.rare[:, kinds]
    least: NDArray[np.int32] = np.where(rare == 0, _FAR, rare).min(axis=1)
    return least


def _registrant(held: Members, found: Pairs, agree: Longs) -> Longs:
    """Return what registrants share: a contact, with the same name or another one, a name alone, or nearly the same."""
    both = held.present[found.a] & held.present[found.b]
    same = found.rare > 0
    contacts, names = _OF[Family.CONTACT], _OF[Family.IDENTITY]
    apart = {kinds[0]: (both[:, kinds] & ~same[:, kinds]).any(axis=1) for kinds in (contacts, names)}
    named, contacted = same[:, names].any(axis=1), same[:, contacts].any(axis=1)
    levels = np.where(both[:, contacts + names].any(axis=1), DIFFER, UNKNOWN)
    near = same[:, NUMBERS["email-near"]]
    near_name = same[:, NUMBERS["name-near"]] & ~near
    levels = np.where(near, _NEAR + named, np.where(near_name, _NEAR + 2, levels))
    only_name = _NAMES + _bin(_rare(found, names), _CONTACT_BINS) * 2 + apart[contacts[0]]
    levels = np.where(named & ~near, only_name, levels)
    others = np.where(named, 0, np.where(apart[names[0]], 2, 1))
    contact = _CONTACTS + (_bin(_rare(found, contacts), _CONTACT_BINS) * 3 + others) * AGREED + agree
    found_levels: Longs = np.where(contacted, contact, levels).astype(np.int64)
    return found_levels


def _setup(held: Members, found: Pairs, agree: Longs) -> Longs:
    """Return what the sites are run with that both share: which kinds, how rare, and whether others agree.

    What is shared of one service comes together, so several values count by the rarest of what a site carries.
    """
    kinds = [*_OF[Family.CONTENT], *_OF[Family.HOSTING]]
    same = found.rare[:, kinds] > 0
    content, hosting = same[:, :3].sum(axis=1), same[:, 3:].sum(axis=1)
    which = np.where(same.sum(axis=1) == 1, same.argmax(axis=1), -1)
    which = np.where((which == 3) & found.apart, 9, which)
    which = np.where((content == 0) & (hosting == 2), np.where(found.apart, 9, 5), which)
    which = np.where((content == 1) & (hosting > 0), 6, which)
    which = np.where((content > 1) & (hosting == 0), 7, which)
    which = np.where((content > 1) & (hosting > 0), 8, which)
    rarest = np.where(content > 0, _rare(found, _OF[Family.CONTENT]), _rare(found, _OF[Family.HOSTING]))
    other = np.where((held.present[found.a] & held.present[found.b])[:, kinds].sum(axis=1) > 1, _OTHER_SETUP, UNKNOWN)
    levels: Longs = np.where(which < 0, other, 1 + (which * _SETUP_BINS + _bin(rarest, _SETUP_BINS)) * AGREED + agree)
    return levels


def _lives(seen: Observed, held: Members) -> NDArray[np.float64]:
    """Return the first and last day of each site, NaN where not known."""
    rows = seen.lives.sort("site")
    assert rows["site"].to_list() == held.sites
    lives: NDArray[np.float64] = rows.select("from", "to").to_numpy().astype(float)
    return lives


def _times(lives: NDArray[np.float64], a: NDArray[np.int32], b: NDArray[np.int32]) -> Longs:
    """Return whether one site took the other's place, or both began in the same week."""
    begins = np.minimum(lives[a, 0], lives[b, 0])
    first_is_a = lives[a, 0] <= lives[b, 0]
    gap = np.where(first_is_a, lives[b, 0] - lives[a, 1], lives[a, 0] - lives[b, 1])
    levels = np.where(np.isnan(begins), _NO_TIMES, _NO_ORDER)
    levels = np.where((gap >= BEFORE) & (gap <= AFTER), HAND_OVER, levels)
    together = np.abs(lives[a, 0] - lives[b, 0]) <= WEEK
    found: Longs = np.where(together, TOGETHER, levels).astype(np.int64)
    return found


def _times_at_random(lives: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(lives) < 2:
        return np.full(SIZES[TIMES], 1 / SIZES[TIMES])
    draw = np.random.default_rng(1).integers(0, len(lives), (2, 200_000)).astype(np.int32)
    a, b = draw[:, draw[0] != draw[1]]
    counts = np.bincount(_times(lives, a, b), minlength=SIZES[TIMES]) + 1.0
    shares: NDArray[np.float64] = counts / counts.sum()
    return shares


def _stems(held: Members) -> NDArray[np.float64]:
    sizes = held.sizes[held.kinds == NUMBERS["stem"]].astype(np.int32)
    of_all = sizes.astype(float) * (sizes - 1) / 2
    return np.bincount(1 + _bin(sizes, _STEM_BINS), weights=of_all, minlength=SIZES[NAMING]).astype(float)
