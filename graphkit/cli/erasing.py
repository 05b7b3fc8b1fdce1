"""The command that takes something out for good."""

from __future__ import annotations

import click

from graphkit.cli.options import analyst_option, examples, json_option, last_used, store_option
from graphkit.errors import ChooseAgain


@click.command(
    epilog=examples(
        'graphkit erase jane-doe --why "Asked for by the person, letter of 3 May."',
        'graphkit erase fenmark-2024 --why "Court order 17/2024." --yes',
    )
)
@click.argument("id_", metavar="ID")
@click.option("--with-mentions", is_flag=True, help="Erase claims of others, too, whose words name it.")
@click.option("--yes", is_flag=True, help="Erase without asking for the id again.")
@analyst_option("--who", "erases it")
@click.option("--why", required=True, metavar="TEXT", help="The reason, which is kept. It must not name what goes.")
@store_option
@json_option
def erase(id_: str, with_mentions: bool, yes: bool, who: str, why: str, store: str, as_json: bool) -> None:
    """Erase a thing or a source for good: all claims on it, by it and of it, its decisions and documents.

    It is the one command that nothing takes back. A tombstone without any name stays, and keeps it from coming back.
    """
    from graphkit import flow, printed
    from graphkit.cli import prompts

    opened = flow.store_at(store)
    if not yes:
        found = flow.erasure(opened, id_, with_mentions)
        if not prompts.at_terminal():
            raise ChooseAgain("erase asks for the id again. Run it in a terminal, or add --yes. Nothing was erased.")
        printed.to_erase(found, id_)
        if prompts.answer("Type the id again to erase it (Enter stops)") != id_.strip():
            raise ChooseAgain("That is not the id. Nothing was erased.")
    made = flow.erase(opened, id_, flow.Reason(who, why), last_used(), with_mentions)
    printed.erased(made, store, as_json)
