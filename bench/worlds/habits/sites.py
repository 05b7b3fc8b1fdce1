"""Sites, where they are hosted and what is on them; those of owners who run no other, and agencies' clients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from bench.worlds.habits.world import BEGIN, END, Hoster, Person, Registrar, World, day

_OWN_MIX = {"shared": 6, "cheap": 2.2, "bullet": 0.5, "cloud": 1.3, "cdn": 1.6}
_FREE_NAMESERVERS = [
    [f"ns{number}.{name}.net" for number in (1, 2)] for name in ("freedns-one", "zonedit", "dnspodium", "he-dns")
]


@dataclass(frozen=True, slots=True)
class Stay:
    """A time that a site spends at one hoster."""

    begins: int
    ends: int
    hoster: Hoster
    addresses: Sequence[str]
    nameservers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A value that a site shows over some days, such as a certificate or where it leads."""

    value: str
    begins: int
    ends: int


@dataclass(slots=True, kw_only=True)
class Site:
    """All that is so of a site: ``hidden`` is the day from which its owner is, ``slips`` how often that fails."""

    domain: str
    begins: int
    ends: int
    operator: int | None
    owner: Person
    registrar: Registrar
    hidden: int | None
    created: int
    fate: str
    slips: float = 0.03
    stays: list[Stay] = field(default_factory=list)
    certificates: list[Mark] = field(default_factory=list)
    trackers: list[str] = field(default_factory=list)
    icons: list[str] = field(default_factory=list)
    redirects: list[Mark] = field(default_factory=list)

    def nameservers_on(self, when: int) -> Sequence[str]:
        """Return the name servers on a day, which are the registrar's while the site is nowhere."""
        stays = (stay.nameservers for stay in self.stays if stay.begins <= when <= stay.ends)
        return next(stays, self.registrar.nameservers)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of a site before it begins; without a registrar it gets any."""

    domain: str
    begins: int
    ends: int
    owner: Person
    operator: int | None = None
    registrar: Registrar | None = None
    hides: float = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """What an agency or a reseller puts on clients' sites, and how often each (``puts_``)."""

    site: Site
    nameservers: Sequence[str]
    moves: int
    account: int
    properties: count[int]
    hoster: Hoster
    addresses: Sequence[Sequence[str]]
    icon: str
    puts_name: float
    puts_hosting: float
    puts_nameservers: float
    puts_tracker: float
    puts_icon: float
    puts_certificate: float
    certificates: Sequence[tuple[int, str]]


def new_site(world: World, plan: Plan) -> Site:
    """Return a site as planned, registered, and not hosted anywhere so far."""
    chance = world.chance
    registrar = plan.registrar or world.some_registrars()[0]
    created = plan.begins - chance.choice([0, 1, 2, 5, 20, 60])
    hidden = None
    if world.happens(min(0.9, plan.hides + 0.25 * registrar.hides_free)):
        hidden = created if world.happens(0.55) else chance.randint(created, max(plan.ends, created))
    return Site(
        domain=plan.domain,
        begins=plan.begins,
        ends=min(plan.ends, END),
        operator=plan.operator,
        owner=plan.owner,
        registrar=registrar,
        hidden=hidden,
        created=created,
        fate="live" if plan.ends >= END else "expired",
    )


def rent(world: World, site: Site, mix: Mapping[str, float]) -> None:
    """Host a site for its whole life, one stay after another, at kinds of hosters as often as the mix says."""
    begins = site.begins
    while begins < site.ends:
        ends = min(site.ends, begins + int(world.chance.expovariate(1 / 1100)) + 60)
        place = world.place(world.weighted(list(mix), list(mix.values())))
        nameservers = place.nameservers
        if place.hoster.kind != "cdn":
            free = world.chance.choice(_FREE_NAMESERVERS)
            nameservers = world.weighted([nameservers, site.registrar.nameservers, free], [6, 3, 1])
        site.stays.append(Stay(begins, ends, place.hoster, place.addresses, nameservers))
        begins = ends + 1


def fill(world: World, site: Site, tracked: float = 0.55) -> None:
    """Put on a site what a template leaves, a tracker of its own as often as said, and an icon if it has none."""
    chance = world.chance
    template = world.weighted(world.templates, [one.weight for one in world.templates])
    if not site.icons:
        icons = [chance.choice(world.default_icons), template.icon, world.hexadecimal(32)]
        site.icons.append(world.weighted(icons, [3, 3, 5]))
    if template.tracker and world.happens(0.35 * template.kept):
        site.trackers.append(template.tracker)
    if world.happens(0.04):
        site.trackers.append(chance.choice(world.platform_trackers))
    if world.happens(tracked):
        site.trackers.append(new_tracker(world, site.ends))


def new_tracker(world: World, when: int) -> str:
    """Return a tracker that nobody else has, of a kind there was on that day."""
    chance = world.chance
    kind, code = chance.random(), "".join(chance.choices("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", k=10))
    if kind < 0.6:
        return f"G-{code}" if when > day(2021) and world.happens(0.6) else world.analytics()
    trackers = [
        f"ca-pub-{chance.randint(10**15, 10**16 - 1)}",
        f"GTM-{code[:7]}",
        f"ym-{chance.randint(10**7, 10**8)}",
        f"fbp-{chance.randint(10**14, 10**15)}",
    ]
    return trackers[chance.randrange(4)]


def lone_site(world: World) -> Site:
    """Return a site whose owner runs no other."""
    begins, ends = _lone_life(world)
    domain = world.domain()
    site = new_site(world, Plan(domain, begins, ends, world.person(domain=domain)))
    rent(world, site, _OWN_MIX)
    if world.happens(0.03):
        own = [f"ns1.{domain}", f"ns2.{domain}"]
        site.stays = [replace(stay, nameservers=own) for stay in site.stays]
    fill(world, site)
    return site


def new_agency(world: World) -> Agency:
    """Return an agency or reseller, which has a site of its own."""
    chance, domain = world.chance, world.domain("tech")
    hoster = chance.choice(world.hosters["cheap"] + world.hosters["cloud"])
    begins = chance.randint(BEGIN, day(2016))
    owner = world.person(f"{domain.split('.')[0].title()} Web Agency", domain)
    site = new_site(world, Plan(domain, begins, END, owner))
    rent(world, site, {"cheap": 1})
    fill(world, site)
    return Agency(
        site=site,
        nameservers=[f"ns1.{domain}", f"ns2.{domain}"],
        moves=chance.randint(day(2014), day(2022)),
        account=chance.randint(10**6, 10**8),
        properties=count(1),
        hoster=hoster,
        addresses=[
            [f"{network}.{chance.randint(2, 250)}" for _ in range(chance.randint(1, 3))]
            for network in chance.sample(hoster.networks, 2)
        ],
        icon=world.hexadecimal(32),
        puts_name=_never_or(world, 0.6),
        puts_hosting=chance.uniform(0.4, 1),
        puts_nameservers=_never_or(world, 0.95),
        puts_tracker=_never_or(world, 0.8),
        puts_icon=_never_or(world, 0.2),
        puts_certificate=_never_or(world, 0.5),
        certificates=[(issued, world.hexadecimal(40)) for issued in range(day(2015), END, 365)],
    )


def client_site(world: World, agency: Agency) -> Site:
    """Return a client's site, with some of what the agency puts on such sites."""
    begins, ends = _lone_life(world)
    domain = world.domain("local" if world.happens(0.6) else None)
    owner = world.person(domain=domain)
    if world.happens(agency.puts_name):
        ours = agency.site.owner
        owner = ours if world.happens(0.6) else replace(owner, email=ours.email, phone=ours.phone)
    registrar = agency.site.registrar if world.happens(0.85) else None
    site = new_site(world, Plan(domain, begins, ends, owner, registrar=registrar, hides=0.15))
    if world.happens(agency.puts_hosting):
        _host_client(world, site, agency)
    else:
        rent(world, site, _OWN_MIX)
    if world.happens(agency.puts_tracker):
        site.trackers.append(f"UA-{agency.account}-{next(agency.properties)}")
    if world.happens(agency.puts_icon):
        site.icons.append(agency.icon)
    fill(world, site, 0.4)
    return site


def _lone_life(world: World) -> tuple[int, int]:
    begins = world.chance.randint(BEGIN, END - 150)
    return begins, END if world.happens(0.5) else begins + int(world.chance.expovariate(1 / 1400)) + 100


def _host_client(world: World, site: Site, agency: Agency) -> None:
    """Put a site on the agency's machines, before and after these move, and on its certificates."""
    begins = site.begins
    for last, addresses in zip((agency.moves, END), agency.addresses, strict=True):
        ends = min(last, site.ends)
        if begins <= ends:
            address = world.chance.choice(addresses)
            own = world.happens(agency.puts_nameservers)
            nameservers = agency.nameservers if own else agency.hoster.nameservers
            site.stays.append(Stay(begins, ends, agency.hoster, [address], nameservers))
            begins = last + 1
    if world.happens(agency.puts_certificate):
        site.certificates += [
            Mark(fingerprint, max(site.begins, issued), min(site.ends, issued + 365))
            for issued, fingerprint in agency.certificates
            if site.begins <= issued + 300 and issued < site.ends
        ]


def _never_or(world: World, most: float) -> float:
    return world.chance.choice([0, world.chance.uniform(0.05, most)])
