"""The pairs of sites that have a value in common, and how rare what they share is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.distinct import distinct
from graphkit.identity.websites.loops import enumerated, meet
from graphkit.identity.websites.members import ALWAYS, Ints, Longs, Members
from graphkit.identity.websites.observed import KINDS, Family


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of sites by their numbers, ``a`` before ``b``, and what they share.

    ``rare`` has one row a pair and one column a kind: on how many sites the rarest value is that both have, of what
    hosts them in the time that either was there, as that changes hands; 0 where they share none, -1 where they share
    only what is too common to tell anything. ``value`` has the number of that value, -1 where there is none, and
    ``shared`` how many of a kind both have. ``apart`` says whether what hosts both did so only at different times.
    """

    a: Ints
    b: Ints
    rare: Ints
    value: Ints
    shared: NDArray[np.int16]
    apart: NDArray[np.bool_]


def pairs(known: Members) -> Pairs:
    """Return all pairs that share a value which leads to pairs."""
    leading = np.flatnonzero(known.leads)
    most = int((known.sizes[leading] * (known.sizes[leading] - 1) // 2).sum())
    keys = distinct(enumerated(known.pointers, known.site, leading, most))
    return _shared(known, (keys >> 32).astype(np.int32), (keys & 0xFFFFFFFF).astype(np.int32))


def _shared(known: Members, a: Ints, b: Ints) -> Pairs:
    rare = np.zeros((len(a), len(KINDS)), dtype=np.int32)
    value = np.full((len(a), len(KINDS)), -1, dtype=np.int32)
    shared = np.zeros((len(a), len(KINDS)), dtype=np.int16)
    together = np.zeros(len(a), dtype=np.int8)
    pointers, of, at = known.by_site
    starts, stops = _sorted_times(known)
    hosting = np.array([family is Family.HOSTING for family in KINDS.values()])
    meet(
        a, b, pointers, of, at, known.kinds, known.counts, known.pointers, known.begins, known.ends, starts, stops,
        hosting[known.kinds], rare, value, shared, together,
    )  # fmt: skip
    return Pairs(a, b, rare, value, shared, together == 1)


def _sorted_times(known: Members) -> tuple[Ints, Ints]:
    """Return when members began and ended to have each value, sorted for each value."""
    return _sorted(known.of, known.begins), _sorted(known.of, known.ends)


def _sorted(of: Longs, days: Ints) -> Ints:
    both = np.sort(of << 32 | days.astype(np.int64) - ALWAYS[0])
    return ((both & 0xFFFFFFFF) + ALWAYS[0]).astype(np.int32)
