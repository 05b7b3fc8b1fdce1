"""What stands in a jobs file, in words, and what is wrong with it once the store is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from graphkit import flow
from graphkit.errors import ChooseAgain, GraphkitError, StoreError
from graphkit.jobs import cron, file
from graphkit.jobs.file import JobsFile
from graphkit.jobs.history import History, Run
from graphkit.jobs.making import cases
from graphkit.jobs.model import GraphJob, Job, QueryJob, RankJob
from graphkit.jobs.run import must_be_writable
from graphkit.jobs.schedule import SILENT, written


@dataclass(frozen=True, slots=True)
class Planned:
    """A job, when it is due next, and its last run."""

    job: Job
    what: str
    when: str
    next_run: datetime | None
    last: Run | None


def planned(jobs: JobsFile, history: History, now: datetime) -> list[Planned]:
    """Return the jobs of a file in its order."""
    found = []
    for job in jobs.jobs:
        last = next(iter(history.runs(job.name, 1)), None)
        words = cron.in_words(job.schedule)
        when = words if words == job.schedule else f"{words} {jobs.content.timezone}"
        found.append(Planned(job, what(job), when, jobs.due[job.name].after(now), last))
    return found


def scheduler(history: History, clock: tzinfo, now: datetime) -> tuple[bool, str]:
    """Return whether a scheduler runs, and a sentence on it for those who see the jobs."""
    heard = history.heard()
    if heard is not None and abs((now - heard).total_seconds()) <= SILENT:
        return True, "A scheduler is running: the jobs run at their times."
    last = "" if heard is None else f" One was last heard at {written(heard.astimezone(clock))}."
    return False, f"No scheduler is running, so no job runs by itself. 'graphkit jobs start' starts one.{last}"


def what(job: Job) -> str:
    """Return in words what a job exports."""
    if isinstance(job, RankJob):
        among = f", among {', '.join(job.among)}" if job.among else ""
        top = f", the first {job.top:,}" if job.top else ""
        return f"{job.kind or 'things'} by {job.metric}{among}{top}"
    if isinstance(job, GraphJob):
        return f"the graph around {', '.join(job.around)}" if job.around else "the graph"
    return f"a query: {' '.join(job.cypher.split())}" if isinstance(job, QueryJob) else f"all {job.what}"


def problems(path: Path, store: str) -> list[str]:
    """Return all that keeps the jobs of a file from running on a store, one line each."""
    found = file.problems(path)
    if found:
        return found
    jobs = file.read(path)
    unreachable: list[str] = []
    for job in jobs.jobs:
        try:
            must_be_writable(jobs, job)
            if not unreachable:
                _must_be_there(jobs, job, store)
        except StoreError as problem:
            unreachable = [str(problem)]
        except GraphkitError as problem:
            found.append(str(problem))
    return found + unreachable


def _must_be_there(jobs: JobsFile, job: Job, store: str) -> None:
    opened = flow.store_at(store)
    scope = cases(opened, jobs, job)
    if isinstance(job, GraphJob) and job.around:
        view = flow.filled_snapshot(opened, scope)
        for id_ in job.around:
            try:
                view.number(id_)
            except GraphkitError as problem:
                raise ChooseAgain(f"{jobs.place(job, 'around')}: {problem}") from None
