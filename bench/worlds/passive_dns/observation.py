"""What is seen of sites: with gaps and mistakes, by sources whose clocks and spellings differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bench.worlds.passive_dns.days import Span, written
from bench.worlds.passive_dns.sources import Source
from bench.worlds.passive_dns.world import Answer, Fact, Site, World

Record = dict[str, Any]

_PROPERTIES = {
    "Resolution": "ip",
    "Nameserver": "nameserver",
    "Tracker": "tracker",
    "Favicon": "favicon",
    "Certificate": "fingerprint",
    "Redirect": "to_domain",
}
_SEEN_BY = {
    "Resolution": "dns",
    "Nameserver": "dns",
    "Tracker": "web",
    "Favicon": "web",
    "Redirect": "web",
    "Certificate": "certificates",
}


class Observer:
    """Writes down what the sources of a world see of its sites."""

    def __init__(self, world: World) -> None:
        self._world, self._chance, self._habits = world, world.chance, world.habits
        self._sources: dict[str, list[Source]] = {}
        for source in world.sources:
            self._sources.setdefault(source.looks_at, []).append(source)
        self._values: dict[str, list[str]] = {}
        self._mailboxes: list[str] = []
        for site in world.sites:
            for event in site.events:
                if isinstance(event, Answer):
                    self._mailboxes.append(event.registrant["registrant_email"])
                else:
                    self._values.setdefault(event.kind, []).append(event.value)
        self._records: list[Record] = []

    def observe(self) -> list[Record]:
        """Return the sources, and then all that they see, in any order."""
        for site in self._world.sites:
            self._see_site(site)
            for event in site.events:
                if isinstance(event, Answer):
                    self._ask(site.domain, event)
                else:
                    self._look(site.domain, event)
        self._chance.shuffle(self._records)
        sources: list[Record] = [
            {"kind": "Source", "id": source.id, "name": source.name, "invented": True} for source in self._world.sources
        ]
        return sources + self._records

    def _see_site(self, site: Site) -> None:
        """Add that a site exists, which is always seen."""
        source = self._pick(self._sources["web"])
        self._mistaken()  # which has no effect here but on what chance brings next
        self._records.append(
            {"kind": "Website", "domain": site.domain, "source": source.id, **self._dates(site.span, source)}
        )

    def _ask(self, domain: str, answer: Answer) -> None:
        """Add what a source of registrations has of an answer, or nothing."""
        if self._world.happens(self._habits.missing["Registration"]):
            return
        source = self._pick(self._sources["whois"])
        if answer.day < source.begins:
            return
        fields = {**answer.registrant, "registrar": answer.registrar}
        if self._mistaken():
            fields["registrant_email"] = self._chance.choice(self._mailboxes)
        if self._world.happens(self._habits.messy):
            self._misspell(fields)
        fields = {key: value for key, value in fields.items() if key == "registrar" or not self._world.happens(0.06)}
        fields["created"] = written(source.clock(answer.created))
        fields["observed"] = written(source.clock(answer.day))
        if self._world.happens(self._habits.undated):
            del fields["created"]
            if self._world.happens(0.5):
                del fields["observed"]
        self._records.append({"kind": "Registration", "domain": domain, "source": source.id, **fields})

    def _look(self, domain: str, fact: Fact) -> None:
        """Add what one source or two see of a fact, or nothing."""
        if self._world.happens(self._habits.missing[fact.kind]):
            return
        sources = self._sources[_SEEN_BY[fact.kind]]
        first = self._pick(sources)
        self._see(domain, fact, first)
        if self._world.happens(self._habits.seen_twice):
            other = self._pick(sources)
            if other is not first:
                self._see(domain, fact, other)

    def _see(self, domain: str, fact: Fact, source: Source) -> None:
        """Add what a source sees of a fact in its time, at times another value than the true one."""
        if fact.span.ends < source.begins:
            return
        span = Span(max(fact.span.begins, source.begins), fact.span.ends)
        value = self._wrong_value(fact.kind) if self._mistaken() else fact.value
        if fact.kind == "Nameserver" and (source.shouts or self._world.happens(self._habits.messy * 0.3)):
            value = value.upper() if self._world.happens(0.6) else f"{value}."
        said = {"kind": fact.kind, "domain": domain, "source": source.id, _PROPERTIES[fact.kind]: value}
        self._records.append({**said, **self._dates(span, source)})

    def _wrong_value(self, kind: str) -> str:
        chance = self._chance
        value = chance.choice(self._values[kind])
        if kind == "Resolution" and self._world.happens(0.4):
            private = f"10.0.{chance.randint(0, 9)}.{chance.randint(1, 99)}"
            value = chance.choice(["127.0.0.1", "192.168.1.1", private, "192.0.2.1"])
        return value

    def _dates(self, span: Span, source: Source) -> dict[str, str]:
        """Return when something was first and last seen, often a bit late and a bit early, or less than that."""
        world = self._world
        first = span.begins + (world.about(12) if world.happens(0.7) else 0)
        last = span.ends - (world.about(12) if world.happens(0.7) else 0)
        first = min(first, span.ends)
        if world.happens(self._habits.undated):
            return {}
        seen = {"first_seen": written(source.clock(first))}
        if not world.happens(0.03):
            seen["last_seen"] = written(source.clock(max(first, last)))
        return seen

    def _misspell(self, fields: dict[str, str]) -> None:
        """Write one of the fields in another way."""
        world, chance, way = self._world, self._chance, self._chance.random()
        if way < 0.3:
            fields["registrant_email"] = fields["registrant_email"].upper()
        elif way < 0.5:
            name = fields["registrant_name"]
            fields["registrant_name"] = name.upper() if world.happens(0.6) else f" {name}  "
        elif way < 0.8:
            fields["registrant_phone"] = fields["registrant_phone"].replace(".", chance.choice(["", " ", "-"]))
        else:
            registrar = fields["registrar"]
            fields["registrar"] = registrar.upper() if world.happens(0.5) else registrar.replace(",", "")

    def _mistaken(self) -> bool:
        return self._world.happens(self._habits.wrong)

    def _pick(self, sources: Sequence[Source]) -> Source:
        return self._chance.choices(sources, [source.weight for source in sources])[0]
