"""Making rows of requests out of what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import polars as pl

from graphkit.model.interval import Interval
from graphkit.requesting import afterwards, days
from graphkit.requesting.held import Held, held
from graphkit.requesting.said import Relation, Said
from graphkit.requesting.values import Concerned, Party, Request, Saying, puts_back

DISPUTED = "disputed"
ANSWERS = ("granted", "partly granted", "refused")
_TOLD = ("sent", "decided", "items_asked", "items_removed", "outcome", "request_type", "legal_basis")
_NO_DAYS = days.Days(why="a relation names no dates of sending and answering")


def every(said: Said) -> tuple[Request, ...]:
    """Return all requests, by when they were sent, and then those that only a relation tells of."""
    things = said.view.things
    ids = things.filter(things["kind"].cast(pl.String) == "Request")["id"].to_list()
    made = [_request(said, id_) for id_ in ids]
    told = list(said.of_type("REQUESTED_REMOVAL"))
    apart = [row for row in told if not any(_between(one, row) for one in made)]
    whole = [_with(one, [_relation(said, row) for row in told if _between(one, row)]) for one in made]
    first = sorted(whole, key=lambda one: (days.begins(_first(one.sent)), one.id))
    return (*first, *sorted((_relation(said, row) for row in apart), key=lambda one: one.id))


def _first(sayings: Iterable[Saying]) -> str:
    return min((saying.value for saying in sayings), key=days.begins, default="")


def _between(one: Request, row: Relation) -> bool:
    """Say whether a request was made by one end of a relation, and is addressed to or concerns the other."""
    asked = {*(party.id for party in one.addressed_to), *(thing.id for thing in one.concerns)}
    return row["to"] in asked and row["from"] in {party.id for party in one.made_by}


def _with(one: Request, also: list[Request]) -> Request:
    return replace(one, also=tuple(also)) if also else one


def _request(said: Said, id_: str) -> Request:
    told = {name: said.sayings(id_, name) for name in _TOLD}
    contradicted = said.contradicted(id_)
    decided = told["decided"] or _answered(told["outcome"])
    took = days.took(*([one.value for one in sayings] for sayings in (told["sent"], decided)))
    asked = _number(told["items_asked"], "items_asked" in contradicted)
    removed = _number(told["items_removed"], "items_removed" in contradicted)
    more = asked is not None and removed is not None and removed > asked
    since, asked_on = _since(decided or told["sent"]), _since(told["sent"] or decided)
    return Request(
        id=id_,
        known_as="request",
        name=said.name(id_),
        type=told["request_type"],
        made_by=tuple(said.party(row, "from") for row in said.coming("MADE_REQUEST", id_)),
        addressed_to=tuple(said.party(row, "to") for row in said.leaving("ADDRESSED_TO", id_)),
        concerns=tuple(_concerned(said, row, since, asked_on) for row in said.leaving("CONCERNS", id_)),
        legal_basis=told["legal_basis"],
        sent=told["sent"],
        decided=decided,
        days=took,
        outcome=told["outcome"],
        stands=_stands(told["outcome"], "outcome" in contradicted),
        asked=told["items_asked"],
        removed=told["items_removed"],
        items_asked=asked,
        items_removed=removed,
        share_removed=None
        if puts_back(told["request_type"]) or more or not asked or removed is None
        else removed / asked,
        amount=(),
        statements=said.sayings(id_, "statement"),
        contradicted=tuple(_contradicted(contradicted, took, more)),
    )


def _concerned(said: Said, row: Relation, since: Interval | None, asked: Interval | None) -> Concerned:
    return afterwards.concerned(said, said.party(row, "to"), since, asked)


def _answered(outcome: tuple[Saying, ...]) -> tuple[Saying, ...]:
    """Return when it was first answered, as the first answer with a date says, where nothing else does."""
    for one in outcome:
        if one.value in ANSWERS and one.held.begins:
            return (Saying(one.held.begins, Held(), one.words),)
    return ()


def _since(dates: tuple[Saying, ...]) -> Interval | None:
    return days.together([one.value for one in dates]) if dates else None


def _number(sayings: tuple[Saying, ...], contradicted: bool) -> int | None:
    values = {one.value for one in sayings}
    known = len(values) == 1 and not contradicted and next(iter(values)).isdecimal()
    return int(next(iter(values))) if known else None


def _stands(outcome: tuple[Saying, ...], contradicted: bool) -> str:
    """Return the last outcome that is said; where one has no date, nothing says which of several is the last."""
    if contradicted:
        return DISPUTED
    return outcome[-1].value if outcome else ""


def _contradicted(properties: dict[str, str], took: days.Days, more: bool) -> Iterator[str]:
    yield from properties.values()
    if took.negative:
        yield f"dates: {took.why}"
    if more:
        yield "items: more are said to be removed than were asked for"


def _relation(said: Said, row: Relation) -> Request:
    """Return what a relation REQUESTED_REMOVAL tells of a request, in the words of its sources."""
    id_ = row["id"]
    links = said.links(id_)
    times = dict.fromkeys(held([(claim.valid_from, claim.valid_to)]) for claim in links)
    start = Party(row["from"], said.kind(row["from"]), said.name(row["from"]), said.words(id_))
    end = Party(row["to"], said.kind(row["to"]), said.name(row["to"]), said.words(id_))
    on_record = end.kind in ("Website", "Domain", "ContentItem")
    outcome = said.sayings(id_, "outcome")
    asked = _since(tuple(Saying(time.begins, time, ()) for time in times if time.begins))
    return Request(
        id=id_,
        known_as="relation",
        name=f"{start.name} asked for removal by or from {end.name}",
        type=(),
        made_by=(start,),
        addressed_to=() if on_record else (end,),
        concerns=(afterwards.concerned(said, end, None, asked),) if on_record else (),
        legal_basis=(),
        sent=tuple(Saying(str(time), time, said.words(id_)) for time in times if time),
        decided=(),
        days=_NO_DAYS,
        outcome=outcome,
        stands="",
        asked=(),
        removed=(),
        items_asked=None,
        items_removed=None,
        share_removed=None,
        amount=said.sayings(id_, "amount"),
        statements=(),
        contradicted=tuple(said.contradicted(id_).values()),
    )
