"""What may have come after a website: sites linked to it that began when it ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from graphkit.graph.snapshot import Snapshot
from graphkit.identity.websites.answers import AFTER, BEFORE
from graphkit.pivoting.seen import lives
from graphkit.pivoting.values import Link, Pivot, Successor, percent

LEAST = 0.3
"""What score a successor has at least; when none has, the answer is none."""
_FOLLOWS = ((AFTER, 1.0), (180, 0.7), (365, 0.4))
_LATE, _ALREADY, _UNDATED = 0.2, 0.1, 0.4

Life = tuple[date | None, date | None]


def in_days(view: Snapshot) -> dict[str, Life]:
    """Return the first and last day on which each website was seen, by domain."""
    rows = lives(view).select("site", pl.col("from", "to").cast(pl.Date)).iter_rows()
    return {site: (begins, ends) for site, begins, ends in rows}


def successors(found: Pivot, domain: str, known: dict[str, Life]) -> tuple[Successor, ...]:
    """Return what may have taken the place of a website, the likeliest first; empty when nothing is likely to.

    ``known`` has the days of all websites, as ``in_days`` returns them.
    """
    scored = (_scored(link, domain, known) for link in found.links.get(domain, ()))
    likely = [one for one in scored if one.score >= LEAST]
    return tuple(sorted(likely, key=lambda one: (-one.score, one.domain)))


def _scored(link: Link, domain: str, known: dict[str, Life]) -> Successor:
    other = link.other(domain)
    begun, ended = known.get(domain, (None, None))
    begins, _ = known.get(other, (None, None))
    gap = (begins - ended).days if begins and ended else None
    redirects = any(one.kind == "redirect" and one.value == other for one in link.evidence)
    fit, words = _fit(gap, bool(begins and begun and begins < begun), redirects)
    because = f"{words}; {percent(link.probability)} probable that the two belong together"
    since = begins.isoformat() if begins else None
    return Successor(other, round(link.probability * fit, 3), link.probability, gap, because, since, link)


def _fit(gap: int | None, older: bool, redirects: bool) -> tuple[float, str]:
    """Return how well the times fit, 0 to 1, and that in words."""
    if older:
        return 0.0, "was there before it"
    if redirects:
        return 1.0, "it sent its visitors there"
    if gap is None:
        return _UNDATED, "when it ended, or the other began, is not known"
    if gap < BEFORE:
        return _ALREADY, f"began {-gap:,} days before it ended"
    fit = next((share for most, share in _FOLLOWS if gap <= most), _LATE)
    return fit, f"began {gap:,} days after it ended" if gap >= 0 else f"began {-gap:,} days before it ended"


def in_time(view: Snapshot, websites: tuple[str, ...]) -> Iterator[tuple[str, date | None, date | None]]:
    """Yield websites with their first and last day, in the order in which they appeared, undated ones last."""
    known = in_days(view)
    dated = [(domain, *known.get(domain, (None, None))) for domain in websites]
    yield from sorted(dated, key=lambda one: (one[1] is None, one[1] or date.min, one[0]))
