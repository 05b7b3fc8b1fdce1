"""What is printed of websites that share infrastructure."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import asdict

import click

from graphkit import flow
from graphkit.exports import wording
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.pivoting import (
    CAUTION,
    as_json,
    grouped,
    kept_apart,
    links_table,
    relatives_as_json,
    relatives_table,
    why,
)
from graphkit.printed.answers import table
from graphkit.printed.basics import as_table, note, put_json
from graphkit.stores import Store

_CASES = 3
_NAMED = 4
_REASONS = 2


def groups(found: flow.Pivot, view: Snapshot, format_: str, top: int) -> None:
    """Print groups: all as JSON, their links as CSV, or a table of the largest ``top``."""
    if format_ == "json":
        put_json(as_json(found))
    elif format_ == "csv":
        rows = links_table(found, view)
        table(rows.columns, rows.iter_rows(), format_)
    else:
        rows_ = [
            (len(group.websites), flow.percent(group.confidence), _named(group.websites), _surest(group.links[0]))
            for group in found.groups[:top]
        ]
        if rows_:
            click.echo(as_table(("size", "sure", "websites", "the surest link"), rows_))
    _computed(view, [*found.told, found.computed_on])


def relatives(found: flow.Relatives, view: Snapshot, format_: str, top: int) -> None:
    """Print what one website is linked to, and what may have come after it."""
    if format_ == "json":
        put_json(relatives_as_json(found))
    elif format_ == "csv":
        rows = relatives_table(found, view)
        table(rows.columns, rows.iter_rows(), format_)
    else:
        group = found.group.websites if found.group else ()
        rows_ = [
            (link.other(found.domain), flow.percent(link.probability), link.other(found.domain) in group, why(link, 4))
            for link in found.links[:top]
        ]
        columns = ("shares infrastructure with", "probability", "same group", "because")
        if rows_:
            click.echo(as_table(columns, [(*row[:2], "yes" if row[2] else "no", row[3]) for row in rows_]))
    _computed(view, [grouped(found), found.after, *kept_apart(found), *_damped(found), found.computed_on])


def watched(found: Sequence[tuple[flow.Choice, Sequence[str]]], view: Snapshot, format_: str) -> None:
    """Print which websites people watch, by whom, since when and why, and which came near them since."""
    if format_ == "json":
        put_json({"watched": [{**asdict(one), "new": new} for one, new in found]})
    elif found or format_ == "csv":
        rows = [
            (", ".join(one.websites), one.who, one.when[:10], one.why, ", ".join(new), one.decision)
            for one, new in found
        ]
        columns = ("websites", "who", "since", "why", "new since", "decision")
        table(columns, rows, format_)
    nobody = ["Nobody watches a website in this case: graphkit watch site.example --why …"]
    _computed(view, [] if found else nobody)


def elsewhere(store: Store, scope: Scope, domain: str | None = None) -> str:
    """Return which other cases have a website, or any at all, each with the command that asks there; else nothing."""
    has = [id_ for id_ in flow.cases_with_websites(store, domain) if id_ not in scope.cases]
    if domain is not None and not has and set(scope.cases).isdisjoint(flow.cases_with_websites(store)):
        return elsewhere(store, scope)
    asked = "--all" if domain is None else shlex.quote(domain)
    told = [f"{id_} (graphkit pivot {asked} --case {shlex.quote(id_)})" for id_ in has[:_CASES]]
    more = [f"{len(has) - _CASES:,} more"] if len(has) > _CASES else []
    what = "Cases with websites" if domain is None else "Cases that have it"
    return f"{what}: {', '.join([*told, *more])}." if has else ""


def _surest(link: flow.Link) -> str:
    return f"{link.a} and {link.b}: {why(link, _REASONS)}"


def _damped(found: flow.Relatives) -> list[str]:
    rows = found.damped.head(_NAMED).iter_rows(named=True)
    told = [f"{row['kind']} {row['value']} ({row['why']}, on {row['seen_on']:,} websites)" for row in rows]
    return [f"Left out as saying nothing: {'; '.join(told)}."] if told else []


def _named(websites: Sequence[str]) -> str:
    more = len(websites) - _NAMED
    return ", ".join(websites[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _computed(view: Snapshot, told: Sequence[str]) -> None:
    note("\n".join([*([wording.INVENTED] if view.invented else []), *told, CAUTION]))
