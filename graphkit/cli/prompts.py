"""Questions in a terminal, asked again when an answer cannot be taken."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence

import click

from graphkit.cli.given import BY_COMMAND
from graphkit.errors import did_you_mean
from graphkit.ingest.fields import Field
from graphkit.model.schema import Catalog, Kind

NOTHING = "-"
"""The answer that leaves a field out which would otherwise be as in the last record."""


def at_terminal() -> bool:
    """Say whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def agreed(question: str, default: bool = False) -> bool:
    """Ask yes or no."""
    _let_be_interrupted()
    return click.confirm(question, default=default, err=True)


def _let_be_interrupted() -> None:
    """Let Ctrl+C end a question at once: with the handler that polars sets, the system goes on reading instead."""
    if hasattr(signal, "siginterrupt"):
        signal.siginterrupt(signal.SIGINT, True)


def kind(catalog: Catalog) -> Kind:
    """Ask for a kind until there is one that records by hand are of."""
    while True:
        name = answer("kind (such as Person; 'graphkit add --list' lists them)")
        if name in BY_COMMAND:
            say(BY_COMMAND[name])
        elif name in catalog.kinds:
            return catalog[name]
        elif name:
            say(f"There is no kind '{name}'.{did_you_mean(name, catalog.kinds)}")


def one_of(name: str, choices: Sequence[str]) -> str:
    """Ask for one of several words; the first one is taken when nothing is answered."""
    while len(choices) > 1:
        given = answer(f"{name} ({', '.join(choices)})", choices[0])
        if given in choices:
            return given
        say(f"'{given}' is none of them.{did_you_mean(given, choices)}")
    return choices[0]


def explained(field: Field, needed: bool, default: str) -> str:
    """Return what a field is, and what leaves it out."""
    parts = [f"\n{field.name}: {field.about}"]
    parts += [f"One of {', '.join(field.choices)}."] if field.choices else []
    parts += [f"The id or name of a {', '.join(field.kinds)}."] if field.kinds else []
    parts += ["Several are separated by |."] if field.many else []
    if default:
        parts += ["Enter takes what stands in brackets."] + ([] if needed else [f"{NOTHING} leaves it out."])
    else:
        parts += [] if needed else ["Enter leaves it out."]
    return " ".join(parts)


def answer(name: str, default: str = "") -> str:
    """Return what is typed, or the default, which is shown."""
    _let_be_interrupted()
    text: str = click.prompt(name, default=default, show_default=bool(default), err=True)
    return text.strip()


def say(text: str) -> None:
    """Tell something that is not the answer of the command."""
    click.echo(text, err=True)
