"""Commands that write files for others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphkit import whole_file
from graphkit.cli.options import Formats, Group, case_option, examples, opened_at, store_option, time_options
from graphkit.errors import ChooseAgain

if TYPE_CHECKING:
    from graphkit.graph.moment import Moment


@click.group(cls=Group)
def export() -> None:
    """Hand something over as a file. Protected persons are left out under pseudonyms."""


@export.command(
    "graph",
    epilog=examples(
        "graphkit export graph --out graph.html",
        "graphkit export graph --out fbi.json --around fbi --case article",
        "graphkit export graph --out case.stix.json",
        "graphkit export graph --out case.ftm.jsonl",
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
@time_options
@store_option
def export_graph(
    format_: str | None, out: Path, around: Sequence[str], cases: Sequence[str], store: str, moment: Moment
) -> None:
    """Write the graph of a case as one file: a picture that opens offline, for other programs, or to be loaded back."""
    from graphkit import flow
    from graphkit.exports import UNSEEN

    format_ = _format(format_, out)
    whole_file.must_not_replace(out, "--out", [Path(store)])
    whole_file.must_be_writable(out, "--out")
    opened, scope = opened_at(store, cases, moment)
    made = flow.to_hand_over(opened, scope, [format_], around)
    size = whole_file.write_parts(out, made.content(format_), "--out")
    told = [f"{out}: {size:,} bytes, case {scope}.", made.note, UNSEEN.get(format_)]
    click.echo(" ".join(filter(None, told)), err=True)


def _format(named: str | None, out: Path) -> str:
    """Return the format that is named or that the ending of a file tells; ChooseAgain when the two do not agree.

    What is no file, such as /dev/stdout, has any ending.
    """
    from graphkit import flow
    from graphkit.exports import ENDINGS

    if named is not None:
        flow.must_be_format(named)
    told = [name for name, ending in ENDINGS.items() if out.name.lower().endswith(ending)]
    format_ = max(told, key=lambda name: len(ENDINGS[name]), default=None)
    if named and (named == format_ or (out.exists() and not out.is_file())):
        return named
    if named:
        ending = ENDINGS[named]
        raise ChooseAgain(f"{out} does not end in {ending}, and is left as it is. Write --out {out.stem}{ending}.")
    if format_ is None:
        raise ChooseAgain(f"{out} does not say its format. End it in {_or(ENDINGS.values())}.")
    return format_


def _or(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}"
