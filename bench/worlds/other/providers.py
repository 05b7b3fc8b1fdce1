"""All that is there before the first site: hosters, registrars, resellers, and what pages often carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench.worlds.other.chance import clipped, magnitude, ranked
from bench.worlds.other.hosters import Addresses, Cdn, Hoster, Size
from bench.worlds.other.marks import icon, tracker
from bench.worlds.other.names import Identity, Names
from bench.worlds.other.params import Params
from bench.worlds.other.words import THEMES

_FORMS = (", Inc.", " LLC", " GmbH", " Ltd.", " SAS", "")
_PRIVACY = ("const", "perdomain", "perdomain", "redacted", "named", "none")
_AGENTS = (
    "Domain Administrator",
    "Whois Agent",
    "Privacy Protection",
    "Registration Private",
    "Domain Privacy Service",
)
_COVERS = ("Privacy", "Whois Guard", "Proxy Services", "Domains By Agent", "Identity Shield")
_SOCIAL = ("facespace", "shortlnk", "instaphoto", "marketplace-sedona", "linktree-page")
_JUNK = (
    Identity("asdf asdf", "asdf@asdf.example", "+1.5555555555", ""),
    Identity("Domain Admin", "admin@domain.example", "+1.1234567890", "N/A"),
    Identity("John Doe", "test@test.example", "+1.0000000000", "None"),
    Identity("private person", "noreply@gmail.example", "+7.9999999999", "-"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registrar:
    """Where domains are registered; ``privacy`` is how it hides registrants, ``agent`` whom it shows instead."""

    name: str
    domain: str
    pairs: int
    privacy: str
    agent: Identity
    redacts: float

    @property
    def hides(self) -> bool:
        return self.privacy != "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reseller:
    """Who sells space on servers of others, at times under its own name."""

    hoster: Hoster
    addresses: Sequence[str]
    nameservers: Sequence[str]
    identity: Identity
    registers: float
    registrar: Registrar
    weight: float


class Providers:
    """The providers of a world, and values that have many owners."""

    def __init__(self, names: Names, params: Params) -> None:
        self.names, self.params, self.chance = names, params, names.chance
        self._addresses = Addresses(self.chance)
        self._make_hosters()
        self.registrars = [self._registrar() for _ in range(self.chance.randint(10, 28))]
        self._make_keepers()
        self._make_pages()
        count = max(2, int(params.sites * params.reseller / self.chance.randint(15, 60)))
        self.resellers = [self._reseller() for _ in range(count)]

    def _make_hosters(self) -> None:
        chance, params = self.chance, self.params
        count = chance.randint(5, 16)
        each = max(1, int(params.sites * 0.5 / params.per_address / count))
        self.shared = [self._shared(each) for _ in range(count)]
        customers, room = params.sites * params.vps * 1.3, magnitude(chance, 1.2, 6)
        count = chance.randint(4, 12)
        self.vps = [self._vps(customers * room / count) for _ in range(count)]
        self.bulletproof = [self._bulletproof() for _ in range(chance.randint(1, 5))]
        self.cdns = [Cdn(self.names, self._addresses, params) for _ in range(chance.randint(1, 4))]
        self.builders = [self._builder() for _ in range(chance.randint(1, 4))]

    def _shared(self, each: int) -> Hoster:
        blocks, servers = self.chance.randint(1, 4), max(1, int(each * magnitude(self.chance, 0.4, 2.5)))
        return self._hoster("shared", ("host", "hosting", "web", "server"), Size(blocks, 200, servers))

    def _vps(self, customers: float) -> Hoster:
        blocks = self.chance.randint(1, 9)
        rented = int(clipped(customers / blocks, 8, 240))
        return self._hoster("vps", ("vps", "cloud", "servers", "dc"), Size(blocks, rented, 1))

    def _bulletproof(self) -> Hoster:
        blocks, rented, servers = self.chance.randint(1, 3), self.chance.randint(25, 160), self.chance.randint(2, 10)
        return self._hoster("bulletproof", ("offshore", "hosting", "safe", "host"), Size(blocks, rented, servers))

    def _builder(self) -> Hoster:
        servers = self.chance.randint(1, 6)
        return self._hoster("builder", ("sites", "pages", "shop", "builder"), Size(1, 200, servers))

    def _hoster(self, kind: str, endings: Sequence[str], size: Size) -> Hoster:
        return Hoster(self.names, self._addresses, kind, endings, size)

    def _registrar(self) -> Registrar:
        chance, params = self.chance, self.params
        stem = self.names.provider(["names", "domains", "reg", "nic", ""])
        name, pairs = stem.title() + chance.choice(_FORMS), chance.choice([1, 1, 2, 10, 40, 80])
        self._reserve_parking()
        privacy, agent = chance.choice(_PRIVACY), chance.choice(_AGENTS)
        org = f"{stem.title()} {chance.choice(_COVERS)}{chance.choice(['', ' Inc.', ' LLC', ' Ltd'])}"
        phone = self.names.phone()
        redacts = clipped(params.redacted + chance.uniform(-0.25, 0.25)) if params.redacted else 0
        chance.random()  # nothing comes of this draw, but without it no seed would keep its world
        shown = Identity(agent, f"contact@privacy-{stem}.example", phone, org)
        return Registrar(
            name=name, domain=f"{stem}.example", pairs=pairs, privacy=privacy, agent=shown, redacts=redacts
        )

    def _reserve_parking(self) -> None:
        """Take an address for names without a site, of a block of its own unless it is one of a CDN."""
        chance = self.chance
        if chance.random() < 0.3:
            chance.choice(self.cdns)
        else:
            self._addresses.blocks(1)
            chance.randint(2, 250)

    def _make_keepers(self) -> None:
        """Make who keeps names apart from sites: name services, parkers, police, and who catches dropped domains."""
        chance, names, blocks = self.chance, self.names, self._addresses.blocks
        self.name_services = [
            (names.provider(["dns", "dnspod", "zone"]), chance.choice([1, 4, 20, 60]))
            for _ in range(chance.randint(1, 4))
        ]
        self.parkers = [
            (
                names.provider(["park", "parking", "bodis"]),
                [f"{chance.choice(blocks(1))}.{chance.randint(2, 99)}" for _ in range(chance.randint(1, 4))],
            )
            for _ in range(chance.randint(1, 4))
        ]
        self.police = names.provider(["hold", "notice", "sinkhole"]), f"{blocks(1)[0]}.10"
        self.catchers = [
            replace(
                names.person(),
                org=names.org(),
                email=f"domains@{names.provider(['assets', 'drop', 'names'])}.example",
            )
            for _ in range(chance.randint(1, 4))
        ]

    def _make_pages(self) -> None:
        """Make what many pages carry or lead to: of systems, of kits, of brands, of themes on sale, of offers."""
        chance, names = self.chance, self.names
        self.system_icons = [icon(chance) for _ in range(chance.randint(6, 20))]
        self.wide_trackers = [tracker(chance) for _ in range(chance.randint(4, 12))]
        self.kits = {
            theme: [
                (icon(chance), tracker(chance) if chance.random() < 0.3 else None) for _ in range(chance.randint(1, 4))
            ]
            for theme in THEMES
        }
        self.theme_icons = [icon(chance) for _ in range(max(4, self.params.sites // chance.randint(200, 600)))]
        self.brand_icons = [icon(chance) for _ in range(chance.randint(3, 8))]
        self.brands = {
            theme: [names.word() + chance.choice(["", chance.choice(words)]) for _ in range(chance.randint(1, 5))]
            for theme, words in THEMES.items()
        }
        self.junk = _JUNK
        endings = ["offers", "track", "go", "play", "click"]
        self.offers = [names.domain(names.word() + chance.choice(endings)) for _ in range(chance.randint(2, 7))]
        self.social = [names.domain(label) for label in _SOCIAL]

    def _reseller(self) -> Reseller:
        chance, names = self.chance, self.names
        hoster = chance.choice(self.shared + self.shared + self.bulletproof)
        person, name = names.person(), names.provider(["web", "hosting", "online", "net"])
        return Reseller(
            hoster=hoster,
            addresses=[hoster.shared_address() for _ in range(chance.choice([1, 1, 2, 3]))],
            nameservers=[f"ns1.{name}.example", f"ns2.{name}.example"],
            identity=replace(person, email=f"hostmaster@{name}.example"),
            registers=chance.choice([0, 0, 0.1, chance.uniform(0.1, 0.6)]),
            registrar=ranked(chance, self.registrars),
            weight=magnitude(chance, 1, 8),
        )
