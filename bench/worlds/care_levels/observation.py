"""What is seen of the sites of a world: much is missed, some is seen by several, and now and then wrongly."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from bench.worlds.care_levels.days import Span
from bench.worlds.care_levels.sites import Deed, Fact, Site
from bench.worlds.care_levels.sources import Source, sources_of
from bench.worlds.care_levels.world import World

Record = dict[str, Any]

_PROPERTIES = {
    "Resolution": "ip",
    "Nameserver": "nameserver",
    "Tracker": "tracker",
    "Favicon": "favicon",
    "Certificate": "fingerprint",
    "Redirect": "to_domain",
}
_NOWHERE = ["127.0.0.1", "0.0.0.0", "192.168.1.10", "10.0.0.1", "192.0.2.1"]


def observe(world: World) -> list[Record]:
    """Return all that is seen of a world, its sources first."""
    observation = _Observation(world)
    for site in world.sites:
        observation.look(site)
    world.chance.shuffle(observation.records)
    sources = [
        {"kind": "Source", "id": source.id, "name": source.name, "invented": True} for source in observation.sources
    ]
    return sources + observation.records


class _Observation:
    """Writes down what observers see, in ``records``."""

    def __init__(self, world: World) -> None:
        self.world, self.chance, self.params = world, world.chance, world.params.observers
        self.sources = sources_of(world)
        self.records: list[Record] = []
        self._by_kind: dict[str, list[Source]] = defaultdict(list)
        for source in self.sources:
            for kind in source.kinds:
                self._by_kind[kind].append(source)
        self._values: dict[str, list[str]] = defaultdict(list)
        for site in world.sites:
            for fact in site.facts:
                self._values[fact.kind].append(fact.value)
        self._deeds = [deed for site in world.sites for deed in site.deeds]

    def look(self, site: Site) -> None:
        """Add what is seen of a site, which is never less than its name."""
        dimness = self.chance.uniform(0.5, 1.5)
        known = len(self.records)
        for source in self._observers("Website", dimness):
            self._add("Website", site, source, (site.begins, min(site.ends, self.world.end)))
        if len(self.records) == known:
            source = self.chance.choice(self._by_kind["Website"])
            self.records.append({"kind": "Website", "domain": site.domain, "source": source.id})
        deeds = sorted(site.deeds, key=lambda deed: deed.since)
        ends = [*(deed.since for deed in deeds[1:]), site.ends]
        for deed, until in zip(deeds, ends, strict=True):
            for source in self._observers("Registration", dimness):
                for _ in range(self.chance.choice([1, 1, 2])):
                    self._ask(site, deed, until, source)
        for fact in site.facts:
            for source in self._observers(fact.kind, dimness):
                self._see(site, fact, source)

    def _observers(self, kind: str, dimness: float) -> list[Source]:
        """Return who sees one fact: nobody where it is missed, else one and perhaps others."""
        if self.chance.happens(min(0.9, self.params.missing[kind] * dimness)):
            return []
        sources = self._by_kind[kind]
        first = self.chance.weighted(sources, [source.weight for source in sources])
        return [source for source in sources if source is first or self.chance.happens(self.params.overlap)]

    def _add(self, kind: str, site: Site, source: Source, span: Span, **said: str) -> None:
        dates = source.seen(self.chance, span)
        if dates is not None:
            self.records.append({"kind": kind, "domain": site.domain, "source": source.id, **said, **dates})

    def _see(self, site: Site, fact: Fact, source: Source) -> None:
        """Add a fact as an observer has it, or what is that of another site."""
        value = fact.value
        if self.chance.happens(source.wrong):
            value = self.chance.choice(self._values[fact.kind])
            if fact.kind == "Resolution" and self.chance.happens(0.3):
                value = self.chance.choice(_NOWHERE)
            if fact.kind == "Redirect" and value == site.domain:
                return
        self._add(fact.kind, site, source, fact.span, **{_PROPERTIES[fact.kind]: value})

    def _ask(self, site: Site, deed: Deed, until: int, source: Source) -> None:
        """Add what whois shows on a day before the next registration, if there was somebody to ask."""
        chance = self.chance
        when = chance.randint(deed.since, max(deed.since, min(until, deed.since + 400)))
        if when < source.opened:
            if until < source.opened:
                return
            when = source.opened
        shown = chance.choice(self._deeds) if chance.happens(source.wrong) else deed
        said = {
            "registrant_name": shown.person.name,
            "registrant_email": shown.person.email,
            "registrant_phone": shown.person.phone,
            "registrant_org": shown.person.organisation,
            "registrar": shown.registrar,
        }
        record: Record = {"kind": "Registration", "domain": site.domain, "source": source.id}
        record |= {key: value for key, value in said.items() if value and not chance.happens(0.05)}
        if not chance.happens(source.undated):
            record["created"] = source.dated(chance, site.begins)
        if not chance.happens(source.undated):
            record["observed"] = source.dated(chance, min(when, self.world.end))
        self.records.append(record)
