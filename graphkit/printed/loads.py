"""What loading, checking and adding print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphkit import flow
from graphkit.exports import wording
from graphkit.ingest.batch import Batch
from graphkit.model.schema import Catalog

if TYPE_CHECKING:
    pass

from graphkit.printed.basics import as_table, note, put_json

SHOWN_REJECTS = 20
COUNTS = (
    "read", "accepted", "rejected", "new_claims", "known_claims", "entities", "relations", "refused_fields", "seconds",
)  # fmt: skip


def load_report(report: flow.LoadReport, rejects: Path | None, as_json: bool) -> None:
    """Print what a load did; rejects go to standard error."""
    if not report.read:
        note("graphkit: there is no record in what was named. A file holds one record a line, or a row below a header.")
    for reject in report.rejects[:SHOWN_REJECTS]:
        note(str(reject))
    if len(report.rejects) > SHOWN_REJECTS:
        where = f"all are in {rejects}" if rejects else "--rejects FILE writes all of them"
        note(f"… and {len(report.rejects) - SHOWN_REJECTS:,} more rejects; {where}.")
    for warning in report.warnings[:SHOWN_REJECTS]:
        note(f"warning: {warning}")
    if as_json:
        put_json({name: getattr(report, name) for name in COUNTS})
        return
    click.echo(
        f"{wording.plural(report.read, 'record')} read, {report.accepted:,} accepted, {report.rejected:,} rejected, "
        f"in {report.seconds:.1f} s. Case: {', '.join(report.cases) or 'none'}.\n"
        f"{wording.plural(report.new_claims, 'new claim')}, {report.known_claims:,} known already"
        + (f", {report.rerated_claims:,} of them rated anew" if report.rerated_claims else "")
        + f".\nThe store holds {report.entities:,} things and {report.relations:,} relations."
    )
    if report.refused_fields:
        click.echo(_refused(report.refused_fields, report.refused_names, "refused"))


def kinds(catalog: Catalog) -> None:
    """Print the kinds of records, grouped, with what each is."""
    for group, found in flow.kinds(catalog).items():
        rows = [(kind.name, kind.about) for kind in found]
        click.echo(f"{group}\n{as_table(('kind', 'is'), rows)}\n")


def draft(said: flow.Draft) -> None:
    """Print what would be written, and who says it."""
    note("\n".join(["", *said.lines(), *(f"note: {text}" for text in said.notes)]))


def added(report: flow.LoadReport, store: str, as_json: bool) -> None:
    """Print what adding a record did."""
    for warning in report.warnings:
        note(f"warning: {warning}")
    if as_json:
        put_json({name: getattr(report, name) for name in COUNTS})
        return
    rated = f", {report.rerated_claims:,} of them rated anew" if report.rerated_claims else ""
    click.echo(
        f"Written to {store}: {wording.plural(report.new_claims, 'new claim')}, {report.known_claims:,} known already"
        f"{rated}. Case: {', '.join(report.cases) or 'none'}."
    )


def check_report(batch: Batch) -> None:
    """Print what a load would reject."""
    for reject in batch.rejects:
        click.echo(str(reject))
    for warning in batch.warnings:
        click.echo(f"warning: {warning}")
    click.echo(
        f"{wording.plural(batch.read, 'record')}: {batch.accepted:,} good, {len(batch.rejects):,} to mend, "
        f"{wording.plural(batch.refused_fields, 'field')} that would be refused."
    )
    if batch.refused_fields:
        click.echo(_refused(batch.refused_fields, batch.refused_names, "would be refused"))


def _refused(count: int, names: Sequence[str], how: str) -> str:
    shown = ", ".join(name[:40] for name in names[:12]) + (" …" if len(names) > 12 else "")
    return f"{wording.plural(count, 'field')} {how} ({shown}): graphkit takes no such data on persons."
