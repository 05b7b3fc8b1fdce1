"""What is true in a world, and what its only source has of it: with gaps, late, and now and then wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any, ClassVar

from bench.worlds.taken_down.market import BEGINS, ENDS, Account, Market, Names, Proxy, Registrant, Registrar

Record = dict[str, Any]

_FIELDS = {
    "Resolution": "ip", "Nameserver": "nameserver", "Certificate": "fingerprint", "Tracker": "tracker",
    "Favicon": "favicon", "Redirect": "to_domain",
}  # fmt: skip
_MISSED = {
    "Registration": 0.10, "Resolution": 0.14, "Nameserver": 0.12, "Certificate": 0.20, "Tracker": 0.18,
    "Favicon": 0.22, "Redirect": 0.25,
}  # fmt: skip
_REDACTED_BY_LAW = date(2018, 5, 25).toordinal()
_REDACTED = Registrant(*["REDACTED FOR PRIVACY"] * 4)


@dataclass(frozen=True, slots=True)
class Spell:
    """A domain over some days, given as ordinals of dates."""

    domain: str
    begins: int
    ends: int

    @property
    def days(self) -> int:
        """Return how long it is."""
        return self.ends - self.begins

    def of(self, begins: int, ends: int) -> Spell:
        """Return the same domain over other days."""
        return replace(self, begins=begins, ends=ends)


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a domain has over a spell; that it is a website needs none."""

    kind: str
    spell: Spell
    value: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """How a domain is held: where, by whom, and behind which proxy."""

    registrar: Registrar
    registrant: Registrant
    proxy: Proxy | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """What whois says on a day; the spell lasts until the domain expires."""

    spell: Spell
    registrar: str
    registrant: Registrant
    observed: int
    nameservers: Sequence[str]
    kind: ClassVar[str] = "Registration"


class World:
    """A world in the making: how many sites are unrelated, how well it is seen, how careful its people are."""

    def __init__(self, seed: int) -> None:
        self.chance = chance = Random(f"makerE/{seed}")
        self.names = Names(chance)
        self.truth: dict[str, int | None] = {}
        self.entries: list[Fact | Registration] = []
        self.honest: list[Registrant] = []
        self.ratio = 3 * (20 / 3) ** chance.random()
        self.missed = chance.uniform(0.6, 1.3)
        self.wrong = chance.uniform(0.004, 0.014)
        self.proxied = chance.uniform(0.25, 0.5)
        self.care = chance.uniform(-0.06, 0.06)
        self.market = Market(self.names)

    def site(self, spell: Spell, owner: int | None) -> None:
        """Add a site and who runs it: None for somebody without another."""
        self.truth[spell.domain] = owner
        self.fact("Website", spell)

    def fact(self, kind: str, spell: Spell, value: str = "") -> None:
        """Add what is so over a spell, moved into the years that are looked at."""
        begins, ends = (max(BEGINS, min(day, ENDS)) for day in (spell.begins, spell.ends))
        self.entries.append(Fact(kind, spell.of(begins, max(begins, ends)), value))

    def serve(self, spell: Spell, account: Account, otherwise: Sequence[str] = ()) -> Sequence[str]:
        """Put a site on an account and return its name servers: others if the account has none."""
        for address in account.addresses if self.names.happens(0.6) else account.addresses[:1]:
            self.fact("Resolution", spell, address)
        nameservers = account.nameservers or otherwise
        for nameserver in nameservers:
            self.fact("Nameserver", spell, nameserver)
        if account.certificate:
            self.fact("Certificate", spell, account.certificate)
        if self.names.happens(0.5):
            self.fact("Certificate", spell, self.names.fingerprint())
        return nameservers

    def register(self, spell: Spell, holding: Holding, nameservers: Sequence[str], observed: int | None = None) -> None:
        """Add what whois says on a day, or on any day of the spell; domains are paid for in whole years."""
        latest = max(spell.begins, spell.ends)
        seen = min(ENDS, observed or self.chance.randint(spell.begins, latest))
        shown = self._shown(holding, seen)
        paid = spell.of(spell.begins, spell.begins + 365 * (1 + (latest - spell.begins) // 365))
        self.entries.append(Registration(paid, holding.registrar.name, shown, seen, nameservers))

    def _shown(self, holding: Holding, day: int) -> Registrant:
        """Return whom whois names; the same person is not always spelt the same."""
        chance, happens, proxy, registrant = self.chance, self.names.happens, holding.proxy, holding.registrant
        if proxy:
            if proxy.style == "redacted":
                return _REDACTED
            user = "contact" if proxy.style == "constant" else self.names.digits(12)
            return Registrant("Domain Administrator", f"{user}@{proxy.domain}", proxy.org, proxy.phone)
        if holding.registrar.redacts and day > _REDACTED_BY_LAW and happens(0.8):
            return _REDACTED
        name, email, phone = registrant.name, registrant.email, registrant.phone
        if happens(0.08):
            email = email.upper()
        if happens(0.10):
            name = chance.choice([name.upper(), " ".join(reversed(name.split())), f"{name} "])
        if happens(0.10):
            phone = phone.replace(".", chance.choice(["", " ", "-"]))
        return replace(registrant, name=name, email=email, phone=phone)

    def drop(self, domain: str, day: int) -> None:
        """Let a domain given up on a day go to a sinkhole, a parker or who catches dropped domains, or to nobody."""
        chance, happens, market = self.chance, self.names.happens, self.market
        begins, fate = day + chance.randint(1, 90), chance.random()
        spell = Spell(domain, begins, min(ENDS, begins + chance.randint(60, 700)))
        if begins >= ENDS - 30 or fate > 0.62:
            return
        keeper = chance.choice(market.sinkholes if fate < 0.25 else market.parkers)
        nameservers = self.serve(spell, Account(addresses=keeper.addresses[:1], nameservers=keeper.nameservers))
        if keeper.page is None:
            return
        self.fact("Favicon", spell, keeper.page.icon)
        if keeper.page.tracker and happens(0.4):
            self.fact("Tracker", spell, keeper.page.tracker)
        if keeper.page.to and happens(0.3):
            self.fact("Redirect", spell, keeper.page.to)
        if fate > 0.54:
            caught = Holding(market.registrars[5], chance.choice(market.catchers))
            self.register(spell, caught, nameservers)


def observed(world: World) -> list[Record]:
    """Return the source, and in no order what it has of a world."""
    source = {"kind": "Source", "id": "obs", "name": "Simulated observer E"}
    return [source, *Observer(world).seen()]


class Observer:
    """Looks at a world; of some sites it never sees some kinds of facts."""

    def __init__(self, world: World) -> None:
        self._world, self._chance, self._happens = world, world.chance, world.names.happens
        self._registrations = [entry for entry in world.entries if isinstance(entry, Registration)]
        self._values: defaultdict[str, list[str]] = defaultdict(list)
        for entry in world.entries:
            if isinstance(entry, Fact):
                self._values[entry.kind].append(entry.value)
        self._hidden = {
            (domain, kind) for domain in world.truth for kind in _MISSED if self._happens(0.07 * world.missed)
        }

    def seen(self) -> list[Record]:
        """Return the records of what is not missed."""
        records = []
        for entry in self._world.entries:
            if entry.kind == "Website" or not self._misses(entry):
                records.append(self._registration(entry) if isinstance(entry, Registration) else self._fact(entry))
        self._chance.shuffle(records)
        return records

    def _misses(self, entry: Fact | Registration) -> bool:
        hidden = (entry.spell.domain, entry.kind) in self._hidden
        return hidden or self._happens(_MISSED[entry.kind] * self._world.missed)

    def _registration(self, entry: Registration) -> Record:
        chance, happens, missed = self._chance, self._happens, self._world.missed
        registrant = _written(entry.registrant)
        if happens(self._world.wrong):
            other, field = chance.choice(self._registrations), chance.choice(list(registrant))
            registrant[field] = _written(other.registrant)[field]
        record: Record = {
            "kind": entry.kind,
            "source": "obs",
            "domain": entry.spell.domain,
            "registrar": entry.registrar,
            **registrant,
            "created": entry.spell.begins,
            "expires": entry.spell.ends,
            "observed": entry.observed,
            "nameservers": list(entry.nameservers) if happens(0.85) else [],
        }
        for field in (*registrant, "registrar", "expires", "nameservers"):
            if not record[field] or happens(0.06 * missed):
                del record[field]
        if happens(0.01):
            record["created"] -= chance.randint(20, 2000)
        return self._dated(record, ("created", "expires", "observed"))

    def _fact(self, entry: Fact) -> Record:
        chance, happens, spell = self._chance, self._happens, entry.spell
        record: Record = {"kind": entry.kind, "source": "obs", "domain": spell.domain}
        if field := _FIELDS.get(entry.kind):
            record[field] = self._value(entry)
        first = min(spell.ends, spell.begins + int(chance.expovariate(1 / 9)))
        last = max(first, spell.ends - int(chance.expovariate(1 / 9)))
        if happens(0.01):
            first -= chance.randint(30, 600)
        return self._dated({**record, "first_seen": first, "last_seen": last}, ("first_seen", "last_seen"))

    def _value(self, entry: Fact) -> str:
        """Return the value of a fact, or in its place that of another of its kind."""
        if self._happens(self._world.wrong):
            other = self._chance.choice(self._values[entry.kind])
            if other != entry.spell.domain:
                return other
        return entry.value

    def _dated(self, record: Record, fields: Sequence[str]) -> Record:
        """Return a record with its days written as dates, at times without one."""
        for field in fields:
            if field in record:
                record[field] = date.fromordinal(record[field]).isoformat()
                if self._happens(0.03 * self._world.missed):
                    del record[field]
        return record


def _written(registrant: Registrant) -> dict[str, str]:
    return {
        "registrant_name": registrant.name,
        "registrant_email": registrant.email,
        "registrant_org": registrant.org,
        "registrant_phone": registrant.phone,
    }
