"""Those whose marks are on the sites of many: registrars, hosts, content networks, clouds, builders and parking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.worlds.passive_dns.days import Span
from bench.worlds.passive_dns.values import Values

_REGISTRAR_FORMS = (" LLC", ", Inc.", " GmbH", " Ltd", " S.A.", "")
_PROXY_FORMS = (" Privacy Services", " Proxy Inc", " Whois Shield")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registrar:
    """Where domains are registered, parked, suspended, and hidden: with one mailbox, or with one for each domain."""

    name: str
    domain: str
    nameservers: Sequence[Sequence[str]]
    parking: Sequence[str]
    suspended_nameservers: Sequence[str]
    suspended_address: str
    hides_by: str
    proxy: str
    proxy_phone: str
    proxy_org: str


@dataclass(frozen=True, slots=True)
class Host:
    """Where many sites are on the same few addresses."""

    domain: str
    addresses: Sequence[str]
    nameservers: Sequence[str]
    certificate: str


@dataclass(frozen=True, slots=True)
class Builder:
    """A host of pages made from parts, which leaves its favicon, and perhaps its tracker, on them."""

    host: Host
    icon: str
    tracker: str | None


@dataclass(frozen=True, slots=True)
class ContentNetwork:
    """What stands before sites: pairs of name servers, and certificates that dozens of strangers share."""

    addresses: Sequence[str]
    pairs: Sequence[Sequence[str]]
    certificates: Sequence[str]


@dataclass(slots=True)
class Rentals:
    """Networks of which single addresses are rented out, and who had which when."""

    networks: Sequence[str]
    rented: list[tuple[str, list[Span]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bulletproof:
    """A host that keeps what others remove, with addresses for one customer each beside those of many."""

    host: Host
    rentals: Rentals


@dataclass(frozen=True, slots=True)
class Cloud:
    """Servers for one customer each; some show the certificate of the image they were made from."""

    rentals: Rentals
    nameservers: Sequence[str]
    image_certificates: Sequence[str]


@dataclass(frozen=True, slots=True)
class Kit:
    """A script that operators buy, with its favicon and at times its maker's tracker."""

    icon: str
    tracker: str | None


class Providers:
    """All the providers of one world."""

    def __init__(self, values: Values, resellers: int) -> None:
        self._values, self._chance = values, values.chance
        chance = values.chance
        self.registrars = [self._registrar() for _ in range(chance.randint(12, 24))]
        self.operator_registrars = chance.sample(self.registrars, 6)
        self.proxies = chance.sample(self.registrars, 3)
        self._add_hosts(resellers)
        self.networks = [self._content_network() for _ in range(chance.randint(2, 3))]
        self.clouds = [self._cloud() for _ in range(chance.randint(4, 8))]
        self.name_services = [self._name_service() for _ in range(3)]
        self.parking = [
            self._host(chance.randint(1, 4), ("parking", "park", "market")) for _ in range(chance.randint(2, 4))
        ]
        self._add_marks()
        self.hubs = [
            values.domain(values.brand(("ads", "offers", "click", "pay")), ("com", "net"))
            for _ in range(chance.randint(2, 5))
        ]
        self.seizure_address = values.address()
        self.seizure_nameservers = [
            f"ns{count}.{values.domain(f'seized-{values.word()}', ['org'])}" for count in (1, 2)
        ]

    def rent(self, rentals: Rentals, span: Span, recycled: float) -> str:
        """Return an address that nobody else has in these days, often one that somebody had before."""
        chance = self._chance
        if rentals.rented and chance.random() < recycled:
            for _ in range(8):
                address, spans = chance.choice(rentals.rented)
                if all(span.ends < begins or span.begins > ends for begins, ends in spans):
                    spans.append(span)
                    return address
        address = self._values.address(chance.choice(rentals.networks))
        rentals.rented.append((address, [span]))
        return address

    def behind(self, network: ContentNetwork) -> list[str]:
        """Return the addresses that a content network gives to a site."""
        return self._chance.sample(network.addresses, 2 if self._chance.random() < 0.6 else 1)

    def _registrar(self) -> Registrar:
        values, chance = self._values, self._chance
        brand = values.brand(("names", "domains", "reg", "dns", "nic"))
        domain = values.domain(brand, ("com", "net"))
        network = values.network()
        hides_by = chance.choice(["one mailbox", "domain", "domain", "one mailbox", "handle"])
        return Registrar(
            name=brand.capitalize() + chance.choice(_REGISTRAR_FORMS),
            domain=domain,
            nameservers=[
                [f"ns{chance.randint(1, 80)}.{domain}", f"ns{chance.randint(81, 99)}.{domain}"]
                for _ in range(chance.randint(1, 5))
            ],
            parking=[values.address(network) for _ in range(chance.randint(1, 3))],
            suspended_nameservers=[f"ns1.suspended-{domain}", f"ns2.suspended-{domain}"],
            suspended_address=values.address(network),
            hides_by=hides_by,
            proxy=values.domain(values.brand(("privacy", "whoisguard", "proxy")), ("com", "org")),
            proxy_phone=values.phone(),
            proxy_org=values.brand(_PROXY_FORMS).title(),
        )

    def _host(self, addresses: int, suffixes: Sequence[str]) -> Host:
        values, chance = self._values, self._chance
        domain = values.domain(values.brand(suffixes), ("com", "net", "de", "info"))
        network = values.network()
        return Host(
            domain=domain,
            addresses=[values.address(network) for _ in range(addresses)],
            nameservers=[f"{chance.choice(['ns', 'dns'])}{count}.{domain}" for count in (1, 2)],
            certificate=values.fingerprint(),
        )

    def _add_hosts(self, resellers: int) -> None:
        """Add hosts of hundreds of sites, resellers of one or two addresses, bulletproof hosts, and builders."""
        values, chance = self._values, self._chance
        self.shared = [
            self._host(chance.randint(1, 8), ("host", "hosting", "web", "server")) for _ in range(chance.randint(6, 16))
        ]
        self.resellers = [
            self._host(chance.choice([1, 1, 1, 2, 3]), ("hosting", "reseller", "webspace", "it"))
            for _ in range(resellers)
        ]
        tolerant = [
            self._host(chance.randint(3, 9), ("vps", "offshore", "dedi", "safe")) for _ in range(chance.randint(1, 4))
        ]
        self.bulletproof = [Bulletproof(host, Rentals([values.network(), values.network()])) for host in tolerant]
        self.builders: list[Builder] = []
        for _ in range(chance.randint(2, 4)):
            host = self._host(chance.randint(1, 2), ("sites", "pages", "builder"))
            self.builders.append(Builder(host, values.icon(), None if self.builders else values.tracker(0)))

    def _content_network(self) -> ContentNetwork:
        values, chance = self._values, self._chance
        host = self._host(chance.randint(25, 70), ("cdn", "edge", "shield"))
        names = [values.word(1, 2) for _ in range(chance.randint(20, 45))]
        return ContentNetwork(
            addresses=host.addresses,
            pairs=[[f"{name}.ns.{host.domain}" for name in chance.sample(names, 2)] for _ in range(140)],
            certificates=[values.fingerprint() for _ in range(40)],
        )

    def _cloud(self) -> Cloud:
        values = self._values
        domain = values.domain(values.brand(("cloud", "vps", "servers")), ("com", "net"))
        networks = [values.network() for _ in range(3)]
        return Cloud(Rentals(networks), [f"ns1.{domain}", f"ns2.{domain}"], [values.fingerprint()])

    def _name_service(self) -> list[str]:
        values = self._values
        return [f"{name}.{values.domain(values.brand(('dns', 'zone')), ('com', 'net'))}" for name in ("a", "b")]

    def _add_marks(self) -> None:
        """Add favicons of systems and themes, trackers left in copied themes, and scripts that are sold."""
        values, chance = self._values, self._chance
        self.default_icons = [values.icon() for _ in range(12)]
        self.theme_icons = [values.icon() for _ in range(7)]
        self.rare_icons = [values.icon() for _ in range(25)]
        self.copied_trackers = [values.tracker(0) for _ in range(chance.randint(1, 2))]
        self.kits = [
            Kit(values.icon(), values.tracker(0) if chance.random() < 0.4 else None)
            for _ in range(chance.randint(1, 4))
        ]
