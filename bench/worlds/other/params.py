"""What kind of world a seed gives: how many sites, over which years, with which habits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from bench.worlds.other.chance import clipped, magnitude


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """What kind of world it is. Shares are from 0 to 1, days are ordinals of dates."""

    ratio: float  # of sites nobody runs another of to sites that somebody does
    sites: int
    span: int
    begins: int
    honest: float  # of related sites, those of small honest owners
    careful: float
    tail: float  # of operators' sizes
    life: float  # of an operator's site, in days
    shady: float  # of unrelated sites
    agency: float
    reseller: float
    cloned: float
    private: float
    redacted: float
    redaction: int  # the day from which registrars leave registrants out
    cdn: float
    builder: float
    vps: float
    per_address: float
    wrong: float
    undated: float
    covered: float
    rough: float  # of dates, those known to a month or a year
    tracked: float
    favicons: float
    certified: float
    slips: float
    hacked: float
    example: float
    properties: float  # of operators, those with one property of an account for each site
    upper: bool

    @property
    def ends(self) -> int:
        return self.begins + self.span


def drawn(chance: Random) -> Params:
    """Return a kind of world."""
    ratio = magnitude(chance, 3, 20)
    sites = magnitude(chance, 1000, 6000)
    return Params(
        ratio=ratio,
        sites=int(clipped(max(sites, min(6000, 130 * (1 + ratio))), 1000, 6000)),
        span=chance.randint(3 * 365, 7 * 365),
        begins=date(chance.randint(2013, 2019), chance.randint(1, 12), 1).toordinal(),
        honest=chance.uniform(0.08, 0.35),
        careful=chance.uniform(0.0, 0.12),
        tail=chance.uniform(1.3, 2.2),
        life=magnitude(chance, 60, 420),
        shady=chance.uniform(0.08, 0.35),
        agency=chance.uniform(0.02, 0.1),
        reseller=chance.uniform(0.02, 0.1),
        cloned=chance.uniform(0, 0.008),
        private=chance.uniform(0.1, 0.5),
        redacted=chance.uniform(0.2, 0.85) if chance.random() < 0.6 else 0.0,
        redaction=date(2018, 5, 25).toordinal() + chance.randint(-40, 60),
        cdn=chance.uniform(0.08, 0.35),
        builder=chance.uniform(0.02, 0.12),
        vps=chance.uniform(0.08, 0.3),
        per_address=magnitude(chance, 12, 120),
        wrong=chance.choice([0, chance.uniform(0, 0.02), chance.uniform(0, 0.02), chance.uniform(0.005, 0.02)]),
        undated=chance.choice([chance.uniform(0, 0.08), chance.uniform(0, 0.35)]),
        covered=chance.uniform(0.82, 0.98),
        rough=chance.uniform(0, 0.25),
        tracked=chance.uniform(0.35, 0.75),
        favicons=chance.uniform(0.45, 0.85),
        certified=chance.uniform(0.35, 0.85),
        slips=chance.uniform(0.01, 0.08),
        hacked=chance.uniform(0, 0.02),
        example=chance.uniform(0.5, 0.95),
        properties=chance.uniform(0.05, 0.3),
        upper=chance.random() < 0.5,
    )
