"""What makes one world differ from the next: each number is drawn from a wide range."""

from __future__ import annotations

from random import Random


class Params:
    """The size of a world and its shares, between 0 and 1 unless said otherwise."""

    def __init__(self, chance: Random) -> None:
        between = chance.uniform
        self.sites = round(500 * 6 ** chance.random())
        self.strangers = 3 * (20 / 3) ** chance.random()  # unrelated sites for each site of an operator
        self.size = between(2, 14)  # sites of a usual operator, beyond the first two
        self.life = between(40, 500)  # days until a usual site is taken down
        self.care = between(0.1, 0.5)
        self.privacy = between(0.1, 0.7)
        self.redaction = between(0.2, 0.8)
        self.shared = between(0.3, 0.7)
        self.cdn = between(0.1, 0.6)
        self.agencies = between(0, 0.3)
        self.kits = between(0, 0.4)
        self.stolen = between(0, 0.2)
        self.recycled = between(0, 0.3)
        self.traded = between(0, 0.2)
        self.seized = between(0, 0.5)
        self.missing = between(0.03, 0.35)
        self.undated = between(0, 0.3)
        self.wrong = between(0, 0.01)
