"""Operators: they open sites again after take-downs, and their care decides what they use twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from bench.worlds.unseen.providers import Market
from bench.worlds.unseen.sites import BEGIN, END, Place, Site, Span, days, parts
from bench.worlds.unseen.words import Holder, Thing, mostly_first


class Operator:
    """One who runs sites; each sort of thing is handled with about the same care, with some blind spots."""

    def __init__(self, market: Market, number: int) -> None:
        chance, mean = market.chance, market.params.care
        self.market, self.chance, self.number = market, chance, number
        self.care = chance.betavariate(3 * mean, 3 * (1 - mean))
        sorts = ("person", "registrar", "place", "tracker", "favicon", "certificate", "stem")
        self.keep = {sort: min(0.97, 1 - self.care * chance.uniform(0.3, 1)) for sort in sorts}
        self.used: dict[str, list[Any]] = defaultdict(list)
        self.kit = chance.choice(market.kits) if chance.random() < market.params.kits else None
        self.own_names = chance.random() < 0.4 * (1 - self.care)
        self.sites: list[Site] = []

    def take(self, sort: str, new: Callable[[], Thing]) -> Thing:
        """Return a thing used before, most often the last one of its sort, or a new one."""
        used: list[Thing] = self.used[sort]
        if used and self.chance.random() < self.keep[sort]:
            return used[-1] if self.chance.random() < 0.7 else self.chance.choice(used)
        used.append(new())
        return used[-1]

    def _person(self) -> Holder:
        at = self.sites[0].domain if self.sites and self.chance.random() < 0.15 * (1 - self.care) else None
        person = self.market.words.person(at)
        if self.chance.random() < self.market.params.stolen:
            self.market.stolen.append(person)
        return person

    def _place(self, span: Span) -> Place:
        market, chance = self.market, self.chance
        if self.own_names and self.sites:
            names = tuple(f"ns{count}.{self.sites[0].domain}" for count in (1, 2))
            return market.machine(span)._replace(nameservers=names)
        kind = chance.choices("msnt", [1.4 - self.care, 0.3, 0.2 + 0.5 * self.care, 0.2])[0]
        if kind == "m":
            return market.machine(span)
        if kind == "s":
            return market.shared()
        return market.network() if kind == "n" else mostly_first(chance, market.tolerant)

    def _holder(self, domain: str) -> Holder:
        holder = self.take("person", self._person)
        if self.chance.random() < 0.3 * self.market.params.privacy + 0.4 * self.care:
            return self.market.proxy(domain)
        if self.chance.random() < 0.05:
            return holder | {"registrant_email": self.chance.choice(self.market.resellers)[0]["registrant_email"]}
        return holder

    def open(self, start: date) -> Site:
        """Run one more site from a day on, until it is taken down or given up."""
        market, words, chance = self.market, self.market.words, self.chance
        stop = min(END, start + days(10 + chance.expovariate(1 / market.params.life)))
        site = Site(words.domain(self.take("stem", partial(words.word, 3))), self.number, (start, stop))
        for span in parts(chance, site.span, 0.5 + self.care):
            place = self.take("place", partial(self._place, span))
            market.hold(place.addresses[0], span)
            site.serve(place, self._holder(site.domain), self.take("registrar", market.registrar), span)
        if chance.random() < 0.85 - 0.5 * self.care:
            site.show("Tracker", self.take("tracker", words.tracker))
        if chance.random() < 0.85:
            site.show("Favicon", self.take("favicon", words.favicon))
        if chance.random() < 0.7:
            site.show("Certificate", self.take("certificate", words.fingerprint))
        if self.kit and chance.random() < 0.7:
            site.show("Favicon", self.kit[0])
            site.show("Tracker", self.kit[1] if chance.random() < 0.5 else None)
        self.sites.append(site)
        return site

    def run(self, count: int) -> list[Site]:
        """Run as many sites as said, some side by side, each followed by another soon after its end."""
        chance, lanes = self.chance, self.chance.randint(1, 5)
        first = BEGIN + days(chance.uniform(300, 4000))
        for turn in range(count):
            before = self.sites[turn - lanes] if turn >= lanes else None
            start = (before.span[1] if before else first) + days(chance.expovariate(1 / 30))
            site = self.open(start if start < END - days(30) else first + days(chance.uniform(0, 300)))
            if before and before.span[1] < start and chance.random() < 0.4 * (1 - self.care):
                before.show("Redirect", site.domain, (before.span[1], site.span[1]))
        for site in self.sites:
            self.market.surround(site, taken=site.span[1] < END)
        return self.sites


def operate(market: Market, count: int) -> list[Site]:
    """Return about as many sites as said, of operators with two sites at least."""
    sites: list[Site] = []
    number = 0
    while len(sites) < count:
        size = 2 + round(market.chance.expovariate(1 / market.params.size))
        sites += Operator(market, number).run(min(size, max(2, count - len(sites))))
        number += 1
    return sites
