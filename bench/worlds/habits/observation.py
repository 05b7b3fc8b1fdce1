"""What is seen of sites: registrations and passive observations, with gaps and mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bench.worlds.habits.sites import Mark, Site, Stay, rent
from bench.worlds.habits.world import END, World, day

Record = dict[str, Any]

_REDACTED_FROM, _REDACTED = day(2018, 5, 25), "REDACTED FOR PRIVACY"
_PROPERTY = {
    "Resolution": "ip", "Nameserver": "nameserver", "Certificate": "fingerprint", "Tracker": "tracker",
    "Favicon": "favicon", "Redirect": "to_domain",
}  # fmt: skip


class Observer:
    """Writes down what is seen of the sites of a world, in ``records``."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.records: list[Record] = []

    def observe(self, site: Site) -> None:
        """Add what is seen of a site, of owners before it and of what becomes of its domain."""
        first = self._before(site)
        for stay in site.stays:
            self._hosted(site.domain, stay)
        self._registered(site)
        for stay in site.stays:
            self._certified(site, stay)
        self._marked(site)
        last = max(first, min(self._after(site), END))
        self.records.append(
            {
                "kind": "Website",
                "source": "obs",
                "domain": site.domain,
                "first_seen": _iso(first),
                "last_seen": _iso(last),
            }
        )

    def make_mistakes(self) -> None:
        """Put some values on wrong domains, mistype some mailboxes, and move some dates by years."""
        world, domains = self._world, list(self._world.domains)
        for record in self.records:
            if record["kind"] == "Website" or not world.happens(world.wrong):
                continue
            if record["kind"] == "Registration" and world.happens(0.5):
                self._misread(record)
            else:
                others = [one for one in world.chance.sample(domains, 3) if one != record.get("to_domain")]
                record["domain"] = world.chance.choice(others)

    def _misread(self, record: Record) -> None:
        chance, email = self._world.chance, record.get("registrant_email")
        if email and self._world.happens(0.6):
            place = chance.randrange(max(1, email.index("@")))
            record["registrant_email"] = email[:place] + chance.choice("aeionst") + email[place + 1 :]
        elif "created" in record:
            created = date.fromisoformat(record["created"]).toordinal()
            record["created"] = _iso(created - chance.randint(30, 900))

    def _before(self, site: Site) -> int:
        """Add what is seen of an unrelated owner, if the domain had one; return when it was first anybody's."""
        world, chance = self._world, self._world.chance
        if site.created <= day(2013) or not world.happens(0.05):
            return site.begins
        ends = site.created - chance.randint(40, 300)
        begins = ends - chance.randint(300, 1200)
        owner, registrar = world.person(domain=site.domain), chance.choice(world.registrars)
        earlier = replace(
            site, begins=begins, ends=ends, owner=owner, stays=[], hidden=None, registrar=registrar, created=begins
        )
        rent(world, earlier, {"shared": 5, "cheap": 2, "cloud": 1})
        for stay in earlier.stays:
            self._hosted(site.domain, stay)
        self._register(earlier, begins + 9)
        if world.happens(0.4):
            self._see("Tracker", site.domain, Mark(world.analytics(), begins, ends))
        return begins

    def _hosted(self, domain: str, stay: Stay) -> None:
        if stay.begins > stay.ends:
            return
        for address in stay.addresses:
            self._see("Resolution", domain, Mark(address, stay.begins, stay.ends))
        for nameserver in stay.nameservers:
            self._see("Nameserver", domain, Mark(nameserver, stay.begins, stay.ends))

    def _registered(self, site: Site) -> None:
        """Add registrations of a site's whole life, which may move to another registrar in it."""
        world = self._world
        when = site.created + world.chance.randint(0, 20)
        while when <= site.ends:
            self._register(site, when)
            if world.happens(0.06):
                site.registrar = world.some_registrars()[0]
            when += world.chance.randint(120, 600)

    def _certified(self, site: Site, stay: Stay) -> None:
        """Add certificates that come with a place: those of many sites, and short ones of this alone."""
        world, hoster = self._world, stay.hoster
        begins, ends = max(stay.begins, day(2014)), stay.ends
        if hoster.kind == "cdn" and begins < day(2020) and begins < ends:
            if hoster.bundle_left <= 0:
                hoster.bundle, hoster.bundle_left = world.hexadecimal(40), world.chance.randint(8, 40)
            hoster.bundle_left -= 1
            self._see("Certificate", site.domain, Mark(hoster.bundle, begins, min(ends, begins + 400)))
        elif hoster.kind in {"shared", "cheap"} and world.happens(0.15):
            self._see("Certificate", site.domain, Mark(hoster.certificate, begins, ends))
        begins = max(begins, day(2016))
        while begins < ends and world.happens(0.7) and not site.certificates:
            self._see("Certificate", site.domain, Mark(world.hexadecimal(40), begins, min(ends, begins + 90)))
            begins += 90 * world.chance.randint(1, 6)

    def _marked(self, site: Site) -> None:
        for certificate in site.certificates:
            self._see("Certificate", site.domain, certificate, -0.1)
        for tracker in dict.fromkeys(site.trackers):
            begins = site.begins + self._world.chance.randint(0, 30)
            self._see("Tracker", site.domain, Mark(tracker, begins, site.ends))
        for icon in site.icons:
            self._see("Favicon", site.domain, Mark(icon, site.begins, site.ends))
        for redirect in site.redirects:
            self._see("Redirect", site.domain, redirect)

    def _after(self, site: Site) -> int:
        """Add what is seen of a domain after its site has ended; return when it is last anybody's."""
        world = self._world
        begins = site.ends + world.chance.randint(1, 40)
        if site.fate == "down" and begins < END:
            self._suspended(site, begins)
            return begins
        if site.fate == "expired" and begins < END and world.happens(0.6):
            return self._parked(site, begins)
        return site.ends

    def _suspended(self, site: Site, begins: int) -> None:
        """Add a registrar's hold, and perhaps a sinkhole."""
        world, servers = self._world, site.registrar.suspended
        ends = begins + world.chance.randint(30, 300)
        for server in servers:
            self._see("Nameserver", site.domain, Mark(server, begins, ends))
        if world.happens(0.4):
            self._see("Resolution", site.domain, Mark(world.chance.choice(world.sinkholes), begins, ends))
        self._register(site, begins + 5, servers)

    def _parked(self, site: Site, begins: int) -> int:
        """Add a parking page, and perhaps a dealer who caught the domain; return when that ends."""
        world, place = self._world, self._world.place("parking")
        ends = begins + world.chance.randint(30, 700)
        stay = Stay(begins, ends, place.hoster, place.addresses, place.nameservers)
        self._hosted(site.domain, stay)
        if world.happens(0.5):
            self._see("Tracker", site.domain, Mark(place.hoster.tracker, begins, ends))
        if world.happens(0.5):
            self._see("Favicon", site.domain, Mark(place.hoster.icon, begins, ends))
        if world.happens(0.35):
            dealer, registrar = world.chance.choice(world.dealers), world.registrars[-1]
            caught = replace(site, owner=dealer, registrar=registrar, hidden=None, created=begins + 75)
            self._register(caught, begins + 90, place.nameservers)
        return ends

    def _see(self, kind: str, domain: str, mark: Mark, more: float = 0) -> None:
        """Add one observation, or nothing when it is missed; what is seen opens late and closes early."""
        world, begins, ends = self._world, mark.begins, min(mark.ends, END)
        if begins > ends or not world.happens(world.visible[kind] + more):
            return
        days = ends - begins
        begins, ends = begins + self._missed(days), ends - self._missed(days)
        begins, ends = min(begins, ends), max(begins, ends)
        record = {"kind": kind, "source": "obs", "domain": domain, _PROPERTY[kind]: mark.value}
        record |= {"first_seen": _iso(begins), "last_seen": _iso(ends)}
        self._drop(record, ("first_seen", "last_seen"), 0.02)
        self.records.append(record)

    def _missed(self, days: int) -> int:
        return int(days * max(0, self._world.chance.gauss(0, 0.12)) * 0.8)

    def _drop(self, record: Record, names: tuple[str, ...], share: float) -> None:
        for name in names:
            if self._world.happens(share):
                record.pop(name, None)

    def _register(self, site: Site, when: int, nameservers: Sequence[str] = ()) -> None:
        """Add what whois shows on a day, or nothing when nobody looks."""
        if when > END or not self._world.happens(self._world.visible["Registration"]):
            return
        owner = site.owner
        record: Record = {
            "kind": "Registration",
            "source": "obs",
            "domain": site.domain,
            "registrar": site.registrar.name,
            "registrant_name": owner.name,
            "registrant_email": owner.email,
            "registrant_org": owner.org,
            "registrant_phone": owner.phone,
            "created": _iso(site.created),
            "expires": _iso(site.created + 365 * max(1, -((site.created - when) // 365))),
            "observed": _iso(when),
            "nameservers": list(nameservers or site.nameservers_on(when)),
        }
        self._conceal(record, site, when)
        self._drop(record, ("registrant_phone", "registrant_org", "expires", "created"), 0.04)
        self.records.append(record)

    def _conceal(self, record: Record, site: Site, when: int) -> None:
        """Put a privacy service in the owner's place, or redact who it is, where that is so."""
        world, registrar = self._world, site.registrar
        if site.hidden is not None and when >= site.hidden and not world.happens(site.slips):
            self._put_proxy(record, site)
        elif when >= _REDACTED_FROM and registrar.redacts and _may_redact(site) and not world.happens(0.08):
            record["registrant_name"] = record["registrant_phone"] = _REDACTED
            del record["registrant_email"]
            if world.happens(0.6):
                record["registrant_org"] = _REDACTED

    def _put_proxy(self, record: Record, site: Site) -> None:
        brand = site.registrar.brand
        mailboxes = {"hash": self._world.hexadecimal(12), "fixed": "contact", "domain": site.domain}
        record["registrant_name"] = "Domain Admin"
        record["registrant_email"] = f"{mailboxes[site.registrar.mailbox]}@{brand}.com"
        record["registrant_org"] = f"{brand.title()} Service"
        record["registrant_phone"] = f"+1.48062{len(brand):05d}"


def _may_redact(site: Site) -> bool:
    return site.domain.rsplit(".", 1)[1] not in {"us", "in"}


def _iso(when: int) -> str:
    return date.fromordinal(when).isoformat()
