"""Commands that write files for others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from graphkit import whole_file
from graphkit.cli.options import Formats, Group, case_option, examples, opened_at, store_option
from graphkit.errors import ChooseAgain


@click.group(cls=Group)
def export() -> None:
    """Hand something over as a file. Protected persons are left out under pseudonyms."""


@export.command(
    "graph",
    epilog=examples(
        "graphkit export graph --out graph.html",
        "graphkit export graph --out fbi.json --around fbi --case article",
    ),
)
@click.option("--format", "format_", cls=Formats, metavar="FORMAT")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write, with the ending of its format; a file that is there with this ending is replaced.",
)
@click.option(
    "--around", multiple=True, metavar="ID", help="Only this thing and what it is linked to, at most 500 things."
)
@case_option
@store_option
def export_graph(format_: str | None, out: Path, around: Sequence[str], cases: Sequence[str], store: str) -> None:
    """Write the graph of a case as one file: a picture that opens offline, JSON, or for Gephi and other programs."""
    from graphkit import flow

    format_ = _format(format_, out)
    whole_file.must_not_replace(out, "--out", [Path(store)])
    whole_file.must_be_writable(out, "--out")
    opened, scope = opened_at(store, cases)
    content = flow.export_graph(flow.filled_snapshot(opened, scope), format_, list(around) or None)
    whole_file.write(out, content, "--out")
    click.echo(f"{out}: {len(content):,} bytes, case {scope}.", err=True)


def _format(named: str | None, out: Path) -> str:
    """Return the format that is named or that the ending of a file tells; ChooseAgain when the two do not agree.

    What is no file, such as /dev/stdout, has any ending.
    """
    from graphkit import flow
    from graphkit.exports import EXPORTS

    if named is not None:
        flow.must_be_format(named)
    ending = out.suffix.lower().removeprefix(".")
    if named and (named == ending or (out.exists() and not out.is_file())):
        return named
    if named is None and ending in EXPORTS:
        return ending
    if named is None:
        raise ChooseAgain(f"{out} does not say its format. End it in {_or(f'.{name}' for name in EXPORTS)}.")
    raise ChooseAgain(f"{out} does not end in .{named}, and is left as it is. Write --out {out.stem}.{named}.")


def _or(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}"
