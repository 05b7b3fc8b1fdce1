"""The command that says which websites share infrastructure."""

from __future__ import annotations

import click

from graphkit.cli.options import Looked, examples, looks_at
from graphkit.errors import ChooseAgain, NotFound


@click.command(
    epilog=examples(
        "graphkit pivot --all",
        "graphkit pivot --all --format json",
        "graphkit pivot amber-signal.example",
        "graphkit pivot --watched",
    )
)
@click.argument("domain", required=False)
@click.option("--all", "all_", is_flag=True, help="All groups of websites that share infrastructure.")
@click.option("--watched", is_flag=True, help="The websites that people watch, and what came near them since.")
@click.option(
    "--top", default=20, show_default=True, type=click.IntRange(min=1), help="At most this many rows of a table."
)
@looks_at("table", "csv", "json")
def pivot(
    domain: str | None,
    all_: bool,
    watched: bool,
    top: int,
    at: Looked,
) -> None:
    """Say which websites share infrastructure with one, or all groups of them: why, how sure, and what came next.

    It looks at registrations, hosts, name servers, certificates, trackers, icons, redirects, names and times, each
    value weighed by how rare it was. It is a reason to look and no proof of a common operator.
    """
    from graphkit import flow, printed

    if [bool(domain), all_, watched].count(True) != 1:
        raise ChooseAgain(
            "Name one website, such as 'graphkit pivot site.example', or ask for all, --all, "
            "or for those that people watch, --watched."
        )
    view = at.view
    if watched:
        found = flow.pivot(view)
        watches = [(one, flow.newcomers(at.store, view, found, one)) for one in found.watched]
        printed.watched(watches, view, at.format)
        return
    if not domain:
        found = flow.pivot(view)
        printed.groups(found, view, at.format, top)
        if not found.websites and (told := printed.elsewhere(at.store, at.scope)):
            printed.note(told)
        return
    try:
        printed.relatives(flow.relatives(view, domain), view, at.format, top)
    except NotFound as problem:
        raise NotFound(f"{problem} {printed.elsewhere(at.store, at.scope, domain)}".rstrip()) from None
