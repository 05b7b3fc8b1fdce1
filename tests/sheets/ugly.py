"""What an ugly sheet is: a file, and what a careful analyst expects of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

Names = Collection[str]
Pairs = Collection[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Expected:
    """What is in the store when a sheet has come in right.

    ``things`` are names by kind: ids without their prefix for domains, hosts, registrations and identifiers, the part
    before the first comma for places, and amounts for statistics; a name stands twice when two things have it.
    ``links`` are pairs of such names by relation. Both are complete: what is neither in them nor of a kind in ``may``
    is wrong. ``said`` gives values of things by name, of relations as
    ``"one MEMBER_OF other"``; dates are compared by the days they can mean. ``asked`` are words of the questions that
    come before any correction, ``left_out`` those of the notes and rejects on rows that are no records, ``refused`` the
    columns of which nothing is taken, and ``nowhere`` values that stand in no claim and no reject. ``corrections`` are
    what a user says, three at most. At most ``rejected`` records are.
    """

    things: Mapping[str, Names]
    links: Mapping[str, Pairs] = field(default_factory=dict)
    said: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    may: Names = frozenset()
    asked: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Ugly:
    """A file as somebody mailed it: its name, what is ugly in it, its bytes, and what is expected of it."""

    name: str
    uglinesses: str
    content: Callable[[], bytes]
    expected: Expected
