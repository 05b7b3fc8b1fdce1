"""The command that proposes how a sheet becomes records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from graphkit import whole_file
from graphkit.cli.options import examples, store_option


@click.command(
    "map",
    epilog=examples(
        "graphkit map actors.xlsx",
        "graphkit map actors.xlsx --out actors.yaml",
        "graphkit load actors.xlsx --mapping actors.yaml",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the mapping there, to correct and load by."
)
@click.option(
    "--set",
    "corrections",
    multiple=True,
    metavar="CORRECTION",
    help="Correct it: actor.kind=Person, dates='day first', -link.",
)
@click.option("--rows", default=3, show_default=True, type=click.IntRange(1, 100), help="Rows of the preview.")
@click.option(
    "--mapping", type=click.Path(path_type=Path), metavar="FILE", help="Show what this mapping makes, and propose none."
)
@store_option
def map_(file: Path, out: Path | None, corrections: Sequence[str], rows: int, mapping: Path | None, store: str) -> None:
    """Propose how a sheet (CSV, Excel, OpenDocument) becomes records, and show the first ones.

    Nothing is loaded. What the file cannot tell, such as whether 03/04/2014 is in March or in April, is asked.
    """
    from graphkit import flow, printed

    catalog = flow.store_at(store).catalog
    given = flow.mapping(mapping, catalog) if mapping else None
    made = flow.sheet_preview(file, catalog, given, corrections, rows)
    if out:
        whole_file.must_not_replace(out, "--out", [file])
        whole_file.write(out, made.text.encode(), "--out")
    printed.sheet_preview(made, out)
