"""Every command: its exit code, its one line when it cannot go on, its help with an example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from graphkit.cli import main
from tests.cli.conftest import is_one_line

READS = {
    "case use": ["case", "use", "article"],
    "case list": ["case", "list"],
    "case compare": ["case", "compare", "article", "invented"],
    "show": ["show", "x"],
    "search": ["search", "x"],
    "match": ["match", "names.csv"],
    "resolve": ["resolve", "--kind", "Website"],
    "sources": ["sources"],
    "query": ["query", "MATCH (n) RETURN n"],
    "rank": ["rank", "degree"],
    "communities": ["communities"],
    "key-players": ["key-players"],
    "likely": ["likely"],
    "reach": ["reach", "x"],
    "ties": ["ties", "bridge"],
    "changes": ["changes", "degree", "2020", "2021"],
    "explain": ["explain", "x", "y"],
    "pivot": ["pivot", "--all"],
    "conflicts": ["conflicts"],
    "requests": ["requests"],
    "export graph": ["export", "graph", "--format", "json", "--out", "out.json"],
    "document": ["document", "x"],
    "verify": ["verify"],
}
NEEDS_NO_CLAIM = {"case use", "case list", "case compare", "query", "sources", "document", "verify"}
DECIDES = {
    "merge": ["merge", "x", "y", "--why", "one"],
    "split": ["split", "x", "y", "--why", "two"],
    "correct": ["correct", "x", "value=y", "--why", "typed wrong"],
    "withdraw": ["withdraw", "x", "--why", "wrong"],
    "retract": ["retract", "x", "--why", "wrong"],
    "watch": ["watch", "x.example", "--why", "came back"],
    "undo": ["undo", "x", "--why", "wrong"],
    "log": ["log", "x"],
    "erase": ["erase", "x", "--why", "asked for", "--yes"],
}
WRITES = {"add", "attach", "case new", "load", "check", "map", "demo", "app", "doctor"}
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
    ["rank", "degree", "--weights", "size"],
    ["rank", "closeness", "--weights", "count"],
    ["rank", "degree", "--directed"],
    ["rank", "degree", "--near", "kunming-2014-03-01"],
    ["communities", "--weights", "size"],
    ["communities", "--among", "Persn"],
    ["key-players", "--size", "0"],
    ["key-players", "--reach", "0"],
    ["pivot"],
    ["pivot", "a.example", "--all"],
    ["likely", "--measure", "guess"],
    ["reach"],
    ["ties", "bridges"],
    ["ties", "bridge", "--directed"],
    ["reach", "kunming-2014-03-01", "--since", "soon"],
    ["changes", "degree"],
    ["changes", "degree", "2020"],
    ["changes", "degree", "2020", "soon"],
    ["changes", "betweeness", "2020", "2021"],
    ["rank", "degree", "--top", "-1"],
    ["rank", "degree", "--format", "csv"],
    ["search", "x", "--limit", "0"],
    ["match"],
    ["resolve", "--least", "2"],
    ["resolve", "--top", "0"],
    ["resolve", "--kind", "Nobody"],
    ["resolve", "--format", "pdf"],
    ["match", "records.jsonl", "--least", "2"],
    ["match", "names.csv", "--out", "names.jsonl"],
    ["match", "names.csv", "--out", "nowhere/o.csv"],
    ["conflicts", "--limit", "0"],
    ["case", "compare", "article", "article"],
    ["case", "compare", "article", "invented", "--limit", "0"],
    ["case", "compare", "article"],
    ["conflicts", "--kind", "Persn"],
    ["requests", "--type", "removel"],
    ["requests", "--outcome", "grantd"],
    ["requests", "--format", "xml"],
    ["conflicts", "--kind", "Source"],
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
    ["add", "Document"],
    ["add", "Tombstone"],
    ["erase", "yang-shaowen"],
    ["erase", "yang-shaowen", "--why", "asked for"],
    ["erase", "yang-shaowen", "--why", " ", "--yes"],
    ["erase", "yang-shaowen", "--why", "asked for", "--who", "", "--yes"],
    ["erase", "yang-shaowen", "--why", "Yang-Shaowen asked for it", "--yes"],
    ["erase", "article", "--why", "asked for", "--yes"],
    ["attach", "china-daily-2014-11-28", "."],
    ["attach", "china-daily-2014-11-28", "records.jsonl", "--collector", ""],
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
    ["rank", "degree", "--as-of", "2014-02-30"],
    ["show", "yang-shaowen", "--known-on", "2014/2015"],
    ["query", "RETURN 1", "--published-by", "soon"],
    ["search", "x", "--certainly"],
]
NOT_TO_BE = [
    ["show", "nobody-at-all"],
    ["show", "yang-shaowen", "--case", "invented"],
    ["show", "yang-shaowen", "--case", "artcle"],
    ["search", "nobody at all"],
    ["match", "nowhere.csv"],
    ["case", "use", "artcle"],
    ["case", "compare", "article", "nonsense"],
    ["case", "compare", "nonsense", "article"],
    ["query", "MATCH (n) DELETE n"],
    ["query", "LOAD CSV FROM '/etc/passwd' AS r RETURN r"],
    ["query", "nonsense"],
    ["export", "graph", "--format", "json", "--out", "o.json", "--around", "nobody"],
    ["load", "nowhere.jsonl"],
    ["check", "nowhere.jsonl"],
    ["rank", "degree", "--case", "nonsense"],
    ["attach", "china-daily-2014-11-28", "nowhere.pdf"],
    ["document", "nobody-at-all"],
    ["erase", "nobody-at-all", "--why", "asked for", "--yes"],
    ["conflicts", "--case", "nonsense"],
]


def commands(group: click.Group = main, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")
        else:
            yield path + name, command


def test_every_command_is_tried_here() -> None:
    assert {name for name, _ in commands()} == set(READS | DECIDES) | WRITES | IN_TEST_CLI_JOBS


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_help_teaches_by_example(run, name: str) -> None:
    result = run(*name.split(), "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.output
    assert f"  graphkit {name}" in result.output
    assert ("--store" in result.output) == (name not in WITHOUT_A_STORE)


@pytest.mark.parametrize("words", [*READS.values(), *DECIDES.values()], ids=" ".join)
def test_without_a_store_the_next_step_is_one_line(run, tmp_path: Path, words: list[str]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert is_one_line(result.stderr)
    assert "graphkit load" in result.stderr
    assert not (tmp_path / "graphkit.kgl").exists()
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("name", [name for name in READS if name not in NEEDS_NO_CLAIM])
def test_on_an_empty_store_the_next_step_is_one_line(run, tmp_path: Path, name: str) -> None:
    assert run("case", "new", "article").exit_code == 0
    result = run(*READS[name])
    assert (result.exit_code, result.stdout) == (1, "")
    assert is_one_line(result.stderr)
    assert "graphkit load" in result.stderr
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("words", DECIDES.values(), ids=" ".join)
def test_on_an_empty_store_there_is_nothing_to_decide_on(run, words: list[str]) -> None:
    assert run("case", "new", "article").exit_code == 0
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert is_one_line(result.stderr)
    assert f"{words[1]}'" in result.stderr


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
    "words", [*READS.values(), *DECIDES.values(), ["load", "records.jsonl"], ["check", "records.jsonl"]], ids=" ".join
)
def test_a_file_that_is_no_store_is_one_line(run, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "graphkit.kgl").write_text("not a store", encoding="utf-8")
    (tmp_path / "records.jsonl").write_text('{"kind": "Source", "id": "s", "name": "S"}\n', encoding="utf-8")
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert is_one_line(result.stderr)
    assert "not a graphkit store or is damaged" in result.stderr
    assert (tmp_path / "graphkit.kgl").read_text(encoding="utf-8") == "not a store"


def test_ranking_a_relation_kind_names_the_kinds_of_things(loaded) -> None:
    told = loaded("rank", "degree", "--kind", "MEMBER_OF").stderr
    assert "'MEMBER_OF' is no kind of thing, and things are ranked. Kinds of things are " in told
    assert "Person" in told
    assert "EMPLOYED_BY" not in told
