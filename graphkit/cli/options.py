"""What commands have in common: options, examples in the help, and errors as one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any

import click

from graphkit.errors import ChooseAgain, GraphkitError, NotFound, Refused, StoreMissing
from graphkit.last_used import LastUsed
from graphkit.settings import Settings

if TYPE_CHECKING:
    from graphkit.graph.moment import Moment
    from graphkit.graph.snapshot import Snapshot

PORT = click.IntRange(1, 65_535)
Command = Callable[..., Any]


class Group(click.Group):
    """Commands in the order they are written, and errors as one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        for word in args:
            shown = os.fsencode(word).decode("utf-8", "backslashreplace")
            if shown != word:
                click.echo(f"graphkit: {shown}: is not UTF-8 text. Write or name it in UTF-8.", err=True)
                ctx.exit(2)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GraphkitError as problem:
            click.echo(f"graphkit: {problem}", err=True)
            wrong_call = isinstance(problem, ChooseAgain) and not isinstance(problem, NotFound | Refused)
            ctx.exit(2 if wrong_call else 1)
        except KeyboardInterrupt:
            click.echo("\ngraphkit: stopped. What was being written is there whole or not at all.", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(1)
        except UnicodeEncodeError as problem:
            wrong = ascii(problem.object[problem.start : problem.end])[:60]
            click.echo(f"graphkit: {wrong} cannot be written as {problem.encoding}. Choose another name.", err=True)
            ctx.exit(2)
        except OSError as problem:
            click.echo(
                f"graphkit: {problem.filename or 'the output'}: {problem.strerror}. Choose another place.", err=True
            )
            ctx.exit(1)


def examples(*lines: str) -> str:
    """Return examples as the last part of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def store_option(command: Command) -> Command:
    """Add ``--store``."""
    return click.option(
        "--store",
        default=lambda: Settings().store,
        show_default="graphkit.kgl",
        metavar="PATH",
        help="The store to use, or GRAPHKIT_STORE.",
    )(command)


def analyst_option(name: str, does: str) -> Callable[[Command], Command]:
    """Return what adds an option for the one who does something; by default who works here."""
    return click.option(
        name,
        default=lambda: Settings().analyst,
        show_default="your name",
        metavar="NAME",
        help=f"Who {does}, or GRAPHKIT_ANALYST.",
    )


def case_option(command: Command) -> Command:
    """Add ``--case``, which can be given several times."""
    text = "The case to look at; several times to look at several together. Default: the case used last."
    return click.option("--case", "cases", multiple=True, metavar="ID", help=text)(command)


def time_options(command: Callable[..., None]) -> Command:
    """Add the options of a moment in time; the command gets a ``moment``."""

    @wraps(command)
    def at(*words: Any, as_of: str, published_by: str, known_on: str, certainly: bool, **given: Any) -> None:
        command(*words, moment=_moment(as_of, published_by, known_on, certainly), **given)

    day: dict[str, Any] = {"default": "", "metavar": "DATE"}
    for option in (
        click.option("--certainly", is_flag=True, help="Only what is so whatever the dates can mean; not what may be."),
        click.option("--known-on", **day, help="Only what had been recorded, and decided, by the end of this day."),
        click.option("--published-by", **day, help="Only sources that had been published by the end of this day."),
        click.option("--as-of", **day, help="What held on this day, such as 2014-03-01, or in this month or year."),
    ):
        at = option(at)
    return at


def _moment(as_of: str, published_by: str, known_on: str, certainly: bool) -> Moment:
    from graphkit.graph.moment import Moment, day

    given = {"as_of": as_of, "published_by": published_by, "known_on": known_on}
    for name, text in given.items():
        try:
            given[name] = day(text)
        except ValueError as problem:
            raise ChooseAgain(f"--{name.replace('_', '-')}: {problem}") from None
    found = Moment(**given, certainly=certainly)
    if certainly and not found:
        raise ChooseAgain("--certainly goes with --as-of, --published-by or --known-on.")
    return found


def format_option(*formats: str) -> Callable[[Command], Command]:
    """Return what adds ``--format`` with these formats, the first one the default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How the answer is written.",
    )


class Formats(click.Option):
    """``--format`` of a graph. Its help names the formats there are, looked up when somebody asks for help."""

    @property
    def help(self) -> str:
        from graphkit.exports import ENDINGS

        *others, last = ENDINGS
        return f"{', '.join(others)} or {last}. Default: the one that the ending of --out tells."

    @help.setter
    def help(self, text: str | None) -> None:
        """Leave the help as it is: the literal of the formats tells it."""


def json_option(command: Command) -> Command:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")(command)


def format_of(format_: str, as_json: bool) -> str:
    """Return the format of an answer: ``--json`` is short for ``--format json``."""
    return "json" if as_json else format_


@dataclass(frozen=True)
class Looked:
    """What a command looks at: a store and a scope of it; and ``format``, how its answer is written."""

    store: Any
    scope: Any
    format: str

    @cached_property
    def view(self) -> Snapshot:
        """The snapshot of the scope; NotFound says what to do when it is empty."""
        from graphkit import flow

        return flow.filled_snapshot(self.store, self.scope)


def looks_at(*formats: str, timed: bool = True) -> Callable[[Command], Command]:
    """Return what adds ``--format``, ``--case``, ``--store``, ``--json`` and, if ``timed``, the options of a moment.

    The command gets ``at``, what it looks at.
    """

    def decorated(command: Command) -> Command:
        @wraps(command)
        def looking(
            *words: Any,
            format_: str,
            cases: Sequence[str],
            store: str,
            as_json: bool,
            moment: Moment | None = None,
            **given: Any,
        ) -> None:
            opened, scope = opened_at(store, cases, moment)
            command(*words, at=Looked(opened, scope, format_of(format_, as_json)), **given)

        with_options: Command = looking
        for option in (json_option, store_option, *([time_options] if timed else []), case_option):
            with_options = option(with_options)
        return format_option(*formats)(with_options)

    return decorated


def last_used() -> LastUsed:
    """Return what this user worked on last."""
    return LastUsed(Settings().state)


def opened_at(store: str, cases: Sequence[str], moment: Moment | None = None) -> tuple[Any, Any]:
    """Return the store and the scope that a command works on; StoreMissing when it holds nothing yet."""
    from graphkit import flow

    opened = flow.store_at(store)
    scope = flow.scope_of(opened, cases, last_used(), moment or flow.NOW)
    if not flow.Contents.of(opened).claims:
        raise StoreMissing(f"{store} holds no records yet. Load some with 'graphkit load PATH'.")
    return opened, scope
