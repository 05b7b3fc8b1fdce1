"""What scheduled exports print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from graphkit.jobs.history import Run
    from graphkit.jobs.overview import Planned

from graphkit.printed.basics import as_table, put_json


def jobs(planned: Sequence[Planned], as_json: bool) -> None:
    """Print the jobs of a file."""
    if as_json:
        put_json([p.job.model_dump(mode="json") | {"next_run": p.next_run, "last": p.last and asdict(p.last)}
               for p in planned])  # fmt: skip
        return
    rows = [
        (p.job.name, p.what, p.when, p.next_run and p.next_run.strftime("%Y-%m-%d %H:%M %Z"), p.last and p.last.state)
        for p in planned
    ]
    click.echo(as_table(("name", "what", "when", "next run", "last run"), rows))


def problems(lines: Sequence[str]) -> None:
    """Print as JSON what is wrong with a jobs file."""
    put_json({"well": not lines, "problems": list(lines)})


def runs(found: Sequence[Run], as_json: bool) -> None:
    """Print runs of jobs."""
    if as_json:
        put_json([asdict(run) for run in found])
    elif not found:
        click.echo("No runs yet.")
    else:
        rows = [(r.job, r.slot, r.state, _moment(r.started), len(r.files), r.message or r.folder) for r in found]
        click.echo(as_table(("job", "run", "state", "started", "files", "why or where"), rows))


def _moment(text: str) -> str:
    return datetime.fromisoformat(text).strftime("%Y-%m-%d %H:%M:%S %Z")
