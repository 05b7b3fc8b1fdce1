"""Every command: its exit code, its one line when it cannot go on, its help with an example."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from graphkit.cli import main
from graphkit.engines import child
from graphkit.settings import Settings

READS = {
    "case use": ["case", "use", "article"],
    "case list": ["case", "list"],
    "show": ["show", "x"],
    "search": ["search", "x"],
    "sources": ["sources"],
    "query": ["query", "MATCH (n) RETURN n"],
    "rank": ["rank", "degree"],
    "export graph": ["export", "graph", "--format", "json", "--out", "out.json"],
}
WRITES = {"add", "case new", "load", "check", "demo", "app", "doctor"}
WITHOUT_A_STORE = {"jobs list", "jobs history", "jobs schema", "jobs alive"}
IN_TEST_CLI_JOBS = {"jobs check", "jobs run", "jobs start"} | WITHOUT_A_STORE

WRONG = [
    ["nonsense"],
    ["rank"],
    ["rank", "betweeness"],
    ["rank", "degree", "--kind", "Persn"],
    ["rank", "degree", "--among", "Persn"],
    ["rank", "degree", "--kind", "MEMBER_OF"],
    ["rank", "degree", "--among", "Source"],
    ["rank", "degree", "--top", "0"],
    ["rank", "degree", "--top", "-1"],
    ["rank", "degree", "--format", "csv"],
    ["search", "x", "--limit", "0"],
    ["query", "RETURN 1", "--limit", "-1"],
    ["query", "RETURN 1", "--timeout", "0"],
    ["query", "RETURN 1", "--timeout", "soon"],
    ["query", "RETURN 1", "--format", "xml"],
    ["query", "RETURN $a", "-p", "a"],
    ["export", "graph", "--format", "jsn", "--out", "o.json"],
    ["export", "graph", "--format", "json"],
    ["export", "graph", "--format", "json", "--out", "nowhere/o.json"],
    ["load"],
    ["export", "graph", "--format", "json", "--out", "graphkit.kgl"],
    ["export", "graph", "--format", "json", "--out", "./graphkit.kgl"],
    ["load", "records.jsonl", "--rejects", "records.jsonl"],
    ["load", "records.jsonl", "--rejects", "graphkit.kgl"],
    ["load", "records.jsonl", "--rejects", "."],
    ["load", "caf\udce9.jsonl"],
    ["search", "\udcff"],
    ["case", "new", "article"],
    ["case", "new", "x", "--tlp", "PINK"],
    ["case", "new", ""],
    ["case", "new", "my case"],
    ["case", "new", "-x"],
    ["load", "records.jsonl", "--case", "my case"],
    ["show", ""],
    ["show", " "],
    ["add", "OWNS"],
    ["load", "records.jsonl", "--case", ""],
    ["add"],
    ["add", "Persn"],
    ["add", "Person"],
    ["add", "Person", "id=p", "name=P"],
    ["add", "Person", "id=p", "name=P", "source=nowhere", "--yes"],
    ["add", "Person", "id=p", "name=P", "source=nowhere"],
    ["add", "Person", "id=p", "name"],
    ["add", "Person", "id=p", "nam=P"],
    ["add", "Person", "id=p", "id=q"],
    ["add", "Person", "id=p", "kind=Group"],
    ["add", "Source", "id=p", "name=P", "--yes", "--case", ""],
    ["show", "x", "--store", ""],
    ["case", "new", "x", "--review-date", "soon"],
    ["app", "--port", "99999"],
    ["app", "--port", "0"],
    ["app", "--address", "no.such.host.invalid"],
    ["rank", "degree", "--store", "oracle://here"],
]
NOT_TO_BE = [
    ["show", "nobody-at-all"],
    ["show", "yang-shaowen", "--case", "invented"],
    ["show", "yang-shaowen", "--case", "artcle"],
    ["search", "nobody at all"],
    ["case", "use", "artcle"],
    ["query", "MATCH (n) DELETE n"],
    ["query", "LOAD CSV FROM '/etc/passwd' AS r RETURN r"],
    ["query", "nonsense"],
    ["export", "graph", "--format", "json", "--out", "o.json", "--around", "nobody"],
    ["load", "nowhere.jsonl"],
    ["check", "nowhere.jsonl"],
    ["rank", "degree", "--case", "nonsense"],
]


def commands(group: click.Group = main, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")
        else:
            yield path + name, command


def is_one_line(text: str) -> bool:
    return text.startswith("graphkit: ") and text.count("\n") == 1 and text.endswith("\n")


def test_every_command_is_tried_here() -> None:
    assert {name for name, _ in commands()} == set(READS) | WRITES | IN_TEST_CLI_JOBS


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_help_teaches_by_example(run, name: str) -> None:
    result = run(*name.split(), "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.output
    assert f"  graphkit {name}" in result.output
    assert ("--store" in result.output) == (name not in WITHOUT_A_STORE)


@pytest.mark.parametrize("name", READS)
def test_without_a_store_the_next_step_is_one_line(run, tmp_path: Path, name: str) -> None:
    result = run(*READS[name])
    assert (result.exit_code, result.stdout) == (1, "")
    assert is_one_line(result.stderr)
    assert "graphkit load" in result.stderr
    assert not (tmp_path / "graphkit.kgl").exists()
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("name", [name for name in READS if name not in ("case use", "case list", "query", "sources")])
def test_on_an_empty_store_the_next_step_is_one_line(run, tmp_path: Path, name: str) -> None:
    assert run("case", "new", "article").exit_code == 0
    result = run(*READS[name])
    assert (result.exit_code, result.stdout) == (1, "")
    assert is_one_line(result.stderr)
    assert "graphkit load" in result.stderr
    assert not (tmp_path / "out.json").exists()


def test_an_empty_store_lists_its_case_and_answers_cypher(run) -> None:
    run("case", "new", "harbour", "--purpose", "Who moved the sites?")
    assert "Who moved the sites?" in run("case", "list").stdout
    assert run("query", "MATCH (n:Person) RETURN n").exit_code == 0


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_call_exits_with_2(loaded, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "records.jsonl").write_text("{}\n", encoding="utf-8")
    store = (tmp_path / "graphkit.kgl").read_bytes()
    result = loaded(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert (tmp_path / "graphkit.kgl").read_bytes() == store
    assert is_one_line(result.stderr) or "\nError: " in result.stderr
    assert (tmp_path / "records.jsonl").read_text(encoding="utf-8") == "{}\n"


@pytest.mark.parametrize("words", NOT_TO_BE, ids=" ".join)
def test_what_is_refused_or_not_found_exits_with_1(loaded, words: list[str]) -> None:
    result = loaded(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert is_one_line(result.stderr)


@pytest.mark.parametrize(
    "words", [*READS.values(), ["load", "records.jsonl"], ["check", "records.jsonl"]], ids=" ".join
)
def test_a_file_that_is_no_store_is_one_line(run, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "graphkit.kgl").write_text("not a store", encoding="utf-8")
    (tmp_path / "records.jsonl").write_text('{"kind": "Source", "id": "s", "name": "S"}\n', encoding="utf-8")
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert is_one_line(result.stderr)
    assert "not a graphkit store or is damaged" in result.stderr
    assert (tmp_path / "graphkit.kgl").read_text(encoding="utf-8") == "not a store"


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


def test_ranking_a_relation_kind_names_the_kinds_of_things(loaded) -> None:
    told = loaded("rank", "degree", "--kind", "MEMBER_OF").stderr
    assert "'MEMBER_OF' is no kind of thing, and things are ranked. Kinds of things are " in told
    assert "Person" in told
    assert "EMPLOYED_BY" not in told


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
    child._closing(1)(False)
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


def test_a_case_is_made_and_records_are_loaded_where_nothing_can_be_remembered(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    monkeypatch.setenv("GRAPHKIT_STATE", str(tmp_path / "a-file" / "state"))
    made = run("case", "new", "harbour")
    assert made.exit_code == 1
    assert made.stderr.startswith("graphkit: Case 'harbour' is made. Which case is in use cannot be kept")
    assert "GRAPHKIT_STATE" in made.stderr
    records = '{"kind": "Source", "id": "s", "name": "S"}\n{"kind": "Place", "id": "p", "name": "P", "source": "s"}\n'
    (tmp_path / "r.jsonl").write_text(records, encoding="utf-8")
    loaded = run("load", "r.jsonl", "--case", "harbour", "--json")
    assert loaded.exit_code == 0
    assert json.loads(loaded.stdout)["accepted"] == 2
    assert "GRAPHKIT_STATE" in loaded.stderr


def test_the_module_is_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "graphkit", "--version"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("graphkit, version 0.")
