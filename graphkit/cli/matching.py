"""The command that looks up the names of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphkit import whole_file
from graphkit.cli.options import case_option, examples, json_option, opened_at, store_option, time_options

if TYPE_CHECKING:
    from graphkit.graph.moment import Moment


@click.command(
    epilog=examples(
        "graphkit match names.xlsx",
        "graphkit match list.csv --column 'Company name' --kind Organization --out answered.csv",
        "graphkit match staff.ods --column 'First name' --column 'Last name' --json",
    )
)
@click.argument("names", type=click.Path(path_type=Path))
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME",
    help="The column with the names; several times for one name in several columns. Default: found out.",
)
@click.option("--sheet", metavar="NAME", help="The sheet of the workbook. Default: the first that has names.")
@click.option("--header", type=click.IntRange(min=0), help="The row that names the columns, 0 when none does.")
@click.option("--kind", "kinds", multiple=True, help="Only things of this kind, such as Person; several times.")
@click.option(
    "--least",
    default=0.8,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="How alike a name must be to be called similar, 0 to 1.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the sheet there, with columns added: .xlsx, .csv or .tsv. Protected persons are not in them.",
)
@case_option
@time_options
@store_option
@json_option
def match(
    names: Path,
    columns: Sequence[str],
    sheet: str | None,
    header: int | None,
    kinds: Sequence[str],
    least: float,
    out: Path | None,
    cases: Sequence[str],
    store: str,
    as_json: bool,
    moment: Moment,
) -> None:
    """Say which names of a sheet (CSV, Excel, OpenDocument) are in a case, and why.

    Names of persons and organizations, domains, addresses and ids: the same, written otherwise, another name of the
    same thing, or similar. A name is no identity: all that may be meant is listed, and nothing is chosen or merged.
    """
    from graphkit import flow, printed

    if out:
        flow.must_be_sheet(out.suffix.lower())
        whole_file.must_not_replace(out, "--out", [names, Path(store)])
        whole_file.must_be_writable(out, "--out")
    opened, scope = opened_at(store, cases, moment)
    asked = flow.Asked(flow.Where(tuple(columns), sheet, header), tuple(kinds), least)
    found = flow.match(opened, scope, names, asked)
    printed.matched(found, as_json)
    if out:
        made = flow.handed_back(names, found, out.suffix.lower())
        whole_file.write(out, made.content, "--out")
        printed.handed_back(out, found, made)
