"""What is true in a world: which sites there are, who runs them, and what is so of them when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random

from bench.worlds.other.names import Identity, Names
from bench.worlds.other.params import drawn
from bench.worlds.other.providers import Providers, Registrar


@dataclass(frozen=True, slots=True)
class Spell:
    """A domain over some days, given as ordinals of dates."""

    domain: str
    begins: int
    ends: int

    def of(self, begins: int, ends: int) -> Spell:
        """Return the same domain over other days."""
        return replace(self, begins=begins, ends=ends)


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a domain has over a spell."""

    kind: str
    value: str
    spell: Spell


@dataclass(frozen=True, slots=True)
class Holding:
    """How a domain is held: by whom, where, hidden or not, and by whom after a sale."""

    identity: Identity
    registrar: Registrar
    private: bool
    years: int | None = None
    leak: float = 0.0
    later: Identity | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What whois shows over a spell; ``leaked`` is what would have been hidden."""

    spell: Spell
    identity: Identity
    holding: Holding
    created: int
    expires: int
    leaked: bool = False


class World:
    """A world in the making."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(f"blind-world-v1:{seed}")
        self.params = drawn(self.chance)
        self.names = Names(self.chance, self.params.example)
        self.providers = Providers(self.names, self.params)
        self.sites: list[Spell] = []
        self.truth: dict[str, int | None] = {}
        self.facts: list[Fact] = []
        self.shown: list[Shown] = []

    def site(self, spell: Spell, owner: int | None) -> None:
        """Add a site and who runs it: None for somebody without another."""
        self.sites.append(spell)
        self.truth[spell.domain] = owner

    def fact(self, kind: str, value: str, spell: Spell) -> None:
        """Add what is so over a spell, as far as that is before the end of the world."""
        if spell.begins <= spell.ends and spell.begins < self.params.ends:
            self.facts.append(Fact(kind, value, spell.of(spell.begins, min(spell.ends, self.params.ends))))

    def nameservers(self, servers: Iterable[str], spell: Spell) -> None:
        for server in servers:
            self.fact("Nameserver", server, spell)

    def long_life(self) -> tuple[int, int]:
        """Return when an honest site begins and ends, often beyond the years that are looked at."""
        chance, begins, ends = self.chance, self.params.begins, self.params.ends
        first = begins - chance.randint(0, 1500) if chance.random() < 0.4 else chance.randint(begins, ends - 20)
        return first, ends if chance.random() < 0.65 else chance.randint(max(first, begins) + 10, ends)

    def short_life(self) -> tuple[int, int]:
        """Return when a shady site begins and ends."""
        chance, params = self.chance, self.params
        length = max(8, int(chance.expovariate(1 / params.life)))
        first = chance.randint(params.begins, params.ends - 10)
        return first, min(params.ends, first + length)
