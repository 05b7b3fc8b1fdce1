"""What kind of world a seed gives, and what is drawn afresh, from one population for every owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import exp, log
from random import Random

BEGINS, ENDS = date(2013, 1, 1).toordinal(), date(2024, 6, 30).toordinal()

_FIRST = """john maria david anna michael elena james sarah robert laura ivan olga wei li jun ahmed fatima carlos ana
luis peter julia thomas eva marco sofia paul nina daniel kate omar leila raj priya viktor irina kevin emma
andrei diana"""
_LAST = """smith garcia johnson wang ivanov brown kim mueller silva jones nguyen rossi martin khan lopez petrov
williams chen novak schmidt patel costa davis popov lee hansen weber kowalski ali santos taylor moreau sato
fischer romano clark ortiz meyer walker horvat singh dubois baker larsen"""
_WORDS = """shop store best cheap pharm meds news daily travel tour cargo pet puppy watch gold crypto coin bank loan
garden home kitchen auto parts fit health diet yoga photo art studio design tech soft cloud data game bet casino
book school learn job work legal law tax green solar energy food wine coffee bike sport fish farm music film fan
baby kids toy dress shoe bag style beauty hair nail clinic dental care church local city club"""
FIRST, LAST, WORDS = _FIRST.split(), _LAST.split(), _WORDS.split()
FIRST_OCTETS = [octet for octet in range(5, 220) if octet not in {10, 100, 127, 169, 172, 192, 198, 203}]

_ENDINGS, _ENDING_WEIGHTS = (
    ("com", "net", "org", "info", "shop", "xyz", "online", "de", "co"), (55, 9, 8, 5, 5, 6, 4, 5, 3),
)  # fmt: skip
_MAIL, _MAIL_WEIGHTS = (
    ("gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "mail.ru", "163.com", "protonmail.com", "gmx.de"),
    (48, 14, 11, 7, 6, 6, 5, 3),
)
_COUNTRIES, _COUNTRY_WEIGHTS = ("1", "44", "49", "7", "86", "91", "33", "55"), (45, 10, 10, 8, 9, 8, 5, 5)
_NO_ORGS = ("", "", "", "", "N/A", "Private Person", "personal", "none", "-")
_JUNK_PHONES = ("+1.5555555555", "+1.1234567890", "+1.0000000000", "+86.13800000000")
_JUNK_NAMES = ("Domain Admin", "Admin", "Webmaster", "John Doe", "Hostmaster", "Domain Manager")
_SEEN = ("Website", "Registration", "Resolution", "Nameserver", "Certificate", "Tracker", "Favicon", "Redirect")


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """What kind of world it is. Shares are from 0 to 1."""

    sites: int
    ratio: float  # of sites nobody runs another of to sites that somebody does
    careful: float  # of operators
    illicit: float  # of operators, those whose sites are taken down and succeeded by others
    slips: float  # for each site of an operator, on average
    tail: float  # of operators' sizes, as Pareto's index
    private: float
    redacted: float
    cdn: float
    agency: float  # of unrelated sites
    themes: float
    vps: float
    builder: float
    recycled: float  # of rented addresses
    copied: float
    junk: float
    wrong: float
    undated: float
    seen: Mapping[str, float]


def drawn(chance: Random) -> Params:
    """Return a kind of world."""
    return Params(
        sites=int(exp(chance.uniform(log(500), log(3000)))), ratio=exp(chance.uniform(log(3), log(20))),
        careful=chance.uniform(0.2, 0.65), illicit=chance.uniform(0.3, 0.8), slips=chance.uniform(0.03, 0.12),
        tail=chance.uniform(1.0, 1.7), private=chance.uniform(0.1, 0.35), redacted=chance.uniform(0.3, 0.75),
        cdn=chance.uniform(0.12, 0.4), agency=chance.uniform(0.08, 0.25), themes=chance.uniform(0.2, 0.4),
        vps=chance.uniform(0.15, 0.35), builder=chance.uniform(0.04, 0.12), recycled=chance.uniform(0.01, 0.06),
        copied=chance.uniform(0.002, 0.01), junk=chance.uniform(0.01, 0.05), wrong=chance.betavariate(6, 170),
        undated=chance.uniform(0.02, 0.1), seen={kind: chance.uniform(0.5, 0.9) for kind in _SEEN},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a domain is registered to; ``{d}`` in an e-mail address stands for that domain."""

    name: str
    email: str
    org: str
    phone: str


@dataclass(slots=True)
class Account:
    """An account with a tracking service, which may count several properties, and a second mark beside it."""

    mark: str
    beside: str | None
    properties: int = 1


class Values:
    """Draws values; no domain and no e-mail address is new twice."""

    def __init__(self, chance: Random, params: Params) -> None:
        self._chance, self._junk = chance, params.junk
        self._domains: set[str] = set()
        self._emails: set[str] = set()

    def token(self, bits: int) -> str:
        """Return so many random bits in hexadecimal digits."""
        return f"{self._chance.getrandbits(bits):0{bits // 4}x}"

    def address(self) -> str:
        """Return an IP address of any public network."""
        chance = self._chance
        return ".".join(
            str(part) for part in (chance.choice(FIRST_OCTETS), *(chance.randint(1, 254) for _ in range(3)))
        )

    def neighbour(self, address: str) -> str:
        """Return an IP address in the same block of 256."""
        return f"{address.rpartition('.')[0]}.{self._chance.randint(2, 254)}"

    def phone(self) -> str:
        """Return a telephone number with its country's code."""
        chance = self._chance
        return f"+{chance.choices(_COUNTRIES, _COUNTRY_WEIGHTS)[0]}.{chance.randint(2 * 10**9, 10**10 - 1)}"

    def domain(self, like: str | None = None) -> str:
        """Return a new domain, most often one named like another if that is given."""
        chance = self._chance
        while True:
            label = self._label_like(like) if like else self._label()
            domain = f"{label}.{chance.choices(_ENDINGS, _ENDING_WEIGHTS)[0]}"
            if domain not in self._domains:
                self._domains.add(domain)
                return domain
            if like and chance.random() < 0.05:
                like = None

    def _label(self) -> str:
        chance = self._chance
        label = chance.choice(WORDS) + chance.choice(("", "", "-")) + chance.choice(chance.choice((WORDS, LAST, FIRST)))
        return label + str(chance.randint(1, 999)) if chance.random() < 0.15 else label

    def _label_like(self, domain: str) -> str:
        chance, stem = self._chance, domain.partition(".")[0].rstrip("0123456789")
        number, after, before, dashed = chance.randint(1, 99), *(chance.choice(WORDS) for _ in range(3))
        return chance.choice((stem, f"{stem}{number}", stem + after, before + stem, f"{stem}-{dashed}"))[:40]

    def email(self, first: str, last: str) -> str:
        """Return a person's new address with a mail provider; namesakes have addresses that are alike."""
        chance = self._chance
        while True:
            words = chance.choice(WORDS) + chance.choice(WORDS)
            local = chance.choice((f"{first}.{last}", first + last, first[0] + last, last + first[0], words))
            if chance.random() < 0.6:
                numbers = chance.randint(1, 99), chance.randint(1960, 2004), chance.randint(100, 99999)
                local += str(chance.choice(numbers))
            email = f"{local}@{chance.choices(_MAIL, _MAIL_WEIGHTS)[0]}"
            if email not in self._emails:
                self._emails.add(email)
                return email

    def email_like(self, email: str) -> str:
        """Return an address that differs a little from another, or, rarely, not at all."""
        chance, (stem, host) = self._chance, email.split("@")
        while True:
            digit, number = chance.randint(1, 9), chance.randint(1, 99)
            bare, undotted = stem.rstrip("0123456789"), stem.replace(".", "")
            local = chance.choice((f"{stem}{digit}", f"{undotted}01", f"{bare}{number}", stem))
            moved = chance.random() < 0.5 or "{" in host
            alike = f"{local}@{chance.choices(_MAIL, _MAIL_WEIGHTS)[0] if moved else host}"
            if alike == email or alike not in self._emails:
                self._emails.add(alike)
                return alike

    def contact(self, domain: str, fake: bool = False) -> Contact:
        """Return somebody to register a domain to; who is made up more often has a junk name or telephone."""
        chance = self._chance
        first = FIRST[min(len(FIRST) - 1, int(chance.expovariate(0.07)))]
        last = LAST[min(len(LAST) - 1, int(chance.expovariate(0.06)))]
        junk = self._junk * (2 if fake else 1)
        name = chance.choice(_JUNK_NAMES) if chance.random() < junk else f"{first} {last}".title()
        kind = chance.random()
        if kind < (0.85 if fake else 0.62):
            email = self.email(first, last)
        else:
            local = chance.choice(("info", "admin", "contact", "webmaster", "domains", first))
            email = f"{local}@{'{d}' if kind < 0.82 else domain}"
        org = self._org(last) if chance.random() < 0.35 else chance.choice(_NO_ORGS)
        phone = chance.choice(_JUNK_PHONES) if chance.random() < junk else self.phone()
        return Contact(name, email, org, phone)

    def _org(self, last: str) -> str:
        chance = self._chance
        named = chance.choice((last, chance.choice(WORDS)))
        return f"{named} {chance.choice(WORDS)}".title() + " " + chance.choice(("LLC", "Ltd", "GmbH", "Inc", "Co."))

    def account(self) -> Account:
        """Return a new account with a tracking service."""
        chance = self._chance
        older = chance.random() < 0.7
        mark = f"UA-{chance.randint(10**5, 2 * 10**8)}" if older else f"G-{self.token(40).upper()}"
        if chance.random() >= 0.25:
            return Account(mark, None)
        publisher, container = chance.randint(10**15, 10**16), self.token(24).upper()
        pixel = chance.randint(10**14, 10**15)
        return Account(mark, chance.choice((f"pub-{publisher}", f"GTM-{container}", f"fb-{pixel}")))

    def trackers(self, account: Account, again: bool) -> list[str]:
        """Return the marks of an account on a site, where ``again`` may mean a further property of it."""
        mark = account.mark
        if mark.startswith("UA-"):
            if again and self._chance.random() < 0.35:
                account.properties += 1
            mark = f"{mark}-{account.properties}"
        return [mark, account.beside] if account.beside else [mark]
