"""From what is seen of websites to pairs that may belong together."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from graphkit.identity.websites.cleaned import cleaned
from graphkit.identity.websites.derived import derived
from graphkit.identity.websites.levels import Levels, levels
from graphkit.identity.websites.members import Members, members
from graphkit.identity.websites.observed import Observed
from graphkit.identity.websites.pairs import Pairs, pairs


@dataclass(frozen=True, slots=True)
class Compared:
    """Sites with the values that several have, the pairs that share one, and the answers for each pair.

    ``damped`` are the values that several sites have and that tell nothing: kind, value, seen_on and why.
    """

    held: Members
    pairs: Pairs
    answers: Levels
    damped: pl.DataFrame


def compared(seen: Observed) -> Compared:
    """Return which sites share what."""
    telling, damped = cleaned(derived(seen.values))
    held = members(seen, telling)
    found = pairs(held)
    return Compared(held, found, levels(seen, held, found), damped)
