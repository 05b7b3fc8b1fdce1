"""Operators: what each has over time to put on sites, and what each forgets to change between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, NamedTuple, TypeVar

from bench.worlds.passive_dns.days import Span
from bench.worlds.passive_dns.values import Person
from bench.worlds.passive_dns.words import CHEAP_ENDINGS
from bench.worlds.passive_dns.world import World

Thing = TypeVar("Thing")

_LEFT_BEHIND = 1.75  # how much operators forget, in all worlds
_FORGOTTEN = ("server", "nameservers", "certificate", "tracker", "icon", "identity")
_BLIND_SPOTS = ("server", "nameservers", "tracker", "server", "certificate", "icon")


class Server(NamedTuple):
    """What an operator rents, with one certificate for all names on it."""

    address: str
    nameservers: Sequence[str]
    certificate: str


@dataclass(frozen=True, slots=True)
class Timeline(Generic[Thing]):
    """Things that are used one after the other, each until the next."""

    things: Sequence[tuple[Span, Thing]]

    def at(self, day: int) -> Thing:
        """Return what is used on a day, or what was used last."""
        for (begins, ends), thing in self.things:
            if begins <= day < ends:
                return thing
        return self.things[-1][1]

    def during(self, span: Span) -> list[tuple[Span, Thing]]:
        """Return what is used in some days, and when; or what was used last."""
        return [
            (Span(max(begins, span.begins), min(ends, span.ends)), thing)
            for (begins, ends), thing in self.things
            if begins < span.ends and ends > span.begins
        ] or [(span, self.things[-1][1])]


class Operator:
    """One who runs several sites; even the careful have a blind spot, and identities change over time."""

    def __init__(self, world: World, number: int, sites: int) -> None:
        self.world, self.number = world, number
        chance, values, providers, habits = world.chance, world.values, world.providers, world.habits
        self.care = min(0.98, max(0.02, chance.gauss(habits.care, 0.22)))
        self.forgets = self._forgets()
        self.begins = world.begins + int(chance.uniform(0, 0.5) * world.parameters.days)
        goes_on = sites > 6 or world.happens(0.4)
        rest = world.ends - self.begins
        self.ends = world.ends if goes_on else int(self.begins + rest * chance.uniform(0.4, 1))
        registrars = providers.operator_registrars if world.happens(0.6) else providers.registrars
        self.registrars = chance.sample(registrars, chance.choice([1, 1, 2, 3]))
        self.kit = chance.choice(providers.kits) if world.happens(habits.kit) else None

        stay = 600 + 2000 * (1 - self.care) * chance.uniform(0.5, 1.6)
        beside = int(self.care * chance.uniform(0, 0.8) * min(5, sites**0.5))
        self.servers = [self._timeline(stay, self._server) for _ in range(1 + beside)]
        self.accounts = self._timeline(stay * 2.5, lambda span: values.account(span.begins))
        self.icons = self._timeline(stay * 2.5, lambda _: values.icon())
        first_domain = values.domain(values.brand(("dns", "ns", "host", "", "sys")), CHEAP_ENDINGS)
        self.names_at = chance.choices(
            ["own domain", "network", "host", "registrar"], [0.4, 0.25 + habits.operator_network / 2, 0.2, 0.12]
        )[0]
        self.network = network = chance.choice(providers.networks)
        self.pairs = self._timeline(stay * 2, lambda _: chance.choice(network.pairs))
        self.nameserver_domains = self._timeline(
            stay * 2.5,
            lambda _: first_domain if world.happens(0.6) else values.domain(f"{values.word(2, 3)}ns", CHEAP_ENDINGS),
        )
        self.people: list[Person] = []
        self.identities = self._timeline(stay * 1.2, self._identity)

    def _forgets(self) -> dict[str, float]:
        """Return how often each sort of thing is used again."""
        chance = self.world.chance
        forgets = {sort: min(0.97, _LEFT_BEHIND * (1 - self.care) * chance.uniform(0.5, 2.2)) for sort in _FORGOTTEN}
        forgets["identity"] *= 0.5
        blind = chance.choice(_BLIND_SPOTS)
        forgets[blind] = max(forgets[blind], chance.uniform(0.7, 0.97))
        return forgets

    def _timeline(self, mean: float, make: Callable[[Span], Thing]) -> Timeline[Thing]:
        """Return things made one after the other, each used for so many days in the mean."""
        things: list[tuple[Span, Thing]] = []
        day = self.begins - 30
        while day < self.ends + 400:
            span = Span(day, day + max(60, self.world.about(mean)))
            things.append((span, make(span)))
            day = span.ends
        return Timeline(things)

    def _server(self, span: Span) -> Server:
        """Return a server for some days, mostly with an address that only this operator has in them."""
        world, chance, values = self.world, self.world.chance, self.world.values
        span = Span(span.begins, min(span.ends, world.ends))
        if world.happens(world.habits.bulletproof):
            bulletproof = chance.choice(world.providers.bulletproof)
            host = bulletproof.host
            shared = world.happens(0.2)
            address = chance.choice(host.addresses) if shared else world.rent(bulletproof.rentals, span)
            certificate = values.fingerprint() if world.happens(0.85) else host.certificate
            return Server(address, host.nameservers, certificate)
        cloud = chance.choice(world.providers.clouds)
        address = world.rent(cloud.rentals, span)
        own = world.happens(0.93)
        certificate = values.fingerprint() if own else chance.choice(cloud.image_certificates)
        return Server(address, cloud.nameservers, certificate)

    def _identity(self, _: Span) -> Person:
        """Return a new identity: at times that of another in this world, or with the phone or mailbox before it."""
        world, person, way = self.world, self.world.values.person(), self.world.chance.random()
        if way < 0.12:
            victim = world.chance.choice(world.victims)
            person = replace(person, name=victim.name, phone=victim.phone if world.happens(0.6) else person.phone)
        elif way < 0.3 and self.people:
            person = replace(person, phone=self.people[-1].phone)
        elif way < 0.42 and self.people:
            person = replace(person, email=self.people[-1].email)
        self.people.append(person)
        return person
