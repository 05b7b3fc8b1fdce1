"""Tables, JSON and notes: what all printing is made of."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click
import polars as pl
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def _plain(value: Any) -> Any:
    return value.to_dicts() if isinstance(value, pl.DataFrame) else str(value)


def put_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))


def as_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], whole: Mapping[str, int] | None = None) -> str:
    """Return a table as text, as wide as the terminal or, in a file, 160 columns.

    Words too long for their column are cut, but not those of the columns named in ``whole``. These are as wide as their
    longest word, at most as given; 0 leaves that to the others.
    """
    width = None if sys.stdout.isatty() else 160
    console = Console(file=io.StringIO(), width=width, highlight=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, name in enumerate(columns):
        most = (whole or {}).get(name)
        words = (len(word) for row in rows for word in (name, *cell(row[number]).split())) if most else ()
        longest = min(max(words, default=0), most or 0) or None
        table.add_column(name, overflow="ellipsis" if most is None else "fold", width=longest)
    for row in rows:
        table.add_row(*(Text(_CONTROLS.sub("\N{REPLACEMENT CHARACTER}", cell(value))) for value in row))
    console.print(table)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]  # the file is the StringIO above
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def cell(value: Any) -> str:
    """Return a value as it stands in a table."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.4g}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def note(text: str) -> None:
    """Print a line that is not the answer itself."""
    click.echo(text, err=True)


@contextmanager
def progress() -> Iterator[Callable[[str, int], None] | None]:
    """Show how many records were read, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    with Console(stderr=True).status("Reading …") as status:
        yield lambda name, count: status.update(f"Reading {name}: {count:,} records")


@contextmanager
def computing(what: str) -> Iterator[Callable[[float], None]]:
    """Show how much of an analysis is done, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda share: None
        return
    with Console(stderr=True).status(f"Computing {what} …") as status:
        yield lambda share: status.update(f"Computing {what}: {share:.0%}")
