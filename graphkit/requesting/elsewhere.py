"""Where what a request concerns can have gone on, and where not: where it was split from, or what was there first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from graphkit.model.interval import Interval
from graphkit.pivoting import Beginning
from graphkit.requesting.said import Said
from graphkit.requesting.values import Party, Reappeared


@dataclass(frozen=True, slots=True)
class Place:
    """What a request concerns: ``sites`` are the websites that it is or is reached at, ``domains`` the domains.

    ``since`` is when the request was decided, or else sent, ``asked`` when it was sent, or else decided.
    """

    id: str
    kind: str
    sites: tuple[str, ...]
    domains: tuple[str, ...]
    since: Interval | None
    asked: date | None


def place(said: Said, party: Party, since: Interval | None, asked: Interval | None) -> Place:
    """Return what a request concerns, with where it was reached."""
    sites: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    if party.kind == "Domain":
        sites, domains = tuple(row["from"] for row in said.coming("HAS_DOMAIN", party.id)), (party.id,)
    if party.kind == "Website":
        sites, domains = (party.id,), tuple(row["to"] for row in said.leaving("HAS_DOMAIN", party.id))
    return Place(party.id, party.kind, sites, domains, since, asked.earliest if asked else None)


def told(said: Said, at: Place, one: Reappeared) -> Reappeared | None:
    """Return what something leads on to; None where that was split from it, or began before it began.

    Where that beginning is not on record, or later than the asking, what began before the asking is none. What cannot
    be compared says so.
    An item, which may come back on a website of any age, is compared by when it was hosted there.
    """
    hosts = {row["from"] for row in said.coming("HOSTED_CONTENT", at.id)} - {one.id}
    if said.onward.are_split(hosts if at.kind == "ContentItem" else [at.id], one.id):
        return None
    if at.kind == "ContentItem" or _is_of_it(said, at, one):
        return one
    ours, theirs = said.onward.began(at.id), said.onward.began(one.id)
    late = ours.day is None or bool(at.asked and at.asked < ours.day)
    before = Beginning(at.asked) if late and at.asked else ours
    if not theirs.day:
        return replace(one, sentence=f"{one.sentence}; when {one.name} began is not on record")
    if not before.day:
        return replace(one, sentence=f"{one.sentence}; which of the two began first is not on record")
    return None if theirs.is_before(before) else one


def _is_of_it(said: Said, at: Place, one: Reappeared) -> bool:
    """Say whether something is a domain of the same website."""
    return any(row["to"] == one.id for site in at.sites for row in said.leaving("HAS_DOMAIN", site))
