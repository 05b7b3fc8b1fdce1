"""The scheduler: every job at its times, what was missed once, until it is told to stop."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers import SchedulerNotRunningError
from apscheduler.schedulers.blocking import BlockingScheduler

from graphkit.errors import GraphkitError
from graphkit.exports.wording import plural
from graphkit.jobs.history import Run
from graphkit.jobs.running import Runner

AT_ONCE = 4
POLL = 0.05


def start(runner: Runner, say: Callable[[str], None]) -> None:
    """Run jobs at their times until SIGTERM or SIGINT, which ends them after the file being written.

    The last slot that was missed since a job was first seen with its schedule is run at once.
    """
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    scheduler = BlockingScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(AT_ONCE)},
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
    scheduler.start()
    ended.set()


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
