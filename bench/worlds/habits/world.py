"""What a world has before there are sites: words, people, registrars, hosters and page templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")

_FIRST = """James Maria Ivan Olga Chen Wei Ahmed Fatima John Anna Pavel Elena Carlos Lucia Raj Priya Minh Linh Peter
Sofia Mark Julia Dmitri Irina David Sarah Ali Leyla Tomasz Ewa Bogdan Ioana Kofi Ama Hans Greta Luca Chiara Yusuf
Nadia"""
_LAST = """Smith Johnson Petrov Ivanov Kovalenko Nguyen Tran Wang Zhang Li Kumar Singh Khan Garcia Martinez Silva
Santos Rossi Bianchi Muller Schmidt Kowalski Nowak Popescu Ionescu Mensah Okafor Adeyemi Yilmaz Demir Haddad Mansour
Jansen Bakker Larsen Berg Novak Horvat Dubois Martin Brown Taylor Orlov Volkov Morozov Tkachenko Bondar Le Pham Chang
Park Kim"""
THEMES = {
    "pharma": "pill med rx dose care tablet cure health vital",
    "watch": "watch replica lux time brand bag outlet sale",
    "finance": "credit loan invest coin crypto trade capital fund pay",
    "news": "daily news report truth press herald post wire",
    "casino": "bet slot casino win spin lucky jackpot poker",
    "tech": "soft driver update pc fix cloud data app code",
    "local": "garden dental bakery studio hotel travel yoga school repair",
    "stream": "movie film tv stream live sport watch hd",
}
_FILL = """best top my the go pro online shop store hub zone world direct express plus center 24 365 now easy smart
first blue red green north south city royal prime nova alpha max euro global star sun river oak stone bright
true"""
_MAIL = """gmail.com yahoo.com hotmail.com outlook.com mail.ru yandex.ru qq.com 163.com protonmail.com gmx.net
aol.com"""
NO_ORG = ("N/A", "none", "Private Person", "Individual", "-", "Personal", "Home")
_NO_PHONE = ("+1.5555555555", "+1.0000000000", "+1.1234567890", "+86.13800000000")
_REGISTRARS = """NameHut DomainBarn RegPort EuroNic ZhongReg CheapNames BudgetDom RuCenterX PublicNic OpenReg WebForge
IndiaReg Tucano"""
FIRST, LAST, FILL, MAIL = _FIRST.split(), _LAST.split(), _FILL.split(), _MAIL.split()
_ENDING_WEIGHTS = {
    "com": 45, "net": 9, "org": 7, "info": 6, "biz": 3, "ru": 5, "co": 2, "us": 2, "xyz": 5, "top": 4, "site": 3,
    "online": 3, "in": 3, "de": 3,
}  # fmt: skip
ENDINGS = list(_ENDING_WEIGHTS)
_FIRST_OCTETS = [octet for octet in range(5, 223) if octet not in {10, 100, 127, 169, 172, 192, 198, 203}]
# Kind of hoster, how many there are, and how many networks each has.
_HOSTERS = (("bullet", 3, 12), ("cheap", 5, 30), ("shared", 7, 4), ("cloud", 3, 40), ("cdn", 2, 3), ("parking", 3, 1))
_SEEN = "Registration Resolution Nameserver Certificate Tracker Favicon Redirect"


def day(year: int, month: int = 1, of_month: int = 1) -> int:
    """Return a date as a number of days, as all dates of a world are kept."""
    return date(year, month, of_month).toordinal()


BEGIN, END = day(2011), day(2024, 6, 30)


@dataclass(frozen=True, slots=True)
class Person:
    """Who a domain is registered to, as whois has it."""

    name: str
    email: str
    org: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Registrar:
    """Where domains are registered, and how registrants are hidden there."""

    name: str
    weight: float
    brand: str
    nameservers: Sequence[str]
    mailbox: str
    redacts: bool
    hides_free: bool
    suspended: Sequence[str]


@dataclass(slots=True, kw_only=True)
class Hoster:
    """A hosting company, what it puts on sites, and which addresses it has rented out so far."""

    kind: str
    name: str
    networks: Sequence[str]
    nameservers: Sequence[str]
    certificate: str
    icon: str
    tracker: str
    edges: Sequence[str]
    rented: list[str] = field(default_factory=list)
    bundle: str = ""
    bundle_left: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Room for a site at a hoster."""

    hoster: Hoster
    addresses: Sequence[str]
    nameservers: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A page design that many sites use, with what its maker left in it."""

    icon: str
    tracker: str | None
    weight: float
    kept: float


class World:
    """What the sites of a world are made from; everything drawn comes from its one source of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = chance = Random(seed * 7919 + 17)
        self.domains: dict[str, None] = {}
        self._labels: set[str] = set()
        self.visible = {kind: chance.uniform(0.4, 0.9) for kind in _SEEN.split()}
        self.wrong = chance.uniform(0.01, 0.04)
        self.registrars = [
            self._registrar(rank, word) for rank, word in enumerate(chance.sample(_REGISTRARS.split(), 11))
        ]
        self.hosters = {
            kind: [self._hoster(kind, number, networks) for number in range(count)]
            for kind, count, networks in _HOSTERS
        }
        boxes = [self._box(hoster) for hoster in self.hosters["shared"] for _ in range(chance.randint(6, 22))]
        self._boxes = [box for box, _ in boxes]
        self._box_weights = list(accumulate(weight for _, weight in boxes))
        self.templates = [self._template(rank) for rank in range(30)]
        self.default_icons = [self.hexadecimal(32) for _ in range(6)]
        self.platform_trackers = [self.analytics() for _ in range(3)]
        self.sinkholes = [f"{self.network()}.{chance.randint(2, 250)}" for _ in range(2)]
        self.dealers = [self.person(org) for org in ("Buy Domains Co", "DropKing Holdings", "Huge Names LLC")]

    def happens(self, share: float) -> bool:
        """Return True as often as the share says."""
        return self.chance.random() < share

    def weighted(self, among: Sequence[T], weights: Sequence[float]) -> T:
        """Return one of several, each as often as its weight says."""
        return self.chance.choices(among, weights)[0]

    def network(self) -> str:
        """Return the first three numbers of an address."""
        chance = self.chance
        return f"{chance.choice(_FIRST_OCTETS)}.{chance.randint(0, 255)}.{chance.randint(0, 255)}"

    def hexadecimal(self, digits: int) -> str:
        """Return so many digits, as certificates and icons are known by."""
        return f"{self.chance.getrandbits(4 * digits):0{digits}x}"

    def analytics(self) -> str:
        """Return the property of a new analytics account."""
        chance = self.chance
        return f"UA-{chance.randint(10**6, 2 * 10**8)}-{chance.choice([1, 1, 1, 2, 3])}"

    def some_registrars(self, count: int = 1) -> list[Registrar]:
        """Return so many registrars, large ones more often, perhaps the same one twice."""
        return self.chance.choices(self.registrars, [one.weight for one in self.registrars], k=count)

    def domain(self, theme: str | None = None, pattern: int | None = None) -> str:
        """Return a new domain, with words of a theme in the order that a pattern (0 to 5) gives them."""
        chance = self.chance
        while True:
            words = THEMES[theme or chance.choice(list(THEMES))].split()
            order = chance.randrange(6) if pattern is None else pattern
            label = self._label(words, order)
            if self.happens(0.35) or label in self._labels:
                label += chance.choice(["", "-", ""]) + chance.choice(
                    [str(chance.randint(1, 99)), chance.choice(FILL), chance.choice(LAST).lower()]
                )
            domain = f"{label}.{self.weighted(ENDINGS, list(_ENDING_WEIGHTS.values()))}"
            if domain not in self.domains and (label not in self._labels or self.happens(0.3)):
                self._labels.add(label)
                self.domains[domain] = None
                return domain

    def renamed(self, domain: str, wanted: str) -> str:
        """Return the wanted domain in place of a new one, or the new one where the wanted is taken."""
        if wanted in self.domains:
            return domain
        del self.domains[domain]
        self.domains[wanted] = None
        return wanted

    def person(self, org: str | None = None, domain: str | None = None) -> Person:
        """Return a new person, at times with a mailbox at their own domain."""
        chance, first, last = self.chance, self.chance.choice(FIRST), self.chance.choice(LAST)
        mailbox = chance.choice([
            f"{first}.{last}", f"{first[0]}{last}", f"{last}{first[0]}{chance.randint(60, 99)}",
            f"{first}{chance.randint(1, 999)}", f"{chance.choice(FILL)}{last}{chance.randint(1, 99)}", f"{first}{last}",
        ]).lower()  # fmt: skip
        email = f"{mailbox}@{chance.choice(MAIL)}"
        if domain and self.happens(0.3):
            role = chance.choice(["info", "admin", "contact", "domains", first.lower(), "webmaster"])
            email = f"{role}@{domain}"
        phone = f"+{chance.choice([1, 7, 44, 49, 86, 84, 91, 380])}.{chance.randint(10**8, 10**10 - 1)}"
        return Person(
            name=f"{first} {last}",
            email=email,
            org=org or self._org(last),
            phone=chance.choice(_NO_PHONE) if self.happens(0.08) else phone,
        )

    def place(self, kind: str) -> Place:
        """Return a new place at a hoster of this kind; addresses may have had another customer before."""
        chance = self.chance
        if kind == "shared":
            return chance.choices(self._boxes, cum_weights=self._box_weights)[0]
        hoster = chance.choice(self.hosters[kind])
        if kind == "cdn":
            return Place(hoster, chance.sample(hoster.edges, 2), self.cdn_nameservers(hoster))
        if kind == "parking":
            return Place(hoster, chance.sample(hoster.edges, 1), hoster.nameservers)
        if hoster.rented and self.happens(0.06):
            address = chance.choice(hoster.rented)
        else:
            address = f"{chance.choice(hoster.networks)}.{chance.randint(2, 253)}"
        hoster.rented.append(address)
        return Place(hoster, [address], hoster.nameservers)

    def cdn_nameservers(self, hoster: Hoster) -> list[str]:
        """Return the pair of name servers that an account at a content network gets."""
        return [f"{self.chance.choice(names).lower()}.ns.{hoster.name}.com" for names in (FIRST[1::2], FIRST[::2])]

    def _registrar(self, rank: int, word: str) -> Registrar:
        chance, brand = self.chance, word.lower()
        return Registrar(
            name=word + chance.choice([", Inc.", " LLC", " Ltd.", ""]),
            weight=1 / (rank + 1.5),
            brand=f"{brand}-privacy",
            nameservers=[f"{host}.{brand}-dns.com" for host in chance.choice([("ns1", "ns2"), ("dns1", "dns2")])],
            mailbox=chance.choice(["hash", "fixed", "domain"]),
            redacts=self.happens(0.6),
            hides_free=self.happens(0.3),
            suspended=[f"ns1.{brand}-suspended.com", f"ns2.{brand}-suspended.com"],
        )

    def _hoster(self, kind: str, number: int, count: int) -> Hoster:
        chance = self.chance
        word = chance.choice(["host", "srv", "net", "data", "vps", "web"])
        name = f"{word}{chance.choice(FILL)}{kind[0]}{number}"
        networks = [self.network() for _ in range(count)]
        return Hoster(
            kind=kind,
            name=name,
            networks=networks,
            nameservers=[f"ns1.{name}.com", f"ns2.{name}.com"],
            certificate=self.hexadecimal(40),
            icon=self.hexadecimal(32),
            tracker=f"UA-{chance.randint(10**6, 10**8)}-1",
            edges=[f"{network}.{chance.randint(1, 254)}" for network in networks for _ in range(6)],
        )

    def _box(self, hoster: Hoster) -> tuple[Place, float]:
        """Return a machine that many share, and how many sites it has in proportion to others."""
        chance, number = self.chance, self.chance.randint(1, 9)
        address = f"{chance.choice(hoster.networks)}.{chance.randint(2, 253)}"
        weight = min(500, 3 * chance.paretovariate(0.7))
        nameservers = hoster.nameservers
        if self.happens(0.4):
            nameservers = [f"ns{number}.{hoster.name}.com", f"ns{number + 1}.{hoster.name}.com"]
        return Place(hoster, [address], nameservers), weight

    def _template(self, rank: int) -> Template:
        return Template(
            icon=self.hexadecimal(32),
            tracker=self.analytics() if self.happens(0.45) else None,
            weight=1 / (rank + 1),
            kept=self.chance.uniform(0.1, 0.9),
        )

    def _label(self, words: Sequence[str], order: int) -> str:
        chance, (one, two), fill = self.chance, self.chance.choices(words, k=2), self.chance.choice(FILL)
        return [
            fill + one, one + two, f"{fill}-{one}-{two}", one + fill, f"{one}{two}{fill}",
            f"{fill}{one}{chance.choice(FILL)}",
        ][order]  # fmt: skip

    def _org(self, last: str) -> str:
        chance = self.chance
        if self.happens(0.5):
            return chance.choice(NO_ORG)
        return f"{last} {chance.choice(FILL).title()} {chance.choice(['Ltd', 'LLC', 'GmbH', 'Media', 'Group'])}"
