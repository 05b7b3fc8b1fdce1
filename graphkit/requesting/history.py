"""What happened to a request and to what it concerns, in the order of its dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphkit.requesting import days, in_words
from graphkit.requesting.values import Request, Saying, Word


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, as sources say: ``when`` as they write it or empty, ``what`` in words, and whose."""

    when: str
    what: str
    words: tuple[Word, ...]


def history(one: Request) -> tuple[Event, ...]:
    """Return what is said to have happened, by when it began; what has no date comes last."""
    return tuple(sorted(_events(one), key=lambda event: days.begins(_start(event.when))))


def _events(one: Request) -> Iterator[Event]:
    asked = "asked for" if one.known_as == "relation" else "sent"
    yield from (Event(said.value, asked, said.words) for said in one.sent)
    yield from (Event(said.value, "decided", said.words) for said in one.decided)
    yield from (Event(said.held, f"outcome: {said.value}", said.words) for said in one.outcome)
    for thing in one.concerns:
        yield from (Event(said.held, _status(in_words.closed(thing), said), said.words) for said in thing.statuses)
        yield from (Event(link.held, link.sentence, link.words) for link in thing.reappeared)


def _status(name: str, said: Saying) -> str:
    return f"{name}: {said.value}"


def _start(when: str) -> str:
    """Return the first date in what says when something held; an empty text where it only says until when."""
    first = when.partition(", ")[0].partition(" to ")[0].removeprefix("from ")
    return "" if first.startswith("until ") else first
