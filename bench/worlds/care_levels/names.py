"""Names of people's families, of providers and of sites; no domain is given out twice."""

from __future__ import annotations

from collections.abc import Sequence

from bench.worlds.care_levels.chance import Chance, Ranking
from bench.worlds.care_levels.words import ENDINGS, SYLLABLES, TOPICS, TRADES

_PREFIXES = ["my", "the", "new", "go", "get", "real", "best"]
_SUFFIXES = ["new", "hd", "online", "24", "pro", "top", "live", "vip", "x", "er"]
_FAMILY_ENDINGS = ["", "", "sen", "ov", "ez", "man", "ski"]


class Names:
    """All names of one world, and the domains that are taken."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self._taken: set[str] = set()
        self.first = Ranking(chance, [self.word(2, 2).capitalize() for _ in range(90)], 0.6)
        families = [self.word(2, 3).capitalize() + chance.choice(_FAMILY_ENDINGS) for _ in range(900)]
        self.last = Ranking(chance, families, 0.6)

    def word(self, least: int, most: int) -> str:
        """Return an invented word of some syllables."""
        return "".join(self.chance.choice(SYLLABLES) for _ in range(self.chance.randint(least, most)))

    def provider(self, tails: Sequence[str], endings: Sequence[str] = ("com", "net", "com", "net", "info")) -> str:
        """Return a new domain of one who serves many, which ends in one of the tails."""
        while True:
            domain = f"{self.word(2, 3)}{self.chance.choice(tails)}.{self.chance.choice(endings)}"
            if domain not in self._taken:
                self._taken.add(domain)
                return domain

    def claim(self, name: str, ending: str) -> str | None:
        """Return a domain of that name, or nothing where it is taken or too short."""
        name = name.lower().strip("-")[:50].strip("-")
        domain = f"{name}.{ending}"
        if len(name) < 3 or domain in self._taken:
            return None
        self._taken.add(domain)
        return domain

    def fresh(self, topic: str | None = None) -> str:
        """Return a new domain about a topic, or that of a small business or private person."""
        while True:
            name = self._brand(TOPICS[topic]) if topic else self._business()
            if domain := self.claim(name, self.chance.choice(ENDINGS)):
                return domain

    def variant(self, domain: str) -> str:
        """Return a new domain similar to another one, if there is any left."""
        for _ in range(40):
            if similar := self.claim(*self._changed(*domain.rsplit(".", 1))):
                return similar
        return self.fresh()

    def mistyped(self, text: str) -> str:
        """Return nearly the same text: letters swapped, left out, doubled or changed, or something appended."""
        chance = self.chance
        at, way = chance.randrange(max(1, len(text) - 1)), chance.randrange(5)
        if way == 0 and len(text) > 3:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        if way == 1 and len(text) > 4:
            return text[:at] + text[at + 1 :]
        if way == 2:
            return text[:at] + text[at] + text[at:]
        if way == 3:
            return text[:at] + chance.choice("aeionrst") + text[at + 1 :]
        return text.swapcase() if " " in text else text + str(chance.randint(0, 99))

    def _brand(self, words: Sequence[str]) -> str:
        chance = self.chance
        way = chance.random()
        if way < 0.35:
            return chance.choice(words) + chance.choice(words)
        if way < 0.6:
            return chance.choice(words) + self.word(1, 2)
        if way < 0.8:
            return self.word(2, 3) + chance.choice(["", "-"]) + chance.choice(words)
        return self.word(2, 4)

    def _business(self) -> str:
        chance = self.chance
        way = chance.random()
        if way < 0.45:
            return chance.choice(self.last.things).lower() + chance.choice(["", "-", "and"]) + chance.choice(TRADES)
        if way < 0.7:
            return self.word(2, 4)
        if way < 0.9:
            return chance.choice(TRADES) + chance.choice(["-", ""]) + self.word(1, 2)
        return chance.choice(TRADES) + chance.choice(TRADES)

    def _changed(self, name: str, ending: str) -> tuple[str, str]:
        chance = self.chance
        way = chance.random()
        if way < 0.35:
            return name, chance.choice(ENDINGS)
        if way < 0.55:
            return name.rstrip("0123456789") + str(chance.randint(1, 99)), ending
        if way < 0.7:
            return chance.choice(_PREFIXES) + chance.choice(["", "-"]) + name, ending
        if way < 0.85:
            return name + chance.choice(["", "-"]) + chance.choice(_SUFFIXES), ending
        return self.mistyped(name), ending
