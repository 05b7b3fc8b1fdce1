"""The command that takes one record by hand, and asks for what is missing."""

from __future__ import annotations

from collections.abc import Sequence

import click

from graphkit.cli.options import examples, json_option, last_used, store_option
from graphkit.errors import ChooseAgain, Stop


@click.command(
    epilog=examples(
        "graphkit add Person",
        'graphkit add Source id=fenmark-2024 name="Fenmark Digest, spring" --yes',
        'graphkit add Person id=jane-doe name="Jane Doe" source=fenmark-2024 locator="page 3" --yes',
        "graphkit add --list",
    )
)
@click.argument("kind", required=False)
@click.argument("fields", nargs=-1)
@click.option("--case", "case_", metavar="ID", help="Add the source of this record to a case, and use it.")
@click.option("--all", "every", is_flag=True, help="Ask for every field that the kind has, one by one.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--list", "listed", is_flag=True, help="List the kinds of records, and write nothing.")
@store_option
@json_option
def add(
    kind: str | None,
    fields: Sequence[str],
    case_: str | None,
    every: bool,
    yes: bool,
    listed: bool,
    store: str,
    as_json: bool,
) -> None:
    """Add one record by hand: KIND, and FIELDS as FIELD=VALUE, several values of a field separated by |.

    In a terminal it asks for what is missing, says in words who says what, and asks before it writes. Source, date and
    locator are those of the last record of the case unless others are given; a name that nothing has yet makes a thing.
    Elsewhere it asks nothing and fails when something is missing. Adding the same again changes nothing.
    """
    from graphkit import flow, printed
    from graphkit.cli import given, prompts
    from graphkit.cli.asking import Asking

    if listed:
        printed.kinds(flow.catalog())
        return
    if case_ == "":
        raise ChooseAgain("--case is empty; name a case, or leave it out.")
    asking = prompts.at_terminal()
    if kind is None and not asking:
        raise ChooseAgain("KIND is missing; 'graphkit add --list' lists the kinds.")
    opened = flow.store_at(store)
    try:
        chosen = prompts.kind(flow.catalog()) if kind is None else given.kind(flow.catalog(), kind)
        to = flow.case_to_add_to(opened, case_, last_used())
        records = [given.record(flow.catalog(), chosen, fields)]
        if asking:
            records = Asking(opened, chosen, to, last_used()).completed(records[0], every)
        else:
            given.must_be_whole(chosen, records[0], yes)
        said = flow.draft(opened, records, to)
        if not (said.wrong or said.refused):
            printed.draft(said)
            if not yes and not prompts.agreed(f"Write this to {store}?"):
                raise click.Abort
    except click.Abort:
        click.echo(err=True)
        raise Stop("stopped. Nothing was written.") from None
    report = flow.add(opened, records, case_, last_used())
    printed.added(report, store, as_json)
