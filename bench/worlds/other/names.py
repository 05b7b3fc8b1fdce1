"""How sites, people and companies are named, and how people are reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bench.worlds.other.chance import ranked, weighted
from bench.worlds.other.words import DIGITS, ENDINGS, FIRST, LAST, MAIL, SYLLABLES, TOWN, TRADE

_MORE = ("24", "x", "go", "pro", "1", "2", "3", "on", "net", "hq", "7", "plus", "now")
_LINES = ("", "Media ", "Trading ", "Digital ", "Web ", "Services ", "Holding ", "Consulting ")
_FORMS = ("Ltd", "LLC", "GmbH", "Inc.", "SRL", "S.A.", "OU", "BV", "Co., Ltd.")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a registrant says of itself; what is not said is empty."""

    name: str
    email: str
    phone: str
    org: str


class Names:
    """Makes names; no domain and no provider's name comes twice."""

    def __init__(self, chance: Random, example: float) -> None:
        self.chance = chance
        self._example = example
        self._domains: set[str] = set()
        self._providers: set[str] = set()

    def word(self) -> str:
        chance = self.chance
        return "".join(chance.choice(SYLLABLES) for _ in range(chance.choice([2, 3, 3, 4])))

    def provider(self, endings: Sequence[str]) -> str:
        """Return the name of a new provider, whose domain is then taken."""
        while True:
            name = self.word() + self.chance.choice(endings)
            if name not in self._providers:
                self._providers.add(name)
                self._domains.add(f"{name}.example")
                return name

    def domain(self, label: str, ending: str | None = None) -> str:
        """Return a new domain, with a longer label if that is taken."""
        chance = self.chance
        label = label.strip("-").replace("--", "-")[:40]
        while True:
            made = f"{label}.{ending or ('example' if chance.random() < self._example else 'test')}"
            if made not in self._domains:
                self._domains.add(made)
                return made
            label += chance.choice(["", "-"]) + chance.choice(_MORE)

    def label(self, owner: Identity | None = None) -> str:
        """Return what somebody names an honest site."""
        chance = self.chance
        kind, between, trade = chance.random(), chance.choice(["", "", "-"]), chance.choice(TRADE)
        if kind < 0.3:
            made = (owner or self.person()).name.split()[-1].lower() + between + trade
        elif kind < 0.6:
            made = chance.choice(TOWN) + between + trade
        elif kind < 0.8:
            made = self.word() + (between + trade if chance.random() < 0.5 else "")
        elif kind < 0.9:
            made = trade + between + chance.choice(TRADE)
        else:
            made = chance.choice(FIRST).lower() + between + chance.choice(LAST).lower()
        end = chance.choice(ENDINGS)
        return made + (between + end if end else "")

    def org(self) -> str:
        chance = self.chance
        stems = [
            self.word().title(),
            self.word().title(),
            chance.choice(LAST) + " & " + chance.choice(LAST),
            chance.choice(TOWN).title() + " " + chance.choice(TRADE).title(),
        ]
        return f"{chance.choice(stems)} {chance.choice(_LINES)}{chance.choice(_FORMS)}"

    def phone(self, country: str | None = None) -> str:
        chance = self.chance
        country = country or weighted(chance, [(one, 1.0 / (rank + 2)) for rank, one in enumerate(DIGITS)])
        digits = DIGITS[country]
        return f"+{country}.{chance.randint(2 * 10 ** (digits - 1), 10**digits - 1)}"

    def mail(self, name: str, box: str | None = None) -> str:
        """Return a mailbox with a free provider, under a person's name if not under another."""
        host = weighted(self.chance, MAIL)
        return f"{box or self._box(name)}@{host}.example"

    def _box(self, name: str) -> str:
        chance = self.chance
        first, last = name.lower().split()[0], name.lower().split()[-1]
        box = chance.choice(
            [f"{first}.{last}", first + last, first[0] + last, f"{last}.{first}", f"{first}_{last}", last + first[0]]
        )
        if chance.random() < 0.65:
            numbers = [chance.randint(1, 99), chance.randint(1950, 2004), chance.randint(100, 9999)]
            box += str(chance.choice(numbers))
        if chance.random() < 0.12:
            box = self.word() + str(chance.randint(1, 999))
        return box

    def person(self, employed: float = 0.25) -> Identity:
        chance = self.chance
        first, middle = ranked(chance, FIRST, 0.25), ""
        if chance.random() < 0.12:
            middle = chance.choice(FIRST)[0] + ". "
        elif chance.random() < 0.12:
            middle = chance.choice(LAST) + " "
        name = f"{first} {middle}{ranked(chance, LAST, 0.35)}"
        return Identity(name, self.mail(name), self.phone(), self.org() if chance.random() < employed else "")
