"""The command that proposes what may be one."""

from __future__ import annotations

from collections.abc import Sequence

import click

from graphkit.cli.options import Looked, examples, looks_at


@click.command(
    epilog=examples("graphkit resolve", "graphkit resolve --kind Person --least 0.9", "graphkit resolve --format csv")
)
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND",
    help="Only things of this kind, such as Person; several times. Default: persons, organizations and groups.",
)  # fmt: skip
@click.option(
    "--least",
    default=0.8,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="How alike names must be, 0 to 1.",
)
@click.option("--top", default=50, show_default=True, type=click.IntRange(min=1), help="At most this many pairs.")
@looks_at("table", "csv", "json")
def resolve(
    kinds: Sequence[str],
    least: float,
    top: int,
    at: Looked,
) -> None:
    """List things that may be one by their names, and why: a reason to look, no proof.

    Names in other scripts and spellings, in another order, with initials, titles, short forms and legal forms. Nothing
    is merged: each pair comes with the command that does it. What somebody decided to be two is not listed, and a name
    that two things have beside different main names makes them one by no means: it is listed apart.
    """
    from graphkit import flow, printed

    asked = flow.Alike(tuple(kinds) or flow.Alike().kinds, least, top)
    printed.doubles(flow.resolve(at.store, at.scope, asked), at.format)
