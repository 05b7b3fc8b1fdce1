"""What happened to a request and to what it concerns, in the order of its dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphkit.requesting import days
from graphkit.requesting.held import Held, on
from graphkit.requesting.values import Request, Word

_OUTCOME = "outcome: "


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, as sources say: ``when``, ``what`` in words, and whose words these are."""

    when: Held
    what: str
    words: tuple[Word, ...]

    @property
    def is_outcome(self) -> bool:
        """Whether it is an outcome of the request."""
        return self.what.startswith(_OUTCOME)


def history(one: Request) -> tuple[Event, ...]:
    """Return what is said to have happened, by when it began.

    An outcome without a date of its own follows the decision; all else that has no date comes last.
    """
    return tuple(sorted(_events(one), key=lambda event: days.begins(_start(event, one))))


def _events(one: Request) -> Iterator[Event]:
    if one.known_as == "relation":
        yield from (Event(said.held, "asked for", said.words) for said in one.sent)
    else:
        yield from (Event(on(said.value), "sent", said.words) for said in one.sent)
    yield from (Event(on(said.value), "decided", said.words) for said in one.decided)
    yield from (Event(said.held, f"{_OUTCOME}{said.value}", said.words) for said in one.outcome)
    for thing in one.concerns:
        yield from (Event(said.held, f"{thing.name}: {said.value}", said.words) for said in thing.statuses)
        yield from (Event(link.held, link.sentence, link.words) for link in thing.reappeared)


def _start(event: Event, one: Request) -> str:
    """Return the date that puts an event in its place; an empty text where nothing does."""
    if not event.when and event.is_outcome:
        return min((said.value for said in one.decided), key=days.begins, default="")
    return event.when.begins
