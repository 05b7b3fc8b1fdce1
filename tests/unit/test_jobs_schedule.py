"""The scheduler runs a job when it is due, and what became due meanwhile after it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graphkit.errors import Stop
from graphkit.jobs import cron, schedule
from graphkit.jobs.history import History, Run
from tests.jobs import exports, job, loaded, runner


class Soon:
    """Due once, a moment after it was made."""

    def __init__(self) -> None:
        self.moment = datetime.now(UTC) + timedelta(seconds=0.3)

    def after(self, moment: datetime) -> datetime | None:
        return self.moment if moment < self.moment else None


class SoonDue(cron.Due):
    def __init__(self) -> None:
        self.after = Soon().after  # type: ignore[method-assign]


@pytest.fixture
def signals() -> Iterator[None]:
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


@pytest.mark.usefixtures("signals")
def test_a_job_is_run_when_it_is_due_and_a_signal_ends_the_scheduler(tmp_path: Path) -> None:
    loaded(tmp_path)
    made, said = runner(tmp_path, job()), list[str]()
    made.file.__dict__["due"] = {"nightly": SoonDue()}

    def say(text: str) -> None:
        said.append(text)
        if " done" in text:
            os.kill(os.getpid(), signal.SIGTERM)

    schedule.start(made, say)
    assert said[0].startswith("nightly: next run ")
    (slot,) = exports(tmp_path / "exports" / "nightly")
    assert said[1].startswith(f"nightly {slot} done, 2 files, ")
    assert said[2].startswith("Stopping;")
    assert len(said) == 3
    heard = made.history.heard()
    assert heard
    assert abs((datetime.now(UTC) - heard).total_seconds()) < 30


@pytest.mark.usefixtures("signals")
def test_what_goes_wrong_around_a_job_is_said_and_the_scheduler_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, said = runner(tmp_path, job("a"), job("b")), list[str]()

    def claim(self: History, name: str, *_: Any) -> bool:
        raise Stop("no room") if name == "a" else ZeroDivisionError("by\nzero")

    def say(text: str) -> None:
        said.append(text)
        if len(said) == 4:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(History, "claim", claim)
    monkeypatch.setattr(cron, "last_due", lambda *_: datetime.now(UTC))
    schedule.start(made, say)
    assert {"a: no room", "b: ZeroDivisionError: by zero. Please report it."} < set(said)


def test_what_became_due_while_a_run_went_on_is_run_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(tmp_path)
    first = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    moments = [first, first + timedelta(hours=1), first + timedelta(hours=1)]
    monkeypatch.setattr(cron, "last_due", lambda *_: moments.pop(0))
    said: list[Run] = []
    runner(tmp_path, job()).catch_up("nightly", first, said.append)
    assert [run.slot for run in said] == ["2026-11-25T0300Z", "2026-11-25T0400Z"]
    assert exports(tmp_path / "exports" / "nightly") == [run.slot for run in said]


def test_a_stopped_scheduler_starts_no_run(tmp_path: Path) -> None:
    made = runner(tmp_path, job())
    made.stopping.set()
    made.catch_up("nightly", datetime.now(UTC) - timedelta(days=9), lambda run: pytest.fail(str(run)))
    assert made.history.runs() == []
