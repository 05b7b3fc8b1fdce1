"""What may have come after a website: sites linked to it that began when it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from graphkit.graph.snapshot import Snapshot
from graphkit.identity.websites.answers import AFTER, BEFORE
from graphkit.pivoting.onward import Life, Onward
from graphkit.pivoting.values import Link, Pivot, Successor, percent

LEAST = 0.3
"""What score a successor has at least; when none has, the answer is none."""
_FOLLOWS = ((AFTER, 1.0), (180, 0.7), (365, 0.4))
_LATE, _ALREADY, _UNDATED = 0.2, 0.1, 0.4
_TOLD = 3


def successors(found: Pivot, domain: str, onward: Onward, until: date | None = None) -> tuple[Successor, ...]:
    """Return what may have taken the place of a website, the likeliest first; empty when nothing is likely to.

    Websites that it was split from, and those that were there before it, are none. A website that has begun and of
    which no end is known is taken to be there ``until`` this day, or else still, so that only where it sends its
    visitors follows it.
    """
    begun, ended = onward.lives.get(domain, (None, None))
    scored = (_scored(link, domain, (begun, ended or until), onward) for link in found.links.get(domain, ()))
    likely = [one for one in scored if one.score >= LEAST]
    return tuple(sorted(likely, key=lambda one: (-one.score, one.domain)))


def in_words(found: Sequence[Successor], life: Life) -> str:
    """Return what may have taken the place of a website, which was there between two days, in a sentence."""
    begun, ended = life
    if found:
        told = "; ".join(f"{one.domain} ({one.because})" for one in found[:_TOLD])
        return f"What may have taken its place: {told}."
    if begun and not ended:
        return "What may have taken its place: none, as no end of it is on record."
    return f"What may have taken its place: none{'' if ended else '; when it began and ended is not on record'}."


def _scored(link: Link, domain: str, life: Life, onward: Onward) -> Successor:
    other = link.other(domain)
    ended = life[1]
    begins = onward.lives.get(other, (None, None))[0]
    gap = (begins - ended).days if begins and ended else None
    redirects = any(one.kind == "redirect" and one.value == other for one in link.evidence)
    fit, words = _is_none(domain, other, onward) or _fit(gap, life, redirects)
    because = f"{words}; {percent(link.probability)} probable that the two belong together"
    since = begins.isoformat() if begins else None
    return Successor(other, round(link.probability * fit, 3), link.probability, gap, because, since, link)


def _is_none(domain: str, other: str, onward: Onward) -> tuple[float, str] | None:
    """Return that a website took no place of another, and why, where a decision or what is older says so."""
    one, two = (f"domain:{name}" for name in (domain, other))
    if onward.are_split([one], two):
        return 0.0, "was split from it"
    return (0.0, "was there before it") if onward.began(two).is_before(onward.began(one)) else None


def _fit(gap: int | None, life: Life, redirects: bool) -> tuple[float, str]:
    """Return how well the times fit, 0 to 1, and that in words."""
    begun, ended = life
    if redirects:
        return 1.0, "it sent its visitors there"
    if gap is None:
        if ended:
            return _UNDATED, "when the other began is not known"
        return (0.0, "no end of it is on record") if begun else (_UNDATED, "when it ended is not known")
    if gap < BEFORE:
        return _ALREADY, f"began {-gap:,} days before it ended"
    fit = next((share for most, share in _FOLLOWS if gap <= most), _LATE)
    return fit, f"began {gap:,} days after it ended" if gap >= 0 else f"began {-gap:,} days before it ended"


def in_time(view: Snapshot, websites: tuple[str, ...]) -> Iterator[tuple[str, date | None, date | None]]:
    """Yield websites with their first and last day, in the order in which they appeared, undated ones last."""
    known = Onward(view).lives
    dated = [(domain, *known.get(domain, (None, None))) for domain in websites]
    yield from sorted(dated, key=lambda one: (one[1] is None, one[1] or date.min, one[0]))
