"""What became of what a request concerns: its statuses, and where sources say that it went on.

``WAYS`` is the one place where a way to link a later website is added. What is computed says so in ``basis``, and names
its method in the sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graphkit.exports import wording
from graphkit.identity.websites.grouped import THRESHOLD
from graphkit.model.claim import Claim
from graphkit.model.defanging import defang
from graphkit.model.interval import Interval
from graphkit.requesting import days, elsewhere
from graphkit.requesting.elsewhere import Place
from graphkit.requesting.held import held
from graphkit.requesting.said import Relation, Said
from graphkit.requesting.values import Concerned, Party, Reappeared

SOURCED, COMPUTED = "sourced", "computed"
LATER = (days.AFTER, days.SAME, days.MAYBE)
ONWARD = (*LATER, days.HELD, days.UNDATED)
"""How a link may lie to the day that by itself leads from one website to another."""


@dataclass(frozen=True, slots=True)
class _Lead:
    """A relation that leads on to a thing, and the name of the way it does."""

    by: str
    row: Relation
    id: str


Way = Callable[[Said, Place], Iterator[Reappeared]]


def concerned(said: Said, party: Party, since: Interval | None, asked: Interval | None) -> Concerned:
    """Return a thing that a request concerns, with what became of it since that day, asked for on another."""
    hosts = _parties(said, said.coming("HOSTED_CONTENT", party.id)) if party.kind == "ContentItem" else ()
    place = elsewhere.place(said, party, since, asked)
    subjects = place.sites if party.kind == "Domain" else (party.id,)
    statuses = [one for id_ in subjects for one in said.sayings(id_, "status", since, ordered=True)]
    links = (elsewhere.told(said, place, one) for way in WAYS.values() for one in way(said, place))
    found = {(one.by, one.id, one.sentence): one for one in links if one}
    sourced = {one.id for one in found.values() if one.basis == SOURCED}
    found = {key: one for key, one in found.items() if one.basis == SOURCED or one.id not in sourced}
    first = sorted(found.values(), key=lambda one: (days.ORDERS.index(one.order), str(one.held), one.by, one.id))
    return Concerned(party.id, party.kind, party.name, party.words, hosts, tuple(statuses), tuple(first))


def _parties(said: Said, rows: list[Relation]) -> tuple[Party, ...]:
    return tuple(said.party(row, "from") for row in rows)


def _redirected(said: Said, place: Place) -> Iterator[Reappeared]:
    """Yield the websites that a domain sent its visitors on to; one that began before goes on after."""
    for domain in place.domains:
        for row in said.leaving("REDIRECTS_TO", domain):
            sites = [coming["from"] for coming in said.coming("HAS_DOMAIN", row["to"])]
            for id_ in sites or [row["to"]]:
                if id_ not in place.sites:
                    yield from _link(said, place, _Lead("redirect", row, id_), ONWARD)


def _succeeded(said: Said, place: Place) -> Iterator[Reappeared]:
    """Yield the websites that may continue one, as sources say."""
    for site in place.sites:
        for row in said.coming("SUCCESSOR_OF", site):
            yield from _link(said, place, _Lead("successor", row, row["from"]), ONWARD)


def _moved(said: Said, place: Place) -> Iterator[Reappeared]:
    """Yield another website at the same domain later, and other domains that the same website was reached at later."""
    for domain in place.domains:
        for row in said.coming("HAS_DOMAIN", domain):
            if row["from"] not in place.sites:
                yield from _link(said, place, _Lead("domain", row, row["from"]), LATER)
    for site in place.sites:
        for row in said.leaving("HAS_DOMAIN", site):
            if row["to"].partition(":")[2] != site.partition(":")[2]:
                yield from _link(said, place, _Lead("domain", row, row["to"]), LATER)


def _hosted(said: Said, place: Place) -> Iterator[Reappeared]:
    """Yield where an item, or one with the same SHA-256, is said to have been hosted later and elsewhere."""
    shown = [row["to"] for site in place.sites for row in said.leaving("HOSTED_CONTENT", site)]
    own = set(place.sites)
    if place.kind == "ContentItem":
        shown = [place.id]
        own = {row["from"] for row in said.coming("HOSTED_CONTENT", place.id) if _began(said, row, place)}
    for item in dict.fromkeys(same for one in shown for same in said.alike(one)):
        for row in said.coming("HOSTED_CONTENT", item):
            if row["from"] not in own:
                yield from _link(said, place, _Lead("content", row, row["from"]), LATER)


def _began(said: Said, row: Relation, place: Place) -> bool:
    """Say whether a site surely hosted an item before the day, so that it is where the request found it."""
    return any(_order(claim, place) in (days.BEFORE, days.HELD) for claim in said.links(row["id"]))


def _shared(said: Said, place: Place) -> Iterator[Reappeared]:
    """Yield websites that share infrastructure with one and began when it ended, as is computed and no source says."""
    for domain in (id_.partition(":")[2] for id_ in place.domains):
        for one in said.successors(domain, place.since.earliest if place.since else None):
            id_ = f"website:{one.domain}" if said.is_there(f"website:{one.domain}") else f"domain:{one.domain}"
            lies = days.order(one.begins, None, place.since)
            if lies in LATER and id_ not in place.sites and one.probability >= THRESHOLD:
                a, b = (defang(name) for name in (one.domain, domain))
                sentence = f"{a} shares infrastructure with {b} ({one.because}): computed, no source says so"
                since = held([(one.begins, None)])
                yield Reappeared(
                    "infrastructure", COMPUTED, id_, said.kind(id_), said.name(id_), sentence, since, lies, False, ()
                )


WAYS: dict[str, Way] = {
    "redirect": _redirected,
    "successor": _succeeded,
    "domain": _moved,
    "content": _hosted,
    "infrastructure": _shared,
}


def _link(said: Said, place: Place, lead: _Lead, orders: tuple[str, ...]) -> Iterator[Reappeared]:
    """Yield what a relation leads on to, where it lies to the day as one of these orders."""
    row = lead.row
    claims = [claim for claim in said.links(row["id"]) if _order(claim, place) in orders]
    if not claims:
        return
    alleged = wording.alleged(row, said.catalog)
    says = wording.phrase(row, said.catalog)
    yield Reappeared(
        by=lead.by,
        basis=SOURCED,
        id=lead.id,
        kind=said.kind(lead.id),
        name=said.name(lead.id),
        sentence=f"{said.name(row['from'])} {says} {said.name(row['to'])}" + (" (alleged)" if alleged else ""),
        held=held((claim.valid_from, claim.valid_to) for claim in claims),
        order=days.first_order(_order(claim, place) for claim in claims),
        alleged=alleged,
        words=tuple(map(said.word, claims)),
    )


def _order(claim: Claim, place: Place) -> str:
    return days.order(claim.valid_from, claim.valid_to, place.since)
