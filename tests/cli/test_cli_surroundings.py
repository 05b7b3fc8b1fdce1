"""What a command takes from around it: words of any bytes, the home, the environment, the state folder."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from graphkit.engines import child
from graphkit.settings import Settings
from tests.cli.conftest import is_one_line


def test_a_word_that_is_not_utf8_is_one_line(seed_file: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "caf\udce9.jsonl").write_text("{}\n", encoding="utf-8")
    for words in (["search", b"\xff"], ["load", b"in/caf\xe9.jsonl"], ["load", "in"]):
        command = [sys.executable, "-m", "graphkit", *words, "--store", str(seed_file)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert is_one_line(done.stderr)
        assert "UTF-8" in done.stderr
    command = [sys.executable, "-m", "graphkit", "case", "list"]
    told = {**os.environb, b"GRAPHKIT_STORE": b"\xff.kgl"}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=told)
    assert "Traceback" not in done.stderr
    assert done.returncode in (1, 2)


def test_without_a_home_the_state_is_kept_in_the_working_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.delenv("GRAPHKIT_STATE")
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr("pwd.getpwuid", nobody)
    assert Settings().state == Path(".graphkit")


def test_the_home_is_found_in_the_name_of_a_password_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    for given, meant in (("~/pw", "/home/ada/pw"), ("/etc/pw", "/etc/pw"), ("~no-such-user/pw", "~no-such-user/pw")):
        monkeypatch.setenv("GRAPHKIT_NEO4J_PASSWORD_FILE", given)
        assert Settings().neo4j_password_file == Path(meant)


def test_a_machine_without_proc_answers_without_a_memory_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_limits = []
    monkeypatch.setattr(resource, "setrlimit", lambda which, limits: set_limits.append(which))
    monkeypatch.setattr(child, "STATM", tmp_path / "nowhere" / "statm")
    child.closing(1)(False)
    assert set_limits == [resource.RLIMIT_FSIZE]


def test_the_store_can_be_named_by_option_or_environment(run, seed_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("case", "list").exit_code == 1
    assert "article" in run("case", "list", "--store", seed_file).stdout
    monkeypatch.setenv("GRAPHKIT_STORE", str(seed_file))
    assert "article" in run("case", "list").stdout
    assert run("case", "list", "--store", "elsewhere.kgl").exit_code == 1


def test_a_state_folder_that_cannot_be_made_is_one_line(
    loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    monkeypatch.setenv("GRAPHKIT_STATE", str(tmp_path / "a-file" / "state"))
    result = loaded("case", "use", "invented")
    assert result.exit_code == 1
    assert is_one_line(result.stderr)


def test_the_module_is_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "graphkit", "--version"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("graphkit, version 0.")
