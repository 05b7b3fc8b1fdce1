"""Which runs there were: one row a job and slot, so that no slot is ever run twice."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graphkit.errors import Stop
from graphkit.jobs.lock import held

MOST_STARTS = 2
GONE = "its process ended before the run did"
_TABLES = """
CREATE TABLE IF NOT EXISTS seen (job TEXT PRIMARY KEY, schedule TEXT NOT NULL, since TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS run (
  job TEXT NOT NULL, slot TEXT NOT NULL, state TEXT NOT NULL, starts INTEGER NOT NULL, started TEXT NOT NULL,
  ended TEXT, message TEXT NOT NULL, folder TEXT NOT NULL, files TEXT NOT NULL, pid INTEGER NOT NULL,
  UNIQUE (job, slot)
);
CREATE TABLE IF NOT EXISTS heard (place INTEGER PRIMARY KEY CHECK (place = 1), moment TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS stopped (place INTEGER PRIMARY KEY CHECK (place = 1), moment TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: ``state`` is running, done, failed or interrupted; ``files`` are those of its manifest."""

    job: str
    slot: str
    state: str
    starts: int
    started: str
    ended: str | None
    message: str
    folder: str
    files: list[dict[str, Any]]
    pid: int


class History:
    """The runs of one jobs file, in a file of their own in the state folder."""

    def __init__(self, state: Path, jobs: Path) -> None:
        name = hashlib.blake2b(str(jobs.resolve()).encode(), digest_size=12).hexdigest()
        self.path = state / "jobs" / f"{name}.sqlite3"

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=30, isolation_level=None)) as connection:
                connection.executescript(_TABLES)
                yield connection
        except (OSError, sqlite3.Error) as problem:
            why = getattr(problem, "strerror", None) or str(problem)
            raise Stop(
                f"{self.path}: the history of runs cannot be kept: {why}. Set GRAPHKIT_STATE to a folder of yours, or "
                "put this file aside to begin a new history."
            ) from problem

    def alone(self, job: str, wait: float = 1.0) -> Any:
        """Hold the lock of a job while a block runs: it is True when nobody else runs that job."""
        with self._opened():
            return held(self.path.with_suffix(f".{job}.lock"), wait)

    def seen(self, job: str, schedule: str, now: datetime) -> datetime:
        """Return since when a job is known with this schedule; now, if it is new or the schedule has changed."""
        with self._opened() as connection:
            connection.execute(
                "INSERT INTO seen VALUES (?, ?, ?) ON CONFLICT (job) DO UPDATE SET schedule = excluded.schedule, "
                "since = excluded.since WHERE schedule <> excluded.schedule",
                (job, schedule, _text(now)),
            )
            row = connection.execute("SELECT since FROM seen WHERE job = ?", (job,)).fetchone()
        return datetime.fromisoformat(row[0])

    def hear(self, moment: datetime) -> None:
        """Write down that the scheduler was alive at this moment."""
        self._note("heard", moment)

    def stop(self, moment: datetime) -> None:
        """Write down that the scheduler was stopped at this moment."""
        self._note("stopped", moment)

    def heard(self) -> datetime | None:
        """Return when the scheduler was last alive; None when none ever ran."""
        return self._noted("heard")

    def stopped(self) -> datetime | None:
        """Return when the scheduler was stopped, unless one was heard since."""
        stopped, heard = self._noted("stopped"), self._noted("heard")
        return stopped if stopped and heard and stopped >= heard else None

    def _note(self, table: str, moment: datetime) -> None:
        with self._opened() as connection:
            connection.execute(f"INSERT OR REPLACE INTO {table} VALUES (1, ?)", (_text(moment),))

    def _noted(self, table: str) -> datetime | None:
        if not self.path.exists():
            return None
        with self._opened() as connection:
            row = connection.execute(f"SELECT moment FROM {table}").fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def claim(self, job: str, slot: str, folder: Path, starts: int = MOST_STARTS) -> bool:
        """Take a slot that nobody had, or that was interrupted before so many ``starts``; False when it is not free."""
        now = _text(datetime.now(UTC))
        with self._opened() as connection:
            taken = connection.execute(
                "INSERT INTO run VALUES (?, ?, 'running', 1, ?, NULL, '', ?, '[]', ?) ON CONFLICT (job, slot) DO "
                "UPDATE SET state = 'running', starts = starts + 1, started = excluded.started, ended = NULL, "
                "message = '', pid = excluded.pid, folder = excluded.folder WHERE state = 'interrupted' AND starts < ?",
                (job, slot, now, str(folder), os.getpid(), starts),
            )
            return taken.rowcount == 1

    def end(self, job: str, slot: str, state: str, message: str, files: list[dict[str, Any]]) -> None:
        """Write down how a run ended."""
        with self._opened() as connection:
            connection.execute(
                "UPDATE run SET state = ?, message = ?, files = ?, ended = ? WHERE job = ? AND slot = ?",
                (state, message, json.dumps(files), _text(datetime.now(UTC)), job, slot),
            )

    def dead(self, job: str) -> list[Run]:
        """Return runs that did not come to an end. Ask while alone with the job: then nobody runs them."""
        return self._rows("WHERE job = ? AND state = 'running'", job)

    def runs(self, job: str | None = None, limit: int = 100) -> list[Run]:
        """Return runs, the latest first; one whose process is gone is interrupted."""
        if not self.path.exists():
            return []
        found = self._rows("WHERE ? IN (job, '') ORDER BY started DESC, slot DESC LIMIT ?", job or "", limit)
        return [self._as_it_is(run) for run in found]

    def run(self, job: str, slot: str) -> Run | None:
        """Return the run of a slot."""
        found = self._rows("WHERE job = ? AND slot = ?", job, slot)
        return found[0] if found else None

    def _as_it_is(self, run: Run) -> Run:
        if run.state != "running":
            return run
        with self.alone(run.job, wait=0) as nobody_runs:
            again = self.run(run.job, run.slot) or run
            if not nobody_runs or again.state != "running":
                return again
            return replace(again, state="interrupted", message=GONE)

    def _rows(self, where: str, *given: Any) -> list[Run]:
        columns = ", ".join(Run.__slots__)
        with self._opened() as connection:
            rows = connection.execute(f"SELECT {columns} FROM run {where}", given).fetchall()
        named = [dict(zip(Run.__slots__, row, strict=True)) for row in rows]
        return [Run(**row | {"files": json.loads(row["files"])}) for row in named]


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
