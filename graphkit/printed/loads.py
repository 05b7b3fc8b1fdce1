"""What loading, checking and adding print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphkit import flow
from graphkit.exports import wording
from graphkit.model.replaced import Replaced
from graphkit.model.schema import Catalog

if TYPE_CHECKING:
    from graphkit.ingest.batch import Batch

from graphkit.printed.basics import as_table, note, put_json

SHOWN_REJECTS = 20
SHOWN_REPLACED = 5
COUNTS = (
    "read", "accepted", "rejected", "new_claims", "known_claims", "entities", "relations", "refused_fields", "seconds",
    "replaced", "notes",
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
    notes = [*report.notes, *_replaced(report.replaced, "had")]
    if as_json:
        put_json(_counted(report, notes))
        return
    for text in notes:
        note(f"note: {text}")
    if not report.accepted:
        rejected = (
            f"all {wording.plural(report.rejected, 'record')} were rejected" if report.read else "no record was read"
        )
        click.echo(f"Nothing was loaded: {rejected}. The store is as it was.")
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
    """Print the kinds of records that can be made by hand, grouped, with what each is."""
    for group, found in flow.kinds_by_hand(catalog).items():
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
        put_json(_counted(report, _replaced(report.replaced, "had")))
        return
    rated = f", {report.rerated_claims:,} of them rated anew" if report.rerated_claims else ""
    click.echo(
        f"Written to {store}: {wording.plural(report.new_claims, 'new claim')}, {report.known_claims:,} known already"
        f"{rated}. Case: {', '.join(report.cases) or 'none'}."
    )


def _counted(report: flow.LoadReport, notes: list[str]) -> dict[str, Any]:
    own = {"replaced": len(report.replaced), "notes": notes}
    return {name: own[name] if name in own else getattr(report, name) for name in COUNTS}


def _replaced(changes: Sequence[Replaced], verb: str) -> list[str]:
    """Return one line on how many fields of registers change, and the first few of them."""
    if not changes:
        return []
    count = wording.plural(len(changes), "field")
    more = " …" if len(changes) > SHOWN_REPLACED else ""
    shown = "; ".join(map(str, changes[:SHOWN_REPLACED]))
    return [f"{count} of sources, cases or decisions with another value than the store {verb}: {shown}{more}"]


def check_report(batch: Batch, as_json: bool = False) -> None:
    """Print what a load would reject, and what it would replace."""
    notes = [*batch.notes, *_replaced(batch.replaced, "has")]
    if as_json:
        counts = {"read": batch.read, "good": batch.accepted, "to_mend": len(batch.rejects)}
        counts |= {"refused_fields": batch.refused_fields, "replaced": len(batch.replaced)}
        put_json(counts | {"rejects": list(map(str, batch.rejects)), "warnings": batch.warnings, "notes": notes})
        return
    for reject in batch.rejects:
        click.echo(str(reject))
    for warning in batch.warnings:
        click.echo(f"warning: {warning}")
    for text in notes:
        click.echo(f"note: {text}")
    click.echo(
        f"{wording.plural(batch.read, 'record')}: {batch.accepted:,} good, {len(batch.rejects):,} to mend, "
        f"{wording.plural(batch.refused_fields, 'field')} that would be refused."
    )
    if batch.refused_fields:
        click.echo(_refused(batch.refused_fields, batch.refused_names, "would be refused"))


def _refused(count: int, names: Sequence[str], how: str) -> str:
    shown = ", ".join(name[:40] for name in names[:12]) + (" …" if len(names) > 12 else "")
    return f"{wording.plural(count, 'field')} {how} ({shown}): graphkit takes no such data on persons."
