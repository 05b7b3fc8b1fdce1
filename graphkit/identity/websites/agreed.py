"""Whether the other sites that have a value share anything else: then it is somebody's own, else a service's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.identity.websites.loops import compare, others
from graphkit.identity.websites.members import Longs, Members
from graphkit.identity.websites.observed import KINDS, Family
from graphkit.identity.websites.pairs import Pairs

LEVELS = 4
"""Unknown, little, some, much."""
Bytes = NDArray[np.int8]
_CONTACT, _IDENTITY, _ELSE = range(3)


@dataclass(frozen=True, slots=True)
class Agreed:
    """For each member of each value: whether its registrant is known, and shared with another member of the value."""

    known: Bytes
    shares: Bytes
    sums: tuple[Longs, Longs]


def agreed(held: Members) -> Agreed:
    """Return which members of values share a registrant with others that have the value.

    Contacts are compared by names and names by contacts, so that no value speaks for itself.
    """
    families = np.array([int(family) for family in KINDS.values()])[held.kinds]
    part = np.where(families == Family.CONTACT, _CONTACT, np.where(families == Family.IDENTITY, _IDENTITY, _ELSE))
    contact, identity = (
        np.asarray(held.present[:, [number for number, one in enumerate(KINDS.values()) if one is family]].any(axis=1))
        for family in (Family.CONTACT, Family.IDENTITY)
    )
    pointers, of, _ = held.by_site
    known, shares = np.zeros((2, len(held.site)), dtype=np.int8)
    compare(held.pointers, held.site, pointers, of, part.astype(np.int8), held.counts, contact, identity, known, shares)
    first = held.pointers[:-1]
    sums = tuple(np.add.reduceat(np.append(one, 0).astype(np.int64), first) for one in (known, shares))
    return Agreed(known, shares, (sums[0], sums[1]))


def how_agreed(found: Pairs, columns: list[int], held: Members, what: Agreed) -> NDArray[np.int64]:
    """Return for each pair how far others agree that have the rarest value which it shares of these kinds."""
    values = found.value[:, columns]
    rarest = np.where(values < 0, np.iinfo(np.int32).max, values).min(axis=1)
    levels = np.zeros(len(found.a), dtype=np.int64)
    others(rarest, found.a, found.b, held.pointers, held.site, what.known, what.shares, *what.sums, levels)
    return levels
