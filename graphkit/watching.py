"""Watching websites: after a load, the new ones that share infrastructure with those that somebody watches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from graphkit import loading
from graphkit.errors import GraphkitError
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.ingest.files import Files, Progress
from graphkit.ingest.report import LoadReport
from graphkit.last_used import LastUsed
from graphkit.pivoting import Choice, Link, Pivot, SiteGroup, percent, pivot, why
from graphkit.snapshots import snapshot
from graphkit.stores import Store

_REASONS = 3


def load(
    store: Store, paths: Sequence[Path], case: str | None, last_used: LastUsed, progress: Progress | None = None
) -> LoadReport:
    """Put the records of files and folders into a store, as ``load_files`` does."""
    return load_files(store, Files(paths, store.catalog, progress=progress), case, last_used)


def load_files(store: Store, files: Files, case: str | None, last_used: LastUsed) -> LoadReport:
    """Put the records of files into a store, as ``loading.load_files`` does, and say what is new near what is watched.

    The notes of the report name each website that was not there before and is linked to one that is watched, or to one
    of its group.
    """
    return _watched(store, lambda: loading.load_files(store, files, case, last_used))


def add(store: Store, records: Sequence[Mapping[str, Any]], case: str | None, last_used: LastUsed) -> LoadReport:
    """Put records made by hand into a store, as ``loading.add`` does, and say what is new near what is watched."""
    return _watched(store, lambda: loading.add(store, records, case, last_used))


def sightings(view: Snapshot, new: Collection[str]) -> list[str]:
    """Return a sentence for each of some new websites that is linked to one that is watched, the surest first."""
    found = pivot(view)
    told: dict[str, tuple[float, str]] = {}
    for watch in found.watched:
        for other, site, link in _near(found, watch):
            if other in new and link.probability > told.get(other, (0.0,))[0]:
                told[other] = (link.probability, _sentence(other, site, link, watch))
    return [sentence for _, sentence in sorted(told.values(), reverse=True)]


def newcomers(store: Store, view: Snapshot, found: Pivot, watch: Choice) -> list[str]:
    """Return the websites linked to one that is watched, or to its group, that were loaded after it was watched."""
    others = {other for other, *_ in _near(found, watch)}.difference(watch.websites)
    ids = [f"domain:{site}" for site in others]
    claims = store.claims_on(ids).filter(pl.col("source").is_in(view.sources["id"].to_list()))
    either = pl.concat([claims.select("recorded_at", domain=end) for end in ("subject", "value")])
    first = either.filter(pl.col("domain").is_in(ids)).group_by("domain").agg(pl.col("recorded_at").min())
    return sorted(id_.removeprefix("domain:") for id_, day in first.iter_rows() if day and day > watch.when)


def _near(found: Pivot, watch: Choice) -> Iterator[tuple[str, str, Link]]:
    """Yield what is linked to a website that is watched or to one of its group: the other, the website, the link."""
    near = {one for site in watch.websites for one in _group(found.by_domain.get(site), site)}
    for site in sorted(near):
        for link in found.links.get(site, ()):
            yield link.other(site), site, link


def _group(group: SiteGroup | None, site: str) -> tuple[str, ...]:
    return group.websites if group else (site,)


def _sentence(new: str, site: str, link: Link, watch: Choice) -> str:
    whose = (
        f"which {watch.who} watches"
        if site in watch.websites
        else f"in the group of {watch.websites[0]}, which {watch.who} watches"
    )
    sure = percent(link.probability)
    return f"{new} shares infrastructure with {site}, {whose}: {sure} probable; {why(link, _REASONS)}."


def _watched(store: Store, put: Callable[[], LoadReport]) -> LoadReport:
    cases = _watching(store)
    before = {case: _websites(snapshot(store, Scope((case,)))) for case in cases}
    report = put()
    for case in sorted(cases.intersection(report.cases)):
        try:
            view = snapshot(store, Scope((case,)))
            report.notes.extend(sightings(view, _websites(view) - before[case]))
        except GraphkitError as problem:
            report.warnings.append(f"What is watched was not compared with what is new: {problem}")
    return report


def _watching(store: Store) -> set[str]:
    """Return the cases in which somebody watches something."""
    if not store.exists():
        return set()
    decisions = store.register("Decision")
    return set(decisions.filter(decisions["action"] == "watch")["case"].drop_nulls())


def _websites(view: Snapshot) -> set[str]:
    domains = view.things.filter(view.things["kind"] == "Domain")["id"]
    return {id_.removeprefix("domain:") for id_ in domains}
