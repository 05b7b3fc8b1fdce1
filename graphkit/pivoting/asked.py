"""Asking which websites belong together: all groups of a snapshot, or the relatives of one website."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import numpy as np
import polars as pl

from graphkit.errors import NotFound, did_you_mean
from graphkit.graph.parts import nodes
from graphkit.graph.snapshot import Snapshot
from graphkit.identity.websites.derived import keyed
from graphkit.identity.websites.grouped import Group, grouped
from graphkit.identity.websites.linked import Compared, compared
from graphkit.identity.websites.reasons import Reason, reasons
from graphkit.identity.websites.weighed import Weighed, weighed
from graphkit.model import typed
from graphkit.pivoting.bare import bare
from graphkit.pivoting.decided import Decided, decided, splits, watched
from graphkit.pivoting.following import in_words, successors
from graphkit.pivoting.happened import happened
from graphkit.pivoting.onward import Onward
from graphkit.pivoting.seen import SERVING, Said, as_written, observations, seen
from graphkit.pivoting.shared import shared
from graphkit.pivoting.told import REGISTRATION
from graphkit.pivoting.values import SHOWN, Link, Pivot, Relatives, SiteGroup
from graphkit.results import remembered

PIVOT = "pivot 9"
"""What ``remembered`` knows all groups by; the number changes when their form, or the trees, do."""
LARGE = 100_000
"""From how many relations on it takes longer than one waits for."""
_ALMOST = 0.9999
"""Only what people have decided has probability 1."""
_FIRST = date(1970, 1, 1)
_COLUMNS = {"group": pl.String(), "confidence": pl.Float64(), "a": pl.String(), "b": pl.String()}
_COLUMNS |= {"probability": pl.Float64(), "evidence": pl.String()}
_DAMPED = "damped"


def parts_read(view: Snapshot) -> tuple[str, ...]:
    """Return the parts of a snapshot that ``pivot`` reads."""
    told = (nodes(kind) for kind in (REGISTRATION, *SERVING) if kind in view.kinds)
    return ("things", "links", "weights", "times", "details", "decisions", *told)


def pivot(view: Snapshot) -> Pivot:
    """Return the groups of websites of a snapshot that share infrastructure, each link with its reasons.

    What was computed is not computed again while the store does not change.
    """
    rows, lines = remembered(view, PIVOT, lambda: _computed(view))
    told = json.loads(lines)
    damped = pl.DataFrame(
        told[_DAMPED],
        schema={"kind": pl.String, "value": pl.String, "seen_on": pl.Int64, "why": pl.String},
        orient="row",
    )
    return Pivot(*_read(rows), damped, watched(view), told["websites"], told["computed_on"], tuple(told["told"]))


def relatives(view: Snapshot, domain: str) -> Relatives:
    """Return what one website is linked to, and the values it has that say nothing; NotFound names near domains."""
    try:
        wanted = typed.domain(domain)
    except ValueError as problem:
        raise NotFound(f"'{domain}' {problem}.") from None
    wanted = bare(view).get(wanted, wanted)
    if f"domain:{wanted}" not in view.index:
        known = [id_.removeprefix("domain:") for id_ in view.index if id_.startswith("domain:")]
        raise NotFound(f"No website with the domain '{domain}' in case {view.scope}.{did_you_mean(wanted, known)}")
    found = pivot(view)
    rows = observations(view)
    had = keyed(rows.filter(pl.col("site") == wanted))
    left_out = keyed(found.damped.with_row_index()).join(had, on=["kind", "value"], how="semi")
    damped = found.damped[left_out["index"].sort()]
    links, onward = tuple(found.links.get(wanted, ())), Onward(view)
    after = successors(found, wanted, onward)
    group = found.by_domain.get(wanted)
    return Relatives(
        wanted, group, links, after, in_words(after, onward.lives.get(wanted, (None, None))), splits(view, wanted),
        damped, shared(rows if not links else rows.clear(), wanted, damped),
        happened(view, group.websites if group else [wanted]), found.computed_on,
    )  # fmt: skip


def _computed(view: Snapshot) -> tuple[pl.DataFrame, str]:
    said, choices = observations(view), decided(view)
    observed = seen(view, said)
    found = compared(observed)
    sites = found.held.sites
    judged = weighed(found.answers, choices.of(found))
    more = np.array(choices.beyond(found), dtype=np.int64).reshape(-1, 2)
    a, b = (np.concatenate(ends).tolist() for ends in ((found.pairs.a, more[:, 0]), (found.pairs.b, more[:, 1])))
    sure = np.concatenate([judged.probability, np.ones(len(more))])
    groups = grouped(a, b, sure, choices.apart(found))
    told = _Told(said, found, judged, groups, choices)
    rows = pl.DataFrame(told.rows(), schema=_COLUMNS, orient="row")
    line = (
        f"Computed on case {view.scope.named}: {len(sites):,} websites, {len(observed.values):,} observations, "
        f"{len(found.pairs.a):,} pairs that share a value; weights of evidence, by trees grown on invented worlds; "
        f"{view.scope.moment or 'all dates'}."
    )
    inside = sum(len(group.sites) for group in groups)
    words = [f"{len(groups):,} groups of {inside:,} websites; {len(sites) - inside:,} are in none."]
    if not sites:
        words = ["No websites in this case, nor domains that anything is seen of: there is nothing to compare."]
    damped = as_written(found.damped, observed).sort("seen_on", "kind", "value", descending=[True, False, False])
    return rows, json.dumps({"computed_on": line, "websites": len(sites), "told": words, _DAMPED: damped.rows()})


class _Told:
    """Puts links into rows: those of groups, and others that are probable enough to be told."""

    def __init__(
        self, said: pl.DataFrame, found: Compared, judged: Weighed, groups: Sequence[Group], by: Decided
    ) -> None:
        self._found, self._judged, self._groups, self._by = found, judged, groups, by
        self._sites = found.held.sites
        self._group = {site: number for number, group in enumerate(groups) for site in group.sites}
        self._links = self._shown()
        shared = np.array([n for *_, n in self._links if n >= 0], dtype=np.int64)
        self._why = dict(zip(shared.tolist(), reasons(found, judged, shared), strict=True))
        told = {self._sites[site] for x, y, _ in self._links for site in (x, y)}
        values = {(one.kind, one.value) for rows in self._why.values() for one in rows if one.seen_on}
        self._said = Said(said, told, values)

    def _shown(self) -> list[tuple[int, int, int]]:
        """Return the two sites of each link that is told, and the number of its pair, -1 where they share nothing."""
        ways = {(min(way), max(way)) for group in self._groups for way in group.ways}
        probable = np.flatnonzero(self._judged.probability >= SHOWN)
        a, b = self._found.pairs.a[probable], self._found.pairs.b[probable]
        links = list(zip(a.tolist(), b.tolist(), probable.tolist(), strict=True))
        there = {link[:2] for link in links}
        return links + [(x, y, -1) for x, y in sorted(ways - there)]

    def rows(self) -> list[tuple[str | None, float | None, str, str, float, str]]:
        """Return one row a link, the groups in their order, the surest link first."""
        rows = [self._row(x, y, n) for x, y, n in self._links]
        return sorted(rows, key=lambda row: (row[0] is None, row[0] or "", -row[4], row[2:4]))

    def _row(self, x: int, y: int, n: int) -> tuple[str | None, float | None, str, str, float, str]:
        number = self._group.get(x)
        inside = number is not None and number == self._group.get(y)
        group = self._groups[number] if inside and number is not None else None
        a, b = self._sites[x], self._sites[y]
        sure = _rounded(float(self._judged.probability[n])) if n >= 0 else 1.0
        evidence = [*self._by.words(a, b), *(self._evidence(one, (a, b)) for one in self._why.get(n, ()))]
        id_ = f"{number:06}" if group else None
        return id_, group.confidence if group else None, a, b, sure, json.dumps(evidence)

    def _evidence(self, one: Reason, sites: tuple[str, str]) -> dict[str, object]:
        value, sources = self._said.of(one.kind, one.value, sites) if one.seen_on else (one.value, [])
        told = {"kind": one.kind, "value": value, "seen_on": one.seen_on, "weight": one.weight}
        return told | {"begins": _iso(one.begins), "ends": _iso(one.ends), "sources": sources}


def _rounded(sure: float) -> float:
    return sure if sure == 1 else min(round(sure, 4), _ALMOST)


@cache
def _iso(day: int | None) -> str | None:
    return None if day is None else (_FIRST + timedelta(days=day)).isoformat()


def _read(rows: pl.DataFrame) -> tuple[tuple[SiteGroup, ...], tuple[Link, ...]]:
    links: dict[str | None, list[Link]] = {}
    confidence: dict[str | None, float] = {}
    for group, sure, a, b, probability, evidence in rows.select(list(_COLUMNS)).iter_rows():
        links.setdefault(group, []).append(Link(a, b, probability, evidence))
        confidence[group] = sure
    weaker = links.pop(None, [])
    groups = []
    for number, found in links.items():
        sites = tuple(sorted({site for link in found for site in (link.a, link.b)}))
        groups.append(SiteGroup(f"group:{sites[0]}", sites, _rounded(confidence[number]), tuple(found)))
    return tuple(sorted(groups, key=lambda one: (-len(one.websites), one.id))), tuple(weaker)
