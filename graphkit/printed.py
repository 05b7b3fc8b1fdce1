"""What commands print: tables for people, JSON for machines."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import polars as pl
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphkit import flow
from graphkit.engines.rows import Rows
from graphkit.errors import ChooseAgain
from graphkit.exports import tables, wording
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.ingest.batch import Batch
from graphkit.model.claim import DENIALS, Claim
from graphkit.model.schema import Catalog

if TYPE_CHECKING:
    from graphkit.jobs.history import Run
    from graphkit.jobs.overview import Planned

SHOWN_REJECTS = 20
COUNTS = (
    "read", "accepted", "rejected", "new_claims", "known_claims", "entities", "relations", "refused_fields", "seconds",
)  # fmt: skip


def _plain(value: Any) -> Any:
    return value.to_dicts() if isinstance(value, pl.DataFrame) else str(value)


def _json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    width = None if sys.stdout.isatty() else 160
    console = Console(file=io.StringIO(), width=width, highlight=False)
    table = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    console.print(table)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]  # the file is the StringIO above
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def _cell(value: Any) -> str:
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
        _json({name: getattr(report, name) for name in COUNTS})
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
        click.echo(f"{group}\n{_table(('kind', 'is'), rows)}\n")


def draft(said: flow.Draft) -> None:
    """Print what would be written, and who says it."""
    note("\n".join(["", *said.lines(), *(f"note: {text}" for text in said.notes)]))


def added(report: flow.LoadReport, store: str, as_json: bool) -> None:
    """Print what adding a record did."""
    for warning in report.warnings:
        note(f"warning: {warning}")
    if as_json:
        _json({name: getattr(report, name) for name in COUNTS})
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


def cases(table: pl.DataFrame, scope: Scope, as_json: bool) -> None:
    """Print the cases of a store."""
    if as_json:
        _json([row | {"in_use": row["id"] in scope.cases} for row in table.to_dicts()])
        return
    rows = [
        ("→" if row["id"] in scope.cases else "", row["id"], row["name"], row["sources"], row["purpose"])
        for row in table.iter_rows(named=True)
    ]
    click.echo(_table(("", "id", "name", "sources", "purpose"), rows))


def hits(found: list[dict[str, Any]], as_json: bool) -> None:
    """Print what a search found."""
    if as_json:
        _json(found)
    else:
        rows = [(h["id"], h["kind"], h["name"], ", ".join(h["names"][1:])) for h in found]
        click.echo(_table(("id", "kind", "name", "also"), rows))


def dossier(found: flow.Dossier, scope: Scope, as_json: bool) -> None:
    """Print everything said of one thing."""
    if as_json:
        _json(asdict(found))
        return
    node = found.node
    click.echo(f"{node['name']}   {node['kind']}   {node['id']}   case {scope}")
    if any(source["invented"] == "true" for source in found.sources.values()):
        click.echo(wording.INVENTED)
    for conflict in found.conflicts:
        click.echo(f"Disputed: {wording.contradiction(conflict, found.called, flow.catalog())}")
    for decision in found.decisions:
        click.echo(wording.decided(decision))
    rows = [_claim_row(claim, found) for claim in found.claims if claim.about == node["id"]]
    click.echo("\nWhat is said of it\n" + _table(("property", "value", "said by", "source", "where", "note"), rows))
    links = [_link_row(relation, found) for relation in found.relations]
    if links:
        click.echo("\nRelations\n" + _table(("", "", "", "when", "rests on", "said by"), links))
    denied = [_denial_row(claim, found) for claim in found.claims if claim.object_kind and claim.stance in DENIALS]
    if denied:
        click.echo("\nDenied or taken back\n" + _table(("said by", "", "", "", "", "source", "where"), denied))
    if not found.complete:
        note(f"There is more: only the first {flow.MAX_DOSSIER:,} claims are shown.")


def _claim_row(claim: Claim, found: flow.Dossier) -> tuple[str, ...]:
    stance = "" if claim.stance == "asserts" else f" ({claim.stance})"
    notes = [claim.summary, claim.resolution, claim.note, f"written: {claim.raw}" if claim.raw else None]
    title = found.sources[claim.source]["name"]
    return (
        claim.property + stance,
        claim.value,
        wording.speaker(claim.claimant, claim.source, found.called),
        title,
        claim.locator or "",
        " · ".join(n for n in notes if n),
    )


def _denial_row(claim: Claim, found: flow.Dossier) -> tuple[str, ...]:
    edge = flow.catalog()[claim.property].edge
    says = edge.says if edge else claim.property
    start, end = (found.names.get(id_, id_) for id_ in (claim.subject, claim.value))
    title = found.sources[claim.source]["name"]
    who = wording.speaker(claim.claimant, claim.source, found.called)
    return who, claim.stance, start, says, end, title, claim.locator or ""


def _link_row(relation: dict[str, Any], found: flow.Dossier) -> tuple[str, ...]:
    catalog = flow.catalog()
    words = wording.phrase(relation, catalog) + (" (alleged)" if wording.alleged(relation, catalog) else "")
    ends = (found.names.get(relation[side], relation[side]) for side in ("from", "to"))
    start, end = ends
    return (
        start,
        words,
        end,
        wording.when(relation),
        wording.backing(relation),
        wording.speakers(relation["claimants"], relation["voices"], found.called),
    )


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
        _json(answer.records())
    elif format_ == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([_harmless(name) for name in answer.columns])
        writer.writerows([[_harmless(value) for value in row] for row in answer.rows])
        click.echo(out.getvalue(), nl=False)
    else:
        click.echo(_table(answer.columns, answer.rows) if answer.rows else "No rows.")
    if not answer.complete:
        note(f"There are more rows: only the first {len(answer.rows):,} are here. Raise --limit for more.")


def asked_of(table: pl.DataFrame) -> None:
    """Say beside an answer which cases it is about, all of them, and which of them hold invented sources."""
    ids = table["id"].to_list()
    note(f"Asked of the whole store: {'case' if len(ids) == 1 else 'cases'} {', '.join(ids)}.")
    for id_ in table.filter("invented")["id"]:
        note(f"Case {id_}: {wording.INVENTED}")


def _harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet runs as a formula."""
    if isinstance(value, int | float) or value is None:
        return value
    # csv does not quote a lone \r, and spreadsheets begin a row there
    return tables.harmless(_cell(value).replace("\r", "\n"))


def ranking(found: flow.Ranking, view: Snapshot, format_: str) -> None:
    """Print a ranking and what it was computed on."""
    if format_ == "json":
        _json(found.rows)
    else:
        table = [(r["rank"], r["name"], r["kind"], r["score"], r["id"]) for r in found.rows]
        click.echo(_table(("", "name", "kind", found.metric, "id"), table))
    note((f"{wording.INVENTED}\n" if view.invented else "") + f"Computed on {found.computed_on}.\n{wording.CAUTION}")


def jobs(planned: Sequence[Planned], as_json: bool) -> None:
    """Print the jobs of a file."""
    if as_json:
        _json([p.job.model_dump(mode="json") | {"next_run": p.next_run, "last": p.last and asdict(p.last)}
               for p in planned])  # fmt: skip
        return
    rows = [
        (p.job.name, p.what, p.when, p.next_run and p.next_run.strftime("%Y-%m-%d %H:%M %Z"), p.last and p.last.state)
        for p in planned
    ]
    click.echo(_table(("name", "what", "when", "next run", "last run"), rows))


def runs(found: Sequence[Run], as_json: bool) -> None:
    """Print runs of jobs."""
    if as_json:
        _json([asdict(run) for run in found])
    elif not found:
        click.echo("No runs yet.")
    else:
        rows = [(r.job, r.slot, r.state, r.started[:19], len(r.files), r.message or r.folder) for r in found]
        click.echo(_table(("job", "run", "state", "started", "files", "why or where"), rows))
