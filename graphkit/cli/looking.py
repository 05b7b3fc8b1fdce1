"""Commands that look at what is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from graphkit.cli.options import (
    case_option,
    examples,
    format_of,
    format_option,
    json_option,
    last_used,
    opened_at,
    store_option,
    time_options,
)
from graphkit.errors import ChooseAgain, NotFound

if TYPE_CHECKING:
    from graphkit.graph.moment import Moment


@click.command(epilog=examples("graphkit show kunming-2014-03-01", "graphkit show fbi --case article --json"))
@click.argument("id_", metavar="ID")
@case_option
@time_options
@store_option
@json_option
def show(id_: str, cases: Sequence[str], store: str, as_json: bool, moment: Moment) -> None:
    """Show one thing: every claim with its source, every relation, every contradiction. Of a source, its entry."""
    from graphkit import flow, printed

    if not id_.strip():
        raise ChooseAgain("There is nothing to show: give the id of a thing or a source. 'graphkit search' finds ids.")
    opened, scope = opened_at(store, cases, moment)
    if source := flow.source(opened, scope, id_):
        printed.source(source, as_json)
        return
    printed.dossier(flow.show(opened, scope, id_), scope, as_json)


@click.command(epilog=examples("graphkit search kunming", "graphkit search yang --limit 5"))
@click.argument("text")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="At most this many things.")
@case_option
@time_options
@store_option
@json_option
def search(text: str, limit: int, cases: Sequence[str], store: str, as_json: bool, moment: Moment) -> None:
    """Find things by a part of any of their names or of their id."""
    from graphkit import flow, printed

    opened, scope = opened_at(store, cases, moment)
    hits = flow.search(opened, scope, text, limit)
    if not hits and not as_json:
        raise NotFound(f"Nothing in case {scope} is named like '{text}'. Other cases: 'graphkit case list'.")
    printed.hits(hits, as_json)


@click.command(epilog=examples("graphkit sources", "graphkit sources --case article --json"))
@case_option
@store_option
@json_option
def sources(cases: Sequence[str], store: str, as_json: bool) -> None:
    """List the sources of a case: title, publisher, date, reliability, and how many claims each makes."""
    from graphkit import flow, printed

    opened = flow.store_at(store)
    scope = flow.scope_of(opened, cases, last_used())
    printed.sources(flow.sources(opened, scope), scope, as_json)


@click.command(epilog=examples("graphkit conflicts", "graphkit conflicts --kind Incident --limit 5 --case article"))
@click.option("--kind", help="Only on things of this kind, on relations of it, and on relations of such things.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="At most this many.")
@case_option
@time_options
@store_option
@json_option
def conflicts(kind: str | None, limit: int, cases: Sequence[str], store: str, as_json: bool, moment: Moment) -> None:
    """List what cannot all be so, side by side, that on which most hangs first: claims, then decisions."""
    from graphkit import flow, printed

    if kind:
        flow.must_be_disputable(kind)
    opened, scope = opened_at(store, cases, moment)
    view = flow.filled_snapshot(opened, scope)
    decided = flow.log(opened, scope).contradictions
    printed.conflicts(view, flow.conflicts(view, kind), limit, decided, as_json)


@click.command(
    epilog=examples(
        'graphkit query "MATCH (p:Person)-[r]->(o) RETURN p.name, type(r), o.name"',
        'graphkit query "MATCH (i:Incident) WHERE i.killed > $n RETURN i.name" -p n=10 --format csv',
    )
)
@click.argument("cypher")
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter; the value is read as JSON, else as text.",
)
@click.option("--limit", default=1000, show_default=True, type=click.IntRange(min=1), help="At most this many rows.")
@click.option("--timeout", default=30.0, show_default=True, type=click.FloatRange(min=0.1, max=86_400), help="Seconds.")
@format_option("table", "csv", "json")
@click.option("--case", "cases", multiple=True, metavar="ID", help="Only this case; several times for several.")
@time_options
@store_option
@json_option
def query(
    cypher: str,
    params: Sequence[str],
    limit: int,
    timeout: float,
    format_: str,
    cases: Sequence[str],
    store: str,
    as_json: bool,
    moment: Moment,
) -> None:
    """Ask in Cypher. Read-only; over the whole store, or over a case or a moment, which is built for the question."""
    from graphkit import flow, printed

    opened = flow.store_at(store)
    given = printed.parameters(params)
    if cases or moment:
        scope = flow.scope_of(opened, cases, last_used(), moment)
        with flow.rebuilt(opened, scope) as made:
            printed.rows(flow.query(made, cypher, given, limit, timeout), format_of(format_, as_json))
        printed.note(f"Asked of case {scope}.")
        return
    printed.rows(flow.query(opened, cypher, given, limit, timeout), format_of(format_, as_json))
    printed.asked_of(flow.cases(opened), opened.others())
