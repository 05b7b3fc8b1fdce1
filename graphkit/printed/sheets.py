"""What proposing a mapping prints."""

from __future__ import annotations

from pathlib import Path

import click

from graphkit import flow
from graphkit.printed.basics import as_table, note


def sheet_preview(made: flow.SheetPreview, out: Path | None) -> None:
    """Print what becomes of each column, and the first records; questions go to standard error."""
    for sheet in made.sheets:
        where = f"the columns are named in row {sheet.header}" if sheet.header else "the columns have no names"
        click.echo(f"{sheet.title}: {where}\n")
        rows = [(one.name, one.first[:60], _use(one)) for one in sheet.columns]
        click.echo(as_table(("column", "first value", "becomes"), rows) + "\n")
        records = [flow.in_short(record) for record in sheet.records]
        click.echo("The first records\n" + as_table(("kind", "id", "says"), records) + "\n")
    for text in made.notes:
        note(f"note: {text}")
    for asks, answer in made.questions:
        note(f"question: {asks} Answer with --set {answer}.")
    if out:
        click.echo(f"The mapping is in {out}. Correct it there or with --set, and load with --mapping {out}.")
    else:
        click.echo("Keep the mapping with --out FILE, correct it with --set; nothing is loaded yet.")


def _use(column: flow.ColumnUse) -> str:
    if column.refused:
        return "refused: not recorded of persons"
    return ", ".join(column.goes_to) or "–"
