"""Running jobs with their history: claimed, tried again, written down, and never the same job twice at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from graphkit import flow
from graphkit.errors import ChooseAgain, GraphkitError, Stop
from graphkit.jobs import cron
from graphkit.jobs.file import JobsFile
from graphkit.jobs.history import GONE, History, Run
from graphkit.jobs.model import Job
from graphkit.jobs.run import Interrupted, let_go, manifest_of, run

PAUSES = (30.0, 120.0)
"""Seconds before a failed run is tried again."""
POLL = 0.5
MOST = 1_000_000


@dataclass(frozen=True)
class Runner:
    """Runs the jobs of a file on a store; ``stopping`` ends it between two files."""

    store: str
    file: JobsFile
    history: History
    pauses: Sequence[float] = PAUSES
    stopping: Event = field(default_factory=Event)

    def by_hand(self, name: str) -> Run:
        """Run a job now, once, and return how it ended; Stop when it is running already."""
        job = self.file.job(name)
        with self.history.alone(name) as alone:
            if not alone:
                raise Stop(f"Job '{name}' is running already. Wait until 'graphkit jobs history' says that it is done.")
            self._settle(job)
            slot = base = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
            place = 1
            while not self.history.claim(name, slot, self.file.folder(job) / slot, starts=1):
                place += 1
                slot = f"{base}-{place}"
            return self._tried(job, slot, ())

    def catch_up(self, name: str, since: datetime, say: Callable[[Run], None]) -> None:
        """Run the last slot of a job that is due and was not run; wait while somebody else runs the job."""
        while not self.stopping.is_set():
            with self.history.alone(name, wait=0) as alone:
                if alone:
                    self._caught_up(self.file.job(name), since, say)
                    return
            self.stopping.wait(POLL)

    def _caught_up(self, job: Job, since: datetime, say: Callable[[Run], None]) -> None:
        self._settle(job)
        while not self.stopping.is_set():
            due = cron.last_due(self.file.due[job.name], since, datetime.now(UTC))
            slot = cron.slot(due) if due else ""
            if not slot or not self.history.claim(job.name, slot, self.file.folder(job) / slot):
                return
            say(self._tried(job, slot, self.pauses))

    def _settle(self, job: Job) -> None:
        """Write down how runs ended whose process is gone: done when their folder has its manifest."""
        for left in self.history.dead(job.name):
            manifest = manifest_of(Path(left.folder))
            if manifest:
                self.history.end(job.name, left.slot, "done", "", manifest["files"])
            else:
                self.history.end(job.name, left.slot, "interrupted", GONE, [])

    def _tried(self, job: Job, slot: str, pauses: Sequence[float]) -> Run:
        state, message = "interrupted", "stopped before it was finished"
        files: list[dict[str, object]] = []
        try:
            for pause in (*pauses, None):
                state, message, files, again = self._once(job, slot)
                if not again or pause is None:
                    break
                if self.stopping.wait(pause):
                    state = "interrupted"
                    break
        finally:
            self.history.end(job.name, slot, state, message, files)
        if state == "done":
            self._let_go(job)
        ended = self.history.run(job.name, slot)
        assert ended is not None
        return ended

    def _once(self, job: Job, slot: str) -> tuple[str, str, list[dict[str, object]], bool]:
        """Return state, message and files of one try, and whether another may go better."""
        try:
            _, manifest, note = run(flow.store_at(self.store), self.file, job, slot, self.stopping.is_set)
        except Interrupted as problem:
            return "interrupted", str(problem), [], False
        except GraphkitError as problem:
            return "failed", _one_line(str(problem)), [], not isinstance(problem, ChooseAgain)
        except Exception as problem:  # whatever else goes wrong in one job must not end the others
            return "failed", _one_line(f"{type(problem).__name__}: {str(problem)[:300]}. Please report it."), [], True
        return "done", note, manifest["files"], False

    def _let_go(self, job: Job) -> None:
        if job.keep is not None:
            done = [run for run in self.history.runs(job.name, MOST) if run.state == "done"]
            let_go(self.file, job, [Path(run.folder) for run in done[job.keep :]])


def _one_line(words: str) -> str:
    return "".join(char if char.isprintable() else " " for char in words)
