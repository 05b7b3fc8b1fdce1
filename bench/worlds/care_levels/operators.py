"""Operators of several sites: their level of care decides what they use again, and what stays new."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from bench.worlds.care_levels.days import Span
from bench.worlds.care_levels.hosting import Server, behind_cdn, delegate, overlap, park, servers, stay
from bench.worlds.care_levels.marks import Account
from bench.worlds.care_levels.pages import certify, leave_tracker
from bench.worlds.care_levels.people import Person
from bench.worlds.care_levels.plans import Plan, plans_of, reuse_of
from bench.worlds.care_levels.providers import Host, pair
from bench.worlds.care_levels.registering import register
from bench.worlds.care_levels.sites import Site
from bench.worlds.care_levels.words import TOPICS
from bench.worlds.care_levels.world import World


class Operator:
    """One who runs several sites, with what they own and use."""

    def __init__(self, world: World, number: int, size: int) -> None:
        chance, providers = world.chance, world.providers
        self.world, self.chance, self.params, self.number = world, chance, world.params.operators, number
        self.reuse = reuse_of(world)
        self.topic = chance.choice(list(TOPICS))
        life = self.params.life * math.exp(chance.gauss(0, 0.5))
        succession = min(0.97, max(0.1, chance.gauss(self.params.succession, 0.15)))
        privacy = chance.gauss(self.params.privacy, 0.25) + 0.25 * (0.5 - self.reuse["identity"])
        self.privacy = min(0.95, max(0.02, privacy))
        first = chance.randint(world.start, world.end - 500)
        self.plans = plans_of(world, first, size, life, succession)
        self.lanes = self._lanes(first - 10, size)
        self.nameservers = self._nameservers()
        self.people = [world.people.person()]
        self.cdn_account = providers.cdn_account()
        self.account = Account(world.marks.tracker(first), chance.choice([0, 0.4, 0.9]))
        self.tracks = chance.happens(0.85)
        self.favicons = [world.marks.favicon()]
        self.template = providers.templates.draw()
        self.registrar = providers.registrars.draw()
        self.shares_certificates = chance.happens(0.45)
        self.sites: dict[int, Site] = {}

    def run(self) -> None:
        """Open all sites as planned, and send the visitors of some to their successors."""
        for number in sorted(range(len(self.plans)), key=lambda number: self.plans[number].begins):
            self.sites[number] = self._open(self.plans[number])
        for number, site in self.sites.items():
            follows = self.plans[number].follows
            if follows is not None and self.chance.happens(0.6 * self.reuse["redirect"]):
                old = self.sites[follows]
                last = max(site.begins, old.ends) + self.chance.wait(60)
                old.add("Redirect", site.domain, (max(site.begins, old.ends - 20), last))

    def _lanes(self, since: int, size: int) -> list[list[Server]]:
        """Return servers side by side, in lanes; each moves to a new address now and then."""
        chance, hosts = self.chance, self.world.providers.hosts
        favourites = [hosts.draw() for _ in range(2)]

        def pick() -> Host:
            return chance.choice(favourites) if chance.happens(0.6) else hosts.draw()

        spread = chance.happens(1 - self.reuse["address"]) * chance.randint(1, 3)
        count = 1 + (size > 6) + spread
        return [servers(self.world, since, 60, self.params.server_life, pick) for _ in range(count)]

    def _nameservers(self) -> Sequence[str]:
        """Return name servers under a domain of the operator's own, for a few who own two for that, or none."""
        if not self.chance.happens(0.12 * self.reuse["account"] / 0.5):
            return ()
        used, _ = (self.world.names.provider(["dns", "ns", "srv"]) for _ in range(2))
        return pair(used)

    def _open(self, plan: Plan) -> Site:
        world, chance = self.world, self.chance
        domain = self._domain(plan)
        again = chance.happens(self.reuse["registrar"])
        registrar = self.registrar if again else world.providers.registrars.draw()
        site = world.open(domain, (plan.begins, plan.ends), registrar, self.number)
        register(world, site, self._person(), self.privacy, 0.18)
        self._host(site)
        if chance.happens(0.6):
            certify(world, site, site.span)
        self._track(site)
        self._mark(site)
        park(world, site)
        if chance.happens(0.04):
            halfway = site.begins + (site.ends - site.begins) // 2
            site.add("Redirect", chance.choice(world.providers.landing_pages), (halfway, site.ends))
        return site

    def _domain(self, plan: Plan) -> str:
        """Return a domain, often similar to that of the site before or to any other, or about the same topic."""
        chance, names, reuse = self.chance, self.world.names, self.reuse["name"]
        before = self.sites.get(plan.follows) if plan.follows is not None else None
        if before and chance.happens(self.params.similar_successor * (0.4 + 0.6 * reuse) * 1.15):
            return names.variant(before.domain)
        if self.sites and chance.happens(0.15 * reuse):
            return names.variant(chance.choice([site.domain for site in self.sites.values()]))
        return names.fresh(self.topic if chance.happens(0.75) else chance.choice([None, *TOPICS]))

    def _person(self) -> Person:
        """Return who a site is registered to, at times with a slip in the name."""
        if self.chance.happens(self.reuse["identity"]):
            person = self.people[-1] if self.chance.happens(0.85) else self.chance.choice(self.people)
        else:
            person = self._new_person()
            if self.chance.happens(self.params.rotates):
                self.people.append(person)
        if self.chance.happens(self.params.mistypes * 0.4):
            person = replace(person, name=self.world.names.mistyped(person.name))
        return person

    def _new_person(self) -> Person:
        """Return a new person who has some things of the last one, or nearly the same."""
        chance, reuse, old = self.chance, self.reuse["identity"], self.people[-1]
        person, slips = self.world.people.person(), self.params.mistypes * (0.3 + reuse)
        if chance.happens(0.35 * reuse + 0.03):
            person = replace(person, email=old.email)
        elif chance.happens(slips):
            person = replace(person, email=self.world.people.mistyped_email(old.email))
        if chance.happens(0.4 * reuse + 0.05):
            person = replace(person, phone=old.phone)
        if chance.happens(slips):
            person = replace(person, name=self.world.names.mistyped(old.name))
        if chance.happens(0.15 * reuse):
            person = replace(person, organisation=old.organisation)
        return person

    def _host(self, site: Site) -> None:
        """Put a site behind a content network, at times on a server before that, or on a server all its life."""
        if not self.chance.happens(self.params.cdn):
            self._serve(site, site.span, delegated=True)
            return
        hidden = self._hide(site)
        if hidden > site.begins:
            self._serve(site, (site.begins, hidden - 1), delegated=False)

    def _hide(self, site: Site) -> int:
        """Put a site behind a content network, most often from the first; return from which day on."""
        chance = self.chance
        account = self.cdn_account
        if not chance.happens(self.reuse["account"]):
            account = self.world.providers.cdn_account()
            if chance.happens(self.params.rotates):
                self.cdn_account = account
        later = site.begins + chance.randint(2, 30) if chance.happens(0.3) else site.begins
        hidden = later if later <= site.ends else site.begins
        behind_cdn(self.world, site, account, (hidden, site.ends))
        return hidden

    def _serve(self, site: Site, span: Span, *, delegated: bool) -> None:
        """Put a site on the operator's own servers, with name servers if it is delegated there, or elsewhere."""
        chance = self.chance
        if not chance.happens(self.reuse["address"]):
            stay(self.world, site, chance.weighted(["shared", "reseller", "lease"], [5, 2, 3]), span)
            return
        for server in chance.choice(self.lanes):
            if common := overlap(server.span, span):
                site.add("Resolution", server.address, common)
                if self.shares_certificates and chance.happens(self.reuse["certificate"]):
                    site.add("Certificate", server.fingerprint, common)
                if delegated:
                    delegate(site, self.nameservers or self._some_nameservers(server, site), common)

    def _some_nameservers(self, server: Server, site: Site) -> Sequence[str]:
        return server.host.nameservers if self.chance.happens(0.5) else site.registrar.nameservers

    def _track(self, site: Site) -> None:
        """Put a tracker on a site, out of the operator's account or a new one, and what the template's maker left."""
        chance, marks = self.chance, self.world.marks
        if self.tracks and chance.happens(0.85):
            if chance.happens(self.reuse["tracker"]):
                tracker = marks.tracker_of(self.account)
            else:
                tracker = marks.tracker(site.begins)
                if chance.happens(0.35):
                    self.account = Account(tracker, self.account.apart)
            site.add("Tracker", tracker, site.span)
        leave_tracker(self.world, site, self.template, site.span)

    def _mark(self, site: Site) -> None:
        """Put a favicon on most sites: one of the operator's, that of a template, or a new one."""
        chance, marks = self.chance, self.world.marks
        if not chance.happens(0.8):
            return
        if chance.happens(self.reuse["favicon"]):
            if chance.happens(0.08):
                self.favicons.append(marks.favicon())
            favicon = self.favicons[-1] if chance.happens(0.85) else chance.choice(self.favicons)
        elif chance.happens(0.6):
            favicon = self.template.favicon
        else:
            favicon = self.world.providers.templates.draw().favicon if chance.happens(0.5) else marks.favicon()
        site.add("Favicon", favicon, site.span)
