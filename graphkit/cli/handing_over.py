"""Commands that write files for others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from graphkit import whole_file
from graphkit.cli.options import Formats, Group, case_option, examples, opened_at, store_option


@click.group(cls=Group)
def export() -> None:
    """Hand something over as a file. Protected persons are left out under pseudonyms."""


@export.command(
    "graph",
    epilog=examples(
        "graphkit export graph --format html --out graph.html",
        "graphkit export graph --format json --out fbi.json --around fbi --case article",
    ),
)
@click.option("--format", "format_", cls=Formats, required=True, metavar="FORMAT")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option(
    "--around", multiple=True, metavar="ID", help="Only this thing and what it is linked to, at most 500 things."
)
@case_option
@store_option
def export_graph(format_: str, out: Path, around: Sequence[str], cases: Sequence[str], store: str) -> None:
    """Write the graph of a case as one file: a picture that opens offline, JSON, or for Gephi and other programs."""
    from graphkit import flow

    flow.must_be_format(format_)
    whole_file.must_not_replace(out, "--out", [Path(store)])
    whole_file.must_be_writable(out, "--out")
    opened, scope = opened_at(store, cases)
    content = flow.export_graph(flow.filled_snapshot(opened, scope), format_, list(around) or None)
    whole_file.write(out, content, "--out")
    click.echo(f"{out}: {len(content):,} bytes, case {scope}.", err=True)
