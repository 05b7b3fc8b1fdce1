"""The command that lists requests for removal and legal assistance."""

from __future__ import annotations

import click

from graphkit.cli.options import Looked, examples, looks_at


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
@looks_at("table", "csv", "json")
def requests(
    website: str,
    to: str,
    by: str,
    type_: str,
    outcome: str,
    at: Looked,
) -> None:
    """List requests for removal and legal help: to whom, on what basis, what came of them, what reappeared where."""
    from graphkit import flow, printed

    asked = flow.RequestsAsked(website, to, by, type_, outcome)
    found = flow.requests(at.store, at.view, asked)
    printed.requests(found, at.format)
