"""What analyses print: their rows, what they say of the whole, and what they were computed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from graphkit import flow
from graphkit.exports import wording
from graphkit.graph.snapshot import Snapshot
from graphkit.model.invisible import visible
from graphkit.printed.answers import table
from graphkit.printed.basics import as_table, note, put_json


def ranking(found: flow.Ranking, view: Snapshot, format_: str) -> None:
    """Print a ranking and what it was computed on."""
    if format_ == "json":
        put_json(found.rows)
    else:
        firm = ["how firm"] if found.rows and "low" in found.rows[0] else []
        rows = [
            (r["rank"], visible(r["name"]), r["kind"], r["score"], *(_firm(r) for _ in firm), visible(r["id"]))
            for r in found.rows
        ]
        click.echo(as_table(("", "name", "kind", found.metric, *firm, "id"), rows))
    _computed(found.computed_on, view)


def _firm(row: Mapping[str, Any]) -> str:
    stays = str(row["low"]) if row["low"] == row["high"] else f"{row['low']}–{row['high']}"
    return f"{stays}; {row['rank_without']} without {visible(row['without'])}" if row["without"] else stays


def answer(found: flow.Answer, view: Snapshot, format_: str, top: int | None = None) -> None:
    """Print the rows of an analysis, the ``top`` ones if given, what it says of the whole, and what it is of."""
    rows = found.rows.head(top) if top else found.rows
    if format_ == "json":
        put_json(rows.to_dicts())
    else:
        table(rows.columns, rows.iter_rows(), format_)
    _computed(found.computed_on, view, found.told)


def _computed(on: str, view: Snapshot, told: Sequence[str] = ()) -> None:
    invented = [wording.INVENTED] if view.invented else []
    note("\n".join([*invented, *told, f"Computed on {on}.", wording.CAUTION]))
