"""From what is seen of websites to pairs that may belong together."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from graphkit.identity.websites.answers import Answers, lives
from graphkit.identity.websites.cleaned import cleaned, hiding
from graphkit.identity.websites.derived import derived, keyed
from graphkit.identity.websites.members import Members, members
from graphkit.identity.websites.observed import TOLD, Observed
from graphkit.identity.websites.pairs import Pairs, pairs
from graphkit.identity.websites.parts import parts

MARGIN = 45
"""By how many days what is seen of a site may lie outside the time in which the site itself was seen."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Sites with the values that several have, the pairs that share one, and the answers for each pair.

    ``damped`` are the values that several sites have and that tell nothing: kind, value, seen_on and why.
    """

    held: Members
    pairs: Pairs
    answers: Answers
    damped: pl.DataFrame


def _in_life(seen: Observed) -> pl.DataFrame:
    """Return the values that sites had while they were there: what came before or after is somebody else's."""
    lives = seen.lives.select(pl.col("site").cast(TOLD["site"]), begins="from", ends="to")
    dated = seen.values.cast(TOLD).join(lives, on="site", how="left")
    before = (pl.col("to") < pl.col("begins") - MARGIN).fill_null(value=False)
    after = (pl.col("from") > pl.col("ends") + MARGIN).fill_null(value=False)
    return dated.filter(~before & ~after).select(seen.values.columns)


def compared(seen: Observed) -> Compared:
    """Return which sites share what."""
    values = derived(_in_life(seen), seen.lives["site"].unique().sort())
    services = keyed(seen.services).unique(["kind", "value"], keep="first", maintain_order=True)
    telling, damped = cleaned(values, services.cast({"kind": TOLD["kind"], "value": TOLD["value"]}))
    held = members(seen, pl.concat([telling, parts(telling)]))
    found = pairs(held)
    hides = pl.Series(held.sites, dtype=pl.String).is_in(hiding(values, damped)["site"].to_list()).to_numpy()
    damped = pl.concat([damped.with_columns(pl.col("kind", "value").cast(pl.String)), held.too_common()])
    return Compared(held, found, Answers(held, found, lives(seen, held), hides), damped)
