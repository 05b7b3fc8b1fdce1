"""What is seen of a world: records as its sources give them, with gaps and mistakes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from math import exp
from random import Random
from typing import Any

from bench.worlds.inherited.services import Host, Names
from bench.worlds.inherited.sites import Site, Sites
from bench.worlds.inherited.values import BEGINS, ENDS, Contact

Record = dict[str, Any]

SOURCES: list[Record] = [
    {"kind": "Source", "id": "obs", "name": "Own crawl"},
    {"kind": "Source", "id": "whois", "name": "Registration archive"},
    {"kind": "Source", "id": "pdns", "name": "Passive DNS"},
]
_REDACTION = date(2018, 5, 25).toordinal()
_REDACTED = "REDACTED FOR PRIVACY"
_SELLER_PHONE = "+1.8005550100"
_VALUES = (
    "ip", "nameserver", "fingerprint", "tracker", "favicon", "to_domain", "registrant_email", "registrant_phone",
    "registrant_name", "registrant_org",
)  # fmt: skip
_DAYS = ("first_seen", "last_seen", "created", "expires", "observed")


def seen(sites: Sites) -> list[Record]:
    """Return what the sources say of all sites, with at least one record of each."""
    observer = _Observer(sites)
    for site in sites.all:
        observer.observe(site)
    for hub in sites.services.hubs:
        observer.put("Website", hub, (BEGINS, ENDS))
    _make_mistakes(sites, observer.records)
    return observer.records


class _Observer:
    """Looks at sites, and gathers records whose days are ordinals of dates until mistakes are made."""

    def __init__(self, sites: Sites) -> None:
        self._sites, self._chance, self._params = sites, sites.chance, sites.params
        self.records: list[Record] = []

    def put(self, kind: str, domain: str, days: tuple[int, int], source: str = "obs", **value: str) -> None:
        """Add a record of what was first and last seen on these days."""
        first, last = days
        self.records.append(
            {"kind": kind, "source": source, "domain": domain, **value, "first_seen": first, "last_seen": last}
        )

    def observe(self, site: Site) -> None:
        """Add records of a site."""
        chance, spell, before = self._chance, site.spell, len(self.records)
        days = spell.begins, spell.ends
        self._see(site, "Website", days, share=1.2)
        for _ in range(chance.randint(1, 3)):
            day = chance.randint(*days)
            if chance.random() < self._params.seen["Registration"] * site.visible:
                self._register(site, day)
        self._see_hosts(site)
        for nameserver in site.setup.nameservers:
            self._see(site, "Nameserver", days, "pdns", nameserver=nameserver)
        self._see_pages(site)
        if spell.ends < ENDS - 90 and chance.random() < 0.15:
            self._see_dropped(site)
        if len(self.records) == before:
            self.put("Website", spell.domain, days)

    def _see(
        self, site: Site, kind: str, days: tuple[int, int], source: str = "obs", share: float = 1.0, **value: str
    ) -> None:
        """Add a record if something is noticed, which what lasts longer is more often."""
        chance, (begins, ends) = self._chance, days
        if ends < begins:
            return
        noticed = 1 - exp(-(ends - begins + 10) / 40)
        if chance.random() > self._params.seen[kind] * site.visible * share * noticed:
            return
        first, last = begins + int(chance.expovariate(1 / 20)), ends - int(chance.expovariate(1 / 20))
        if last < first:
            first = last = chance.randint(begins, ends)
        self.put(kind, site.spell.domain, (first, last), source, **value)

    def _see_hosts(self, site: Site) -> None:
        """Add records of where a site is; behind a network that shows only now and then."""
        begins, ends = site.spell.begins, site.spell.ends
        if not site.move:
            self._see_host(site, site.setup.host.address, (begins, ends))
            return
        day, host = site.move
        self._see_host(site, site.setup.host.address, (begins, day))
        self._see_host(site, host.address, (day, ends))

    def _see_host(self, site: Site, address: str, days: tuple[int, int]) -> None:
        chance, network = self._chance, site.setup.names.network
        for shown in chance.sample(network.addresses, 2) if network else [address]:
            self._see(site, "Resolution", days, share=0.7, ip=shown)
            self._see(site, "Resolution", days, "pdns", 0.8, ip=shown)
        if network and chance.random() < 0.15:
            begins, ends = days
            self._see(site, "Resolution", (begins, min(ends, begins + chance.randint(3, 60))), "pdns", ip=address)

    def _see_pages(self, site: Site) -> None:
        """Add records of certificates, of marks on pages, and of where these lead."""
        chance, setup, begins, ends = self._chance, site.setup, site.spell.begins, site.spell.ends
        step = (ends - begins) // max(1, len(setup.certificates))
        for place, fingerprint in enumerate(setup.certificates):
            days = begins + place * step, begins + (place + 1) * step
            self._see(site, "Certificate", days, fingerprint=fingerprint)
        for tracker in dict.fromkeys(setup.trackers):
            added = chance.randint(begins, ends) if chance.random() < 0.3 else begins
            self._see(site, "Tracker", (added, ends), tracker=tracker)
        if setup.icon:
            self._see(site, "Favicon", (begins, ends), favicon=setup.icon)
        for to_domain, day in site.redirects:
            if to_domain != site.spell.domain:
                days = day, min(ENDS, day + chance.randint(10, 400))
                self._see(site, "Redirect", days, share=1.1, to_domain=to_domain)

    def _see_dropped(self, site: Site) -> None:
        """Add records of a domain after its site, parked by a registrar or caught by a seller of domains."""
        chance, services = self._chance, self._sites.services
        registrar, day = services.registrar(), site.spell.ends + chance.randint(30, 80)
        days = day, min(ENDS, day + 300)
        self._see(site, "Resolution", days, "pdns", ip=registrar.parking)
        self._see(site, "Nameserver", days, "pdns", nameserver=registrar.nameservers[0])
        if chance.random() < 0.5:
            seller = Contact("Domain Sales", f"sales@{services.hubs[0]}", "Name Portfolio Holdings", _SELLER_PHONE)
            host, names = Host(registrar.parking), Names("registrar")
            setup = replace(site.setup, contact=seller, registrar=registrar, host=host, names=names)
            spell = replace(site.spell, begins=day)
            self._register(replace(site, spell=spell, setup=setup, private=False, redacted=False), day)

    def _register(self, site: Site, day: int) -> None:
        """Add what whois says of a domain on a day."""
        chance, setup, begins = self._chance, site.setup, site.spell.begins
        shown = self._registrant(site, day).items()
        registrant = {f"registrant_{part}": text for part, text in shown if text and chance.random() > 0.06}
        years = (day - begins) // 365 + chance.choices((1, 2, 5), (8, 1.5, 0.5))[0]
        record: Record = {
            "kind": "Registration", "source": "whois" if chance.random() < 0.7 else "obs",
            "domain": site.spell.domain, "registrar": setup.registrar.name, **registrant, "created": begins,
            "expires": begins + 365 * years, "observed": day,
        }  # fmt: skip
        if chance.random() < 0.85:
            record["nameservers"] = list(setup.nameservers)
        self.records.append(record)

    def _registrant(self, site: Site, day: int) -> dict[str, str]:
        """Return whom whois shows: a proxy, nobody since that is the rule, or the registrant."""
        chance, registrar, contact = self._chance, site.setup.registrar, site.setup.contact
        if site.private and day >= site.private_from:
            alias = self._sites.values.token(32) if registrar.aliases else None
            name = f"{registrar.label} {int(alias, 16) % 10**8}" if alias else registrar.label
            email = f"{alias or 'contact'}@{registrar.proxy}"
            return {"name": name, "org": registrar.label, "phone": registrar.phone, "email": email}
        if site.redacted and day >= _REDACTION:
            email = chance.choice((_REDACTED, "Please query the RDDS service of the registrar", ""))
            org = contact.org if chance.random() < 0.25 else _REDACTED
            return {"name": _REDACTED, "email": email, "phone": _REDACTED, "org": org}
        email = contact.email.replace("{d}", site.spell.domain)
        name = contact.name.upper() if chance.random() < 0.06 else contact.name
        email = email.upper() if chance.random() < 0.04 else email
        bare = chance.random() < 0.08
        phone = "+" + "".join(sign for sign in contact.phone if sign.isdigit()) if bare else contact.phone
        return {"name": name, "email": email, "org": contact.org, "phone": phone}


def _make_mistakes(sites: Sites, records: list[Record]) -> None:
    """Make some records wrong, take some days out, and write the others as text."""
    chance, params = sites.chance, sites.params
    by_kind: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_kind[record["kind"]].append(record)
    for record in records:
        if chance.random() < params.wrong:
            _make_mistake(chance, record, by_kind[record["kind"]])
        for day in _DAYS:
            if day not in record:
                continue
            if chance.random() < params.undated:
                del record[day]
            else:
                record[day] = date.fromordinal(record[day]).isoformat()


def _make_mistake(chance: Random, record: Record, alike: list[Record]) -> None:
    """Give a record the value of another, misread a character of it, or move one of its days."""
    values, kind = [value for value in _VALUES if value in record], chance.random()
    if values and kind < 0.5:
        value, other = chance.choice(values), chance.choice(alike)
        if other.get(value) and other[value] != record["domain"]:
            record[value] = other[value]
    elif values and kind < 0.65 and "to_domain" not in record:
        value = chance.choice(values)
        text, at = record[value], chance.randrange(len(record[value]))
        if text[at].isalnum() and value != "ip":
            record[value] = text[:at] + chance.choice("0123456789") + text[at + 1 :]
    else:
        day = chance.choice([day for day in _DAYS if day in record])
        record[day] = max(BEGINS - 900, min(ENDS, record[day] + int(chance.gauss(0, 500))))
        if "first_seen" in record and record["first_seen"] > record["last_seen"]:
            record["first_seen"], record["last_seen"] = record["last_seen"], record["first_seen"]
