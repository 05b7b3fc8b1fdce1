"""What is told of requests. All of it is plain values, to be printed, shown or written as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graphkit.requesting.days import Days
from graphkit.requesting.held import Held


@dataclass(frozen=True, slots=True)
class Word:
    """On whose word something stands: one claim, by whom, in which source, where in it; ``claim`` is its id."""

    who: str
    stance: str
    modality: str
    source: str
    title: str
    locator: str
    rating: str
    summary: str
    claim: str


@dataclass(frozen=True, slots=True)
class Saying:
    """A value and all who say it. ``held`` is when it is said to hold.

    ``order`` says how it lies to the day the request was decided, or else sent; empty where that does not matter.
    """

    value: str
    held: Held
    words: tuple[Word, ...]
    order: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A thing that a request was made by or addressed to, and who says so.

    The name of a website, here and below, begins with its domain, defanged: what it calls itself only follows.
    """

    id: str
    kind: str
    name: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Reappeared:
    """What sources, or computed links, lead on to from what a request concerns, after it was decided.

    ``by`` names the kind of link, ``basis`` is "sourced", or "computed" where no source says so and there are no
    ``words``; ``sentence`` is all of it in words, domains defanged.
    ``order`` says how it lies to the day of the decision. What is ``alleged`` is worded as an allegation.
    """

    by: str
    basis: str
    id: str
    kind: str
    name: str
    sentence: str
    held: Held
    order: str
    alleged: bool
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Concerned:
    """What a request is about; being asked about proves nothing.

    ``hosted_by`` are the websites said to have hosted a content item. ``statuses`` are what became of it, in time.
    """

    id: str
    kind: str
    name: str
    words: tuple[Word, ...]
    hosted_by: tuple[Party, ...]
    statuses: tuple[Saying, ...]
    reappeared: tuple[Reappeared, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One request and all that sources say of it.

    ``known_as`` is "request", or "relation" where nothing but REQUESTED_REMOVAL tells of it: ``outcome`` and
    ``amount`` are then in the words of the source, and ``sent`` is when the relation is said to hold. ``outcome`` is
    in the order of its dates. ``stands`` is the last outcome, "disputed" where sources contradict each other in it,
    empty where none is on record. ``items_asked`` and ``items_removed`` are null where they are not known or disputed,
    ``share_removed`` where either is, or where it asks for something to be put back. ``also`` are relations
    REQUESTED_REMOVAL between the same two: whether they tell of this request is not said.
    """

    id: str
    known_as: str
    name: str
    type: tuple[Saying, ...]
    made_by: tuple[Party, ...]
    addressed_to: tuple[Party, ...]
    concerns: tuple[Concerned, ...]
    legal_basis: tuple[Saying, ...]
    sent: tuple[Saying, ...]
    decided: tuple[Saying, ...]
    days: Days
    outcome: tuple[Saying, ...]
    stands: str
    asked: tuple[Saying, ...]
    removed: tuple[Saying, ...]
    items_asked: int | None
    items_removed: int | None
    share_removed: float | None
    amount: tuple[Saying, ...]
    statements: tuple[Saying, ...]
    contradicted: tuple[str, ...]
    also: tuple[Request, ...] = ()

    @property
    def puts_back(self) -> bool:
        """Whether any source says that it asks for something to be put back."""
        return puts_back(self.type)

    @property
    def words(self) -> tuple[Word, ...]:
        """All words that the request itself rests on, each once."""
        said = [*self.type, *self.legal_basis, *self.sent, *self.decided, *self.outcome, *self.asked, *self.removed]
        spoken = [one.words for one in (*said, *self.amount, *self.statements)]
        spoken += [party.words for party in (*self.made_by, *self.addressed_to)]
        return _once([*spoken, *(one.words for one in self.concerns)])

    @property
    def later(self) -> tuple[Word, ...]:
        """All words on what became of what it concerns, each once."""
        spoken = [party.words for one in self.concerns for party in one.hosted_by]
        spoken += [status.words for one in self.concerns for status in one.statuses]
        return _once([*spoken, *(link.words for one in self.concerns for link in one.reappeared)])

    @property
    def sources(self) -> dict[str, str]:
        """The titles, by id, of all sources that a row on it rests on."""
        return {word.source: word.title for word in (*self.words, *self.later)}


def puts_back(types: Iterable[Saying]) -> bool:
    """Say whether any of the types that sources give a request asks for something to be put back."""
    return any(one.value == "reinstatement" for one in types)


def _once(spoken: Iterable[Iterable[Word]]) -> tuple[Word, ...]:
    return tuple({word.claim: word for words in spoken for word in words}.values())


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over requests. Those known only as relations are counted in ``relations`` alone.

    ``by_outcome`` counts each request once, by ``stands``. ``unanswered`` have no outcome, or are pending, on record:
    that is no refusal. ``median_days`` rests on the ``median_of`` requests whose dates leave no doubt.
    ``items_asked`` and ``items_removed`` are sums over the ``items_of`` requests for which both are known and
    undisputed; those that ask for something to be put back are not among them. What cannot be is in neither: the
    ``decided_first`` requests decided before they were sent, those ``decided_ahead`` after today, those ``sent_early``,
    before 1990, the ``items_over`` with more removed than asked for.
    """

    requests: int
    relations: int
    by_outcome: dict[str, int]
    unanswered: int
    median_days: float | None
    median_of: int
    decided_first: int
    decided_ahead: int
    sent_early: int
    items_asked: int
    items_removed: int
    items_of: int
    items_over: int


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests in the order they were sent, then those known only as relations, with counts over them."""

    rows: tuple[Request, ...]
    summary: Summary
    computed_on: str
    invented: bool
