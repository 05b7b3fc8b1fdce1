"""Who rents out addresses and servers, and which name servers come with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bench.worlds.other.chance import ranked
from bench.worlds.other.marks import fingerprint, icon
from bench.worlds.other.names import Names
from bench.worlds.other.params import Params
from bench.worlds.other.words import FIRST

_FIRST_OCTETS = (
    5, 31, 37, 45, 46, 62, 77, 80, 82, 91, 93, 95, 104, 141, 146, 176, 178, 185, 188, 193, 194, 195, 212, 213,
)  # fmt: skip


class Addresses:
    """Hands out blocks of 256 addresses, each once; a world's are all private, for tests, or of any kind."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._kind = chance.choice(["private", "tests", "any", "any"])
        self._taken: set[str] = set()

    def blocks(self, count: int) -> list[str]:
        """Return the first three numbers of new blocks, some of which lie side by side."""
        found: list[str] = []
        while len(found) < count:
            first, second, third = self._start()
            for step in range(self._chance.choice([1, 1, 2, 4])):
                block = f"{first}.{second}.{third + step}"
                if len(found) < count and third + step < 256 and block not in self._taken:
                    self._taken.add(block)
                    found.append(block)
        return found

    def _start(self) -> tuple[int, int, int]:
        chance = self._chance
        if self._kind == "private":
            return 10, chance.randint(0, 255), chance.randint(0, 255)
        if self._kind == "tests":
            return 198, chance.choice([18, 19]), chance.randint(0, 255)
        return chance.choice(_FIRST_OCTETS), chance.randint(1, 254), chance.randint(0, 255)


@dataclass(frozen=True, slots=True)
class Size:
    """How many blocks a hoster has, addresses for rent in each, and servers that many share."""

    blocks: int
    rented: int
    shared: int


class Hoster:
    """A hosting company, with servers that many share and addresses for rent."""

    def __init__(self, names: Names, addresses: Addresses, kind: str, endings: Sequence[str], size: Size) -> None:
        chance = self.chance = names.chance
        self.kind, self.name = kind, names.provider(endings)
        self._blocks = addresses.blocks(size.blocks)
        self._lowest = chance.randint(2, 20)
        self._highest = min(254, self._lowest + size.rented)
        self._uses: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self.shared = [f"{chance.choice(self._blocks)}.{chance.randint(2, 254)}" for _ in range(size.shared)]
        self._steep = chance.uniform(0.2, 1.0)
        self._servers = chance.choice(["one", "one", "each", "few"])
        self._count = chance.choice([2, 2, 2, 3, 4])
        self._certificates: dict[str, str] = {}
        self.wildcard = fingerprint(chance)
        self.panel_icon = icon(chance)

    def nameservers(self, key: str) -> list[str]:
        """Return the name servers of a customer, whom ``key`` stands for."""
        if self._servers == "one":
            return [f"ns{number + 1}.{self.name}.example" for number in range(self._count)]
        pair = (sum(map(ord, key)) * 7) % (5 if self._servers == "few" else 60) + 1
        return [f"ns{2 * pair - 1}.{self.name}.example", f"ns{2 * pair}.{self.name}.example"]

    def shared_address(self) -> str:
        return ranked(self.chance, self.shared, self._steep)

    def rent(self, begins: int, ends: int, count: int = 1) -> list[str]:
        """Return neighbouring addresses nobody else has in that time, unless there are hardly any."""
        chance = self.chance
        for _ in range(12):
            block = chance.choice(self._blocks)
            start = chance.randint(self._lowest, max(self._lowest, self._highest - count))
            found = [f"{block}.{start + step}" for step in range(count)]
            if all(ends + 4 < first or last + 4 < begins for one in found for first, last in self._uses[one]):
                break
        for one in found:
            self._uses[one].append((begins, ends))
        return found

    def certificate(self, address: str) -> str:
        """Return the certificate a server shows for whatever it serves."""
        if address not in self._certificates:
            self._certificates[address] = fingerprint(self.chance)
        return self._certificates[address]


class Cdn(Hoster):
    """A network in front of sites: name servers go by account, certificates may be of many sites."""

    def __init__(self, names: Names, addresses: Addresses, params: Params) -> None:
        chance = names.chance
        shared, blocks = chance.randint(6, 80), chance.randint(1, 4)
        super().__init__(names, addresses, "cdn", ("flare", "edge", "cdn", "shield"), Size(blocks, 200, shared))
        self._given = chance.sample([first.lower() for first in FIRST], chance.randint(14, 50))
        self._by_account = chance.random() < 0.7
        bundles = max(2, int(params.sites * params.cdn / chance.randint(6, 40)))
        self._bundles = [fingerprint(chance) for _ in range(bundles)]
        self._bundled = chance.uniform(0, 0.4)

    def nameservers(self, key: str) -> list[str]:
        """Return the name servers of an account."""
        if not self._by_account:
            return [f"ns1.{self.name}.example", f"ns2.{self.name}.example"]
        return [f"{first}.ns.{self.name}.example" for first in Random(self.name + key).sample(self._given, 2)]

    def new_certificate(self) -> str:
        """Return a certificate for one more site."""
        chance = self.chance
        return chance.choice(self._bundles) if chance.random() < self._bundled else fingerprint(chance)
