"""Worlds: who runs which sites, on what, and when. What is then seen of it is in ``seen``."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bench.worlds.values import Identity, Inventor, mistyped, weighted

DAYS = 3650


@dataclass(frozen=True, slots=True)
class Params:
    """What kind of world it is. Shares are from 0 to 1."""

    operators: int = 50
    ratio: float = 5.0  # of unrelated sites to sites that somebody runs several of
    largest: int = 20
    careless: float = 0.35
    careful: float = 0.3
    caution: float = 1.0  # from 0, when all use everything again
    private: float = 0.35  # of registrants behind a proxy
    proxies_unique: float = 0.5  # of proxies that give each domain its own address
    behind_cdn: float = 0.15
    agencies: float = 0.25  # of unrelated sites that an agency runs
    agency_registers: float = 0.15  # of agencies that register in their own name
    hosters: int = 30
    templates: float = 0.2
    missing: float = 0.3
    wrong: float = 0.01
    undated: float = 0.05
    typos: float = 0.08


def drawn(seed: int) -> Params:
    """Return a kind of world by chance, over the whole range of kinds."""
    chance = random.Random(seed * 7919 + 13)
    careless = chance.uniform(0.1, 0.6)
    return Params(
        operators=chance.randint(20, 80), ratio=chance.uniform(3, 20), largest=chance.randint(6, 40), careless=careless,
        careful=chance.uniform(0.1, 0.9 - careless), caution=chance.uniform(0.3, 1.2), private=chance.uniform(0.1, 0.6),
        proxies_unique=chance.random(), behind_cdn=chance.uniform(0.02, 0.4), agencies=chance.uniform(0.05, 0.5),
        agency_registers=chance.uniform(0, 0.2), hosters=chance.randint(8, 80), templates=chance.uniform(0.05, 0.5),
        missing=chance.uniform(0.05, 0.4), wrong=chance.uniform(0, 0.02), undated=chance.uniform(0, 0.2),
        typos=chance.uniform(0, 0.2),
    )  # fmt: skip


@dataclass(slots=True)
class Site:
    """A site as it is: its domain, when it lives, and what it is on, each with days from and to."""

    domain: str
    runs: int | None
    begins: int
    ends: int
    registrar: str = ""
    agency: int | None = None
    identity: Identity | None = None
    facts: list[tuple[str, str, int, int]] = field(default_factory=list)

    def has(self, kind: str, value: str, begins: int | None = None, ends: int | None = None) -> None:
        """Note what it has, all its life if not said otherwise."""
        self.facts.append((kind, value, self.begins if begins is None else begins, self.ends if ends is None else ends))


class Hoster:
    """A company that hosts: name servers, addresses that many share, and single ones that are given out again."""

    def __init__(self, make: Inventor, shared: int) -> None:
        self.make = make
        name = f"{make.word(2, 3)}{make.chance.choice(['host', 'net', 'web', ''])}.example"
        self.servers = [f"ns{number}.{name}" for number in (1, 2)]
        self.shared = [make.address() for _ in range(shared)]
        self.used: list[str] = []

    def address(self, dedicated: bool) -> str:
        """Return an address for a new site."""
        chance = self.make.chance
        if not dedicated:
            return weighted(chance, self.shared)
        if self.used and chance.random() < 0.25:
            return chance.choice(self.used)
        self.used.append(self.make.near(self.shared[0]) if chance.random() < 0.3 else self.make.address())
        return self.used[-1]


class World:
    """All sites of a world, by domain, and who runs them: the same seed makes the same world."""

    def __init__(self, seed: int, params: Params | None = None) -> None:
        self.params = params or drawn(seed)
        self.chance = random.Random(seed)
        self.make = Inventor(self.chance)
        chance, make = self.chance, self.make
        self.registrars = [f"{make.word(2, 3).title()} Names" for _ in range(15)]
        self.hosters = [Hoster(make, chance.randint(1, 12)) for _ in range(self.params.hosters)]
        self.cdns = [Hoster(make, 6) for _ in range(2)]
        self.parking = Hoster(make, 3)
        self.proxies = [
            (
                replace(make.identity(), name="REDACTED FOR PRIVACY", phone=""),
                chance.random() < self.params.proxies_unique,
            )
            for _ in range(4)
        ]
        self.icons = [make.token("mmh3:") for _ in range(25)]
        self.trackers = [make.token("UA-") for _ in range(10)]
        self.sites: list[Site] = []
        for number in range(self.params.operators):
            self._operator(number)
        self._unrelated(int(len(self.sites) * self.params.ratio))
        chance.shuffle(self.sites)

    @property
    def truth(self) -> dict[str, int | None]:
        """Who runs each site, by domain; None who runs no other."""
        return {site.domain: site.runs for site in self.sites}

    def _site(self, runs: int | None, begins: int, life: int, stem: str = "") -> Site:
        ends = min(begins + max(life, 20), DAYS)
        return Site(self.make.domain(stem), runs, begins, ends, weighted(self.chance, self.registrars))

    def _proxied(self, domain: str) -> Identity:
        proxy, unique = self.chance.choice(self.proxies)
        return replace(proxy, email=f"{domain.replace('.', '-')}@{proxy.email.rpartition('@')[2]}") if unique else proxy

    def _operator(self, number: int) -> None:
        chance, make, params = self.chance, self.make, self.params
        level = chance.random()
        care = params.caution * (0.05 if level < params.careless else 0.65 if level > 1 - params.careful else 0.25)
        again = {kind: min(max(chance.gauss(1 - care, 0.2), 0.02), 0.97) for kind in _KINDS}
        hosters = chance.sample(self.hosters, min(len(self.hosters), 1 + int(4 * care)))
        registrars = chance.sample(self.registrars, 1 + int(3 * care))
        size = min(2 + int(chance.expovariate(1 / 5)), params.largest)
        stem = make.word(2, 3)
        proxied = chance.random() < params.private
        one_after_other = chance.random() < 0.5
        used: dict[str, list[str]] = {kind: [] for kind in _KINDS}
        own_servers = f"{make.word(2, 3)}.example" if chance.random() < 0.2 else ""
        identities: list[Identity] = []
        day, before = chance.randint(0, DAYS // 2), None
        for _ in range(size):
            life = int(chance.expovariate(1 / 400)) + 40
            site = self._site(number, min(day, DAYS - 30), life, stem if chance.random() < again["stem"] * 0.6 else "")
            day = site.ends + int(chance.gauss(5, 20)) if one_after_other else day + int(chance.expovariate(1 / 120))
            day = max(min(day, DAYS - 30), 0)
            site.registrar = chance.choice(registrars)
            if not identities or chance.random() > again["identity"]:
                identities.append(make.identity())
            site.identity = self._altered(chance.choice(identities), again)
            if proxied and chance.random() < 0.8:
                site.identity = self._proxied(site.domain)
            self._equipped(site, used, again, hosters, own_servers)
            if before and chance.random() < again["redirect"] * 0.4:
                before.has("redirect", site.domain, max(before.ends - 60, before.begins), before.ends)
            before = site
            self.sites.append(site)

    def _altered(self, one: Identity, again: dict[str, float]) -> Identity:
        """Return an identity with some of it new, and sometimes mistyped."""
        chance, other = self.chance, self.make.identity()
        kept = {
            name: getattr(one if chance.random() < 0.5 + again["identity"] / 2 else other, name) for name in _FIELDS
        }
        if chance.random() < self.params.typos:
            wrong = chance.choice(["name", "email"])
            kept[wrong] = mistyped(chance, kept[wrong])
        return Identity(**kept)

    def _equipped(
        self, site: Site, used: dict[str, list[str]], again: dict[str, float], hosters: Sequence[Hoster], own: str
    ) -> None:
        """Put a site of an operator on hosts, name servers and the rest, some of it used before."""
        chance, make = self.chance, self.make

        def value(kind: str, new: str) -> str:
            if not used[kind] or chance.random() > again[kind]:
                used[kind].append(new)
            return chance.choice(used[kind])

        hoster = chance.choice(list(hosters))
        moves = [site.begins, *sorted(chance.randint(site.begins, site.ends) for _ in range(chance.randint(0, 2)))]
        for begins, ends in zip(moves, [*moves[1:], site.ends], strict=True):
            if chance.random() < self.params.behind_cdn:
                site.has("ip", chance.choice(chance.choice(self.cdns).shared), begins, ends)
            else:
                site.has("ip", value("ip", hoster.address(chance.random() < 0.6)), begins, ends)
        for server in [f"ns1.{own}", f"ns2.{own}"] if own and chance.random() < again["ns"] else hoster.servers:
            site.has("ns", server)
        if chance.random() < 0.7:
            site.has("tracker", value("tracker", make.token("UA-")))
        if chance.random() < 0.8:
            default = chance.random() < self.params.templates
            site.has("favicon", weighted(chance, self.icons) if default else value("favicon", make.token("mmh3:")))
        if chance.random() < 0.8:
            shared = chance.random() < again["cert"] * 0.5
            site.has("cert", value("cert", make.token("sha256:")) if shared else make.token("sha256:"))
        self._afterwards(site)

    def _afterwards(self, site: Site) -> None:
        """Park a domain that has ended, sometimes."""
        if site.ends < DAYS - 60 and self.chance.random() < 0.3:
            site.has("ip", self.chance.choice(self.parking.shared), site.ends, site.ends + 200)
            site.has("ns", self.parking.servers[0], site.ends, site.ends + 200)

    def _unrelated(self, count: int) -> None:
        chance, make, params = self.chance, self.make, self.params
        agencies: list[_Agency] = []
        for _ in range(count):
            site = self._site(None, chance.randint(0, DAYS - 60), int(chance.expovariate(1 / 1200)) + 60)
            site.identity = self._proxied(site.domain) if chance.random() < params.private else make.identity()
            if chance.random() < params.agencies:
                agencies = agencies[-8:]
                if not agencies or chance.random() < 0.08:
                    agencies.append(
                        _Agency(make, chance.choice(self.hosters), chance.random() < params.agency_registers)
                    )
                chance.choice(agencies).equip(site)
            else:
                hoster = weighted_hoster(chance, self.hosters)
                behind = chance.random() < params.behind_cdn
                on = chance.choice(self.cdns) if behind else hoster
                site.has("ip", on.address(not behind and chance.random() < 0.2))
                for server in (on if behind else hoster).servers:
                    site.has("ns", server)
                if chance.random() < 0.5:
                    template = chance.random() < params.templates * 0.2
                    site.has("tracker", weighted(chance, self.trackers) if template else make.token("UA-"))
            if chance.random() < 0.7:
                template = chance.random() < params.templates
                site.has("favicon", weighted(chance, self.icons) if template else make.token("mmh3:"))
            if chance.random() < 0.7:
                site.has("cert", make.token("sha256:"))
            self._afterwards(site)
            self.sites.append(site)


class _Agency:
    """Somebody who runs sites for others, all in one way."""

    def __init__(self, make: Inventor, hoster: Hoster, registers: bool) -> None:
        chance = make.chance
        self.chance, self.make, self.registers = chance, make, registers
        self.identity = make.identity()
        self.addresses = [hoster.address(True) for _ in range(chance.randint(1, 3))]
        name = f"{make.word(2, 3)}.example"
        self.servers = [f"ns1.{name}", f"ns2.{name}"] if chance.random() < 0.5 else hoster.servers
        self.tracker = make.token("UA-") if chance.random() < 0.4 else ""
        self.icon = make.token("mmh3:") if chance.random() < 0.3 else ""
        self.cert = make.token("sha256:") if chance.random() < 0.2 else ""

    def equip(self, site: Site) -> None:
        """Put a client's site where all are."""
        site.agency = id(self)
        site.has("ip", self.chance.choice(self.addresses))
        for server in self.servers:
            site.has("ns", server)
        for kind, value in (("tracker", self.tracker), ("favicon", self.icon), ("cert", self.cert)):
            if value and self.chance.random() < 0.8:
                site.has(kind, value)
        if self.registers and self.chance.random() < 0.7:
            mine, theirs = self.identity, site.identity or self.identity
            site.identity = replace(theirs, email=mine.email, phone=mine.phone)


def weighted_hoster(chance: random.Random, hosters: Sequence[Hoster]) -> Hoster:
    """Return one of the hosters, the first ones more often."""
    return hosters[min(int(chance.expovariate(4 / len(hosters))), len(hosters) - 1)]


_KINDS = ("ip", "ns", "tracker", "favicon", "cert", "redirect", "identity", "stem")
_FIELDS = ("name", "email", "phone", "org")
