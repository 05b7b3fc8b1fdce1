"""Who looks at a world: whois, passive DNS, certificate logs and crawls, and how well each does."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from bench.worlds.other.chance import clipped, magnitude
from bench.worlds.other.names import Identity
from bench.worlds.other.params import Params

Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source: how far its dates are off, how much it misses, and how it writes."""

    chance: Random
    id: str
    name: str
    skew: int
    undated: float
    rough: float
    covered: float
    lag: float
    upper: bool
    phone: str

    def record(self) -> Record:
        return {"kind": "Source", "id": self.id, "name": self.name, "invented": True}

    def day(self, day: int, more_undated: float = 0.0) -> str | None:
        """Return a date as this source has it, to a day, a month or a year, or None."""
        chance = self.chance
        if chance.random() < self.undated + more_undated:
            return None
        seen = date.fromordinal(day + self.skew)
        if chance.random() < self.rough:
            seen = seen.replace(day=1) if chance.random() < 0.85 else seen.replace(month=1, day=1)
        return seen.isoformat()

    def late(self, by: float = 1.0) -> int:
        """Return how many days after the fact it is seen."""
        return int(self.chance.expovariate(1 / (self.lag * by)))

    def written(self, identity: Identity) -> dict[str, str]:
        """Return a registrant as this source has it, at times with parts left out."""
        chance = self.chance
        name, email, phone, org = (
            part if chance.random() > 0.04 else ""
            for part in (identity.name, identity.email, identity.phone, identity.org)
        )
        if self.upper:
            name = name.upper()
        if phone.startswith("+"):
            bare = phone.replace(".", "")
            phone = {"dot": phone, "plain": bare, "zero": f"00{bare[1:]}"}[self.phone]
        if email and self.upper and chance.random() < 0.3:
            email = email.upper()
        return {"registrant_name": name, "registrant_email": email, "registrant_org": org, "registrant_phone": phone}


class Sources:
    """The sources of a world, some of which are not there in every one."""

    def __init__(self, chance: Random, params: Params) -> None:
        self.chance, self._params = chance, params
        self.all: list[Source] = []
        self.whois = [self._new("whois", "whois"), *self._perhaps(0.6, "whois-archive", "whois archive")]
        dns = [self._new("pdns", "passive DNS"), *self._perhaps(0.6, "pdns-b", "passive DNS B")]
        zones = self._perhaps(0.5, "zonefile", "zone files")
        logs = self._new("ct", "certificate log")
        self.crawls = [self._new("crawl", "crawl"), *self._perhaps(0.5, "scan", "web scan")]
        self.of = {
            "Resolution": dns,
            "Nameserver": dns + zones,
            "Certificate": [logs, *self.crawls[1:]],
            "Tracker": self.crawls,
            "Favicon": self.crawls,
            "Redirect": self.crawls,
        }
        self.second = chance.uniform(0.3, 0.8)
        self._slow = magnitude(chance, 1, 12)

    def noticed(self, days: int) -> float:
        """Return how surely what lasts so many days is noticed."""
        return 1 - math.exp(-(days + 1) / self._slow)

    def _perhaps(self, share: float, id_: str, name: str) -> list[Source]:
        return [self._new(id_, name)] if self.chance.random() < share else []

    def _new(self, id_: str, name: str) -> Source:
        chance, params = self.chance, self._params
        source = Source(
            chance=chance,
            id=id_,
            name=f"Invented {name}",
            skew=chance.choice([0, 0, 0, chance.randint(-2, 2), chance.randint(-9, 9)]),
            undated=clipped(params.undated * chance.uniform(0.4, 1.6), 0, 0.6),
            rough=params.rough * chance.uniform(0, 2),
            covered=clipped(params.covered * chance.uniform(0.88, 1.06), 0.2, 0.99),
            lag=magnitude(chance, 0.5, 15),
            upper=params.upper and chance.random() < 0.5,
            phone=chance.choice(["dot", "dot", "plain", "zero"]),
        )
        self.all.append(source)
        return source
