"""The command that says why two things are linked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphkit import whole_file
from graphkit.cli.options import (
    case_option,
    examples,
    format_of,
    format_option,
    json_option,
    opened_at,
    store_option,
    time_options,
)

if TYPE_CHECKING:
    from graphkit.graph.moment import Moment


@click.command(
    epilog=examples(
        "graphkit explain yang-shaowen fbi",
        "graphkit explain yang-shaowen fbi --max-hops 5 --avoid-hubs --format table",
        "graphkit explain yang-shaowen fbi --case article --out why.html",
    )
)
@click.argument("a")
@click.argument("b")
@click.option(
    "--max-hops",
    default=4,
    show_default=True,
    type=click.IntRange(min=1),
    help="At most this many hops on a path, up to 6.",
)
@click.option(
    "--top", default=5, show_default=True, type=click.IntRange(min=1), help="At most this many paths, up to 100."
)
@click.option("--avoid-hubs", is_flag=True, help="Pass through nothing that is linked to far more than others are.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the paths there, too: .html is a picture, .json, .graphml and .gexf a graph, .csv a table. Protected "
    "persons are left out under pseudonyms.",
)
@format_option("sentences", "table", "json")
@case_option
@time_options
@store_option
@json_option
def explain(
    a: str,
    b: str,
    max_hops: int,
    top: int,
    avoid_hubs: bool,
    out: Path | None,
    format_: str,
    cases: Sequence[str],
    store: str,
    as_json: bool,
    moment: Moment,
) -> None:
    """Say why two things are linked: the best paths between A and B by evidence, and who says each hop.

    Paths that are well supported, lead through what few share, and could hold at one time come first.
    """
    from graphkit import flow, printed

    wanted = flow.Wanted(max_hops, top, avoid_hubs)
    written_as = _format(out, store) if out else ""
    opened, scope = opened_at(store, cases, moment)
    view = flow.filled_snapshot(opened, scope)
    found = flow.explain(opened, view, a, b, wanted)
    content = flow.export_paths(view, found, written_as) if out else b""
    printed.explanation(found, format_of(format_, as_json))
    if out:
        whole_file.write(out, content, "--out")
        printed.paths_written(out, content, found)


def _format(out: Path, store: str) -> str:
    from graphkit import flow

    format_ = flow.format_of_paths(out.name)
    whole_file.must_not_replace(out, "--out", [Path(store)])
    whole_file.must_be_writable(out, "--out")
    return format_
