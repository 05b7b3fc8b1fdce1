"""Where a website cannot have gone on: at one that it was split from, or at one that was there before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain, product

import polars as pl

from graphkit.graph.snapshot import Snapshot
from graphkit.pivoting.decided import Pair, apart
from graphkit.pivoting.seen import lives, resolved
from graphkit.pivoting.told import REGISTRATION, day, told

Life = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first day on which a website was seen, and a domain of it registered; null where that is not on record."""

    seen: date | None = None
    registered: date | None = None

    @property
    def day(self) -> date | None:
        """The first day on record at all."""
        return min((one for one in (self.seen, self.registered) if one), default=None)

    def is_before(self, other: Beginning) -> bool:
        """Say whether it was seen, or registered, before the other; a day that the other lacks is as its second."""
        pairs = (self.seen, other.seen or other.registered), (self.registered, other.registered or other.seen)
        return any(mine < theirs for mine, theirs in pairs if mine and theirs)


class Onward:
    """When the websites of a snapshot began and ended, and which of them were decided not to be one."""

    def __init__(self, view: Snapshot) -> None:
        self._view = view

    @cached_property
    def lives(self) -> dict[str, Life]:
        """The first and last day on which each website was seen, by domain; else had an address."""
        return _days(resolved(self._view)) | {
            site: life for site, life in _days(lives(self._view)).items() if any(life)
        }

    def began(self, id_: str) -> Beginning:
        """Return when a website, or what was reached at a domain, began."""
        kind, _, name = id_.partition(":")
        seen = (self.lives if kind == "domain" else self._sites).get(name, (None, None))[0]
        domains = [name] if kind == "domain" else self.reached(id_)
        created = (self._created[domain] for domain in domains if domain in self._created)
        return Beginning(seen, min(created, default=None))

    def reached(self, site: str) -> list[str]:
        """Return the domains that a website was reached at; the one that it has its id from comes first."""
        own = site.partition(":")[2]
        domains = {id_.partition(":")[2] for id_ in self._reached.get(site, ())} or {own}
        return sorted(domains, key=lambda domain: (domain != own, domain))

    def are_split(self, these: Iterable[str], other: str) -> bool:
        """Say whether any of these websites and domains was decided not to be one with another."""
        ours = set(chain.from_iterable(map(self._names, these)))
        return any(frozenset(pair) in self._apart for pair in product(ours, self._names(other)))

    @cached_property
    def _apart(self) -> frozenset[Pair]:
        return apart(self._view)

    def _names(self, id_: str) -> set[str]:
        """Return the domains by which a website or domain can be meant, also those it was merged under."""
        near = {id_, *self._reached.get(id_, ())}
        return {one.partition(":")[2] for name in near for one in self._merged.get(name, [name])}

    @cached_property
    def _merged(self) -> dict[str, list[str]]:
        things = self._view.things.filter(pl.col("ids").list.len() > 1)
        return dict(things.select("id", "ids").iter_rows())

    @cached_property
    def _sites(self) -> dict[str, Life]:
        return _days(lives(self._view, "from"))

    @cached_property
    def _reached(self) -> dict[str, set[str]]:
        """The domains that each website was reached at, and the websites at each domain."""
        found: dict[str, set[str]] = defaultdict(set)
        for site, domain in self._view.relations.filter(type="HAS_DOMAIN").select("from", "to").iter_rows():
            found[site].add(domain)
            found[domain].add(site)
        return dict(found)

    @cached_property
    def _created(self) -> dict[str, date]:
        of = self._view.relations.filter(type="REGISTERED").select(id="from", domain="to")
        created = told(self._view, REGISTRATION, ("id", "created")).with_columns(day=day("created"))
        first = created.drop_nulls("day").join(of, on="id").group_by("domain").agg(pl.col("day").min())
        return {id_.partition(":")[2]: one for id_, one in first.iter_rows()}


def _days(rows: pl.DataFrame) -> dict[str, Life]:
    days = rows.select("site", pl.col("from", "to").cast(pl.Date)).iter_rows()
    return {site: (begins, ends) for site, begins, ends in days}
