"""The command line: parse, call flow, print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from graphkit import whole_file
from graphkit.errors import NotFound, StoreMissing
from graphkit.last_used import LastUsed
from graphkit.options import PORT, Group, case_option, examples, format_option, json_option, store_option
from graphkit.settings import Settings


def _last_used() -> LastUsed:
    return LastUsed(Settings().state)


def _opened(store: str, cases: Sequence[str]) -> tuple[Any, Any]:
    from graphkit import flow

    opened = flow.store_at(store)
    scope = flow.scope_of(opened, cases, _last_used())
    if not opened.stats()["claims"]:
        raise StoreMissing(f"{store} holds no records yet. Load some with 'graphkit load PATH'.")
    return opened, scope


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="graphkit", prog_name="graphkit")
def main() -> None:
    """Who said what about whom: an evidence graph of actors, incidents and networks.

    \b
    Start here:
      graphkit demo                       two example cases, in the terminal and the app
      graphkit load records.jsonl         put records of yours into graphkit.kgl
      graphkit show ID                    everything that is said of one thing, and by whom
      graphkit app                        look around in the browser
    """


@main.group(cls=Group)
def case() -> None:
    """Cases: named sets of sources that are looked at together."""


@case.command("new", epilog=examples('graphkit case new harbour --purpose "Who moved the sites?" --owner "M. Lind"'))
@click.argument("id_", metavar="ID")
@click.option("--name", help="What it is called. Default: the id.")
@click.option("--purpose", help="What it is for.")
@click.option("--owner", help="Who answers for it.")
@click.option("--tlp", help="CLEAR, GREEN, AMBER, AMBER+STRICT or RED.")
@click.option("--review-date", help="When it must be looked at again or closed.")
@store_option
def case_new(id_: str, store: str, name: str | None, **entry: str | None) -> None:
    """Make a case and use it from now on."""
    from graphkit import flow

    flow.new_case(flow.store_at(store), _last_used(), {"id": id_, "name": name or id_} | entry)
    click.echo(f"Case '{id_}' is made and in use.")


@case.command("list", epilog=examples("graphkit case list", "graphkit case list --json"))
@store_option
@json_option
def case_list(store: str, as_json: bool) -> None:
    """List the cases of the store; the one in use is marked."""
    from graphkit import flow, printed

    opened = flow.store_at(store)
    printed.cases(flow.cases(opened), flow.scope_of(opened, (), _last_used()), as_json)


@case.command("use", epilog=examples("graphkit case use article"))
@click.argument("id_", metavar="ID")
@store_option
def case_use(id_: str, store: str) -> None:
    """Use a case whenever none is named."""
    from graphkit import flow

    flow.use_case(flow.store_at(store), _last_used(), id_)
    click.echo(f"Case '{id_}' is in use.")


@main.command(
    epilog=examples("graphkit load seed/article", "graphkit load sites.csv --case harbour --rejects bad.jsonl")
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--case", "case_", metavar="ID", help="Add the sources of this load to a case, and use it.")
@click.option(
    "--rejects",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write what was not taken, to mend and load again.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 when a record was rejected.")
@store_option
@json_option
@click.pass_context
def load(
    ctx: click.Context,
    paths: Sequence[Path],
    case_: str | None,
    rejects: Path | None,
    strict: bool,
    store: str,
    as_json: bool,
) -> None:
    """Load records from files and folders (JSON Lines, JSON, CSV; also .gz and .zst).

    Loading the same records again changes nothing. A bad record is reported and never stops the rest.
    """
    from graphkit import flow, printed
    from graphkit.ingest import readers

    if rejects:
        whole_file.must_not_replace(rejects, "--rejects", [*readers.files(paths), Path(store)])
        whole_file.must_be_writable(rejects, "--rejects")
    with printed.progress() as progress:
        report = flow.load(flow.store_at(store), paths, case_, _last_used(), progress)
    if rejects:
        whole_file.write(rejects, "".join(reject.again + "\n" for reject in report.rejects).encode(), "--rejects")
    printed.load_report(report, rejects, as_json)
    ctx.exit(1 if (strict and report.rejected) or not report.accepted else 0)


@main.command(epilog=examples("graphkit check records.jsonl"))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@store_option
@click.pass_context
def check(ctx: click.Context, paths: Sequence[Path], store: str) -> None:
    """Say what loading these files would reject, without loading them."""
    from graphkit import flow, printed

    batch = flow.check(flow.store_at(store), paths)
    printed.check_report(batch)
    ctx.exit(1 if batch.rejects else 0)


@main.command(epilog=examples("graphkit show kunming-2014-03-01", "graphkit show fbi --case article --json"))
@click.argument("id_", metavar="ID")
@case_option
@store_option
@json_option
def show(id_: str, cases: Sequence[str], store: str, as_json: bool) -> None:
    """Show one thing: every claim with its source, every relation, every contradiction."""
    from graphkit import flow, printed

    opened, scope = _opened(store, cases)
    printed.dossier(flow.show(opened, scope, id_), scope, as_json)


@main.command(epilog=examples("graphkit search kunming", "graphkit search yang --limit 5"))
@click.argument("text")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="At most this many things.")
@case_option
@store_option
@json_option
def search(text: str, limit: int, cases: Sequence[str], store: str, as_json: bool) -> None:
    """Find things by a part of any of their names or of their id."""
    from graphkit import flow, printed

    opened, scope = _opened(store, cases)
    hits = flow.search(opened, scope, text, limit)
    if not hits and not as_json:
        raise NotFound(f"Nothing in case {scope} is named like '{text}'. Other cases: 'graphkit case list'.")
    printed.hits(hits, as_json)


@main.command(
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
@store_option
def query(cypher: str, params: Sequence[str], limit: int, timeout: float, format_: str, store: str) -> None:
    """Ask in Cypher. Read-only; over the whole store, all cases together."""
    from graphkit import flow, printed

    opened = flow.store_at(store)
    printed.rows(flow.query(opened, cypher, printed.parameters(params), limit, timeout), format_)
    printed.asked_of(flow.cases(opened))


@main.command(epilog=examples("graphkit rank degree", "graphkit rank betweenness --kind Person --top 5 --format json"))
@click.argument("metric")
@click.option("--kind", help="Only things of this kind, such as Person.")
@click.option(
    "--among", multiple=True, metavar="KIND", help="Count only relations between things of these kinds; several times."
)
@click.option("--top", default=20, show_default=True, type=click.IntRange(min=1), help="At most this many rows.")
@format_option("table", "json")
@case_option
@store_option
def rank(
    metric: str, kind: str | None, among: Sequence[str], top: int, format_: str, cases: Sequence[str], store: str
) -> None:
    """Rank things by degree, pagerank or betweenness: central in these records, not in the world."""
    from graphkit import flow, printed

    opened, scope = _opened(store, cases)
    for name in [kind, *among] if kind else among:
        flow.catalog().entity(name)
    view = flow.filled_snapshot(opened, scope)
    printed.ranking(flow.rank(view, metric, kind, top, among), view, format_)


@main.group(cls=Group)
def export() -> None:
    """Hand something over as a file. Protected persons are left out under pseudonyms."""


@export.command(
    "graph",
    epilog=examples(
        "graphkit export graph --format html --out graph.html",
        "graphkit export graph --format json --out fbi.json --around fbi --case article",
    ),
)
@click.option("--format", "format_", required=True, metavar="FORMAT", help="html or json.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option(
    "--around", multiple=True, metavar="ID", help="Only this thing and what it is linked to, at most 500 things."
)
@case_option
@store_option
def export_graph(format_: str, out: Path, around: Sequence[str], cases: Sequence[str], store: str) -> None:
    """Write the graph of a case as one file: a picture that opens offline, or JSON."""
    from graphkit import flow

    flow.must_be_format(format_)
    whole_file.must_not_replace(out, "--out", [Path(store)])
    whole_file.must_be_writable(out, "--out")
    opened, scope = _opened(store, cases)
    content = flow.export_graph(flow.filled_snapshot(opened, scope), format_, list(around) or None)
    whole_file.write(out, content, "--out")
    click.echo(f"{out}: {len(content):,} bytes, case {scope}.", err=True)


@main.command(epilog=examples("graphkit app", "graphkit app --port 8600"))
@click.option("--port", default=8501, show_default=True, type=PORT, help="Where the browser finds it.")
@click.option(
    "--address", default="127.0.0.1", show_default=True, help="Who can reach it; only this machine unless told."
)
@store_option
def app(port: int, address: str, store: str) -> None:
    """Serve the app for the browser."""
    from graphkit import serve

    serve.app(store, address, port)


@main.command(epilog=examples("graphkit demo", "graphkit demo --no-app --store /tmp/demo.kgl"))
@click.option("--no-app", is_flag=True, help="Stop before the app.")
@click.option("--port", default=8501, show_default=True, type=PORT, help="Where the browser finds it.")
@store_option
def demo(no_app: bool, port: int, store: str) -> None:
    """Load the two example cases, say what is in each, and serve the app."""
    from graphkit import demo as example_cases
    from graphkit import flow, serve

    opened = flow.store_at(store)
    for text in example_cases.lines(opened, flow.load_seed(opened, _last_used()), _last_used()):
        click.echo(text)
    if not no_app:
        serve.app(store, "127.0.0.1", port)


@main.command(epilog=examples("graphkit doctor"))
@store_option
@click.pass_context
def doctor(ctx: click.Context, store: str) -> None:
    """Say what is installed and whether the store can be used."""
    from graphkit import doctor as examination

    ctx.exit(0 if examination.passed(store) else 1)
