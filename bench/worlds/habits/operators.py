"""Operators of several sites, and the habits that show whose these are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bench.worlds.habits.sites import Mark, Plan, Site, Stay, fill, new_site, new_tracker, rent
from bench.worlds.habits.world import END, ENDINGS, FILL, MAIL, NO_ORG, THEMES, Hoster, Person, Registrar, World, day

_HABITS = ("who", "hosting", "nameserver", "certificate", "tracker", "icon", "redirect")
_RENTED_MIX = {"shared": 4, "cheap": 3, "bullet": 2, "cloud": 1, "cdn": 2}


@dataclass(frozen=True, slots=True)
class Machines:
    """Addresses that an operator rents for some time, with certificates by the day they were issued."""

    begins: int
    ends: int
    hoster: Hoster
    addresses: Sequence[str]
    certificates: Sequence[tuple[int, str]]


@dataclass(slots=True, kw_only=True)
class Operator:
    """An operator: how carefully they work, how often each habit shows, what they own, and their sites so far."""

    number: int
    care: float
    habits: Mapping[str, float]
    begins: int
    ends: int
    theme: str
    pattern: int
    people: Sequence[Person]
    registrars: Sequence[Registrar]
    lanes: Sequence[Sequence[Machines]]
    account: int
    tracker: str
    icons: Sequence[str]
    cdn: Hoster
    cdn_nameservers: Sequence[str]
    behind_cdn: float
    taken_down: float
    copied_tracker: str | None
    nameservers: Sequence[str] = ()
    batch_begins: int = 0
    batch_left: int = 0
    sites: list[Site] = field(default_factory=list)


def operator_sites(world: World, number: int, size: int) -> list[Site]:
    """Return so many sites of a new operator, the first one first."""
    operator = _new_operator(world, number, size)
    while len(operator.sites) < size:
        before = operator.sites[-1] if operator.sites else None
        lost = before if before and before.fate == "down" and world.happens(0.8) else None
        site = _begin(world, operator, lost)
        _host(world, operator, site)
        _mark(world, operator, site)
        _redirect(world, operator, site, lost)
        operator.sites.append(site)
    return operator.sites


def _new_operator(world: World, number: int, size: int) -> Operator:
    chance = world.chance
    care = chance.betavariate(1.3, 1.8)
    habits = _habits(world, care)
    begins = chance.randint(day(2012), day(2022, 6, 1))
    return Operator(
        number=number,
        care=care,
        habits=habits,
        begins=begins,
        ends=min(END, begins + chance.randint(400, 3200)),
        theme=chance.choice([theme for theme in THEMES if theme != "local"]),
        pattern=chance.randrange(6),
        people=_people(world),
        registrars=world.some_registrars(chance.choice([1, 1, 2, 3])),
        lanes=_lanes(world, begins - 60, size),
        account=chance.randint(10**6, 2 * 10**8),
        tracker=new_tracker(world, begins),
        icons=[world.hexadecimal(32) for _ in range(1 + size // 12)],
        cdn=(cdn := chance.choice(world.hosters["cdn"])),
        cdn_nameservers=world.cdn_nameservers(cdn),
        behind_cdn=chance.choice([0, 0.1, 0.3, 0.7]),
        taken_down=chance.choice([0, 0.05, 0.2, 0.5]),
        copied_tracker=world.analytics() if world.happens(0.15) else None,
    )


def _habits(world: World, care: float) -> dict[str, float]:
    """Return how often each habit shows: some nearly always, but for one operator in ten."""
    chance = world.chance
    habits = {habit: max(0.02, min(0.95, (1 - care) * chance.uniform(0.4, 1.4))) for habit in _HABITS}
    if not world.happens(0.1):
        for habit in chance.sample(sorted(habits), chance.choice([2, 2, 3])):
            habits[habit] = chance.uniform(0.65, 0.97)
    return habits


def _people(world: World) -> list[Person]:
    """Return the operator, the same under other mailboxes, and perhaps somebody else."""
    operator = world.person()
    aliases = [_alias(world, operator) for _ in range(world.chance.randint(0, 3))]
    return [operator, *aliases, *([world.person()] if world.happens(0.3) else [])]


def _alias(world: World, person: Person) -> Person:
    """Return the same person under another mailbox, at times with another spelling, phone or organisation."""
    chance, (mailbox, provider) = world.chance, person.email.split("@")
    emails = [
        f"{mailbox}@{chance.choice(MAIL)}",
        f"{mailbox}{chance.randint(1, 9)}@{provider}",
        f"{mailbox}+{chance.choice(FILL)}@{provider}",
        f"{mailbox[:2]}.{mailbox[2:]}@{provider}" if len(mailbox) > 4 else person.email,
    ]
    email = emails[chance.randrange(4)]
    phone = world.person().phone if world.happens(0.3) else person.phone
    name = " ".join(reversed(person.name.split())) if world.happens(0.25) else person.name
    org = chance.choice(NO_ORG) if world.happens(0.3) else person.org
    return Person(name, email, org, phone)


def _lanes(world: World, begins: int, size: int) -> list[list[Machines]]:
    """Return lines of machines; each moves to new ones now and then, and large operators have several."""
    count = 1 + (size > 6) + (size > 15 and world.happens(0.6))
    return [_lane(world, begins, size) for _ in range(count)]


def _lane(world: World, begins: int, size: int) -> list[Machines]:
    chance, lane = world.chance, []
    style = chance.choice(["one", "one", "few", "spread"])
    while begins < END:
        ends = begins + int(chance.expovariate(1 / 1300)) + 200
        hoster = world.place(world.weighted(["bullet", "cheap", "cloud"], [4, 5, 2])).hoster
        network, lowest = chance.choice(hoster.networks), chance.randint(2, 215)
        count = {"one": 1, "few": chance.randint(2, 4), "spread": min(size + 3, 36)}[style]
        issued = range(begins, ends, chance.choice([90, 180, 365]))
        addresses = [f"{network}.{lowest + step}" for step in range(count)]
        lane.append(Machines(begins, ends, hoster, addresses, [(when, world.hexadecimal(40)) for when in issued]))
        begins = ends + 1
    return lane


def _begin(world: World, operator: Operator, lost: Site | None) -> Site:
    """Return a new site, which may take the place of one that was taken down."""
    chance, begins = world.chance, _next_day(world, operator, lost)
    domain = _domain(world, operator, lost)
    if world.happens(operator.habits["who"]):
        owner = world.weighted(operator.people, [4] + [1] * (len(operator.people) - 1))
    else:
        owner = world.person()
    begins = min(begins + chance.choice([0, 0, 0, 1, 3]), END - 40)
    ends = min(max(operator.ends, begins + 100), begins + int(chance.expovariate(1 / 900)) + 120)
    down = world.happens(operator.taken_down)
    if down:
        ends = min(ends, begins + chance.randint(20, 400))
    elif ends > END - 90:
        ends = END
    registrar = chance.choice(operator.registrars) if world.happens(0.85) else None
    plan = Plan(domain, begins, ends, owner, operator.number, registrar, 0.05 + 0.4 * operator.care)
    site = new_site(world, plan)
    if down:
        site.fate = "down"
    site.slips = 0.05 + 0.2 * (1 - operator.care)
    return site


def _next_day(world: World, operator: Operator, lost: Site | None) -> int:
    """Return when the next site begins: soon after one was lost, or with the others of its batch."""
    chance = world.chance
    if lost:
        operator.batch_begins = max(operator.begins, min(lost.ends + chance.randint(-5, 20), END - 60))
    elif operator.batch_left <= 0:
        operator.batch_begins = chance.randint(operator.begins, max(operator.begins + 1, operator.ends - 90))
        operator.batch_left = chance.choice([1, 1, 2, 4, 8])
    operator.batch_left -= 1
    return operator.batch_begins


def _domain(world: World, operator: Operator, lost: Site | None) -> str:
    """Return a new domain, often by the operator's theme and pattern, or much like that of a lost site."""
    chance = world.chance
    theme = operator.theme if world.happens(0.8) else None
    domain = world.domain(theme, operator.pattern if world.happens(0.6) else None)
    if lost and world.happens(0.5):
        label = lost.domain.rsplit(".", 1)[0] + chance.choice(["", "2", "-new", "1", "24"])
        return world.renamed(domain, f"{label}.{chance.choice(ENDINGS)}")
    return domain


def _host(world: World, operator: Operator, site: Site) -> None:
    """Host a site on the operator's machines or elsewhere, with what goes with either."""
    chance, habits = world.chance, operator.habits
    operator.nameservers = operator.nameservers or _own_nameservers(world, operator, site)
    lane = chance.choice(operator.lanes) if world.happens(habits["hosting"]) else None
    own_nameservers = world.happens(habits["nameserver"] * (0.9 if lane else 0.5))
    if lane:
        _stay(world, operator, site, lane)
    else:
        rent(world, site, _RENTED_MIX)
    if world.happens(habits["certificate"] if lane else habits["certificate"] * 0.6):
        site.certificates = _certificates(site, lane or operator.lanes[0])
    if world.happens(operator.behind_cdn):
        _hide_behind_cdn(world, operator, site)
    if own_nameservers:
        site.stays = [
            stay if stay.hoster.kind == "cdn" else replace(stay, nameservers=operator.nameservers)
            for stay in site.stays
        ]


def _own_nameservers(world: World, operator: Operator, site: Site) -> list[str]:
    """Return the operator's name servers, under the first site or a domain of their own."""
    last = operator.people[0].name.split()[1].lower()
    domain = site.domain if world.happens(0.6) else f"{last}{operator.number}dns.com"
    return [f"ns1.{domain}", f"ns2.{domain}"]


def _stay(world: World, operator: Operator, site: Site, lane: Sequence[Machines]) -> None:
    for machines in lane:
        begins, ends = max(machines.begins, site.begins), min(machines.ends, site.ends)
        if begins <= ends:
            turn = len(operator.sites) * 7 + world.chance.randrange(2)
            address = machines.addresses[turn % len(machines.addresses)]
            nameservers = world.weighted([machines.hoster.nameservers, site.registrar.nameservers], [1, 1])
            site.stays.append(Stay(begins, ends, machines.hoster, [address], nameservers))


def _certificates(site: Site, lane: Sequence[Machines]) -> list[Mark]:
    """Return the certificates that all sites of a line of machines share, as far as this one lives to see them."""
    return [
        Mark(fingerprint, max(issued, site.begins), min(issued + 365, site.ends))
        for machines in lane
        for issued, fingerprint in machines.certificates
        if site.begins - 90 < issued < site.ends and issued > day(2014)
    ]


def _hide_behind_cdn(world: World, operator: Operator, site: Site) -> None:
    """Move a site behind a content network, at once or later."""
    chance, cdn = world.chance, operator.cdn
    moves = chance.choice([site.begins, chance.randint(site.begins, max(site.begins, site.ends))])
    site.stays = [replace(stay, ends=min(stay.ends, moves - 1)) for stay in site.stays if stay.begins < moves]
    if moves < site.ends:
        edges = chance.sample(cdn.edges, 2)
        one_account = world.happens(0.3 + 0.7 * operator.habits["nameserver"])
        nameservers = operator.cdn_nameservers if one_account else world.cdn_nameservers(cdn)
        site.stays.append(Stay(moves, site.ends, cdn, edges, nameservers))


def _mark(world: World, operator: Operator, site: Site) -> None:
    """Put the operator's trackers and icon on a site, and what else is on it."""
    habits = operator.habits
    if world.happens(habits["tracker"]):
        tracker = operator.tracker
        if world.happens(0.7):
            tracker = f"UA-{operator.account}-{len(operator.sites) + 1 if world.happens(0.7) else 1}"
        site.trackers.append(tracker)
    if operator.copied_tracker and world.happens(0.5):
        site.trackers.append(operator.copied_tracker)
    if world.happens(habits["icon"]):
        site.icons.append(world.chance.choice(operator.icons))
    fill(world, site, 0.2 * operator.care)


def _redirect(world: World, operator: Operator, site: Site, lost: Site | None) -> None:
    """Lead from a lost site to this one, or from this one to an earlier one."""
    habit = operator.habits["redirect"]
    if lost and world.happens(0.2 + 0.7 * habit):
        lost.redirects.append(Mark(site.domain, max(lost.begins, lost.ends - 30), lost.ends))
    elif operator.sites and world.happens(0.35 * habit):
        earlier = operator.sites[0] if world.happens(0.6) else world.chance.choice(operator.sites)
        site.redirects.append(Mark(earlier.domain, site.begins, site.ends))
