"""Sites that nobody runs another of, though agencies and resellers put what is theirs on many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench.worlds.taken_down.market import BEGINS, ENDS, WORDS, Account, Page, Registrant, Registrar
from bench.worlds.taken_down.world import Holding, Spell, World

_SMALL = {
    "mail": 0.25, "phone": 0.25, "org": 0.2, "all": 0.06, "ip": 0.75, "nameservers": 0.75, "tracker": 0.2,
    "certificate": 0.25, "icon": 0.1, "registrar": 0.7, "back": 0.12,
}  # fmt: skip
_BIG = {**_SMALL, "tracker": 0.05, "icon": 0.03, "back": 0.03, "all": 0.25}
_HOSTING = ("shared", "cdn", "platform", "vps", "bulletproof")
_HONEST, _SHADY = (45, 22, 12, 20, 0.6), (20, 30, 2, 18, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """Who makes or hosts sites for others: what it puts on clients' sites, ``habits``, and how strictly."""

    domain: str
    registrant: Registrant
    registrar: Registrar
    since: int
    addresses: Sequence[str]
    tracker: str
    nameservers: list[str]
    certificate: str
    icon: str
    habits: Sequence[str]
    strict: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """A site without another, the kit it is made with, and what its page carries of others."""

    spell: Spell
    shady: bool
    holding: Holding
    account: Account
    kit: Page | None = None
    icon: str | None = None
    tracker: str | None = None
    back: str | None = None


def add_strangers(world: World, count: int) -> None:
    """Add so many sites without another: of agencies' clients, of brands, and of anybody."""
    chance = world.chance
    clients = int(count * chance.uniform(0.18, 0.32))
    agencies: list[Agency] = []
    while len(agencies) < clients:
        big = world.names.happens(0.25)
        size = chance.randint(15, 90) if big else chance.choice([3, 4, 5, 6, 8, 10, 14])
        agencies += [_new_agency(world, big)] * min(size, clients - len(agencies))
    for agency in agencies:
        _add(world, _client(world, agency))
    brands = world.market.brands[::-1][: count - clients]
    for domain, icon in brands:
        _add(world, replace(_stranger(world, BEGINS - 200, domain), icon=icon))
    for _ in range(count - clients - len(brands)):
        _add(world, _stranger(world, BEGINS - 200))


def _new_agency(world: World, big: bool) -> Agency:
    """Return an agency; small ones look much like operators."""
    chance, names, market = world.chance, world.names, world.market
    domain = names.domain()
    return Agency(
        domain=domain,
        registrant=names.registrant(domain),
        registrar=names.ranked(market.registrars),
        since=chance.randint(BEGINS, ENDS - 900),
        addresses=names.addresses(chance.randint(1, 6 if big else 2)),
        tracker=names.tracker(),
        nameservers=names.nameservers(domain) if names.happens(0.6) else names.ranked(market.shared).nameservers,
        certificate=names.fingerprint(),
        icon=names.icon(),
        habits=sorted(habit for habit, share in (_BIG if big else _SMALL).items() if names.happens(share)),
        strict=chance.uniform(0.6, 1),
    )


def _client(world: World, agency: Agency) -> Stranger:
    """Return the site of an agency's client, with what the agency has put there."""
    stranger = _stranger(world, agency.since, alone=False)
    given = {habit for habit in agency.habits if world.names.happens(agency.strict)}
    account, holding = stranger.account, stranger.holding
    if "ip" in given:
        account = replace(account, addresses=[world.chance.choice(agency.addresses)])
    if "nameservers" in given:
        account = replace(account, nameservers=agency.nameservers)
    if "certificate" in given:
        account = replace(account, certificate=agency.certificate)
    return replace(
        stranger,
        holding=Holding(
            agency.registrar if "registrar" in given else holding.registrar,
            _named(agency.registrant, holding.registrant, given),
        ),
        account=account,
        icon=agency.icon if "icon" in given else None,
        tracker=agency.tracker if "tracker" in given else None,
        back=agency.domain if "back" in given else None,
    )


def _named(agency: Registrant, client: Registrant, given: set[str]) -> Registrant:
    """Return whom a client's domain is registered to: the agency, the client, or one reached at the other."""
    if "all" in given:
        return agency
    return Registrant(
        client.name,
        agency.email if "mail" in given else client.email,
        agency.org if "org" in given else client.org,
        agency.phone if "phone" in given else client.phone,
    )


def _stranger(world: World, since: int, domain: str | None = None, alone: bool = True) -> Stranger:
    """Return a new site; some of those without an agency are shady, and look like operators' sites."""
    chance, names, market = world.chance, world.names, world.market
    shady = alone and domain is None and names.happens(0.16)
    first = chance.randint(since, ENDS - 40)
    if shady:
        last = first + chance.randint(10, 300)
    else:
        last = first + int(chance.choice([365, 730, 1100, 5000, 5000, 5000]) * chance.uniform(0.9, 1.1))
    begins, ends = max(first, BEGINS), max(min(last, ENDS), first + 20)
    stem = names.ranked(WORDS[:12], 0.5) if shady else None
    spell = Spell(domain or names.domain(stem), begins, ends)
    world.site(spell, None)
    registrant, registrar = names.registrant(spell.domain), names.ranked(market.registrars)
    kind = chance.choices(_HOSTING, _SHADY if shady else _HONEST)[0]
    return Stranger(
        spell=spell,
        shady=shady,
        holding=Holding(registrar, registrant),
        account=market.account(kind, begins, ends),
        kit=chance.choice(market.kits) if shady and names.happens(0.55) else None,
    )


def _add(world: World, stranger: Stranger) -> None:
    """Add what is so of a site, and what becomes of its domain."""
    spell, happens = stranger.spell, world.names.happens
    world.honest.append(stranger.holding.registrant)
    _hold(world, stranger)
    _track(world, stranger)
    icon = stranger.icon or _found_icon(world, stranger)
    if happens(0.85):
        world.fact("Favicon", spell, icon)
    to = _redirected(world, stranger)
    if to and to != spell.domain:
        world.fact("Redirect", spell, to)
    if spell.ends < ENDS - 60:
        world.drop(spell.domain, spell.ends)


def _hold(world: World, stranger: Stranger) -> None:
    """Add where a site is and what whois says, which may leak once who is behind the proxy."""
    chance, names, market = world.chance, world.names, world.market
    spell, holding = stranger.spell, stranger.holding
    nameservers = world.serve(spell, stranger.account, holding.registrar.nameservers)
    hides = names.happens(world.proxied + 0.2 * stranger.shady)
    proxied = replace(holding, proxy=names.ranked(market.proxies) if hides else None)
    for place in range(chance.choice([1, 1, 2, 3]) if spell.days > 400 else 1):
        world.register(spell, proxied if place or names.happens(0.9) else holding, nameservers)
    if spell.days > 500 and names.happens(0.3):
        _move(world, spell, proxied)


def _move(world: World, spell: Spell, holding: Holding) -> None:
    """Add another hoster and registrar from some day on, and sometimes another owner."""
    chance, names, market = world.chance, world.names, world.market
    day, registrar = chance.randint(spell.begins + 100, spell.ends - 100), names.ranked(market.registrars)
    registrant = holding.registrant if names.happens(0.8) else names.registrant(spell.domain)
    account = market.account(chance.choice(["shared", "cdn", "vps"]), day, spell.ends)
    nameservers = world.serve(spell.of(day, spell.ends), account, registrar.nameservers)
    moved = Holding(registrar, registrant, holding.proxy)
    world.register(spell, moved, nameservers, chance.randint(day, spell.ends))


def _track(world: World, stranger: Stranger) -> None:
    happens = world.names.happens
    if happens(0.55):
        if happens(0.06):
            tracker = world.chance.choice(world.market.theme_trackers)
        elif stranger.kit and happens(0.4):
            tracker = stranger.kit.tracker
        else:
            tracker = world.names.tracker()
        world.fact("Tracker", stranger.spell, tracker)
    if stranger.tracker:
        world.fact("Tracker", stranger.spell, stranger.tracker)


def _found_icon(world: World, stranger: Stranger) -> str:
    """Return the icon of a kit, a brand, a platform or a system, or one of the site's own."""
    names, market = world.names, world.market
    if stranger.kit:
        return stranger.kit.icon
    if stranger.shady and names.happens(0.4):
        return world.chance.choice(market.brands)[1]
    if stranger.account.page:
        return stranger.account.page.icon
    return names.ranked(market.system_icons, 0.9) if names.happens(0.45) else names.icon()


def _redirected(world: World, stranger: Stranger) -> str | None:
    """Return where a site leads, if anywhere: to its agency, its platform, who pays for visitors, or elsewhere."""
    names, market = world.names, world.market
    if stranger.back and names.happens(0.3):
        return stranger.back
    if names.happens(0.3):
        return stranger.account.page.to if stranger.account.page else None
    if names.happens(0.2 if stranger.shady else 0.02):
        return world.chance.choice(market.affiliates + [domain for domain, _ in market.brands[:5]])
    return names.domain() if names.happens(0.05) else None
