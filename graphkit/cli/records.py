"""Commands that take records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from graphkit import whole_file
from graphkit.cli.options import Command, examples, json_option, last_used, store_option


def _attributed(command: Command) -> Command:
    """Add ``--source``, ``--claimant`` and ``--mapping``: what records do not say themselves."""
    of_source = "The source of all that names none; it is made if the store has none of this id."
    command = click.option(
        "--mapping",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="How sheets become records; see 'graphkit map'.",
    )(command)
    command = click.option("--claimant", metavar="ID", help="Who says what names nobody who says it.")(command)
    return click.option("--source", metavar="ID", help=of_source)(command)


@click.command(
    epilog=examples("graphkit load seed/article", "graphkit load sites.csv --case harbour --rejects bad.jsonl")
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--case", "case_", metavar="ID", help="Add the sources of this load to a case, and use it.")
@_attributed
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
    source: str | None,
    claimant: str | None,
    mapping: Path | None,
    rejects: Path | None,
    strict: bool,
    store: str,
    as_json: bool,
) -> None:
    """Load records from files and folders (JSON Lines, JSON, YAML, CSV, Parquet, GraphML, GEXF; also .gz and .zst).

    Loading the same records again changes nothing. A bad record is reported and never stops the rest.
    """
    from graphkit import flow, printed

    opened = flow.store_at(store)
    given = flow.mapping(mapping, opened.catalog) if mapping else None
    files = flow.Files(paths, opened.catalog, flow.Understood(source, claimant), given)
    if rejects:
        whole_file.must_not_replace(rejects, "--rejects", [*files.found, Path(store)])
        whole_file.must_be_writable(rejects, "--rejects")
    with printed.progress() as files.progress:
        report = flow.load_files(opened, files, case_, last_used())
    if rejects:
        whole_file.write(rejects, "".join(reject.again + "\n" for reject in report.rejects).encode(), "--rejects")
    printed.load_report(report, rejects, as_json)
    ctx.exit(1 if (strict and report.rejected) or not report.accepted else 0)


@click.command(epilog=examples("graphkit check records.jsonl"))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_attributed
@store_option
@json_option
@click.pass_context
def check(
    ctx: click.Context,
    paths: Sequence[Path],
    source: str | None,
    claimant: str | None,
    mapping: Path | None,
    store: str,
    as_json: bool,
) -> None:
    """Say what loading these files would reject, without loading them."""
    from graphkit import flow, printed

    opened = flow.store_at(store)
    given = flow.mapping(mapping, opened.catalog) if mapping else None
    batch = flow.check_files(opened, flow.Files(paths, opened.catalog, flow.Understood(source, claimant), given))
    printed.check_report(batch, as_json)
    ctx.exit(1 if batch.rejects else 0)
