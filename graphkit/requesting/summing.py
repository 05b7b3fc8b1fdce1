"""Counts over requests. What is not on record is counted as that, and as nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from graphkit.exports import wording
from graphkit.requesting.days import AHEAD, EARLY, FIRST
from graphkit.requesting.values import Request, Summary

UNANSWERED = ("", "pending")


def summary(rows: Sequence[Request]) -> Summary:
    """Return the counts over requests."""
    requests = [row for row in rows if row.known_as == "request"]
    exact = [row.days.exact for row in requests if row.days.exact is not None]
    both = [(row.items_asked, row.items_removed) for row in requests if not row.puts_back]
    known = [(asked, removed) for asked, removed in both if asked is not None and removed is not None]
    possible = [(asked, removed) for asked, removed in known if removed <= asked]
    return Summary(
        requests=len(requests),
        relations=len(rows) - len(requests),
        by_outcome=dict(Counter(row.stands for row in requests).most_common()),
        unanswered=sum(row.stands in UNANSWERED for row in requests),
        median_days=median(exact) if exact else None,
        median_of=len(exact),
        decided_first=sum(row.days.negative for row in requests),
        decided_ahead=sum(row.days.why == AHEAD for row in requests),
        sent_early=sum(row.days.why == EARLY for row in requests),
        items_asked=sum(asked for asked, _ in possible),
        items_removed=sum(removed for _, removed in possible),
        items_of=len(possible),
        items_over=len(known) - len(possible),
    )


def sentences(found: Summary) -> list[str]:
    """Return the counts as sentences."""
    return [_outcomes(found), *_answers(found), _took(found), _items(found)]


def _outcomes(found: Summary) -> str:
    apart = f" {found.relations:,} known only as a relation." if found.relations else ""
    if not found.requests:
        return f"No request on record.{apart}"
    parts = [f"{name or 'no outcome on record'} {count:,}" for name, count in found.by_outcome.items()]
    return f"{wording.plural(found.requests, 'request')}: {', '.join(parts)}.{apart}"


def _answers(found: Summary) -> list[str]:
    if not found.unanswered:
        return []
    verb = "has" if found.unanswered == 1 else "have"
    return [f"{found.unanswered:,} {verb} no answer on record; that is no refusal."]


def _took(found: Summary) -> str:
    left = "".join(f" {line}" for line in days_left_out(found))
    if found.median_days is None:
        order = " in their order" if found.decided_first else ""
        can_be = " that can be" if found.decided_ahead or found.sent_early else ""
        return f"How long they took cannot be said: no request has two exact dates{order}{can_be}.{left}"
    of = wording.plural(found.median_of, "request")
    return f"Median {found.median_days:g} days from sent to decided, over {of} with exact dates.{left}"


def _items(found: Summary) -> str:
    left = "".join(f" {line}" for line in items_left_out(found))
    if not found.items_of:
        more = " that are possible" if left else ""
        return f"No request has both a known number of items asked for and of items removed{more}.{left}"
    of = wording.plural(found.items_of, "request")
    told = f"{found.items_removed:,} of {found.items_asked:,} items removed"
    return f"{told}, over {of} for which both are undisputed.{left}"


def days_left_out(found: Summary) -> list[str]:
    """Return which requests are not in the sum of days, and why, as sentences."""
    reasons = (
        (found.decided_first, "said to be decided before sending"),
        (found.decided_ahead, "said to be decided after today"),
        (found.sent_early, f"said to be sent before {FIRST.year}"),
    )
    return [_left_out(count, why) for count, why in reasons if count]


def items_left_out(found: Summary) -> list[str]:
    """Return which requests are not in the sums of items, and why, as sentences."""
    over = found.items_over
    return [_left_out(over, "of which more are said to be removed than were asked for")] if over else []


def _left_out(count: int, why: str) -> str:
    return f"Left out: {wording.plural(count, 'request')} {why}."
