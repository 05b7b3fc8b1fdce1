"""Those whose marks are on many sites: registrars, hosts, resellers, content networks, builders, templates, parkers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bench.worlds.care_levels.chance import Chance, Ranking
from bench.worlds.care_levels.days import Span
from bench.worlds.care_levels.marks import Marks, Network
from bench.worlds.care_levels.names import Names
from bench.worlds.care_levels.params import Params
from bench.worlds.care_levels.people import People, Person

_REGISTRAR_FORMS = [" Inc.", ", LLC", " Ltd", " GmbH", " Registrar"]
_HOST_NETWORKS = [5, 37, 46, 62, 78, 81, 85, 91, 94, 109, 144, 151, 176, 185, 188, 193, 195, 213]
_CDN_NETWORKS = [104, 107, 162, 199]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registrar:
    """Where domains are registered and parked, and how registrants are hidden there."""

    name: str
    nameservers: Sequence[str]
    parking: Sequence[str]
    proxy_mailboxes: str
    proxy_domain: str
    proxy_phone: str
    redacts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A hosting company: servers that many share, and addresses let to one customer at a time."""

    nameservers: Sequence[str]
    network: Network
    shared: Sequence[tuple[str, str]]
    leases: dict[str, list[Span]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reseller:
    """One who sells room and domains on, at times under a mailbox of their own."""

    nameservers: Sequence[str]
    addresses: Sequence[str]
    person: Person
    puts_mailbox: bool
    fingerprint: str
    registrar: Registrar


@dataclass(frozen=True, slots=True, kw_only=True)
class Cdn:
    """A content network; an account there gets one name server out of each of two lists."""

    addresses: Sequence[str]
    nameservers: tuple[Sequence[str], Sequence[str]]
    fingerprints: Sequence[str]


@dataclass(frozen=True, slots=True)
class CdnAccount:
    """An account at a content network."""

    cdn: Cdn
    nameservers: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """A service where people put their sites together, which leaves the same marks on many."""

    addresses: Sequence[str]
    nameservers: Sequence[str]
    favicon: str
    fingerprint: str
    tracker: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """A page design that many sites use, and how often what its maker left in it stays."""

    favicon: str
    tracker: str | None
    kept: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Parker:
    """One on whose pages names wait for a buyer."""

    addresses: Sequence[str]
    nameservers: Sequence[str]
    tracker: str | None
    favicon: str


def pair(domain: str) -> list[str]:
    """Return the two name servers under a domain."""
    return [f"ns1.{domain}", f"ns2.{domain}"]


class Providers:
    """All the providers of one world."""

    def __init__(self, chance: Chance, params: Params, names: Names, people: People) -> None:
        self._chance, self._start, self._market = chance, params.start, params.market
        self._names, self._people, self.marks = names, people, Marks(chance)
        market = params.market
        registrars = [self._registrar() for _ in range(market.registrar_count)]
        self.registrars = Ranking(chance, registrars, chance.uniform(0.7, 1.4))
        hosts = [self._host(rank) for rank in range(market.host_count)]
        self.hosts = Ranking(chance, hosts, chance.uniform(0.9, 1.6))
        self.resellers = Ranking(chance, [self._reseller() for _ in range(market.reseller_count)], 0.8)
        self.cdns = Ranking(chance, [self._cdn() for _ in range(market.cdn_count)], 1.5)
        self.builders = Ranking(chance, [self._builder() for _ in range(market.builder_count)], 1)
        self.templates = Ranking(chance, [self._template() for _ in range(market.template_count)], 0.7)
        self.parkers = [self._parker() for _ in range(chance.randint(1, 4))]
        self.platforms = [names.provider(["social", "book", "search", "link", "pay"]) for _ in range(15)]
        self.landing_pages = [names.provider(["offers", "partner", "aff"]) for _ in range(6)]

    def lease(self, host: Host, span: Span) -> str:
        """Return an address for one customer; those whose lease ended are given out again."""
        if host.leases and self._chance.happens(self._market.address_again):
            known = list(host.leases)
            for address in self._chance.sample(known, min(12, len(known))):
                if all(span[1] + 5 < begins or span[0] - 5 > ends for begins, ends in host.leases[address]):
                    host.leases[address].append(span)
                    return address
        address = self.marks.address(host.network)
        host.leases[address] = [span]
        return address

    def cdn_account(self) -> CdnAccount:
        """Return a new account at a content network."""
        cdn = self.cdns.draw()
        return CdnAccount(cdn, [self._chance.choice(names) for names in cdn.nameservers])

    def _registrar(self) -> Registrar:
        chance = self._chance
        domain = self._names.provider(["reg", "names", "domains", "nic"])
        proxy = self._names.provider(["privacy", "whoisguard", "proxy", "shield"])
        return Registrar(
            name=domain.split(".")[0].capitalize() + chance.choice(_REGISTRAR_FORMS),
            nameservers=pair(domain),
            parking=self._addresses(chance.randint(1, 3)),
            proxy_mailboxes=chance.choice(["one", "each_hash", "each_domain"]),
            proxy_domain=proxy,
            proxy_phone=self._people.phone(),
            redacts=chance.happens(self._market.redacting),
        )

    def _host(self, rank: int) -> Host:
        chance = self._chance
        domain = self._names.provider(["host", "hosting", "servers", "web"])
        network = (chance.choice(_HOST_NETWORKS), chance.randint(1, 254))
        count = 1 if rank == 0 else chance.randint(1, 4)
        addresses = self._addresses(count, network)
        fingerprints = self._fingerprints(count)
        return Host(nameservers=pair(domain), network=network, shared=list(zip(addresses, fingerprints, strict=True)))

    def _reseller(self) -> Reseller:
        chance = self._chance
        domain = self._names.provider(["hosting", "solutions", "online", "it"])
        host = self.hosts.draw()
        person = self._people.person(1)
        person = replace(person, email=chance.choice(["domains@", "info@", "hostmaster@"]) + domain)
        return Reseller(
            nameservers=pair(domain),
            addresses=self._addresses(chance.choice([1, 1, 2, 3]), host.network),
            person=person,
            puts_mailbox=chance.happens(self._market.reseller_mailbox),
            fingerprint=chance.hexadecimal(),
            registrar=self.registrars.draw(),
        )

    def _cdn(self) -> Cdn:
        chance = self._chance
        domain = self._names.provider(["cdn", "edge", "flare"])
        network = (chance.choice(_CDN_NETWORKS), chance.randint(1, 254))
        return Cdn(
            addresses=self._addresses(chance.randint(8, 60), network),
            nameservers=(self._cdn_nameservers(domain), self._cdn_nameservers(domain)),
            fingerprints=self._fingerprints(chance.randint(5, 40)),
        )

    def _cdn_nameservers(self, domain: str) -> list[str]:
        return [f"{self._names.word(2, 2)}.ns.{domain}" for _ in range(self._chance.randint(25, 60))]

    def _builder(self) -> Builder:
        domain = self._names.provider(["sites", "builder", "pages"])
        return Builder(
            addresses=self._addresses(self._chance.randint(1, 3)),
            nameservers=pair(domain),
            favicon=self.marks.favicon(),
            fingerprint=self._chance.hexadecimal(),
            tracker=self._tracker(0.4),
        )

    def _template(self) -> Template:
        return Template(self.marks.favicon(), self._tracker(0.3), self._chance.uniform(0.1, 0.6))

    def _parker(self) -> Parker:
        domain = self._names.provider(["parking", "traffic"])
        return Parker(
            addresses=self._addresses(self._chance.randint(1, 3)),
            nameservers=pair(domain),
            tracker=self._tracker(0.5),
            favicon=self.marks.favicon(),
        )

    def _tracker(self, share: float) -> str | None:
        return self.marks.tracker(self._start) if self._chance.happens(share) else None

    def _addresses(self, count: int, network: Network | None = None) -> list[str]:
        return [self.marks.address(network) for _ in range(count)]

    def _fingerprints(self, count: int) -> list[str]:
        return [self._chance.hexadecimal() for _ in range(count)]
