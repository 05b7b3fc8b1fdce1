"""What owners share by chance: registrars, hosters, networks in front of sites, themes and agencies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from random import Random
from typing import Literal

from bench.worlds.inherited.values import FIRST, FIRST_OCTETS, LAST, WORDS, Account, Contact, Params, Values

_FREE_CERTIFICATES = date(2016, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Registrar:
    """A registrar, and how it hides registrants: behind its proxy, where each may have an alias, or redacted."""

    name: str
    proxy: str
    nameservers: Sequence[str]
    parking: str
    redacts: float
    aliases: bool
    free: bool
    phone: str
    label: str


@dataclass(frozen=True, slots=True)
class Provider:
    """Who has sites on shared servers: a hoster, or a builder of sites with one certificate for all."""

    addresses: Sequence[str]
    nameservers: Sequence[str]
    certificate: str
    by_default: float = 1.0  # of sites, those with that certificate
    builder: bool = False


@dataclass(frozen=True, slots=True)
class Host:
    """Where a site is: with a provider, or else at an address rented in a block."""

    address: str
    provider: Provider | None = None
    block: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """A network that sites hide behind, with its addresses, name servers and certificates."""

    addresses: Sequence[str]
    nameservers: Sequence[str]
    certificates: Sequence[str]


@dataclass(frozen=True, slots=True)
class Names:
    """Who answers for a domain's name: its registrar, its hoster, servers of its own or a network."""

    kind: Literal["registrar", "hoster", "own", "network"]
    nameservers: Sequence[str] = ()
    network: Network | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Whom a site is registered to, what it is on and what it shows."""

    contact: Contact
    registrar: Registrar
    host: Host
    names: Names
    icon: str | None
    trackers: Sequence[str]
    certificates: Sequence[str]

    @property
    def nameservers(self) -> Sequence[str]:
        """The servers that answer for the site's name; a builder's sites are on the builder's own."""
        kind, provider = self.names.kind, self.host.provider
        if provider and (kind == "hoster" or (provider.builder and kind != "network")):
            return provider.nameservers
        return self.registrar.nameservers if kind in {"registrar", "hoster"} else self.names.nameservers


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """What an agency or reseller puts on clients' sites, and how often each; ``shown`` says if it has its own."""

    domain: str
    contact: Contact
    habits: Mapping[str, float]
    host: Host
    registrar: Registrar
    names: Names
    account: Account
    certificates: Sequence[str]
    icon: str
    shown: bool


class Services:
    """All services of a world, the first of a kind used most, and draws of what owners get from them."""

    def __init__(self, chance: Random, params: Params, values: Values) -> None:
        self._chance, self._params, self._values = chance, params, values
        self._rented: list[str] = []
        self._registrars = [self._new_registrar(number) for number in range(16)]
        self._registrar_ranks = _ranks(16, 1.0)
        hosters = [self._new_hoster(number) for number in range(20 + params.sites // 30)]
        self._hosters = sorted(hosters, key=lambda one: -len(one.addresses) * chance.lognormvariate(0, 0.7))
        self._hoster_ranks = _ranks(len(hosters), 0.8)
        self._blocks = [f"{chance.choice(FIRST_OCTETS)}.{chance.randint(0, 255)}" for _ in range(12)]
        self._builders = [self._new_builder(number) for number in range(4)]
        self._networks = [self._new_network(*sizes) for sizes in ((0, 90, 40), (1, 25, 6), (2, 12, 4))]
        self._themes = [(values.token(128), f"UA-{chance.randint(10**6, 10**8)}-1") for _ in range(60)]
        self._theme_ranks = _ranks(60, 1.1)
        self.hubs = [values.domain() for _ in range(8)]
        self.agencies = [self._new_agency() for _ in range(max(4, int(params.sites * params.agency / 9)))]
        self._agency_ranks = list(accumulate(chance.paretovariate(0.9) for _ in self.agencies))

    def _new_registrar(self, number: int) -> Registrar:
        chance = self._chance
        stem = f"{chance.choice(LAST)}{chance.choice(('names', 'domains', 'reg', 'host'))}{number}"
        redacted = self._params.redacted
        return Registrar(
            name=stem.title() + chance.choice((" LLC", " Inc.", " GmbH", " Ltd")),
            proxy=f"{stem}-privacy.com",
            nameservers=_pair("ns", f"{stem}.com"),
            parking=self._values.address(),
            redacts=chance.betavariate(4 * redacted, 4 * (1 - redacted)),
            aliases=chance.random() < 0.6,
            free=chance.random() < 0.4,
            phone=self._values.phone(),
            label=chance.choice(("Domain Privacy Service", "Whois Privacy Protect", "Contact Privacy Inc. Customer")),
        )

    def _new_hoster(self, number: int) -> Provider:
        chance, values = self._chance, self._values
        name = f"{chance.choice(WORDS)}{chance.choice(('host', 'web', 'serv'))}{number}.net"
        base, servers = values.address(), min(40, int(chance.paretovariate(0.8)))
        addresses = [values.neighbour(base) for _ in range(servers)]
        return Provider(addresses, _pair("ns", name), values.token(160), chance.betavariate(1, 6))

    def _new_builder(self, number: int) -> Provider:
        addresses = [self._values.address() for _ in range(self._chance.randint(1, 4))]
        return Provider(addresses, _pair("dns", f"builder{number}.com"), self._values.token(160), builder=True)

    def _new_network(self, number: int, addresses: int, nameservers: int) -> Network:
        values = self._values
        return Network(
            [values.address() for _ in range(addresses)],
            [f"{name}.ns.edge{number}.com" for name in FIRST[:nameservers]],
            [values.token(160) for _ in range(3 + self._params.sites // 60)],
        )

    def _new_agency(self) -> Agency:
        chance, values = self._chance, self._values
        domain = values.domain()
        reseller, contact = chance.random() < 0.35, values.contact(domain)
        email = f"{chance.choice(('info', 'domains', 'hostmaster', 'support'))}@{domain}"
        org = f"{domain.partition('.')[0].title()} {chance.choice(('Media', 'Web', 'Hosting', 'Design'))}"
        habits = {
            "contact": chance.betavariate(2, 2), "host": chance.betavariate(3, 1.5),
            "names": chance.betavariate(2, 2), "registrar": 0.8,
            "tracker": 0.0 if reseller else chance.betavariate(1, 2), "certificate": chance.betavariate(1, 3),
            "icon": 0.0 if reseller else chance.betavariate(1, 8),
        }  # fmt: skip
        return Agency(
            domain=domain,
            contact=replace(contact, email=email, org=org),
            habits=habits,
            host=self.host(),
            registrar=self.registrar(),
            names=Names("own", _pair("ns", domain)),
            account=values.account(),
            certificates=[values.token(160) for _ in range(chance.randint(1, 3))],
            icon=values.token(128),
            shown=chance.random() < 0.6,
        )

    def registrar(self) -> Registrar:
        """Return a registrar, a large one more often."""
        return self._chance.choices(self._registrars, cum_weights=self._registrar_ranks)[0]

    def theme(self) -> tuple[str, str]:
        """Return the icon of a theme, and the tracker of its demo page."""
        return self._chance.choices(self._themes, cum_weights=self._theme_ranks)[0]

    def agency(self) -> Agency:
        """Return an agency, one with many clients more often."""
        return self._chance.choices(self.agencies, cum_weights=self._agency_ranks)[0]

    def host(self) -> Host:
        """Return a place for a site of somebody new."""
        chance, params, kind = self._chance, self._params, self._chance.random()
        if kind < params.vps:
            block = chance.choice(self._blocks)
            return Host(self._rent(block), block=block)
        if kind < params.vps + params.builder:
            provider = chance.choice(self._builders)
        else:
            provider = chance.choices(self._hosters, cum_weights=self._hoster_ranks)[0]
        return Host(chance.choice(provider.addresses), provider)

    def same_account(self, host: Host) -> Host:
        """Return a place for another site of the same customer, most often the same one."""
        chance, kind = self._chance, self._chance.random()
        if kind < 0.65:
            return host
        if host.provider:
            return replace(host, address=chance.choice(host.provider.addresses))
        near = kind < 0.8
        return replace(host, address=self._values.neighbour(host.address) if near else self._rent(host.block))

    def _rent(self, block: str) -> str:
        """Return an address, at times one that another customer had, or still has."""
        chance = self._chance
        if self._rented and chance.random() < self._params.recycled:
            return chance.choice(self._rented)
        self._rented.append(f"{block}.{chance.randint(0, 255)}.{chance.randint(2, 254)}")
        return self._rented[-1]

    def names(self, domain: str) -> Names:
        """Return who answers for a domain's name; an account with a network has two servers for good."""
        chance = self._chance
        if chance.random() < self._params.cdn:
            network = chance.choices(self._networks, (8, 1.5, 0.5))[0]
            return Names("network", chance.sample(network.nameservers, 2), network)
        kinds: Sequence[Literal["registrar", "hoster", "own"]] = ("registrar", "hoster", "own")
        return Names(chance.choices(kinds, (0.5, 0.44, 0.06))[0], _pair("ns", domain))

    def icon(self) -> str | None:
        """Return a new icon, that of a theme, or none."""
        kind = self._chance.random()
        if kind < 0.2:
            return None
        return self.theme()[0] if kind < 0.2 + self._params.themes else self._values.token(128)

    def certificates(self, days: tuple[int, int], host: Host, names: Names) -> Sequence[str]:
        """Return the certificates of a site from its first day to its last, one after the other."""
        chance, provider, (begins, ends) = self._chance, host.provider, days
        if chance.random() < (0.6 if begins < _FREE_CERTIFICATES else 0.15):
            return []
        if names.network and chance.random() < 0.4:
            return [chance.choice(names.network.certificates)]
        if provider and (provider.builder or chance.random() < provider.by_default):
            return [provider.certificate]
        return [self._values.token(160) for _ in range(max(1, min(4, (ends - begins) // 120)))]

    def made_by(self, agency: Agency, setup: Setup) -> Setup:
        """Return a site's setup after an agency has put its own on it, as its habits are."""
        chance, values = self._chance, self._values
        uses = {part: chance.random() < share for part, share in agency.habits.items()}
        if uses["contact"]:
            name = chance.choice((setup.contact.name, agency.contact.name))
            org = chance.choice((setup.contact.org, agency.contact.org))
            setup = replace(setup, contact=replace(agency.contact, name=name, org=org))
        if uses["host"]:
            setup = replace(setup, host=self.same_account(agency.host))
        if uses["registrar"]:
            setup = replace(setup, registrar=agency.registrar)
        if uses["names"]:
            setup = replace(setup, names=agency.names)
        if uses["certificate"]:
            setup = replace(setup, certificates=[chance.choice(agency.certificates)])
        if uses["icon"]:
            setup = replace(setup, icon=agency.icon)
        if uses["tracker"]:
            kept = setup.trackers[: chance.randint(0, 1)]
            setup = replace(setup, trackers=[*kept, *values.trackers(agency.account, True)])
        return setup


def _ranks(count: int, steep: float) -> list[float]:
    """Return cumulated weights, the first ones larger, as Zipf's law has it."""
    return list(accumulate((rank + 1) ** -steep for rank in range(count)))


def _pair(prefix: str, domain: str) -> tuple[str, str]:
    """Return two name servers of a domain, numbered 1 and 2."""
    return f"{prefix}1.{domain}", f"{prefix}2.{domain}"
