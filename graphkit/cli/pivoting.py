"""The command that says which websites share infrastructure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

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
from graphkit.errors import ChooseAgain

if TYPE_CHECKING:
    from graphkit.graph.moment import Moment


@click.command(
    epilog=examples(
        "graphkit pivot --all",
        "graphkit pivot --all --format json",
        "graphkit pivot amber-signal.example",
    )
)
@click.argument("domain", required=False)
@click.option("--all", "all_", is_flag=True, help="All groups of websites that share infrastructure.")
@click.option(
    "--top", default=20, show_default=True, type=click.IntRange(min=1), help="At most this many rows of a table."
)
@format_option("table", "csv", "json")
@case_option
@time_options
@store_option
@json_option
def pivot(
    domain: str | None,
    all_: bool,
    top: int,
    format_: str,
    cases: Sequence[str],
    store: str,
    as_json: bool,
    moment: Moment,
) -> None:
    """Say which websites share infrastructure with one, or all groups of them: why, how sure, and what came next.

    It looks at registrations, hosts, name servers, certificates, trackers, icons, redirects, names and times, each
    value weighed by how rare it was. It is a reason to look and no proof of a common operator.
    """
    from graphkit import flow, printed

    if bool(domain) == all_:
        raise ChooseAgain("Name one website, such as 'graphkit pivot site.example', or ask for all: --all.")
    opened, scope = opened_at(store, cases, moment)
    view = flow.filled_snapshot(opened, scope)
    if domain:
        printed.relatives(flow.relatives(view, domain), view, format_of(format_, as_json), top)
    else:
        printed.groups(flow.pivot(view), view, format_of(format_, as_json), top)
