"""Commands for scheduled exports, as an analyst types them."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from graphkit.jobs.history import History
from graphkit.settings import Settings
from tests.cli.conftest import Run
from tests.jobs import exports, job, jobs_file


@pytest.fixture
def jobs(tmp_path: Path) -> Path:
    return jobs_file(
        tmp_path, job(case=["invented"], top=5), job("all", "claims", case=["article"], schedule="30 4 * * 1")
    )


def test_checking_a_good_file_says_so(loaded: Run, jobs: Path) -> None:
    result = loaded("jobs", "check", jobs)
    assert (result.exit_code, result.output) == (0, f"{jobs}: nightly, all: nothing to mend.\n")
    assert json.loads(loaded("jobs", "check", jobs, "--json").stdout) == {"well": True, "problems": []}
    assert not (jobs.parent / "exports").exists()


def test_checking_tells_everything_that_is_wrong_one_line_each(loaded: Run, tmp_path: Path) -> None:
    around = job("c", "graph", formats=["json"], case=["article"], around=["fbj"])
    path = jobs_file(
        tmp_path, job(case=["invnted"]), job("b"), around, job("d", destination="graphkit.kgl", case=["article"])
    )
    result = loaded("jobs", "check", path)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert [line.split(": ")[:3] for line in lines] == [
        [str(path), "job 'nightly'", "case"], [str(path), "job 'b'", "case"], [str(path), "job 'c'", "around"],
        [str(path), "job 'd'", "destination"],
    ]  # fmt: skip
    assert "Did you mean 'invented'?" in lines[0]
    assert "the job names no case, and the store has 2 (article, invented)" in lines[1]


def test_checking_without_a_store_or_without_the_file_is_one_line(run: Run, tmp_path: Path) -> None:
    result = run("jobs", "check", jobs_file(tmp_path, job()))
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "There is no store at graphkit.kgl yet" in result.output
    result = run("jobs", "check", "nothing.yaml")
    assert (result.exit_code, result.output) == (
        1, "nothing.yaml: there is no such file. Write one, or name another file to check.\n",
    )  # fmt: skip


def test_the_file_is_jobs_yaml_or_that_of_the_environment(
    loaded: Run, jobs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Settings().jobs == "jobs.yaml"
    assert "jobs.yaml: nightly, all: nothing" in loaded("jobs", "check").output
    jobs.rename(jobs.with_name("other.yaml"))
    assert loaded("jobs", "list").exit_code == 1
    monkeypatch.setenv("GRAPHKIT_JOBS", "other.yaml")
    assert "every Monday at 04:30 UTC" in loaded("jobs", "list").output


def test_a_run_is_made_listed_and_in_the_history(loaded: Run, jobs: Path) -> None:
    result = loaded("jobs", "run", "nightly", "--jobs", jobs)
    assert result.exit_code == 0
    (slot,) = exports(jobs.parent / "exports" / "nightly")
    assert f"nightly {slot} done, 2 files, " in result.output
    (row,) = json.loads(loaded("jobs", "history", "--jobs", jobs, "--json").output)
    assert (row["job"], row["slot"], row["state"], len(row["files"])) == ("nightly", slot, "done", 2)
    assert slot in loaded("jobs", "history", "--job", "nightly").output
    assert loaded("jobs", "history", "--job", "all").output == "No runs yet.\n"
    listed = json.loads(loaded("jobs", "list", "--json").output)
    assert [one["name"] for one in listed] == ["nightly", "all"]
    assert listed[0]["last"]["slot"] == slot
    assert listed[0]["next_run"][11:16] == "03:00"
    assert listed[1]["last"] is None


def test_a_job_that_is_not_there_names_those_that_are(loaded: Run, jobs: Path) -> None:
    result = loaded("jobs", "run", "nightli", "--jobs", jobs)
    assert result.exit_code == 2
    assert result.output == (
        f"graphkit: No job named 'nightli' in {jobs}. Did you mean 'nightly'? There are: nightly, all.\n"
    )
    assert loaded("jobs", "history", "--job", "x").exit_code == 2


def test_a_failed_run_exits_with_1_and_says_why(run: Run, jobs: Path) -> None:
    result = run("jobs", "run", "nightly", "--jobs", jobs)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("graphkit: nightly 20")
    assert "failed: There is no store at graphkit.kgl yet." in result.stderr
    assert result.stderr.count("\n") == 1
    assert "failed" in run("jobs", "history").output


@pytest.mark.parametrize("command", [["run", "nightly"], ["start"], ["list"]])
def test_a_wrong_file_is_one_line_and_nothing_happens(loaded: Run, tmp_path: Path, command: list[str]) -> None:
    path = jobs_file(tmp_path, job("../x"))
    result = loaded("jobs", *command, "--jobs", path)
    assert result.exit_code == 1
    assert result.output.startswith(f"graphkit: {path}: job 1: name: must be 1 to 60 of a-z")
    assert result.output.count("\n") == 1
    assert not (tmp_path / "exports").exists()
    assert not (tmp_path / "x").exists()


def test_a_destination_without_rights_is_told_by_check_and_run(loaded: Run, tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0o500)
    path = jobs_file(tmp_path, job(destination="shut", case=["article"]))
    may = os.geteuid() == 0  # root may write everywhere
    for words in (["check", str(path)], ["run", "nightly"]):
        result = loaded("jobs", *words)
        assert result.exit_code == (0 if may else 1)
        assert ("destination: " in result.output) != may


def test_a_destination_that_only_seems_writable_is_told_by_check(loaded: Run, tmp_path: Path) -> None:
    result = loaded("jobs", "check", jobs_file(tmp_path, job(destination="/proc/self", case=["article"])))
    assert result.exit_code == 1
    assert "job 'nightly': destination: /proc/self cannot be written" in result.output
    assert result.output.count("\n") == 1


def test_a_wrong_job_is_named_and_blocks_no_other(loaded: Run, tmp_path: Path) -> None:
    path = jobs_file(tmp_path, job("bad", top=0), job(case=["article"]))
    assert path.name == "jobs.yaml"
    wrong = "jobs.yaml: job 'bad': top: must be 1 or more.\n"
    listed = loaded("jobs", "list", "--json")
    assert (listed.exit_code, listed.stderr) == (0, wrong)
    assert [one["name"] for one in json.loads(listed.stdout)] == ["nightly"]
    ran = loaded("jobs", "run", "nightly")
    assert (ran.exit_code, ran.stderr) == (0, wrong)
    assert f"graphkit: {wrong}" in loaded("jobs", "run", "bad").stderr
    assert loaded("jobs", "start").stderr == f"graphkit: {wrong}"
    assert " UTC " in loaded("jobs", "history").stdout
    assert loaded("jobs", "history", "--job", "bad").stdout == "No runs yet.\n"
    assert "[FILE]" in loaded("jobs", "check", "--help").output


def test_a_scheduler_is_alive_while_it_was_heard_in_the_last_45_seconds(run: Run, jobs: Path) -> None:
    def said(*heard: timedelta) -> tuple[int, str]:
        for ago in heard:
            History(Settings().state, jobs).hear(datetime.now(UTC) - ago)
        result = run("jobs", "alive", "--jobs", jobs)
        return result.exit_code, result.output

    assert said() == (
        1, f"graphkit: {jobs}: no scheduler has run these jobs yet. Start one: graphkit jobs start --jobs {jobs}\n",
    )  # fmt: skip
    assert said(timedelta(seconds=30)) == (0, f"{jobs}: the scheduler was heard 30 s ago.\n")
    assert said(timedelta(seconds=46))[0] == 1
    assert said(timedelta(0))[0] == 0
    History(Settings().state, jobs).stop(datetime.now(UTC))
    code, text = said()
    assert (code, text.partition(" 20")[0]) == (1, f"graphkit: {jobs}: the scheduler was stopped")
    code, text = said(timedelta(hours=-1))
    assert code == 1
    assert text.startswith(f"graphkit: {jobs}: the scheduler was last heard 20")
    assert text.count("\n") == 1


def test_the_schema_is_printed_and_knows_every_key(run: Run, tmp_path: Path) -> None:
    printed = json.loads(run("jobs", "schema").output)
    known = {name for kind in printed["$defs"].values() for name in kind["properties"]}
    content = yaml.safe_load(jobs_file(tmp_path, job(), job("q", "query")).read_text(encoding="utf-8"))
    assert {name for one in content["jobs"] for name in one} <= known
    assert set(printed["properties"]) == {"timezone", "jobs"}
    assert printed["$defs"]["RankJob"]["properties"]["formats"]["items"]["enum"] == ["csv", "parquet", "json"]
    assert all(kind["additionalProperties"] is False for kind in printed["$defs"].values())
