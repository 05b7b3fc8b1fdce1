"""What is seen of a world: records as whois, passive DNS and crawls give them, with gaps and mistakes."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bench.worlds.world import Params, Site, World

Record = dict[str, Any]
START = date(2010, 1, 1)
_KINDS = {
    "ip": ("Resolution", "ip"), "ns": ("Nameserver", "nameserver"), "tracker": ("Tracker", "tracker"),
    "favicon": ("Favicon", "favicon"), "cert": ("Certificate", "fingerprint"), "redirect": ("Redirect", "to_domain"),
}  # fmt: skip
SOURCES = ("whois", "passive-dns", "crawl")


def records(world: World, seed: int) -> Iterator[Record]:
    """Yield all records that are seen of a world, its sources first."""
    yield from ({"kind": "Source", "id": id_, "name": f"Invented {id_}", "invented": True} for id_ in SOURCES)
    chance, params = random.Random(seed + 1), world.params
    values = defaultdict(list)
    for site in world.sites:
        for kind, value, *_ in site.facts:
            values[kind].append(value)
    identities = [site.identity for site in world.sites if site.identity]
    rate = {kind: min(max(chance.gauss(params.missing, 0.1), 0.02), 0.7) for kind in (*_KINDS, "whois", "field")}
    for site in world.sites:
        yield {
            "kind": "Website",
            "domain": site.domain,
            "source": "crawl",
            **_seen(chance, params, site.begins, site.ends),
        }
        for kind, true, begins, ends in site.facts:
            if chance.random() > rate[kind]:
                value = chance.choice(values[kind]) if chance.random() < params.wrong else true
                record, name = _KINDS[kind]
                if value != site.domain:
                    yield {"kind": record, "domain": site.domain, name: value, "source": "passive-dns",
                           **_seen(chance, params, begins, ends)}  # fmt: skip
        if chance.random() > rate["whois"] and site.identity:
            yield _registration(chance, params, site, rate["field"], identities)


def _registration(chance: random.Random, params: Params, site: Site, missing: float, identities: list[Any]) -> Record:
    found: Record = {"kind": "Registration", "domain": site.domain, "source": "whois"}
    if chance.random() > missing:
        found["registrar"] = site.registrar
    for name in ("name", "email", "phone", "org"):
        identity = chance.choice(identities) if chance.random() < params.wrong else site.identity
        value = getattr(identity, name)
        if value and chance.random() > missing:
            found[f"registrant_{name}"] = value
    if chance.random() > params.undated:
        found["created"] = _day(site.begins)
    found["observed"] = _day(chance.randint(site.begins, site.ends))
    return found


def _seen(chance: random.Random, params: Params, begins: int, ends: int) -> dict[str, str]:
    if chance.random() < params.undated:
        return {}
    length = ends - begins
    first = begins + int(length * abs(chance.gauss(0, 0.1))) + chance.choice([-1, 0, 0, 0, 1])
    last = max(ends - int(length * abs(chance.gauss(0, 0.1))), first)
    return {"first_seen": _day(first), "last_seen": _day(last)}


def _day(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()
