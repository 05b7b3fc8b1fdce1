"""What makes one world differ from the next: its years, its sizes, and the habits of those in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from bench.worlds.passive_dns.days import number

_MISSED = ("Registration", "Resolution", "Nameserver", "Tracker", "Favicon", "Certificate", "Redirect")


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How operators and others go about their sites, and how well they are seen: shares from 0 to 1, and counts."""

    care: float  # of a usual operator
    operator_privacy: float
    privacy: float  # of unrelated sites
    redacted: float  # of registrations, once redaction has begun
    operator_network: float  # of operators' sites, those behind a content network
    network: float  # the same of unrelated sites
    bulletproof: float  # of operators' servers
    successor: float  # of sites of an operator, those followed by another soon after
    similar: float  # of successors, those that keep the name
    kit: float  # of operators, those with a bought script
    suspended: float
    caught: float  # of dropped domains, those that somebody else takes
    agencies: int
    dealers: int
    resellers: int
    agency_share: float
    dealer_share: float
    lookalike: float
    imitating: float
    missing: dict[str, float]
    wrong: float
    undated: float
    seen_twice: float
    messy: float  # of values, those spelled in another way
    recycled: float  # of addresses, those given out again


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The first and the last day of a world, the sites of each operator, the number of unrelated sites, and habits."""

    begins: int
    ends: int
    habits: Habits
    sizes: Sequence[int]
    unrelated: int

    @property
    def days(self) -> int:
        return self.ends - self.begins


def drawn(chance: Random) -> Parameters:
    """Return the parameters of one world."""
    years = chance.uniform(6, 10)
    begins = number(date(chance.randint(2011, 2015), chance.randint(1, 12), 1))
    operators, tail = chance.randint(20, 100), chance.uniform(1.0, 1.7)
    habits = _habits(chance)
    while True:
        sizes = _sizes(chance, operators, tail)
        run = sum(sizes)
        least, most = max(3.0, 1010 / run - 1), min(20.0, 4950 / run - 1)
        if least <= most:
            break
    ratio = min(most, least + (most - least) * chance.betavariate(1, 1.4))
    return Parameters(
        begins=begins,
        ends=begins + int(years * 365.25),
        habits=habits,
        sizes=sizes,
        unrelated=int(run * ratio) + 1,
    )


def _habits(chance: Random) -> Habits:
    return Habits(
        care=chance.uniform(0.25, 0.5),
        operator_privacy=chance.uniform(0.55, 0.9),
        privacy=chance.uniform(0.25, 0.6),
        redacted=chance.uniform(0.5, 0.95),
        operator_network=chance.uniform(0.12, 0.45),
        network=chance.uniform(0.06, 0.25),
        bulletproof=chance.uniform(0.1, 0.45),
        successor=chance.uniform(0.5, 0.9),
        similar=chance.uniform(0.3, 0.75),
        kit=chance.uniform(0.1, 0.4),
        suspended=chance.uniform(0.1, 0.4),
        caught=chance.uniform(0.02, 0.12),
        agencies=chance.randint(4, 22),
        dealers=chance.randint(2, 9),
        resellers=chance.randint(8, 30),
        agency_share=chance.uniform(0.06, 0.22),
        dealer_share=chance.uniform(0.04, 0.15),
        lookalike=chance.uniform(0.005, 0.03),
        imitating=chance.uniform(0.002, 0.009),
        missing={kind: 0.10 + 0.40 * chance.betavariate(1, 1.9) for kind in _MISSED},
        wrong=chance.uniform(0.0, 0.02),
        undated=chance.uniform(0.005, 0.06),
        seen_twice=chance.uniform(0.1, 0.45),
        messy=chance.uniform(0.02, 0.15),
        recycled=chance.uniform(0.35, 0.8),
    )


def _sizes(chance: Random, operators: int, tail: float) -> list[int]:
    """Return how many sites each operator has: two for many, up to thirty or so for a few."""
    sizes = [2 + min(28, int((chance.paretovariate(tail) - 1) * 2.6)) for _ in range(operators)]
    return [size if size < 30 else chance.randint(20, 32) for size in sizes]
