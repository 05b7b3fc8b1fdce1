"""Invented names, addresses and numbers: what sites are registered with, hosted on and carry."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

_SOUNDS = """ba be bi bo ca co da de di do fa fi ga go ha ho ja ka ke ki la le li lo ma me mi mo na ne no pa pe po ra re
ri ro sa se si so ta te ti to va ve vi vo za zo lan mer nor tel win bor kas pol rin sun"""
_WORDS = """news media press voice daily shop store garden travel health sport forum blog video photo music tech soft
host home auto bank crypto game play free best online world city land net hub link point zone base line way star"""
_FIRST = (
    "Anna Ben Carla Dan Eva Finn Greta Hugo Ida Jon Karla Leo Mia Nils Olga Paul Rosa Sven Tara Uwe Vera Will Yara Zoe"
)
SOUNDS, WORDS, FIRST = _SOUNDS.split(), _WORDS.split(), _FIRST.split()
ENDINGS = (".example", ".test", ".com.example", ".net.example", ".info.example")
MAIL = ("mail.example", "freemail.example", "post.example", "inbox.example")


@dataclass(frozen=True, slots=True)
class Identity:
    """What somebody types as a registrant."""

    name: str
    email: str
    phone: str
    org: str


class Inventor:
    """Makes values that no other has, from a seeded chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._taken: set[str] = set()
        self._address = 0

    def word(self, least: int = 2, most: int = 4) -> str:
        return "".join(self.chance.choices(SOUNDS, k=self.chance.randint(least, most)))

    def domain(self, stem: str = "") -> str:
        """Return a new domain, one with this stem in it if given."""
        chance = self.chance
        while True:
            parts = [
                stem or self.word(),
                chance.choice(["", chance.choice(WORDS), self.word(1, 2), str(chance.randint(1, 99))]),
            ]
            if chance.random() < 0.3:
                parts.reverse()
            made = chance.choice(["", "-"]).join(part for part in parts if part) + chance.choice(ENDINGS)
            if made not in self._taken and not made.startswith("-"):
                self._taken.add(made)
                return made

    def identity(self) -> Identity:
        chance = self.chance
        name = f"{chance.choice(FIRST)} {self.word().title()}"
        if chance.random() < 0.15:
            name = f"{chance.choice(FIRST)} {chance.choice(['Berg', 'Stein', 'Lund', 'Moor', 'Vale', 'Holm'])}"
        first = chance.choice([name.split()[0].lower(), self.word()])
        box = f"{first}.{self.word(1, 3)}{chance.choice(['', str(chance.randint(1, 999))])}"
        email = f"{box}@{chance.choice(MAIL) if chance.random() < 0.7 else self.word(3, 4) + '.example'}"
        return Identity(
            name,
            email,
            f"+{chance.randint(10**9, 10**11)}",
            f"{self.word().title()} {chance.choice(['Ltd', 'Media', 'Group', 'LLC'])}",
        )

    def address(self) -> str:
        """Return an IP address nobody has had, of ranges that no machine on the internet has."""
        self._address += 1
        number = self._address * 37 % (1 << 24)
        return f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"

    def near(self, address: str) -> str:
        """Return an address in the same /24."""
        return f"{address.rpartition('.')[0]}.{self.chance.randint(1, 254)}"

    def token(self, prefix: str) -> str:
        return f"{prefix}{self.chance.getrandbits(48):012x}"


def mistyped(chance: random.Random, text: str) -> str:
    """Return a text with one typing mistake before any @."""
    end = text.find("@") if "@" in text else len(text)
    at = chance.randrange(1, max(end - 1, 2))
    kind = chance.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + chance.choice("aeionrst") + text[at:]
    return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]


def weighted(chance: random.Random, among: Sequence[str]) -> str:
    """Return one of several, the first ones much more often."""
    return among[min(int(chance.paretovariate(1.0)) - 1, len(among) - 1)]
