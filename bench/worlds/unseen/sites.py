"""What really happened to a site, seen by nobody in full."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from bench.worlds.unseen.words import Holder

BEGIN, END = date(2013, 1, 1), date(2025, 6, 30)

Span = tuple[date, date]


class Place(NamedTuple):
    """Where sites are served, and the certificate that a provider shows for all its customers."""

    addresses: tuple[str, ...]
    nameservers: tuple[str, ...]
    certificate: str | None = None


class Registrar(NamedTuple):
    """Who registers domains; how its answers hide the holder is the same for all its customers."""

    name: str
    nameservers: tuple[str, ...]
    hides: str


class Deed(NamedTuple):
    """In whose name a domain was registered for a while."""

    holder: Holder
    registrar: Registrar
    nameservers: tuple[str, ...]
    span: Span


@dataclass(slots=True)
class Site:
    """A domain, the number of its operator, when that operator or owner had it, and all it ever showed."""

    domain: str
    owner: int | None
    span: Span
    deeds: list[Deed] = field(default_factory=list)
    stays: list[tuple[str, str, Span]] = field(default_factory=list)

    def show(self, kind: str, value: str | None, span: Span | None = None) -> None:
        """Add a value, for all of the site's life unless said otherwise."""
        if value is not None:
            self.stays.append((kind, value, span or self.span))

    def serve(self, place: Place, holder: Holder, registrar: Registrar, span: Span) -> None:
        """Put the site at a place, and in somebody's name, for a while."""
        for address in place.addresses:
            self.show("Resolution", address, span)
        for nameserver in place.nameservers:
            self.show("Nameserver", nameserver, span)
        self.show("Certificate", place.certificate, span)
        self.deeds.append(Deed(holder, registrar, place.nameservers, span))


def days(number: float) -> timedelta:
    """Return a length of time, a day at least."""
    return timedelta(days=max(1, round(number)))


def parts(chance: Random, span: Span, yearly: float) -> list[Span]:
    """Return a span cut at random, at as many points a year as said, on average."""
    cuts = [span[0]]
    while (cut := cuts[-1] + days(chance.expovariate(yearly / 365))) < span[1]:
        cuts.append(cut)
    return list(zip(cuts, [*cuts[1:], span[1]], strict=True))
