"""Whose sites there are: each owner draws alike, but an operator's later site may inherit from an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import exp, log
from random import Random

from bench.worlds.inherited.services import Agency, Host, Registrar, Services, Setup
from bench.worlds.inherited.values import BEGINS, ENDS, Account, Contact, Values, drawn

_CHANNELS = ("contact", "phone", "registrar", "host", "names", "certificate", "tracker", "icon", "redirect", "brand")
_SLIPS, _SLIP_WEIGHTS = (
    ("tracker", "email", "phone", "certificate", "host", "icon", "redirect", "exposed", "names"),
    (4, 3, 2, 2, 2, 2, 3, 2, 1),
)


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody with several sites: care on each channel, if sites get taken down, and how often there are slips."""

    number: int
    care: Mapping[str, float]
    illicit: bool
    slips: float


@dataclass(frozen=True, slots=True)
class Spell:
    """A domain over some days, given as ordinals of dates."""

    domain: str
    begins: int
    ends: int


@dataclass(slots=True, eq=False, kw_only=True)
class Site:
    """A site as it is, and how well it is seen; where it moves and redirects to, with the days."""

    spell: Spell
    operator: int | None
    setup: Setup
    account: Account | None
    visible: float
    private: bool
    private_from: int
    redacted: bool
    move: tuple[int, Host] | None = None
    redirects: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Heritage:
    """What a site takes over: from which earlier site of its operator, on which channels, and by which slip."""

    operator: Operator | None = None
    parent: Site | None = None
    slip: str | None = None
    channels: frozenset[str] = frozenset()

    def on(self, channel: str) -> Site | None:
        """Return the site that a channel is inherited from, if it is."""
        return self.parent if channel in self.channels else None


class Sites:
    """The sites of a world, in the making."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(f"maker-D-{seed}")
        self.params = drawn(self.chance)
        self.values = Values(self.chance, self.params)
        self.services = Services(self.chance, self.params, self.values)
        self.all: list[Site] = []

    def heritage(self, operator: Operator, parent: Site | None) -> Heritage:
        """Return what an operator's next site takes over from an earlier one, if there is one."""
        if not parent:
            return Heritage(operator)
        chance, slip = self.chance, None
        if chance.random() < operator.slips:
            slip = chance.choices(_SLIPS, _SLIP_WEIGHTS)[0]
        channels = frozenset(one for one in _CHANNELS if slip == one or chance.random() > operator.care[one])
        return Heritage(operator, parent, slip, channels)

    def add(self, spell: Spell, heritage: Heritage, agency: Agency | None) -> Site:
        """Return a site it has added, which an agency may have made."""
        chance, operator = self.chance, heritage.operator
        site = self._new(spell, heritage)
        if agency:
            site.setup = self.services.made_by(agency, site.setup)
        if self.all and chance.random() < self.params.copied * (4 if operator and operator.illicit else 1):
            copied = chance.choice(self.all).setup
            site.setup = replace(site.setup, trackers=copied.trackers, icon=copied.icon)
        if chance.random() < 0.25 and spell.ends - spell.begins > 60:
            host = self._next_host(heritage)
            site.move = chance.randint(spell.begins + 20, spell.ends - 20), host
        if chance.random() < 0.05:
            site.redirects.append((chance.choice(self.services.hubs), chance.randint(spell.begins, spell.ends)))
        self._redirect_parent(spell, heritage)
        self.all.append(site)
        return site

    def _new(self, spell: Spell, heritage: Heritage) -> Site:
        chance, services = self.chance, self.services
        visible = chance.betavariate(7, 1.2)
        contact = self._contact(spell.domain, heritage)
        registrar = one.setup.registrar if (one := heritage.on("registrar")) else services.registrar()
        private = chance.random() < self._privacy(registrar, heritage.operator)
        exposed = heritage.slip == "exposed" or chance.random() < 0.08
        private_from = spell.begins + (chance.randint(5, 500) if exposed else 0)
        redacted = chance.random() < registrar.redacts
        host = services.same_account(one.setup.host) if (one := heritage.on("host")) else services.host()
        names = one.setup.names if (one := heritage.on("names")) else services.names(spell.domain)
        icon = one.setup.icon if (one := heritage.on("icon")) else services.icon()
        account = self._account(heritage)
        trackers = self.values.trackers(account, bool(heritage.on("tracker"))) if account else []
        if chance.random() < 0.02:
            trackers.append(services.theme()[1])
        one = heritage.on("certificate")
        certificates = one.setup.certificates if one else services.certificates((spell.begins, spell.ends), host, names)
        setup = Setup(
            contact=contact, registrar=registrar, host=host, names=names, icon=icon, trackers=trackers,
            certificates=certificates,
        )  # fmt: skip
        return Site(
            spell=spell, operator=heritage.operator.number if heritage.operator else None, setup=setup, account=account,
            visible=visible, private=private, private_from=private_from, redacted=redacted,
        )  # fmt: skip

    def _contact(self, domain: str, heritage: Heritage) -> Contact:
        operator, parent = heritage.operator, heritage.parent
        fake = self.chance.random() < (operator.care["contact"] * 0.8 if operator else 0.08)
        contact = one.setup.contact if (one := heritage.on("contact")) else self.values.contact(domain, fake)
        if one := heritage.on("phone"):
            contact = replace(contact, phone=one.setup.contact.phone)
        if parent and heritage.slip == "email":
            contact = replace(contact, email=self.values.email_like(parent.setup.contact.email))
        return contact

    def _privacy(self, registrar: Registrar, operator: Operator | None) -> float:
        if operator:
            return min(0.95, self.params.private + 0.5 * operator.care["contact"] ** 2)
        return self.params.private + 0.25 * registrar.free

    def _account(self, heritage: Heritage) -> Account | None:
        one = heritage.on("tracker")
        if one and (heritage.slip == "tracker" or self.chance.random() < 0.8):
            return one.account
        return self.values.account() if self.chance.random() < 0.55 else None

    def _next_host(self, heritage: Heritage) -> Host:
        operator, parent = heritage.operator, heritage.parent
        if operator and parent and self.chance.random() > operator.care["host"]:
            return self.services.same_account(parent.setup.host)
        return self.services.host()

    def _redirect_parent(self, spell: Spell, heritage: Heritage) -> None:
        """Make the earlier site lead to the later one, most often where that one is its successor."""
        if not (parent := heritage.on("redirect")):
            return
        chance, before = self.chance, parent.spell
        if heritage.slip == "redirect" or chance.random() < (0.6 if before.ends <= spell.begins + 60 else 0.12):
            day = min(spell.begins + chance.randint(0, 20), ENDS)
            parent.redirects.append((spell.domain, max(before.begins, day)))


def populate(sites: Sites) -> None:
    """Add all sites of a world, in an order that says nothing."""
    chance, params = sites.chance, sites.params
    sizes = _sizes(sites)
    owners: list[tuple[int | None, int]] = list(enumerate(sizes))
    owners += [(None, 1)] * (params.sites - sum(sizes) - len(sites.services.hubs))
    chance.shuffle(owners)
    shown = [agency for agency in sites.services.agencies if agency.shown]
    for number, size in owners:
        if number is not None:
            _add_operator(sites, number, size)
            continue
        begins = _beginning(sites)
        ends = _end(sites, begins, 0.3)
        if shown:
            agency = shown.pop()
            habits = dict.fromkeys(agency.habits, 0.9)
            sites.add(Spell(agency.domain, begins, ENDS), Heritage(), replace(agency, habits=habits))
        else:
            spell = Spell(sites.values.domain(), begins, ends)
            sites.add(spell, Heritage(), sites.services.agency() if chance.random() < params.agency else None)
    for site in sites.all:
        if chance.random() < 0.008:
            other = chance.choice(sites.all).spell.domain
            site.redirects.append((other, chance.randint(site.spell.begins, site.spell.ends)))
    chance.shuffle(sites.all)


def _sizes(sites: Sites) -> list[int]:
    """Return how many sites each operator has."""
    params = sites.params
    operated = max(12, round(params.sites / (1 + params.ratio)))
    sizes: list[int] = []
    while (left := operated - sum(sizes)) > 1:
        size = 1 + int(sites.chance.paretovariate(params.tail))
        sizes.append(min(size, 60, max(4, operated // 3), left))
    return sizes


def _beginning(sites: Sites) -> int:
    return int(BEGINS + (ENDS - BEGINS - 30) * sites.chance.betavariate(1.2, 1.3))


def _end(sites: Sites, begins: int, short: float) -> int:
    """Return when a site ends, where a share of lives is short."""
    chance = sites.chance
    median, spread = (150, 0.9) if chance.random() < short else (1000, 0.8)
    return min(ENDS, begins + max(10, int(chance.lognormvariate(log(median), spread))))


def _operator(sites: Sites, number: int, base: float) -> Operator:
    """Return an operator who takes about so much care, on icons more since sites on different matters differ."""
    chance, odds = sites.chance, log(base / (1 - base))
    care = {channel: 1 / (1 + exp(-(odds + chance.gauss(0, 1.0)))) for channel in _CHANNELS}
    illicit = chance.random() < sites.params.illicit
    slips = min(0.5, chance.expovariate(1 / sites.params.slips))
    care["icon"] = max(care["icon"], chance.betavariate(3, 3))
    return Operator(number, care, illicit, slips)


def _add_operator(sites: Sites, number: int, size: int) -> None:
    chance = sites.chance
    base = chance.betavariate(7, 2) if chance.random() < sites.params.careful else chance.betavariate(1.5, 6)
    operator = _operator(sites, number, base)
    agency = sites.services.agency() if chance.random() < 0.06 else None
    first = _beginning(sites)
    succeeds = chance.betavariate(4, 3) if operator.illicit else chance.betavariate(1, 8)
    run: list[Site] = []
    unsucceeded: list[Site] = []
    for _ in range(size):
        parent, like, begins = None, None, first
        ended = [site for site in unsucceeded if site.spell.ends < ENDS - 40]
        if ended and chance.random() < succeeds:
            parent = chance.choice(ended)
            unsucceeded.remove(parent)
            begins = parent.spell.ends + int(chance.lognormvariate(log(8), 1.1)) - chance.randint(0, 6)
        elif run:
            parent = run[-1] if chance.random() < 0.5 else chance.choice(run)
            at_once = chance.random() < 0.2 * (2 - base)
            begins = parent.spell.begins + (chance.randint(0, 1) if at_once else int(chance.gauss(150, 350)))
        begins = max(BEGINS, min(ENDS - 15, begins))
        if parent and chance.random() > max(0.5, operator.care["brand"]):
            like = parent.spell.domain
        spell = Spell(sites.values.domain(like), begins, _end(sites, begins, 0.75 if operator.illicit else 0.25))
        client_of = agency if chance.random() < 0.7 else None
        site = sites.add(spell, sites.heritage(operator, parent), client_of)
        run.append(site)
        unsucceeded.append(site)
