"""Commands for scheduled exports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from graphkit.cli.options import Command, Group, examples, json_option, store_option
from graphkit.settings import Settings


def jobs_option(command: Command) -> Command:
    """Add ``--jobs``."""
    return click.option(
        "--jobs",
        "path",
        default=lambda: Settings().jobs,
        show_default="jobs.yaml",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The file with the jobs, or GRAPHKIT_JOBS.",
    )(command)


@click.group(cls=Group)
def jobs() -> None:
    """Scheduled exports: tables and graphs written at set times. Protected persons are left out under pseudonyms."""


@jobs.command("check", epilog=examples("graphkit jobs check jobs.yaml"))
@click.argument("path", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@store_option
@json_option
@click.pass_context
def check(ctx: click.Context, path: Path | None, store: str, as_json: bool) -> None:
    """Say what keeps the jobs of a file from running, without running them. FILE is jobs.yaml, or GRAPHKIT_JOBS."""
    from graphkit import printed
    from graphkit.jobs import file, overview

    path = path or Path(Settings().jobs)
    found = overview.problems(path, store)
    if as_json:
        printed.problems(found)
        ctx.exit(1 if found else 0)
    for line in found:
        click.echo(line)
    if not found:
        click.echo(f"{path}: {', '.join(job.name for job in file.read(path).jobs)}: nothing to mend.")
    ctx.exit(1 if found else 0)


@jobs.command("list", epilog=examples("graphkit jobs list", "graphkit jobs list --jobs jobs.yaml --json"))
@jobs_option
@json_option
def list_(path: Path, as_json: bool) -> None:
    """List the jobs of a file: what they export, when they run next, how the last run ended.

    Jobs that are wrong are named beside the list.
    """
    from datetime import UTC, datetime

    from graphkit import printed
    from graphkit.jobs import overview

    read = _sound(path)
    printed.jobs(overview.planned(read, _history(path), datetime.now(UTC)), as_json)


@jobs.command("run", epilog=examples("graphkit jobs run nightly", "graphkit jobs run nightly --jobs jobs.yaml"))
@click.argument("name")
@jobs_option
@store_option
@click.pass_context
def run(ctx: click.Context, name: str, path: Path, store: str) -> None:
    """Run a job now, whatever its schedule says and whatever is wrong with other jobs."""
    from graphkit.jobs.schedule import line

    ended = _runner(_sound(path), store).by_hand(name)
    if ended.state != "done":
        click.echo(f"graphkit: {line(ended)}", err=True)
        ctx.exit(1)
    click.echo(line(ended))


@jobs.command("start", epilog=examples("graphkit jobs start", "graphkit jobs start --jobs jobs.yaml"))
@jobs_option
@store_option
def start(path: Path, store: str) -> None:
    """Run all jobs at their times until stopped, and what was missed once. It starts when no job is wrong."""
    from graphkit.jobs import file, schedule

    schedule.start(_runner(file.read(path), store), lambda text: print(text, flush=True))


@jobs.command("alive", epilog=examples("graphkit jobs alive", "graphkit jobs alive --jobs jobs.yaml"))
@jobs_option
def alive(path: Path) -> None:
    """Say whether a scheduler runs the jobs of a file; fails when none was heard for 45 seconds."""
    from datetime import UTC, datetime

    from graphkit.jobs import schedule

    click.echo(schedule.alive(_history(path), path, datetime.now(UTC)))


@jobs.command("history", epilog=examples("graphkit jobs history", "graphkit jobs history --job nightly --json"))
@click.option("--job", "name", metavar="NAME", help="Only runs of this job.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="At most this many runs.")
@jobs_option
@json_option
def history(name: str | None, limit: int, path: Path, as_json: bool) -> None:
    """List runs, the latest first: when, how they ended, and why."""
    from graphkit import printed
    from graphkit.jobs import file

    read = file.sound(path) if name else None
    if read and name and not read.wrong_with(name):
        read.job(name)
    printed.runs(_history(path).runs(name, limit), as_json)


@jobs.command("schema", epilog=examples("graphkit jobs schema > jobs.schema.json"))
def schema() -> None:
    """Print the JSON Schema of jobs files, which editors check and complete with."""
    from graphkit.settings import shipped

    click.echo((shipped("schema") / "jobs.schema.json").read_text(encoding="utf-8"), nl=False)


def _history(path: Path) -> Any:
    from graphkit.jobs.history import History

    return History(Settings().state, path)


def _sound(path: Path) -> Any:
    """Return the good jobs of a file, and name what is wrong with the others."""
    from graphkit.jobs import file

    read = file.sound(path)
    for line in read.wrong:
        click.echo(line, err=True)
    return read


def _runner(read: Any, store: str) -> Any:
    from graphkit.jobs.running import Runner

    return Runner(store, read, _history(read.path))
