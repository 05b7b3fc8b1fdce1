"""Requests in words, and as a table with one row a request, its sources and the claims it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from graphkit.exports import wording
from graphkit.model import interval
from graphkit.requesting.days import UNDATED
from graphkit.requesting.values import Concerned, Reappeared, Request, Requests, Saying

TEXTS = pl.List(pl.String())
NO_OUTCOME = "no outcome on record"
CAUTION = f"Being asked about proves nothing, and neither does what followed. {wording.CAUTION}"
COLUMNS: Mapping[str, Any] = {
    "id": pl.String(), "known_as": pl.String(), "name": pl.String(), "type": TEXTS, "made_by": TEXTS,
    "made_by_ids": TEXTS, "addressed_to": TEXTS, "addressed_to_ids": TEXTS, "concerns": TEXTS, "concerns_ids": TEXTS,
    "legal_basis": TEXTS, "sent": TEXTS, "decided": TEXTS, "days": pl.Int64(), "days_low": pl.Int64(),
    "days_high": pl.Int64(), "outcome": pl.String(), "outcomes": TEXTS, "items_asked": pl.Int64(),
    "items_removed": pl.Int64(), "share_removed": pl.Float64(), "items_said": TEXTS, "statements": TEXTS,
    "afterwards": TEXTS, "reappeared": TEXTS, "reappeared_ids": TEXTS, "contradicted": TEXTS, "also_told": TEXTS,
    "said_by": TEXTS, "sources": TEXTS, "source_ids": TEXTS, "claims": TEXTS, "notice": pl.String(),
}  # fmt: skip


def listed(found: Requests) -> pl.DataFrame:
    """Return requests as a table; the domains of websites are written so that nobody opens them by accident."""
    notice = " ".join([*([wording.INVENTED] if found.invented else []), CAUTION])
    return pl.DataFrame([_row(one) | {"notice": notice} for one in found.rows], schema=dict(COLUMNS))


def _row(one: Request) -> dict[str, Any]:
    links = [link for concerned in one.concerns for link in concerned.reappeared]
    words = (*one.words, *one.later)
    return {
        "id": one.id,
        "known_as": one.known_as,
        "name": one.name,
        "type": spoken(one.type),
        "made_by": [party.name for party in one.made_by],
        "made_by_ids": [party.id for party in one.made_by],
        "addressed_to": [party.name for party in one.addressed_to],
        "addressed_to_ids": [party.id for party in one.addressed_to],
        "concerns": [concerned.name for concerned in one.concerns],
        "concerns_ids": [concerned.id for concerned in one.concerns],
        "legal_basis": spoken(one.legal_basis),
        "sent": spoken(one.sent),
        "decided": spoken(one.decided),
        "days": one.days.exact,
        "days_low": one.days.low,
        "days_high": one.days.high,
        "outcome": one.stands or None,
        "outcomes": [*history(one.outcome), *(f"amount: {text}" for text in spoken(one.amount))],
        "items_asked": one.items_asked,
        "items_removed": one.items_removed,
        "share_removed": one.share_removed,
        "items_said": items(one),
        "statements": spoken(one.statements),
        "afterwards": [text for concerned in one.concerns for text in afterwards(concerned)],
        "reappeared": [reappeared(link) for link in links],
        "reappeared_ids": list(dict.fromkeys(link.id for link in links)),
        "contradicted": list(one.contradicted),
        "also_told": [text for told in one.also for text in also(told)],
        "said_by": list(dict.fromkeys(word.who for word in words)),
        "sources": list(one.sources.values()),
        "source_ids": list(one.sources),
        "claims": list(dict.fromkeys(word.claim for word in words)),
    }


def who(one: Saying) -> str:
    """Return all who say a thing, each once."""
    return ", ".join(dict.fromkeys(word.who for word in one.words))


def spoken(sayings: Iterable[Saying]) -> list[str]:
    """Return values; where there are several, each with who says it."""
    every = list(sayings)
    return [one.value if len(every) == 1 else f"{one.value} ({who(one)})" for one in every]


def history(outcome: Iterable[Saying]) -> list[str]:
    """Return outcomes in the order of their dates, each with who says it."""
    return [f"{one.value}{f' {one.held}' if one.held else ''} ({who(one)})" for one in outcome]


def items(one: Request) -> list[str]:
    """Return what is said of how many items were asked for and removed, where it is more than a number each."""
    parts = (("asked", one.asked, one.items_asked), ("removed", one.removed, one.items_removed))
    return [f"{name}: {text}" for name, said, known in parts if known is None for text in spoken(said)]


def removed(one: Request) -> str:
    """Return how many of how many items were removed, or what is said of it where that is not known."""
    if one.share_removed is not None:
        return f"{one.items_removed:,} of {one.items_asked:,} ({one.share_removed:.0%})"
    known = [f"{name}: {number:,}" for name, number in _numbers(one) if number is not None]
    return "; ".join([*known, *items(one)])


def _numbers(one: Request) -> tuple[tuple[str, int | None], ...]:
    return ("asked", one.items_asked), ("removed", one.items_removed)


def days(one: Request) -> str:
    """Return how long it took, or an empty text where it cannot be said."""
    return f"{one.days} days" if one.days.low is not None else str(one.days)


def first_day(dates: Iterable[Saying]) -> date | None:
    """Return the first day that any of these dates can mean; None where none is known."""
    found = [day for one in dates if (day := interval.parse(one.value).earliest)]
    return min(found, default=None)


def later(concerned: Concerned) -> list[Saying]:
    """Return the statuses of what a request concerns that do not lie before the decision."""
    return [one for one in concerned.statuses if one.order not in ("before", "began before")]


def afterwards(concerned: Concerned) -> list[str]:
    """Return the same in words, each with who says it."""
    return [
        f"{concerned.name}: {one.value}{f' {one.held}' if one.held else ''} ({who(one)})" for one in later(concerned)
    ]


def order(one: Request, found: str) -> str:
    """Return how something lies to the decision on a request, or to its sending while no decision is on record."""
    return found if one.decided or not one.sent or found == UNDATED else f"{found}, of the sending"


def reappeared(link: Reappeared) -> str:
    """Return what reappeared in words: what is said, when, and by whom."""
    when = ", ".join(part for part in (str(link.held), link.order if link.order != "after" else "") if part)
    spoken_by = ", ".join(dict.fromkeys(word.who for word in link.words))
    return f"{link.sentence}{f', {when}' if when else ''}{f' ({spoken_by})' if spoken_by else ''}"


def also(told: Request) -> list[str]:
    """Return what a relation between the same two says, in the words of its sources."""
    parts = [*(("amount", one) for one in told.amount), *(("outcome", one) for one in told.outcome)]
    return [f"{name}: {one.value} ({who(one)})" for name, one in parts] or [f"{told.name}, without more words"]
