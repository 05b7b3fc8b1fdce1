"""Runs and schedulers that are killed at any moment leave no half export, and the next start ends what is due."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from graphkit.jobs.history import History
from tests.jobs import exports, hours_ago, job, jobs_file, known_since, loaded

FORMATS = ["csv", "parquet", "json"]
STEPS = 2 * (len(FORMATS) + 2)
KILLING = """
import os, signal, sys, time
from pathlib import Path
from graphkit import cli, flow
from graphkit.jobs import overview, schedule
import networkx, pyvis.network, rustworkx
left = -1
def step():
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
def killing(real):
    def moved(self, target):
        if "exports" not in str(self):
            return real(self, target)
        step()
        done = real(self, target)
        step()
        return done
    return moved
Path.replace, Path.rename = killing(Path.replace), killing(Path.rename)
for line in sys.stdin:
    after, unit = line.split()
    left = int(after) if unit == "renames" else -1
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        os.dup2(2, 1)
        cli.main(sys.argv[1:], prog_name="graphkit")
    if unit == "seconds":
        time.sleep(float(after))
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), time.monotonic() - begun, flush=True)
"""


class Killed:
    """Runs a command again and again in children of one process, each killed at a moment of its own."""

    def __init__(self, *words: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", KILLING, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def after(self, count: float, unit: str) -> tuple[int, float]:
        """Kill a run before or after so many renames below exports, or after so many seconds.

        Return how it ended, and after how many seconds.
        """
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{count} {unit}\n")
        self._process.stdin.flush()
        ended, took = self._process.stdout.readline().split()
        return int(ended), float(took)

    def close(self) -> None:
        self._process.communicate(timeout=30)


@pytest.fixture
def killed(held: str) -> Iterator[Callable[..., Killed]]:
    made: list[Killed] = []

    def start(command: str, path: Path, *words: str) -> Killed:
        made.append(Killed("jobs", command, *words, "--jobs", str(path), "--store", held))
        return made[-1]

    yield start
    for one in made:
        one.close()


def serving(path: Path, store: str) -> subprocess.Popen[str]:
    """Start a scheduler."""
    words = ["-m", "graphkit", "jobs", "start", "--jobs", str(path), "--store", store]
    return subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def until(process: subprocess.Popen[str], words: str) -> str:
    """Read what a scheduler says until it says these words."""
    assert process.stdout
    for line in process.stdout:
        if words in line:
            return line
    raise AssertionError(f"it ended without saying '{words}'")


def wait_until_done(history: History, count: int) -> None:
    """Wait until so many runs are done, or a minute; the asserts that follow say which are not."""
    deadline = time.monotonic() + 60
    while len([run for run in history.runs() if run.state == "done"]) < count and time.monotonic() < deadline:
        time.sleep(0.05)


def stopped(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 0, out
    assert "Traceback" not in out


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> str:
    return loaded(tmp_path_factory.mktemp("held"))


def test_a_run_killed_before_or_after_any_rename_leaves_a_whole_export_or_none(killed: Any, tmp_path: Path) -> None:
    path = jobs_file(tmp_path, job(formats=FORMATS))
    home, history = tmp_path / "exports" / "nightly", History(tmp_path / "state", path)
    runs, whole = killed("run", path, "nightly"), 0
    for steps in range(STEPS + 1):
        survived = steps == STEPS
        assert runs.after(steps, "renames")[0] == (0 if survived else -signal.SIGKILL)
        whole += steps >= STEPS - 1
        assert len(exports(home)) == whole
        assert history.runs()[0].state == ("done" if survived else "interrupted")
    assert {left.name for left in home.iterdir()} == {*exports(home), ".lock"}
    ended = [run.state for run in history.runs("nightly")]
    assert ended.count("done") == whole == 2
    assert ended.count("interrupted") == STEPS - 1


def test_runs_killed_at_random_moments_leave_whole_exports_only(killed: Any, tmp_path: Path) -> None:
    path, chance = jobs_file(tmp_path, job(what="graph", formats=["html", "json", "gexf"])), random.Random(7)
    home, runs = tmp_path / "exports" / "nightly", killed("run", path, "nightly")
    ended, longest = runs.after(-1, "renames")
    assert ended == 0
    for _ in range(8):
        runs.after(chance.uniform(0.1, 1.0) * longest, "seconds")
        exports(home)
    assert runs.after(-1, "renames")[0] == 0
    assert {left.name for left in home.iterdir()} == {*exports(home), ".lock"}


@pytest.mark.parametrize("steps", [3, STEPS - 1])
def test_a_scheduler_killed_in_a_run_and_started_again_has_exactly_that_export(
    held: str, killed: Any, tmp_path: Path, steps: int
) -> None:
    schedule, slot = hours_ago(2)
    path = jobs_file(tmp_path, job(schedule=schedule, formats=FORMATS), job("other", schedule=schedule))
    history, home = History(tmp_path / "state", path), tmp_path / "exports" / "nightly"
    known_since(history, path, 2)
    assert killed("start", path).after(steps, "renames")[0] == -signal.SIGKILL
    again = serving(path, held)
    wait_until_done(history, 2)
    stopped(again)
    for name in ("nightly", "other"):
        found = [run for run in history.runs(name) if run.slot == slot]
        assert [run.state for run in found] == ["done"], name
        assert exports(home.parent / name) == [slot]


def test_two_schedulers_on_one_file_run_each_missed_slot_once(held: str, tmp_path: Path) -> None:
    schedule, slot = hours_ago(3)
    jobs = [job(f"job-{n}", schedule=schedule) for n in range(5)]
    path = jobs_file(tmp_path, *jobs)
    history = History(tmp_path / "state", path)
    known_since(history, path, 4)
    both = [serving(path, held) for _ in range(2)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda process: until(process, "job-4: next run"), both))
    wait_until_done(history, len(jobs))
    for process in both:
        stopped(process)
    assert sorted(run.job for run in history.runs()) == [one["name"] for one in jobs]
    assert {run.starts for run in history.runs()} == {1}
    for one in jobs:
        assert exports(tmp_path / "exports" / one["name"]) == [slot]


def test_a_scheduler_that_is_told_to_stop_ends_cleanly_and_says_so(held: str, tmp_path: Path) -> None:
    path = jobs_file(tmp_path, job(schedule="0 0 1 1 *"))
    for told in (signal.SIGTERM, signal.SIGINT):
        process = serving(path, held)
        assert "next run" in until(process, "nightly: ")
        process.send_signal(told)
        out, _ = process.communicate(timeout=30)
        assert (process.returncode, out) == (0, "Stopping; the file that is being written is finished first.\n")
    assert History(tmp_path / "state", path).runs() == []
