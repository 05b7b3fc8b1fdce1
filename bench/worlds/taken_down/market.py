"""What everybody in a world draws on: names and marks, and the companies that register, host, hide and park sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import TypeVar

T = TypeVar("T")

BEGINS, ENDS = date(2016, 1, 1).toordinal(), date(2023, 12, 31).toordinal()
_FIRST_NAMES = """anna ben carla david elena frank grace hugo irina jack karin liam maria nils olga paul quinn rosa
stefan tom ursula victor wei xenia yusuf zoe ahmed bianca chen dmitri emma fatima george hana ivan julia kofi laura
marco nadia omar petra raj sofia tariq vera wang yuki"""
_LAST_NAMES = """adams bauer costa diaz evans fischer garcia hansen ivanov jones kim lopez meyer novak olsen patel quist
rossi smith tanaka usman vogel weber xu young zhang ali brown chan dubois eriksen ferrari gupta haas ito jensen khan
lee moreau nguyen okafor petrov ricci santos taylor urban varga wilson yilmaz zimmer"""
_WORDS = """shop secure pay bank login cloud home garden photo travel hotel pet auto fit health news blog craft wine
coffee music art book game tech data web net code sport bike run yoga kids baby toy shoe watch gold coin trade loan
legal tax build roof solar water green eco city sun star sky blue red north best top fast easy smart prime direct
world euro global local fresh pure vita max pro plus"""
_FIRST, _LAST, WORDS = _FIRST_NAMES.split(), _LAST_NAMES.split(), _WORDS.split()
_ENDINGS = (
    *["com"] * 9, *["net"] * 3, *["org"] * 2, *["info"] * 2, "shop", "online", "site", "xyz", "top", "de", "co",
)  # fmt: skip
_MAIL = (
    *["gmail.com"] * 6, *["outlook.com"] * 2, *["yahoo.com"] * 2, "mail.ru", "proton.me", "gmx.net", "163.com",
)  # fmt: skip
_COUNTRIES = (1, 1, 1, 44, 49, 33, 86, 7, 91, 31)
_PLACEHOLDERS = ("+1.0000000000", "+1.1234567890", "+86.13800000000", "+1.5555555555")


@dataclass(frozen=True, slots=True)
class Registrant:
    """Whom whois names for a domain."""

    name: str
    email: str
    org: str
    phone: str


class Names:
    """Draws by chance, and makes up names and marks; no domain and no address is made up twice."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._used: set[str] = set()

    def happens(self, share: float) -> bool:
        """Return True in this share of calls."""
        return self.chance.random() < share

    def ranked(self, among: Sequence[T], steep: float = 1.0) -> T:
        """Return one of several, the first ones more often, as Zipf's law has it."""
        return self.chance.choices(among, [1 / (rank + 1) ** steep for rank in range(len(among))])[0]

    def digits(self, count: int) -> str:
        """Return so many hexadecimal digits."""
        return f"{self.chance.getrandbits(4 * count):0{count}x}"

    def fingerprint(self) -> str:
        """Return that of a new certificate."""
        return self.digits(40)

    def icon(self) -> str:
        """Return the hash of a new favicon."""
        return self.digits(16)

    def tracker(self) -> str:
        """Return the id of an account for analytics or advertisements."""
        chance = self.chance
        if self.happens(0.6):
            return f"UA-{chance.randint(10**6, 2 * 10**8)}-{chance.choice([1, 1, 1, 2, 3])}"
        return f"G-{self.digits(10).upper()}" if self.happens(0.6) else f"pub-{chance.randint(10**15, 10**16)}"

    def address(self) -> str:
        """Return a new IP address."""
        chance = self.chance
        while True:
            first, second, third = chance.randint(23, 213), chance.randint(0, 255), chance.randint(0, 255)
            address = f"{first}.{second}.{third}.{chance.randint(1, 254)}"
            if self._is_new(address):
                return address

    def addresses(self, count: int) -> list[str]:
        """Return so many new IP addresses."""
        return [self.address() for _ in range(count)]

    def domain(self, stem: str | None = None, endings: Sequence[str] = _ENDINGS) -> str:
        """Return a new domain of two or three words, the first of which may be given."""
        chance = self.chance
        while True:
            label = (stem or chance.choice(WORDS)) + chance.choice(["", "", "-"]) + chance.choice(WORDS)
            if self.happens(0.35):
                label += chance.choice(WORDS) if self.happens(0.6) else str(chance.randint(1, 999))
            domain = f"{label}.{chance.choice(endings)}"
            if self._is_new(domain):
                return domain

    def _is_new(self, value: str) -> bool:
        new = value not in self._used
        self._used.add(value)
        return new

    def nameservers(self, domain: str | None = None) -> list[str]:
        """Return two name servers, of a new domain unless one is given."""
        domain = domain or self.domain(endings=["com", "net"])
        return [f"ns1.{domain}", f"ns2.{domain}"]

    def registrant(self, domain: str | None = None) -> Registrant:
        """Return a new person, reached perhaps at a domain, and rarely at a number that anybody could give."""
        chance = self.chance
        first, last = chance.choice(_FIRST), chance.choice(_LAST)
        user = first + chance.choice([".", "", "_"]) + last + chance.choice(["", str(chance.randint(1, 9999))])
        if domain and self.happens(0.4):
            email = f"{chance.choice(['info', 'admin', first, 'contact'])}@{domain}"
        else:
            email = f"{user}@{chance.choice(_MAIL)}"
        phone = f"+{chance.choice(_COUNTRIES)}.{chance.randint(2 * 10**8, 10**10 - 1)}"
        family = f"{last.title()} {chance.choice(['Ltd', 'GmbH', 'LLC', 'Group', 'Media'])}"
        org = chance.choice(["", "", family, f"{chance.choice(WORDS).title()}{chance.choice(WORDS)} Inc"])
        if self.happens(0.015):
            phone = chance.choice(_PLACEHOLDERS)
        org = org or chance.choice(["", "", "N/A", "Private Person"])
        return Registrant(f"{first.title()} {last.title()}", email, org, phone)


@dataclass(frozen=True, slots=True)
class Registrar:
    """Where domains are registered, and whether it hides registrants since that became law."""

    name: str
    nameservers: list[str]
    redacts: bool


@dataclass(frozen=True, slots=True)
class Proxy:
    """Who is named in place of a registrant: always alike, by a new address each time, or as redacted."""

    domain: str
    style: str
    phone: str

    @property
    def org(self) -> str:
        """Return the company that whois names."""
        return f"{self.domain.split('.')[0].title()} Privacy Service"


@dataclass(frozen=True, slots=True)
class Hoster:
    """Servers that many share, some with a certificate for all that is on them."""

    addresses: list[str]
    nameservers: list[str]
    certificates: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Cdn:
    """A network in front of sites, with certificates that many share."""

    addresses: list[str]
    nameservers: list[str]
    certificates: list[str]


@dataclass(frozen=True, slots=True)
class Page:
    """What sites made alike carry, and where they lead, if anywhere."""

    icon: str
    tracker: str = ""
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who puts one page on many domains; police with a sinkhole put none."""

    addresses: list[str]
    nameservers: list[str]
    page: Page | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a site has of its hoster; without name servers the registrar's are used."""

    addresses: list[str]
    nameservers: list[str] | None = None
    certificate: str | None = None
    page: Page | None = None
    rented: bool = False


class Market:
    """All companies of a world, and values that many sites carry."""

    def __init__(self, names: Names) -> None:
        self.names, self.chance = names, names.chance
        self._tenants: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self.registrars = [self._registrar(number) for number in range(24)]
        self.proxies = [self._proxy() for _ in range(7)]
        self.shared = [self._hoster(2, 0.4) for _ in range(34)]
        self._bulletproof = [self._hoster(5, 0.15) for _ in range(5)]
        self._cdns = [self._cdn() for _ in range(3)]
        self.parkers = [
            Keeper(names.addresses(2), names.nameservers(), Page(names.icon(), names.tracker(), names.domain()))
            for _ in range(4)
        ]
        self.sinkholes = [Keeper(names.addresses(1), names.nameservers()) for _ in range(2)]
        self._platforms = [
            Keeper(names.addresses(3), names.nameservers(), Page(names.icon(), to=names.domain())) for _ in range(4)
        ]
        self.system_icons = [names.icon() for _ in range(30)]
        self.theme_trackers = [names.tracker() for _ in range(9)]
        self.kits = [Page(names.icon(), names.tracker()) for _ in range(9)]
        self.affiliates = [names.domain() for _ in range(6)]
        self.catchers = [
            replace(names.registrant(), org=f"{self.chance.choice(WORDS).title()} Drops LLC") for _ in range(2)
        ]
        self.brands = [(names.domain(endings=["com"]), names.icon()) for _ in range(14)]

    def _registrar(self, number: int) -> Registrar:
        name = self.chance.choice(WORDS).title() + self.chance.choice(["Names", "Domains", "Reg", "Host"])
        return Registrar(f"{name} #{number}", self.names.nameservers(), self.names.happens(0.4))

    def _proxy(self) -> Proxy:
        chance, domain = self.chance, self.names.domain()
        style = chance.choice(["constant", "hashed", "hashed", "redacted"])
        return Proxy(domain, style, f"+1.{chance.randint(2 * 10**9, 10**10 - 1)}")

    def _hoster(self, least: int, certified: float) -> Hoster:
        names = self.names
        addresses, nameservers = names.addresses(self.chance.randint(least, 12)), names.nameservers()
        return Hoster(
            addresses,
            nameservers,
            {address: names.fingerprint() if names.happens(certified) else None for address in addresses},
        )

    def _cdn(self) -> Cdn:
        chance, names = self.chance, self.names
        domain, addresses = names.domain(endings=["com"]), names.addresses(chance.randint(10, 30))
        nameservers = [f"{first}.ns.{domain}" for first in chance.sample(_FIRST, 40)]
        return Cdn(addresses, nameservers, [names.fingerprint() for _ in range(25)])

    def account(self, kind: str, begins: int, ends: int) -> Account:
        """Return a new account at a hoster: ``shared``, ``bulletproof``, ``cdn``, ``platform`` or ``vps``."""
        chance, names = self.chance, self.names
        if kind == "cdn":
            cdn = names.ranked(self._cdns)
            return Account(
                addresses=chance.sample(cdn.addresses, 2),
                nameservers=chance.sample(cdn.nameservers, 2),
                certificate=chance.choice(cdn.certificates) if names.happens(0.5) else None,
            )
        if kind == "platform":
            platform = names.ranked(self._platforms)
            return Account(
                addresses=[chance.choice(platform.addresses)],
                nameservers=platform.nameservers if names.happens(0.4) else None,
                page=platform.page,
            )
        if kind == "vps":
            return Account(addresses=[self._rented(begins, ends)], rented=True)
        hoster = names.ranked(self.shared, 0.8) if kind == "shared" else chance.choice(self._bulletproof)
        address = names.ranked(hoster.addresses, 0.5)
        return Account(
            addresses=[address],
            nameservers=hoster.nameservers if names.happens(0.7) else None,
            certificate=hoster.certificates[address],
        )

    def _rented(self, begins: int, ends: int) -> str:
        """Return an address that nobody else has then, perhaps one that others had before or have later."""
        known = sorted(self._tenants) if self.names.happens(0.45) else []
        tried = self.chance.sample(known, min(4, len(known)))
        free = (
            address
            for address in tried
            if all(last < begins - 5 or first > ends + 5 for first, last in self._tenants[address])
        )
        address = next(free, None) or self.names.address()
        self.occupy(address, begins, ends)
        return address

    def occupy(self, address: str, begins: int, ends: int) -> None:
        """Keep an address from being rented to others over these days."""
        self._tenants[address].append((begins, ends))
