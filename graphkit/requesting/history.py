"""What happened to a request and to what it concerns, in the order of its dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphkit.requesting import days, in_words
from graphkit.requesting.values import Request, Word

_OUTCOME = "outcome: "


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, as sources say: ``when`` as they write it or empty, ``what`` in words, and whose."""

    when: str
    what: str
    words: tuple[Word, ...]


def history(one: Request) -> tuple[Event, ...]:
    """Return what is said to have happened, by when it began.

    An outcome without a date of its own follows the decision; all else that has no date comes last.
    """
    return tuple(sorted(_events(one), key=lambda event: days.begins(_start(event, one))))


def _events(one: Request) -> Iterator[Event]:
    asked = "asked for" if one.known_as == "relation" else "sent"
    yield from (Event(said.value, asked, said.words) for said in one.sent)
    yield from (Event(said.value, "decided", said.words) for said in one.decided)
    yield from (Event(said.held, f"{_OUTCOME}{said.value}", said.words) for said in one.outcome)
    for thing in one.concerns:
        name = in_words.closed(thing)
        yield from (Event(said.held, f"{name}: {said.value}", said.words) for said in thing.statuses)
        yield from (Event(link.held, link.sentence, link.words) for link in thing.reappeared)


def _start(event: Event, one: Request) -> str:
    """Return the date that puts an event in its place; an empty text where nothing does."""
    if not event.when and event.what.startswith(_OUTCOME):
        return min((said.value for said in one.decided), key=days.begins, default="")
    first = event.when.partition(", ")[0].partition(" to ")[0].removeprefix("from ")
    return "" if first.startswith("until ") else first
