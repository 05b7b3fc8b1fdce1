"""What is printed of things that may be one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
import polars as pl

from graphkit import flow
from graphkit.exports import wording
from graphkit.model.invisible import visible
from graphkit.printed.answers import table
from graphkit.printed.basics import as_table, note, put_json


def doubles(found: flow.Doubles, format_: str) -> None:
    """Print the pairs, the names that two things have, how many there are, and what a name is worth."""
    if format_ == "json":
        put_json(_as_json(found))
        return
    if format_ == "csv":
        both = pl.concat([found.pairs, found.of_both]).drop("hidden")
        both = both.insert_column(0, (both["command"] != "").alias("proposed"))
        table(both.columns, both.iter_rows(), "csv")
    else:
        _tables(found)
    _say(found)


def _tables(found: flow.Doubles) -> None:
    if len(found.pairs):
        header = ("", "how alike", "kind", "one", "other", "why they may be one", "called so by")
        rows = [(place, *_cells(row)) for place, row in enumerate(found.pairs.iter_rows(named=True), start=1)]
        click.echo(as_table(header, rows) + "\n\nTo decide that two are one, say why:")
        for place, command in enumerate(found.pairs["command"], start=1):
            click.echo(visible(f"{place:>3}  {command}"))
        click.echo("")
    if len(found.of_both):
        click.echo("Two have this name beside others, which is no reason to make them one:")
        shared = [_cells(row)[1:] for row in found.of_both.iter_rows(named=True)]
        click.echo(as_table(("kind", "one", "other", "what", "called so by"), shared) + "\n")


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    mark = " (protected)" if row["protected"] else ""
    said = row["said_a"] if row["said_a"] == row["said_b"] else f"{row['said_a']} / {row['said_b']}"
    one, other = f"{row['name_a']} ({row['a']})", f"{row['name_b']} ({row['b']})"
    return tuple(map(visible, (f"{row['score']:g}", row["kind"], one, other, row["why"] + mark, said)))


def _say(found: flow.Doubles) -> None:
    for text in _counted(found):
        note(visible(text))
    if found.invented:
        note(wording.INVENTED)
    note(flow.MAY_BE_ONE)


def _counted(found: flow.Doubles) -> Iterator[str]:
    names = wording.plural(found.names, "name")
    yield f"May be one: {wording.plural(found.found, 'pair')}, by {names} in case {found.scope}."
    if found.found > len(found.pairs):
        yield f"There are more: only the first {len(found.pairs):,} are here. Raise --top or --least."
    if found.shared > len(found.of_both):
        yield f"Names that two things have: only the first {len(found.of_both):,} of {found.shared:,} are here."
    yield from (f"note: {text}" for text in found.notes)


def _as_json(found: flow.Doubles) -> dict[str, Any]:
    return {
        "case": str(found.scope),
        "names": found.names,
        "caution": flow.MAY_BE_ONE,
        "notes": [*([wording.INVENTED] if found.invented else []), *found.notes],
        "found": found.found,
        "may_be_one": found.pairs.drop("hidden").to_dicts(),
        "shared": found.shared,
        "names_of_both": found.of_both.drop("hidden", "command").to_dicts(),
    }
