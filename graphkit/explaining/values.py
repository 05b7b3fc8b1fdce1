"""What an explanation is made of. All of it is plain values, to be printed, drawn or written as JSON."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing, and how many things it is ``linked`` to. Who is ``protected`` has a name here all the same."""

    id: str
    kind: str
    name: str
    linked: int
    protected: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One claim on a relation: who says it, how, in which source and where, when it held, and how it is rated.

    ``says`` is empty where the relation as such is claimed, else the property and its value. ``claim`` is the id of the
    claim. What nobody rated is said to be not rated.
    """

    who: str
    stance: str
    modality: str
    says: str
    source: str
    title: str
    publisher: str
    published: str
    reliability: str
    rating: str
    locator: str
    said_at: str
    held: str
    summary: str
    quote: str
    claim: str


@dataclass(frozen=True, slots=True)
class Link:
    """A relation, read in its own direction: ``sentence`` is the whole of it, an allegation worded as one.

    ``way`` says how a path takes it: ``along``, ``against``, or ``both`` where it has no direction. ``denied`` are the
    claims that deny it or take it back.
    """

    id: str
    type: str
    start: str
    end: str
    sentence: str
    way: str
    alleged: bool
    disputed: bool
    support: float | None
    n_claims: int
    n_sources: int
    n_independent: int
    when: str
    rests_on: str
    said_by: str
    said: tuple[Said, ...]
    denied: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a hop costs what it costs: ``of`` is evidence, rarity or time, ``cost`` is in bits."""

    of: str
    words: str
    cost: float


@dataclass(frozen=True, slots=True)
class Hop:
    """From one thing to the next: all relations between the two, the best backed one first, and what they cost."""

    start: Thing
    end: Thing
    links: tuple[Link, ...]
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """The hops of one path in order, and what it costs in bits: the less, the better it is backed."""

    hops: tuple[Hop, ...]
    cost: float

    @property
    def things(self) -> tuple[Thing, ...]:
        """The things on it, both ends too."""
        return (self.hops[0].start, *(hop.end for hop in self.hops))


@dataclass(frozen=True, slots=True)
class Explanation:
    """The best paths between two things, the best first; none is a finding too, and ``answer`` says why.

    ``answer`` is the whole in one sentence, ``notes`` are sentences on what is left out, denied or unsure. ``avoided``
    are the hubs that were not passed, the most linked first. ``computed_on`` and ``method`` go with it wherever it is
    shown.
    """

    a: Thing
    b: Thing
    answer: str
    paths: tuple[Path, ...]
    avoided: tuple[Thing, ...]
    notes: tuple[str, ...]
    invented: bool
    computed_on: str
    method: str

    @property
    def things(self) -> list[str]:
        """The ids of all things on the paths, each once."""
        return list(dict.fromkeys(thing.id for path in self.paths for thing in path.things))

    @property
    def relations(self) -> list[str]:
        """The ids of all relations on the paths, each once."""
        return list(dict.fromkeys(link.id for path in self.paths for hop in path.hops for link in hop.links))
