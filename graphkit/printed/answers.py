"""What questions print."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
import polars as pl

from graphkit import flow
from graphkit.engines.rows import Rows
from graphkit.errors import ChooseAgain
from graphkit.exports import tables, wording
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.model.invisible import visible

if TYPE_CHECKING:
    pass

from graphkit.printed.basics import as_table, cell, note, put_json


def cases(table: pl.DataFrame, scope: Scope, as_json: bool) -> None:
    """Print the cases of a store."""
    if as_json:
        put_json([row | {"in_use": row["id"] in scope.cases} for row in table.to_dicts()])
        return
    rows = [
        (
            "→" if row["id"] in scope.cases else "",
            visible(row["id"]),
            visible(row["name"]),
            row["sources"],
            row["purpose"],
        )
        for row in table.iter_rows(named=True)
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
    elif format_ == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([_harmless(name) for name in answer.columns])
        writer.writerows([[_harmless(value) for value in row] for row in answer.rows])
        click.echo(out.getvalue(), nl=False)
    else:
        shown = [[visible(cell(value)) for value in row] for row in answer.rows]
        click.echo(as_table(list(map(visible, answer.columns)), shown) if shown else "No rows.")
    if not answer.complete:
        note(f"There are more rows: only the first {len(answer.rows):,} are here. Raise --limit for more.")


def asked_of(table: pl.DataFrame, others: int) -> None:
    """Say beside an answer which cases it is about, all of them, which of them are invented, and what is of none."""
    ids = table["id"].to_list()
    note(f"Asked of the whole store: {'case' if len(ids) == 1 else 'cases'} {', '.join(ids)}.")
    for id_ in table.filter("invented")["id"]:
        note(f"Case {id_}: {wording.INVENTED}")
    if others:
        note(wording.others(others))


def _harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet runs as a formula."""
    if isinstance(value, int | float) or value is None:
        return value
    # csv does not quote a lone \r, and spreadsheets begin a row there
    return tables.harmless(cell(value).replace("\r", "\n"))


def ranking(found: flow.Ranking, view: Snapshot, format_: str) -> None:
    """Print a ranking and what it was computed on."""
    if format_ == "json":
        put_json(found.rows)
    else:
        table = [(r["rank"], visible(r["name"]), r["kind"], r["score"], visible(r["id"])) for r in found.rows]
        click.echo(as_table(("", "name", "kind", found.metric, "id"), table))
    note((f"{wording.INVENTED}\n" if view.invented else "") + f"Computed on {found.computed_on}.\n{wording.CAUTION}")
