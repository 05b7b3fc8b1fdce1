"""Commands by which people decide: what is one thing, what is wrong, what counts; and how that is taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from graphkit.cli.options import Command, analyst_option, case_option, examples, json_option, last_used, store_option
from graphkit.errors import ChooseAgain


def _signed(command: Command) -> Command:
    """Add ``--why``, ``--who`` and ``--case``: what every decision has."""
    for option in (
        click.option("--case", "case_", metavar="ID", help="The case it is made in. Default: the case used last."),
        analyst_option("--who", "decides"),
        click.option(
            "--why", required=True, metavar="TEXT", help="The reason; it stands beside the decision for good."
        ),
    ):
        command = option(command)
    return json_option(store_option(command))


def _decided(decide: Callable[[Any, Any], Any], who: str, why: str, case_: str | None, store: str, json: bool) -> None:
    """Make a decision and print it."""
    from graphkit import flow, printed

    opened = flow.store_at(store)
    scope = flow.scope_of(opened, [case_] if case_ else [], last_used())
    entry = decide(opened, flow.Maker(who, why, scope.cases[0]))
    printed.decided(entry, flow.log(opened, scope, entry["id"]), json)


@click.command(epilog=examples('graphkit merge fbi federal-bureau-of-investigation --why "One body, two names."'))
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--keep", metavar="ID", help="The id that the one thing has. Default: the first in the alphabet.")
@_signed
def merge(ids: Sequence[str], keep: str | None, as_json: bool, **signed: Any) -> None:
    """Decide that things are one. Their claims stay as they are written; 'graphkit undo' takes it back."""
    from graphkit import flow

    _decided(lambda store, maker: flow.merge(store, maker, ids, keep), json=as_json, **signed)


@click.command(epilog=examples('graphkit split yang-li yang-lin --why "Two people; the ages differ by twenty years."'))
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_signed
def split(ids: Sequence[str], as_json: bool, **signed: Any) -> None:
    """Decide that things are not one. Who merges them later is told so."""
    from graphkit import flow

    _decided(lambda store, maker: flow.split(store, maker, ids), json=as_json, **signed)


@click.command(
    epilog=examples(
        'graphkit correct 3f2a91c0 value=29 --why "Typed 92; the paper says 29."',
        'graphkit correct 3f2a91c0 valid_from=2014-03 locator="page 3" --why "The month is on page 3."',
    )
)
@click.argument("claim")
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE...")
@_signed
def correct(claim: str, changes: Sequence[str], as_json: bool, **signed: Any) -> None:
    """Put a corrected claim in place of CLAIM, which stays in the log. An empty VALUE takes a field out."""
    from graphkit import flow

    given = dict(_change(text) for text in changes)
    _decided(lambda store, maker: flow.correct(store, maker, claim, given), json=as_json, **signed)


def _change(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise ChooseAgain(f"'{text[:60]}' changes nothing; write it as FIELD=VALUE, such as value=29.")
    return name, value


@click.command(epilog=examples('graphkit withdraw 3f2a91c0 --why "Entered for the wrong person."'))
@click.argument("claims", nargs=-1, required=True, metavar="CLAIM...")
@_signed
def withdraw(claims: Sequence[str], as_json: bool, **signed: Any) -> None:
    """Take claims out that should not have been entered. They stay in the log."""
    from graphkit import flow

    _decided(lambda store, maker: flow.withdraw(store, maker, claims), json=as_json, **signed)


@click.command(epilog=examples('graphkit retract fenmark-2024 --why "The paper took the story back on 3 May."'))
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@_signed
def retract(sources: Sequence[str], as_json: bool, **signed: Any) -> None:
    """Take away what rests on sources alone: nothing that they say counts any more."""
    from graphkit import flow

    _decided(lambda store, maker: flow.retract(store, maker, sources), json=as_json, **signed)


@click.command(epilog=examples('graphkit watch amber-signal.example --why "Removed twice already."'))
@click.argument("websites", nargs=-1, required=True, metavar="WEBSITE...")
@_signed
def watch(websites: Sequence[str], as_json: bool, **signed: Any) -> None:
    """Watch websites: each load then tells of new ones that share infrastructure with them or with their group."""
    from graphkit import flow

    _decided(lambda store, maker: flow.watch(store, maker, websites), json=as_json, **signed)


@click.command(epilog=examples('graphkit undo merge-1a2b3c4d --why "They are two bodies after all."'))
@click.argument("decisions", nargs=-1, required=True, metavar="DECISION...")
@_signed
def undo(decisions: Sequence[str], as_json: bool, **signed: Any) -> None:
    """Take decisions back, undoings too. Nothing is deleted: the log has both."""
    from graphkit import flow

    _decided(lambda store, maker: flow.undo(store, maker, decisions), json=as_json, **signed)


@click.command(epilog=examples("graphkit log", "graphkit log kunming-2014-03-01", "graphkit log --case article --json"))
@click.argument("id_", metavar="[ID]", required=False)
@case_option
@store_option
@json_option
def log(id_: str | None, cases: Sequence[str], store: str, as_json: bool) -> None:
    """List who decided what, when and why, the latest first: all, or on one thing, claim, source or decision."""
    from graphkit import flow, printed

    opened = flow.store_at(store)
    printed.log(flow.log(opened, flow.scope_of(opened, cases, last_used()), id_), as_json)
