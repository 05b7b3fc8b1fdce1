"""Web agencies: sites of strangers with the mailbox, the server, the name servers or the tracker of who built them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bench.worlds.passive_dns.days import Span
from bench.worlds.passive_dns.hosting import certify, host_in_turn
from bench.worlds.passive_dns.naming import plain_name
from bench.worlds.passive_dns.registering import Holding, register
from bench.worlds.passive_dns.strangers import life, owner
from bench.worlds.passive_dns.values import Person
from bench.worlds.passive_dns.words import TRADES
from bench.worlds.passive_dns.world import Site, World


class Server(NamedTuple):
    """What an agency rents for some days."""

    span: Span
    address: str
    certificate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How many of its customers' sites carry what an agency has, from 0 to 1."""

    mailbox: float
    server: float
    nameservers: float
    account: float
    same_tracker: float
    icon: float
    certificate: float


class Agency:
    """Who builds and registers sites for others."""

    def __init__(self, world: World) -> None:
        self._world = world
        chance, values, begins = world.chance, world.values, world.begins
        self._home = values.domain(values.brand(("media", "design", "web", "studio")), ("com", "net", "de"))
        self._mailbox = f"{chance.choice(['domains', 'info', 'admin'])}@{self._home}"
        self._phone = values.phone()
        self._shares = Shares(
            mailbox=chance.uniform(0, 0.9),
            server=chance.uniform(0, 0.9),
            nameservers=chance.uniform(0, 0.8),
            account=chance.uniform(0, 0.4),
            same_tracker=chance.uniform(0, 0.3),
            icon=chance.uniform(0, 0.25),
            certificate=chance.uniform(0, 0.2),
        )
        self._account, self._icon = values.account(begins), values.icon()
        self._town = values.word(2, 3)
        cloud = chance.choice(world.providers.clouds)
        self._servers = [
            Server(span, world.rent(cloud.rentals, span), values.fingerprint())
            for span in world.periods(Span(begins, world.ends), chance.randint(0, 3))
            if span.ends > span.begins
        ]
        own = world.happens(0.6)
        self._nameservers: Sequence[str] = [f"ns1.{self._home}", f"ns2.{self._home}"] if own else cloud.nameservers
        self._tracker = values.tracker_of(self._account)

    def build(self) -> None:
        """Add a site of a customer."""
        world, values = self._world, self._world.values
        span = life(world, brief=0.06)
        stem = f"{world.chance.choice(TRADES)}-{self._town}" if world.happens(0.15) else plain_name(values)
        site = world.site(values.domain(stem), None, span)
        if world.happens(self._shares.server):
            self._host(site)
        else:
            host_in_turn(world, site)
        if world.happens(self._shares.account):
            same = world.happens(self._shares.same_tracker)
            site.add("Tracker", self._tracker if same else values.tracker_of(self._account), site.span)
        elif world.happens(0.4):
            site.add("Tracker", values.tracker(site.begins), site.span)
        site.add("Favicon", self._icon if world.happens(self._shares.icon) else values.icon(), site.span)
        holder = self._holder(site)
        register(world, site, Holding(holder, world.happens(world.habits.privacy * 0.5)))

    def _host(self, site: Site) -> None:
        """Put a site on the servers that the agency has one after the other."""
        world = self._world
        for server in self._servers:
            span = Span(max(server.span.begins, site.begins), min(server.span.ends, site.ends))
            site.add("Resolution", server.address, span)
            if world.happens(self._shares.certificate):
                site.add("Certificate", server.certificate, span)
        if world.happens(self._shares.nameservers):
            site.serve(self._nameservers, site.span)
        else:
            registrar = world.values.popular(world.providers.registrars)
            site.serve(world.chance.choice(registrar.nameservers), site.span)
        certify(world, site, site.span)

    def _holder(self, site: Site) -> Person:
        """Return a customer, perhaps with how to reach the agency in place of the customer."""
        world, customer = self._world, owner(self._world, site.domain)
        if not world.happens(self._shares.mailbox):
            return customer
        customer = replace(customer, email=self._mailbox)
        if world.happens(0.5):
            customer = replace(customer, phone=self._phone)
        if world.happens(0.25):
            org = self._home.split(".")[0].capitalize()
            customer = replace(customer, name="Domain Administrator", org=org)
        return customer
