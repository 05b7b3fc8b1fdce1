"""What questions print."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

import click
import polars as pl

from graphkit.engines.rows import Rows
from graphkit.errors import ChooseAgain
from graphkit.exports import tables, wording
from graphkit.graph.scope import Scope
from graphkit.model.invisible import visible
from graphkit.printed.basics import as_table, cell, note, put_json


def cases(found: pl.DataFrame, scope: Scope, as_json: bool) -> None:
    """Print the cases of a store."""
    if as_json:
        put_json([row | {"in_use": row["id"] in scope.cases} for row in found.to_dicts()])
        return
    rows = [
        (
            "→" if row["id"] in scope.cases else "",
            visible(row["id"]),
            visible(row["name"]),
            row["sources"],
            row["purpose"],
        )
        for row in found.iter_rows(named=True)
    ]
    click.echo(as_table(("", "id", "name", "sources", "purpose"), rows))


def hits(found: list[dict[str, Any]], as_json: bool) -> None:
    """Print what a search found."""
    if as_json:
        put_json(found)
    else:
        rows = [tuple(map(visible, (h["id"], h["kind"], h["name"], ", ".join(h["names"][1:])))) for h in found]
        click.echo(as_table(("id", "kind", "name", "also"), rows))


def parameters(given: Sequence[str]) -> dict[str, Any]:
    """Return query parameters from ``name=value`` texts."""
    found: dict[str, Any] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise ChooseAgain(f"'{text[:60]}' is no parameter; write -p name=value.")
        try:
            found[name] = json.loads(value)
        except (ValueError, RecursionError):
            found[name] = value
    return found


def rows(answer: Rows, format_: str) -> None:
    """Print the answer to a query."""
    if format_ == "json":
        put_json(answer.records())
    else:
        table(answer.columns, answer.rows, format_)
    if not answer.complete:
        note(f"There are more rows: only the first {len(answer.rows):,} are here. Raise --limit for more.")


def table(columns: Sequence[str], found: Iterable[Sequence[Any]], format_: str) -> None:
    """Print columns and rows as csv, or as a table for people."""
    if format_ == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([_harmless(name) for name in columns])
        writer.writerows([[_harmless(value) for value in row] for row in found])
        click.echo(out.getvalue(), nl=False)
    else:
        shown = [[visible(cell(value)) for value in row] for row in found]
        click.echo(as_table(list(map(visible, columns)), shown) if shown else "No rows.")


def asked_of(all_cases: pl.DataFrame, others: int) -> None:
    """Say beside an answer which cases it is about, all of them, which of them are invented, and what is of none."""
    ids = all_cases["id"].to_list()
    note(f"Asked of the whole store: {'case' if len(ids) == 1 else 'cases'} {', '.join(ids)}.")
    for id_ in all_cases.filter("invented")["id"]:
        note(f"Case {id_}: {wording.INVENTED}")
    if others:
        note(wording.others(others))


def _harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet runs as a formula."""
    if isinstance(value, int | float) or value is None:
        return value
    # csv does not quote a lone \r, and spreadsheets begin a row there
    return tables.harmless(cell(value).replace("\r", "\n"))
