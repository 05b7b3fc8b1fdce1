"""The scheduler: every job at its times, what was missed once, until it is told to stop."""

from __future__ import annotations

import logging
import shlex
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers import SchedulerNotRunningError
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger

from graphkit.errors import GraphkitError, Stop
from graphkit.exports.wording import plural
from graphkit.jobs.history import History, Run
from graphkit.jobs.running import Runner

AT_ONCE = 4
POLL = 0.05
HEARD = 10.0
"""Seconds between two signs of life of a scheduler."""
SILENT = 45.0
"""Seconds without one after which a scheduler counts as gone."""


def start(runner: Runner, say: Callable[[str], None]) -> None:
    """Run jobs at their times until SIGTERM or SIGINT, which ends them after the file being written.

    The last slot that was missed since a job was first seen with its schedule is run at once.
    """
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    scheduler = BlockingScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(AT_ONCE), "alive": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
    )
    ended = _stopped_by_signals(runner, scheduler, say)
    now = datetime.now(UTC)
    for job in runner.file.jobs:
        known = f"{job.schedule} {runner.file.content.timezone}"
        since = runner.history.seen(job.name, known, now)
        due = runner.file.due[job.name]
        say(f"{job.name}: next run {written(due.after(now))}")
        scheduler.add_job(_due, due, (runner, job.name, since, say), id=job.name, next_run_time=now)
    heard = IntervalTrigger(seconds=HEARD, timezone=UTC)
    scheduler.add_job(lambda: runner.history.hear(datetime.now(UTC)), heard, executor="alive", next_run_time=now)
    scheduler.start()
    runner.history.stop(datetime.now(UTC))
    ended.set()


def alive(history: History, path: Path, now: datetime) -> str:
    """Return one line on the scheduler of a jobs file; Stop when none is running, or it does nothing any more."""
    heard = history.heard()
    start_it = f"Start one: graphkit jobs start --jobs {shlex.quote(str(path))}"
    if heard is None:
        raise Stop(f"{path}: no scheduler has run these jobs yet. {start_it}")
    if stopped := history.stopped():
        raise Stop(f"{path}: the scheduler was stopped {written(stopped)}. {start_it}")
    seconds = (now - heard).total_seconds()
    if abs(seconds) > SILENT:
        raise Stop(f"{path}: the scheduler was last heard {written(heard)}. {start_it}")
    return f"{path}: the scheduler was heard {max(0, round(seconds))} s ago."


def _due(runner: Runner, name: str, since: datetime, say: Callable[[str], None]) -> None:
    try:
        runner.catch_up(name, since, lambda run: say(line(run)))
    except GraphkitError as problem:
        say(f"{name}: {problem}")
    except Exception as problem:  # one job must not end the others, and nobody else would tell of it
        say(f"{name}: {type(problem).__name__}: {' '.join(str(problem).split())[:300]}. Please report it.")


def _stopped_by_signals(runner: Runner, scheduler: Any, say: Callable[[str], None]) -> threading.Event:
    """Stop at SIGTERM and SIGINT from now on; return what to set when the scheduler has ended."""
    ended = threading.Event()

    def stop() -> None:
        say("Stopping; the file that is being written is finished first.")
        runner.stopping.set()
        while not ended.wait(POLL):
            with suppress(SchedulerNotRunningError):  # not yet, when the signal came early
                scheduler.shutdown(wait=False)

    def told(number: int, frame: Any) -> None:
        # Locks of the scheduler may be held where the signal came in, so another thread stops it.
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, signal.SIG_DFL)
        threading.Thread(target=stop).start()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, told)
    return ended


def line(run: Run) -> str:
    """Return one line on a run and how it ended."""
    why = f": {run.message}" if run.message else ""
    size = sum(file["bytes"] for file in run.files)
    there = f", {plural(len(run.files), 'file')}, {size:,} bytes, {run.folder}" if run.files else ""
    return f"{run.job} {run.slot} {run.state}{there}{why}"


def written(moment: datetime | None) -> str:
    """Return a moment in its own time zone, to the minute."""
    return moment.strftime("%Y-%m-%d %H:%M %Z") if moment else "never"
