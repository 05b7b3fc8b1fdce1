"""Sources of what is seen, each with its own clock, its own beginning and its own spelling."""

from __future__ import annotations

from dataclasses import dataclass

from bench.worlds.passive_dns.days import month
from bench.worlds.passive_dns.values import Values

_LABELS = {
    "whois": ("whois", "whois history", "registry mirror"),
    "dns": ("passive DNS", "resolver log", "zone file watcher"),
    "web": ("crawler", "page archive"),
    "certificates": ("certificate log", "port scan"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One who looks at sites of a world, from a day on."""

    number: int
    name: str
    looks_at: str
    offset: int
    knows_months_only: bool
    begins: int
    shouts: bool
    weight: float

    @property
    def id(self) -> str:
        return f"S{self.number}"

    def clock(self, day: int) -> int:
        """Return a day as this source has it."""
        day += self.offset
        return month(day) if self.knows_months_only else day


def drawn(values: Values, begins: int) -> list[Source]:
    """Return the sources of a world that begins on a day: two at least for all they look at."""
    chance = values.chance
    sources: list[Source] = []
    for looks_at, labels in _LABELS.items():
        for label in labels[: chance.randint(2, len(labels))]:
            sources.append(
                Source(
                    number=len(sources) + 1,
                    name=f"Invented {label} {values.word(2, 2)}",
                    looks_at=looks_at,
                    offset=chance.choice([0, 0, 0, 1, -1, 2, -4, 9, chance.randint(-20, 20)]),
                    knows_months_only=chance.random() < 0.12,
                    begins=begins + (int(chance.uniform(0, 900)) if chance.random() < 0.3 else 0),
                    shouts=chance.random() < 0.15,
                    weight=chance.uniform(0.3, 1),
                )
            )
    return sources
