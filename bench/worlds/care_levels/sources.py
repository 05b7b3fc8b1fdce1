"""Observers of a world: what kinds each sees, since when, how late, and how wrong its clock is."""

from __future__ import annotations

from dataclasses import dataclass

from bench.worlds.care_levels.chance import Chance
from bench.worlds.care_levels.days import Span, month_of, written
from bench.worlds.care_levels.world import World

# What observers of a sort are called, the kinds of records that they give, and how many there are at most.
_SORTS = (
    ("whois history", ("Registration",), 3),
    ("passive DNS", ("Resolution", "Nameserver"), 3),
    ("crawler", ("Website", "Tracker", "Favicon", "Redirect"), 3),
    ("certificate log", ("Certificate",), 2),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An observer: days its clock is off, how exactly it dates, and shares of what is undated or wrong."""

    number: int
    name: str
    kinds: tuple[str, ...]
    clock: int
    grain: str
    undated: float
    weight: float
    wrong: float
    lag: float
    opened: int

    @property
    def id(self) -> str:
        """What its records call it."""
        return f"S{self.number}"

    def dated(self, chance: Chance, day: int) -> str:
        """Return a day as this observer has it."""
        day += self.clock + (chance.choice([-1, 1]) if chance.happens(0.05) else 0)
        if self.grain == "week":
            day -= day % 7
        elif self.grain == "month":
            day = month_of(day)
        return written(day)

    def seen(self, chance: Chance, span: Span) -> dict[str, str] | None:
        """Return when something was first and last seen, as far as noted; nothing if it ended before there was one."""
        begins, ends = span
        first = min(ends, begins + chance.wait(self.lag))
        last = max(first, ends - chance.wait(self.lag))
        if ends < self.opened:
            return None
        first = max(first, self.opened)
        dates = {}
        if not chance.happens(self.undated):
            dates["first_seen"] = self.dated(chance, first)
        if not chance.happens(self.undated):
            dates["last_seen"] = self.dated(chance, max(first, last))
        if len(dates) == 2:
            dates["last_seen"] = max(dates.values())
        return dates


def sources_of(world: World) -> list[Source]:
    """Return all observers of a world; the first of each sort has been there from before its time."""
    sources: list[Source] = []
    for name, kinds, most in _SORTS:
        for rank in range(world.chance.randint(1, most)):
            sources.append(_source(world, f"Invented {name} {'ABC'[rank]}", kinds, len(sources) + 1, late=rank > 0))
    return sources


def _source(world: World, name: str, kinds: tuple[str, ...], number: int, *, late: bool) -> Source:
    chance, params, earliest = world.chance, world.params.observers, world.start - 500
    return Source(
        number=number,
        name=name,
        kinds=kinds,
        clock=chance.choice([0, 0, 0, 1, -1, chance.randint(-params.clock, params.clock)]),
        grain=chance.choice(["day", "day", "day", "week", "month"]),
        undated=chance.uniform(0, params.undated),
        weight=chance.uniform(0.3, 1),
        wrong=chance.uniform(0, params.wrong),
        lag=chance.scaled(0.3, 25),
        opened=chance.randint(earliest, world.start + (world.end - world.start) // 2) if late else earliest,
    )
