"""The command that lists requests for removal and legal assistance."""

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

if TYPE_CHECKING:
    from graphkit.graph.moment import Moment


@click.command(
    epilog=examples(
        "graphkit requests --website amber-signal.example",
        "graphkit requests --to graniteshed-hosting --outcome granted --format csv",
    )
)
@click.option("--website", default="", metavar="DOMAIN", help="Only those that concern a website or what it hosted.")
@click.option("--to", default="", metavar="ID", help="Only those addressed to this one.")
@click.option("--from", "by", default="", metavar="ID", help="Only those made by this one.")
@click.option(
    "--type", "type_", default="", metavar="TYPE",
    help="Only these: removal, legal assistance, referral or reinstatement.",
)  # fmt: skip
@click.option(
    "--outcome", default="", metavar="OUTCOME",
    help="Only those of which a source says this, such as refused; none: no outcome on record.",
)  # fmt: skip
@format_option("table", "csv", "json")
@case_option
@time_options
@store_option
@json_option
def requests(
    website: str,
    to: str,
    by: str,
    type_: str,
    outcome: str,
    format_: str,
    cases: Sequence[str],
    store: str,
    as_json: bool,
    moment: Moment,
) -> None:
    """List requests for removal and legal help: to whom, on what basis, what came of them, what reappeared where."""
    from graphkit import flow, printed

    opened, scope = opened_at(store, cases, moment)
    asked = flow.RequestsAsked(website, to, by, type_, outcome)
    found = flow.requests(opened, flow.filled_snapshot(opened, scope), asked)
    printed.requests(found, format_of(format_, as_json))
