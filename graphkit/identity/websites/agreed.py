"""Whether the other sites that have a value share anything else: then it is somebody's own, else a service's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.identity.websites.loops import others, share
from graphkit.identity.websites.members import Ints, Longs, Members
from graphkit.identity.websites.observed import KINDS, NUMBERS, Family

PARTS = {
    Family.CONTACT: ("email", "phone"),
    Family.IDENTITY: ("registrant-name", "registrant-org"),
    Family.CONTENT: ("tracker", "favicon", "cert"),
    Family.HOSTING: ("host", "ns"),
}
"""The kinds of values that others are asked about, as sources have them, by family."""
COLUMNS = {family: [NUMBERS[kind] for kind in kinds] for family, kinds in PARTS.items()}
Bytes = NDArray[np.int8]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Agreed:
    """For each member of each value, and each of ``PARTS``: whether it is known, and shared with another member."""

    known: Bytes
    shares: Bytes
    sums: tuple[Longs, Longs]

    def among_others(self, held: Members, values: Ints, a: Ints, b: Ints) -> tuple[Floats, Floats]:
        """Return how far others agree that have a value which a pair shares, and how many those are.

        One row a pair, one column a part. The share is -1 where nothing is known of others, -2 where the pair has no
        such value.
        """
        shares = np.full((len(a), len(PARTS)), -2, dtype=np.float32)
        known = np.zeros((len(a), len(PARTS)), dtype=np.float32)
        others(values, a, b, held.pointers, held.site, self.known, self.shares, *self.sums, shares, known)
        return shares, known


def agreed(held: Members) -> Agreed:
    """Return which members of values share something else with others that have the value."""
    part = np.full(len(KINDS), -1, dtype=np.int8)
    for number, columns in enumerate(COLUMNS.values()):
        part[columns] = number
    telling = held.counts & (part[held.kinds] >= 0)
    pointers, of, _ = held.by_site
    shares = np.zeros((len(held.site), len(PARTS)), dtype=np.int8)
    share(held.pointers, held.site, pointers, of, held.kinds, telling, part, shares)
    known = np.zeros_like(shares)
    kinds = held.kinds[held.of]
    for number, columns in enumerate(COLUMNS.values()):
        has = held.present[:, columns]
        own = (part[kinds] == number) & held.present[held.site, kinds]
        known[:, number] = has.sum(axis=1)[held.site] > own
    hosting = list(PARTS).index(Family.HOSTING)
    known[:, hosting] &= part[kinds] != hosting
    first = held.pointers[:-1]
    sums = [
        np.add.reduceat(one.astype(np.int64), first) if len(first) else one.astype(np.int64) for one in (known, shares)
    ]
    return Agreed(known, shares, (sums[0], sums[1]))


def rarest(values: Ints, family: Family) -> Ints:
    """Return for each pair the number of the rarest value of a family that it shares, -1 where there is none."""
    shared = values[:, COLUMNS[family]]
    least = np.where(shared < 0, np.iinfo(np.int32).max, shared).min(axis=1)
    found: Ints = np.where((shared >= 0).any(axis=1), least, -1).astype(np.int32)
    return found
