"""Web agencies, which build and register sites for clients, each of whom runs one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bench.worlds.care_levels.days import Span
from bench.worlds.care_levels.hosting import PLACES, behind_cdn, delegate, overlap, servers, stay
from bench.worlds.care_levels.marks import Account
from bench.worlds.care_levels.pages import fill
from bench.worlds.care_levels.people import Person
from bench.worlds.care_levels.providers import pair
from bench.worlds.care_levels.registering import hand_over, register
from bench.worlds.care_levels.sites import Site
from bench.worlds.care_levels.world import World

_STAFF_MAILBOXES = ["domains@", "info@", "office@", "admin@"]


class Agency:
    """An agency, and how often it puts each of its things on a client's site."""

    def __init__(self, world: World) -> None:
        chance, market, providers = world.chance, world.params.market, world.providers
        self.world, self.chance = world, chance
        usual = {
            "email": market.agency_mailbox,
            "phone": market.agency_mailbox * 0.7,
            "name": 0.25,
            "tracker": market.agency_tracker,
            "address": market.agency_address,
            "favicon": 0.12,
            "certificate": 0.12,
            "registrar": 0.75,
        }
        self.puts = {thing: min(0.97, max(0.0, chance.gauss(share, 0.12))) for thing, share in usual.items()}
        domain = world.names.fresh()
        self.staff = world.people.person(1)
        if chance.happens(0.7):
            self.staff = replace(self.staff, email=chance.choice(_STAFF_MAILBOXES) + domain)
        self.registrar = providers.registrars.draw()
        self.begins = chance.randint(world.start - 300, world.end - 700)
        host = providers.hosts.draw()
        self.servers = servers(world, self.begins, 500, 1500, lambda: host)
        self.nameservers = self._nameservers(domain, host.nameservers)
        self.account = Account(world.marks.tracker(self.begins), chance.choice([0.3, 0.9, 1]))
        self.favicon = world.marks.favicon()
        self.cdn_account = providers.cdn_account()

    def add_client(self) -> None:
        """Add the site of one client, who at times goes elsewhere later."""
        world, chance = self.world, self.chance
        begins = chance.randint(self.begins, world.end - 100)
        ends = world.end if chance.happens(0.75) else min(world.end, begins + 200 + chance.wait(1200))
        domain = world.names.fresh()
        ours = chance.happens(self.puts["registrar"])
        registrar = self.registrar if ours else world.providers.registrars.draw()
        site = world.open(domain, (begins, ends), registrar)
        register(world, site, self._person(), world.params.market.privacy * 0.5)
        leaves = chance.randint(begins, ends) if chance.happens(0.2) else ends
        self._host(site, (begins, leaves))
        if leaves < ends:
            stay(world, site, chance.weighted(["shared", "cdn", "builder"], [3, 2, 1]), (leaves + 1, ends))
            hand_over(site, world.people.person(0.6), leaves)
        self._mark(site, (begins, leaves))

    def _nameservers(self, domain: str, of_host: Sequence[str]) -> Sequence[str]:
        if self.chance.happens(0.3):
            return pair(domain)
        return of_host if self.chance.happens(0.6) else self.registrar.nameservers

    def _person(self) -> Person:
        """Return a client as a registrant, with some of what the agency's staff has."""
        chance, staff, person = self.chance, self.staff, self.world.people.person(0.6)
        if chance.happens(self.puts["email"]):
            person = replace(person, email=staff.email)
            if chance.happens(self.puts["name"]):
                person = replace(person, name=staff.name)
                if chance.happens(0.6):
                    person = replace(person, organisation=staff.organisation)
        if chance.happens(self.puts["phone"]):
            person = replace(person, phone=staff.phone)
        return person

    def _host(self, site: Site, span: Span) -> None:
        """Put a site on the agency's servers, or at a place that it shares with others."""
        world, chance = self.world, self.chance
        if chance.happens(self.puts["address"]):
            for server in self.servers:
                if common := overlap(server.span, span):
                    site.add("Resolution", server.address, common)
                    if chance.happens(self.puts["certificate"]):
                        site.add("Certificate", server.fingerprint, common)
            delegate(site, self.nameservers, span)
            return
        place = chance.weighted(PLACES, world.params.market.hosting_mix)
        if place == "cdn":
            behind_cdn(world, site, self.cdn_account, span)
        else:
            stay(world, site, place, span)

    def _mark(self, site: Site, span: Span) -> None:
        """Put the agency's tracker and favicon on a site for some time, and what it has of its own."""
        tracker = self.chance.happens(self.puts["tracker"])
        if tracker:
            site.add("Tracker", self.world.marks.tracker_of(self.account), span)
        favicon = self.chance.happens(self.puts["favicon"])
        if favicon:
            site.add("Favicon", self.favicon, span)
        fill(self.world, site, site.span, 0.1 if tracker else None, 0 if favicon else None)
