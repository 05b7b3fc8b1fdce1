"""Values that are seen of websites: names, addresses, fingerprints, icons, trackers and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from bench.worlds.passive_dns.days import MEASUREMENT_IDS_BEGIN
from bench.worlds.passive_dns.words import ENDINGS, FIRST_NAMES, SYLLABLES

Thing = TypeVar("Thing")

_MAILERS = ("mail.com", "post.net", "box.com", "mailer.org", "mail.de", "inbox.net", "-mail.co", "letter.com")
_COUNTRIES = (1, 1, 44, 49, 33, 48, 7, 90, 62, 380, 40)
_FIRST_OCTETS = (
    5, 23, 31, 37, 45, 46, 51, 62, 77, 78, 80, 81, 85, 87, 91, 93, 94, 95, 104, 107, 109, 128, 136, 141, 144, 146, 151,
    154, 159, 162, 167, 173, 176, 178, 184, 185, 188, 193, 194, 195, 199, 204, 207, 209, 212, 213, 217,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Who registers a domain, real or not."""

    name: str
    email: str
    phone: str
    org: str = ""


class Values:
    """Maker of the values of one world; no domain and no address is made twice."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._domains: set[str] = set()
        self._addresses: set[str] = set()
        self.last_names = [self.word(2, 3).capitalize() for _ in range(220)]
        self.mailers = [self.word(2, 2) + rest for rest in _MAILERS]

    def popular(self, things: Sequence[Thing]) -> Thing:
        """Return one of several, the first by far the most often."""
        count = len(things)
        return things[min(count - 1, int(count ** self.chance.random()) - 1)]

    def large(self, things: Sequence[Thing], steepness: float) -> Thing:
        """Return one of several, the first ones somewhat more often than the last."""
        count = len(things)
        return things[min(count - 1, int(count * self.chance.random() ** (1 + steepness)))]

    def word(self, least: int = 2, most: int = 4) -> str:
        """Return a word of so many syllables."""
        return "".join(self.chance.choice(SYLLABLES) for _ in range(self.chance.randint(least, most)))

    def brand(self, suffixes: Sequence[str]) -> str:
        """Return the name of a company, which ends in what it does."""
        return self.word(2, 3) + self.chance.choice(suffixes)

    def domain(self, stem: str, endings: Sequence[str] = ENDINGS) -> str:
        """Return a domain that nobody has, with a number or a word more when the stem is taken."""
        chance = self.chance
        for attempt in range(50):
            label = stem if attempt < 6 else f"{stem}{chance.randint(1, 999)}"
            domain = f"{label}.{chance.choice(endings)}"
            if domain not in self._domains:
                self._domains.add(domain)
                return domain
        return self.domain(stem + self.word())

    def network(self) -> str:
        """Return the first three numbers of the addresses of a network."""
        return self._network(20, 150)

    def address(self, network: str | None = None) -> str:
        """Return an address that nobody had, of a network or anywhere."""
        while True:
            address = f"{network or self._network(1, 250)}.{self.chance.randint(1, 254)}"
            if address not in self._addresses:
                self._addresses.add(address)
                return address

    def _network(self, least: int, most: int) -> str:
        chance = self.chance
        return f"{chance.choice(_FIRST_OCTETS)}.{chance.randint(least, most)}.{chance.randint(0, 255)}"

    def fingerprint(self) -> str:
        """Return what a certificate is known by."""
        return f"{self.chance.getrandbits(256):064x}"

    def icon(self) -> str:
        """Return what a favicon is known by."""
        return str(self.chance.randint(-(2**31), 2**31 - 1))

    def tracker(self, day: int) -> str:
        """Return a tracker of a new account, of the sort that is given out on a day."""
        chance = self.chance
        if day > MEASUREMENT_IDS_BEGIN and chance.random() < 0.6:
            return "G-" + "".join(chance.choice("ABCDEFGHJKLMNPQRSTVWXYZ0123456789") for _ in range(10))
        return f"UA-{chance.randint(1000000, 199999999)}-{min(9, int(chance.expovariate(1.2)) + 1)}"

    def account(self, day: int) -> str:
        """Return a new account for trackers, opened on a day."""
        tracker = self.tracker(day)
        return tracker if tracker.startswith("G-") else tracker.rsplit("-", 1)[0]

    def tracker_of(self, account: str) -> str:
        """Return a tracker of an account, which may have several."""
        return account if account.startswith("G-") else f"{account}-{self.chance.randint(1, 9)}"

    def phone(self) -> str:
        """Return a telephone number as registrations have it."""
        return f"+{self.chance.choice(_COUNTRIES)}.{self.chance.randint(200000000, 9899999999)}"

    def person(self) -> Person:
        """Return a new person with a mailbox at a free mailer."""
        chance = self.chance
        first, last = self.popular(FIRST_NAMES), self.popular(self.last_names)
        way = chance.random()
        if way < 0.3:
            mailbox = f"{first}.{last}"
        elif way < 0.55:
            mailbox = f"{first[0]}{last}{chance.randint(1, 99)}"
        elif way < 0.75:
            mailbox = f"{last}{chance.randint(1960, 2004)}"
        else:
            mailbox = f"{self.word(2, 3)}{chance.randint(1, 999)}"
        email = f"{mailbox.lower()}@{self.popular(self.mailers)}"
        return Person(f"{first} {last}", email, self.phone())
