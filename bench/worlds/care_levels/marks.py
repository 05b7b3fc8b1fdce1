"""What sites are known by: addresses, trackers and favicons."""

from __future__ import annotations

from dataclasses import dataclass

from bench.worlds.care_levels.chance import Chance
from bench.worlds.care_levels.days import NEW_TRACKERS_FROM, OLD_TRACKERS_UNTIL

Network = tuple[int, int]

_FIRST_OCTETS = [
    5, 23, 31, 37, 45, 46, 62, 77, 78, 80, 81, 85, 87, 89, 91, 93, 94, 95, 104, 107, 109, 141, 144, 146, 151, 158, 162,
    176, 178, 185, 188, 193, 194, 195, 199, 207, 212, 213, 217,
]  # fmt: skip


@dataclass(slots=True)
class Account:
    """An account for trackers: how often a site gets one of its own out of it, and how many there are so far."""

    tracker: str
    apart: float
    count: int = 1


class Marks:
    """New marks of one world."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._addresses: set[str] = set()

    def address(self, network: Network | None = None) -> str:
        """Return an address that nobody had before, in a network or anywhere."""
        chance = self._chance
        while True:
            first, second = network or (chance.choice(_FIRST_OCTETS), chance.randint(1, 254))
            address = f"{first}.{second}.{chance.randint(0, 255)}.{chance.randint(1, 254)}"
            if address not in self._addresses:
                self._addresses.add(address)
                return address

    def tracker(self, day: int) -> str:
        """Return a tracker that nobody else has, of a form there was on that day."""
        chance = self._chance
        if day >= OLD_TRACKERS_UNTIL or (day >= NEW_TRACKERS_FROM and chance.happens(0.6)):
            return "G-" + "".join(chance.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(10))
        return f"UA-{chance.randint(10**6, 2 * 10**8)}-1"

    def tracker_of(self, account: Account) -> str:
        """Return a tracker out of an account: its first, or another one that shows the same account."""
        if account.tracker.startswith("UA-") and self._chance.happens(account.apart):
            account.count += 1
            return f"{account.tracker.rsplit('-', 1)[0]}-{account.count}"
        return account.tracker

    def favicon(self) -> str:
        """Return the hash of a favicon that nobody else has."""
        return str(self._chance.randint(-(2**31), 2**31 - 1))
