"""Unrelated sites: each has an owner of its own, and shares with others what providers and agencies put there."""

from __future__ import annotations

from typing import NamedTuple

from bench.worlds.unseen.providers import Market
from bench.worlds.unseen.sites import BEGIN, END, Place, Site, Span, days, parts
from bench.worlds.unseen.words import Holder


class Agency(NamedTuple):
    """One who makes sites for others, and leaves marks of some kinds on them."""

    contact: Holder
    place: Place
    tracker: str
    favicon: str
    marks: list[str]


def _agency(market: Market, domain: str) -> Agency:
    chance, words = market.chance, market.words
    marks = chance.choices(["email", "place", "tracker", "favicon", "whole"], [4, 4, 2, 2, 1], k=chance.randint(1, 3))
    place = Place((words.address(),), (f"ns1.{domain}", f"ns2.{domain}"))
    return Agency(words.person(domain), place, words.tracker(), words.favicon(), marks)


def _holder(market: Market, domain: str, owner: Holder, agency: Agency | None) -> Holder:
    chance = market.chance
    if chance.random() < market.params.privacy:
        return market.proxy(domain)
    if agency and "whole" in agency.marks and chance.random() < 0.6:
        return agency.contact
    if agency and "email" in agency.marks:
        return owner | {key: agency.contact[key] for key in ("registrant_email", "registrant_phone")}
    if chance.random() < 0.06:
        return owner | {"registrant_email": chance.choice(market.resellers)[0]["registrant_email"]}
    return owner | ({"registrant_phone": "+1.0000000000"} if chance.random() < 0.03 else {})


def _place(market: Market, agency: Agency | None, span: Span) -> Place:
    chance, params = market.chance, market.params
    if agency and "place" in agency.marks and chance.random() < 0.8:
        return agency.place
    if chance.random() < 0.06:
        return chance.choice([*market.tolerant, *chance.choice(market.resellers)[1]])
    if chance.random() < params.cdn:
        return market.network()
    return market.shared() if chance.random() < params.shared else market.machine(span)


def _stranger(market: Market, domain: str, agency: Agency | None = None) -> Site:
    chance, words = market.chance, market.words
    start = BEGIN + days(chance.uniform(0, 4300))
    site = Site(domain, None, (start, min(END, start + days(90 + chance.expovariate(1 / 1500)))))
    owner = words.person(domain if chance.random() < 0.3 else None)
    if market.stolen and chance.random() < 0.02:
        owner = chance.choice(market.stolen) | {"registrant_email": owner["registrant_email"]}
    for span in parts(chance, site.span, 0.25):
        site.serve(_place(market, agency, span), _holder(market, domain, owner, agency), market.registrar(), span)
    favicon, snippet = chance.choice(market.themes)
    site.show("Favicon", chance.choices([words.favicon(), favicon, None], [5, 3, 2])[0])
    site.show("Tracker", chance.choices([words.tracker(), snippet, None], [60, 5, 35])[0])
    for span in parts(chance, site.span, 1.0):
        site.show("Certificate", words.fingerprint() if chance.random() < 0.6 else None, span)
    if agency:
        site.show("Tracker", agency.tracker if "tracker" in agency.marks and chance.random() < 0.7 else None)
        site.show("Favicon", agency.favicon if "favicon" in agency.marks and chance.random() < 0.5 else None)
    market.surround(site, taken=chance.random() < 0.02)
    return site


def settle(market: Market, count: int) -> list[Site]:
    """Return as many unrelated sites as said: agencies and their clients, and those with neither."""
    chance, words = market.chance, market.words
    sites: list[Site] = []
    while len(sites) < count * market.params.agencies:
        domain = words.domain()
        agency = _agency(market, domain)
        clients = [words.domain() for _ in range(round(3 * 20 ** chance.random()))]
        sites += [_stranger(market, name, agency) for name in [domain, *clients]]
    sites = sites[:count]
    sites += [_stranger(market, words.domain()) for _ in range(count - len(sites))]
    for site in chance.sample(sites, count // 25):
        site.show("Redirect", chance.choice(sites[: count // 50]).domain)
    return sites
