"""What is seen of a world: records as sources give them, with gaps."""

from __future__ import annotations

from collections.abc import Iterator

from bench.worlds.other.chance import clipped, poisson
from bench.worlds.other.sources import Record, Source, Sources
from bench.worlds.other.world import Fact, Shown, Spell, World

FIELDS = {
    "Resolution": "ip", "Nameserver": "nameserver", "Certificate": "fingerprint", "Tracker": "tracker",
    "Favicon": "favicon", "Redirect": "to_domain",
}  # fmt: skip


def sources_and_sights(world: World) -> tuple[list[Record], list[Record]]:
    """Return the records of sources, and what these see."""
    sources = Sources(world.chance, world.params)
    sights = list(Observer(world, sources).seen())
    return [source.record() for source in sources.all], sights


class Observer:
    """Looks at a world with the eyes of its sources; some sites are seen worse than others."""

    def __init__(self, world: World, sources: Sources) -> None:
        self.world, self.chance, self.sources = world, world.chance, sources
        self._clear = {site.domain: clipped(self.chance.betavariate(9, 0.8) + 0.04, 0.1, 1) for site in world.sites}

    def seen(self) -> Iterator[Record]:
        for site in self.world.sites:
            yield self._website(site)
        rate = self.chance.uniform(0.5, 1.6)
        for shown in self.world.shown:
            yield from self._registrations(shown, rate)
        for fact in self.world.facts:
            yield from self._sights(fact)

    def _website(self, site: Spell) -> Record:
        source = self.chance.choice(self.sources.crawls)
        first = min(max(site.begins, self.world.params.begins) + source.late(), site.ends)
        last = max(first, site.ends - source.late())
        return _filled(
            {"kind": "Website", "domain": site.domain, "source": source.id},
            {"first_seen": source.day(first), "last_seen": source.day(last)},
        )

    def _registrations(self, shown: Shown, rate: float) -> Iterator[Record]:
        """Yield what whois said on some days of a spell."""
        chance, params, spell = self.chance, self.world.params, shown.spell
        begins, ends = max(spell.begins, params.begins - 400), min(spell.ends, params.ends)
        if spell.begins > params.ends or ends < begins:
            return
        clear = self._clear[spell.domain]
        for place, source in enumerate(self.sources.whois):
            covered = source.covered * clear * (self.sources.second if place else 1) * (0.6 if shown.leaked else 1)
            if chance.random() > covered:
                continue
            least = 0 if chance.random() < 0.25 else 1
            for _ in range(min(3, max(least, poisson(chance, rate * min(1.5, (ends - begins) / 365))))):
                yield self._registration(shown, source, chance.randint(begins, ends))

    def _registration(self, shown: Shown, source: Source, day: int) -> Record:
        written = source.written(shown.identity)
        registrar = shown.holding.registrar.name if self.chance.random() > 0.04 else ""
        return _filled(
            {"kind": "Registration", "domain": shown.spell.domain},
            {
                "registrar": registrar,
                **written,
                "created": source.day(shown.created),
                "expires": source.day(shown.expires, 0.05),
                "observed": source.day(day),
                "source": source.id,
            },
        )

    def _sights(self, fact: Fact) -> Iterator[Record]:
        """Yield when sources first and last saw a fact."""
        chance, spell = self.chance, fact.spell
        begins, ends = max(spell.begins, self.world.params.begins - 60), spell.ends
        if ends < begins:
            return
        clear, noticed = self._clear[spell.domain], self.sources.noticed(ends - begins)
        for place, source in enumerate(self.sources.of[fact.kind]):
            covered = source.covered * clear * (self.sources.second * 0.7 if place else 1) * noticed
            if chance.random() > covered:
                continue
            first = min(ends, begins + source.late())
            last = max(first, ends - source.late(1.5))
            if chance.random() < 0.12:
                last = chance.randint(first, last)
            loud = fact.kind == "Nameserver" and source.upper and chance.random() < 0.5
            value = fact.value.upper() if loud else fact.value
            yield _filled(
                {"kind": fact.kind, "domain": spell.domain, FIELDS[fact.kind]: value},
                {"first_seen": source.day(first), "last_seen": source.day(last), "source": source.id},
            )


def _filled(record: Record, known: dict[str, str | None]) -> Record:
    """Return a record with what is known; no source shows an end before a beginning."""
    record.update({name: value for name, value in known.items() if value})
    if "first_seen" in record and "last_seen" in record:
        record["last_seen"] = max(record["first_seen"], record["last_seen"])
    return record
