"""Made-up names, contacts, addresses and marks."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")
Holder = dict[str, str]

ENDINGS = ("com", "com", "com", "com", "net", "org", "info", "de", "nl", "fr", "it", "pl", "se", "co.uk")
MAILERS = ("postbriv.com", "mailzonk.com", "lettrix.net", "hejmail.se", "snelpost.nl")


def mostly_first(chance: Random, things: Sequence[Thing]) -> Thing:
    """Return one of the things, the second half as often as the first, the third a third as often, and so on."""
    return chance.choices(things, [1 / (place + 1) for place in range(len(things))])[0]


class Words:
    """The names of one world; people share a small stock of first and last names, as in life."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.taken: set[str] = set()
        self.first = [self.word(2).title() for _ in range(60)]
        self.last = [self.word(3).title() for _ in range(400)]
        self.common = [self.word(2) for _ in range(40)]

    def word(self, syllables: int) -> str:
        """Return a word one can pronounce."""
        pick = self.chance.choice
        return "".join(pick("bdfgklmnprstvz") + pick("aeiou") + pick(["", "", "n", "r", "l"]) for _ in range(syllables))

    def domain(self, stem: str | None = None) -> str:
        """Return a domain that no other site has, a variant of the stem where one is given."""
        pick = self.chance.choice
        while True:
            base = stem or self.word(self.chance.randint(2, 4))
            if stem or self.chance.random() < 0.3:
                other = pick(self.common)
                base = pick([base, f"{base}{other}", f"{other}-{base}", f"{base}{self.chance.randint(1, 99)}"])
            domain = f"{base}.{pick(ENDINGS)}"
            if domain not in self.taken:
                self.taken.add(domain)
                return domain

    def person(self, at: str | None = None) -> Holder:
        """Return a new registrant, real or not, with a firm at times; the e-mail is at a public mailer or as said."""
        chance = self.chance
        name = f"{mostly_first(chance, self.first)} {mostly_first(chance, self.last)}"
        firm = f"{self.word(3).title()} {chance.choice(['Ltd', 'GmbH', 'BV', 'LLC'])}"
        org = chance.choices(["", firm, "Private Person", "N/A", name], [40, 35, 10, 5, 10])[0]
        box = name.lower().replace(" ", chance.choice([".", "", "_"]))
        email = f"{box}@{at}" if at else f"{box}{chance.randint(1, 9999)}@{mostly_first(chance, MAILERS)}"
        phone = f"+{chance.choice([1, 31, 33, 39, 44, 46, 48, 49])}.{chance.randint(10**8, 10**9 - 1)}"
        said = {"registrant_name": name, "registrant_email": email, "registrant_org": org, "registrant_phone": phone}
        return {key: value for key, value in said.items() if value}

    def address(self) -> str:
        """Return a public address."""
        while not (address := IPv4Address(self.chance.randint(1 << 24, (224 << 24) - 1))).is_global:
            pass
        return str(address)

    def fingerprint(self) -> str:
        """Return what a certificate is told by."""
        return f"{self.chance.getrandbits(256):064x}"

    def favicon(self) -> str:
        """Return what a small picture is told by."""
        return str(self.chance.randint(-(2**31), 2**31 - 1))

    def tracker(self) -> str:
        """Return the number of an account that counts visitors or pays for them."""
        letters = "".join(self.chance.choices("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", k=10))
        number = self.chance.randint(10**15, 10**16 - 1)
        made = [f"UA-{number % 10**8}-1", f"G-{letters}", f"GTM-{letters[:7]}", f"ca-pub-{number}"]
        return self.chance.choices(made, [4, 3, 2, 1])[0]
