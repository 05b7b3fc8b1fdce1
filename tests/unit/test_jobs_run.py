"""A run is whole, says what it holds, leaves nothing behind when it fails, and is never run twice."""

from __future__ import annotations

import importlib
import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.errors import Stop, StoreMissing
from graphkit.exports.tables import TABLES
from graphkit.jobs import run as one_run
from graphkit.jobs.history import GONE, History, Run
from graphkit.jobs.running import Runner
from tests.jobs import exports, hours_ago, job, jobs_file, known_since, loaded, on, read, runner

making = importlib.import_module("graphkit.jobs.making")


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> str:
    return loaded(tmp_path_factory.mktemp("held"))


def test_the_manifest_says_what_a_run_holds(held: str, tmp_path: Path) -> None:
    ended = on(held, runner(tmp_path, job(formats=list(TABLES)))).by_hand("nightly")
    assert (ended.state, ended.message) == ("done", "")
    assert exports(tmp_path / "exports" / "nightly") == [ended.slot]
    manifest = json.loads(read(ended, "manifest.json"))
    assert set(manifest) == {"files", "started", "ended", "store_version", "scope", "graphkit"}
    assert manifest["files"] == ended.files
    assert [one["path"] for one in ended.files] == [f"rank.{name}" for name in TABLES]
    assert {one["rows"] for one in ended.files} == {3}
    assert manifest["scope"] == ["c"]
    assert manifest["store_version"] == flow.store_at(held).version()
    started, over = (datetime.fromisoformat(manifest[when]) for when in ("started", "ended"))
    assert started <= over <= datetime.now(UTC) < started + timedelta(minutes=2)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (job(case=["d"]), "jobs.yaml: job 'nightly': case: No case named 'd'"),
        (job(what="graph", formats=["json"], around=["annn"]), "job 'nightly': around: Nothing named 'annn'"),
        (job(what="query", cypher="MATCH (p) RETURN nonsense("), "The query could not be answered"),
        (job(destination="records.jsonl"), "jobs.yaml: job 'nightly': destination: "),
        (job(destination="/proc/nowhere"), "jobs.yaml: job 'nightly': destination: /proc/nowhere"),
        (job(destination="x" * 300), "File name too long"),
        (job(case=["\ud800"]), "jobs.yaml: job 'nightly': case: No case named ' '"),
    ],
)  # fmt: skip
def test_a_failed_run_says_why_in_one_line_and_leaves_nothing(
    held: str, tmp_path: Path, wrong: dict[str, Any], problem: str
) -> None:
    (tmp_path / "records.jsonl").write_text("kept", encoding="utf-8")
    made = on(held, runner(tmp_path, wrong))
    ended = made.by_hand("nightly")
    assert ended.state == "failed"
    assert problem in ended.message
    assert "\n" not in ended.message
    assert made.history.runs()[0] == ended
    assert exports(tmp_path / "exports" / "nightly") == []
    assert (tmp_path / "records.jsonl").read_text(encoding="utf-8") == "kept"
    assert not (tmp_path / "exports").exists()


def test_a_run_that_fails_leaves_the_folder_of_earlier_ones(held: str, tmp_path: Path) -> None:
    made = on(held, runner(tmp_path, job()))
    done = made.by_hand("nightly")
    assert runner(tmp_path, job(case=["gone"])).by_hand("nightly").state == "failed"
    assert exports(tmp_path / "exports" / "nightly") == [done.slot]


def test_a_job_without_a_case_needs_a_store_with_exactly_one(tmp_path: Path) -> None:
    loaded(tmp_path, {"kind": "Source", "id": "u", "name": "U", "cases": ["d"]})
    ended = runner(tmp_path, job()).by_hand("nightly")
    assert ended.state == "failed"
    assert "the job names no case, and the store has 2 (c, d). Write case: [c]." in ended.message
    assert runner(tmp_path, job(case=["c", "d"])).by_hand("nightly").state == "done"


def test_a_missing_and_a_damaged_store_fail_in_one_line(tmp_path: Path) -> None:
    made = runner(tmp_path, job())
    assert "There is no store at" in made.by_hand("nightly").message
    (tmp_path / "graphkit.kgl").write_bytes(b"no store")
    ended = made.by_hand("nightly")
    assert "is not a graphkit store or is damaged" in ended.message
    assert ended.state == "failed"


def test_a_store_that_is_being_written_can_be_exported(tmp_path: Path) -> None:
    store = flow.store_at(loaded(tmp_path))
    ended: list[Run] = []

    def meanwhile(_: Any) -> None:
        ended.append(runner(tmp_path, job()).by_hand("nightly"))

    store.update(meanwhile)
    assert ended[0].state == "done"


def test_a_failed_run_is_tried_again_and_what_people_must_mend_is_not(
    held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule, slot = hours_ago(2)
    made = on(held, runner(tmp_path, job(schedule=schedule), pauses=(0.0, 0.0)))
    known_since(made.history, made.file.path, 2)
    tries: list[str] = []
    real = making.making

    def failing(*given: Any) -> Any:
        tries.append("once")
        if len(tries) < 3:
            raise StoreMissing("gone for a moment")
        return real(*given)

    monkeypatch.setattr(one_run, "making", failing)
    said: list[Run] = []
    made.catch_up("nightly", datetime.now(UTC) - timedelta(days=2), said.append)
    assert [(run.slot, run.state) for run in said] == [(slot, "done")]
    assert len(tries) == 3
    monkeypatch.setattr(one_run, "making", lambda *given: tries.append("more") or real(*given))
    again = on(held, runner(tmp_path, job("other", schedule=schedule, case=["no"]), pauses=(0.0, 0.0)))
    again.catch_up("other", datetime.now(UTC) - timedelta(days=2), said.append)
    assert said[-1].state == "failed"
    assert tries.count("more") == 1


def test_an_unexpected_error_ends_one_run_and_is_told(
    held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError("by\nzero")

    monkeypatch.setattr(one_run, "making", broken)
    ended = on(held, runner(tmp_path, job())).by_hand("nightly")
    assert ended.state == "failed"
    assert ended.message == "ZeroDivisionError: by zero. Please report it."


def test_a_run_that_is_told_to_stop_ends_after_the_file_and_is_interrupted(held: str, tmp_path: Path) -> None:
    made = on(held, runner(tmp_path, job(formats=["csv", "json", "parquet"])))
    asked: list[int] = []

    class Stopping(threading.Event):
        def is_set(self) -> bool:
            asked.append(1)
            return len(asked) > 1

    ended = Runner(held, made.file, made.history, (), Stopping()).by_hand("nightly")
    assert (ended.state, len(asked)) == ("interrupted", 2)
    assert exports(tmp_path / "exports" / "nightly") == []


def test_only_the_latest_missed_slot_is_caught_up_and_only_once(held: str, tmp_path: Path) -> None:
    schedule, slot = hours_ago(2)
    made = on(held, runner(tmp_path, job(schedule=schedule)))
    since, said = datetime.now(UTC) - timedelta(days=30), list[Run]()
    for _ in range(3):
        made.catch_up("nightly", since, said.append)
    assert [run.slot for run in said] == exports(tmp_path / "exports" / "nightly") == [slot]


def test_nothing_is_caught_up_from_before_a_job_or_its_schedule_was_known(held: str, tmp_path: Path) -> None:
    made = on(held, runner(tmp_path, job()))
    now = datetime.now(UTC)
    early = now - timedelta(days=3)
    assert made.history.seen("nightly", "0 3 * * * UTC", early) == made.history.seen("nightly", "0 3 * * * UTC", now)
    assert made.history.seen("nightly", "0 5 * * * UTC", now) > early + timedelta(days=2)
    said: list[Run] = []
    made.catch_up("nightly", now, said.append)
    assert said == []


def test_many_schedulers_at_once_run_a_slot_once(held: str, tmp_path: Path) -> None:
    schedule, slot = hours_ago(3)
    path = jobs_file(tmp_path, job(schedule=schedule))
    since, said = datetime.now(UTC) - timedelta(days=9), list[Run]()

    runners = [runner(tmp_path, job(schedule=schedule)) for _ in range(6)]

    def one(made: Runner) -> None:
        on(held, made).catch_up("nightly", since, said.append)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(one, runners))
    assert [run.slot for run in said] == exports(tmp_path / "exports" / "nightly") == [slot]
    assert len(History(tmp_path / "state", path).runs()) == 1


def test_schedulers_with_histories_of_their_own_do_not_double_a_folder(held: str, tmp_path: Path) -> None:
    schedule, slot = hours_ago(3)
    since, said = datetime.now(UTC) - timedelta(days=9), list[Run]()
    for state in ("one", "two"):
        made = runner(tmp_path, job(schedule=schedule))
        Runner(held, made.file, History(tmp_path / state, made.file.path), ()).catch_up("nightly", since, said.append)
    assert [(run.state, run.message) for run in said] == [("done", ""), ("done", "was there already")]
    assert said[0].files == said[1].files
    assert exports(tmp_path / "exports" / "nightly") == [slot]


def test_a_job_that_is_running_cannot_be_run_by_hand(held: str, tmp_path: Path) -> None:
    made = on(held, runner(tmp_path, job()))
    with made.history.alone("nightly") as alone:
        assert alone
        with pytest.raises(Stop, match="'nightly' is running already"):
            made.by_hand("nightly")


def test_runs_by_hand_in_one_second_all_stay(held: str, tmp_path: Path) -> None:
    made = on(held, runner(tmp_path, job()))
    slots = {made.by_hand("nightly").slot for _ in range(4)}
    assert sorted(slots) == exports(tmp_path / "exports" / "nightly")
    assert len(slots) == 4


def test_a_dead_run_is_interrupted_and_claimed_once_more_only(tmp_path: Path) -> None:
    history = History(tmp_path / "state", tmp_path / "jobs.yaml")
    for start in (1, 2):
        assert history.claim("a", "slot", tmp_path)
        assert not history.claim("a", "slot", tmp_path)
        (run,) = history.runs()
        assert (run.state, run.message, run.starts, run.pid) == ("interrupted", GONE, start, os.getpid())
        with history.alone("a"):
            assert history.runs()[0].state == "running"
        history.end("a", "slot", "interrupted", GONE, [])
    assert not history.claim("a", "slot", tmp_path)
    history.end("a", "slot", "failed", "x", [])
    assert not history.claim("a", "slot", tmp_path)


def test_only_so_many_finished_runs_are_kept_and_nothing_else_is_touched(held: str, tmp_path: Path) -> None:
    made = on(held, runner(tmp_path, job(keep=2)))
    home = tmp_path / "exports" / "nightly"
    (home / "mine").mkdir(parents=True)
    (home / "mine" / "manifest.json").write_text('{"files": []}', encoding="utf-8")
    (home / ".2026-01-01T0300Z.0123456789abcdef.new").mkdir()
    slots = [made.by_hand("nightly").slot for _ in range(4)]
    assert exports(home) == [*slots[2:], "mine"]
    assert {path.name for path in home.iterdir()} == {*slots[2:], "mine", ".lock"}
    assert [run.state for run in made.history.runs()] == ["done"] * 4


def test_a_history_that_cannot_be_kept_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file", encoding="utf-8")
    with pytest.raises(Stop, match="the history of runs cannot be kept") as raised:
        History(tmp_path / "state", tmp_path / "jobs.yaml").claim("a", "slot", tmp_path)
    assert "\n" not in str(raised.value)
    damaged = History(tmp_path / "other", tmp_path / "jobs.yaml")
    damaged.path.parent.mkdir(parents=True)
    damaged.path.write_bytes(b"no database" * 100)
    with pytest.raises(Stop, match="put this file aside"):
        damaged.runs()
