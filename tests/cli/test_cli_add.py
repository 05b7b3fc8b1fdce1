"""Adding one record by hand: asked for in a terminal, never anywhere else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graphkit import flow
from tests.cli.conftest import is_one_line, store_in
from tests.cli.terminal import Terminal

SOURCE = ["Source", "id=s", "name=A report", "publisher=A paper"]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def make(*words: str) -> Terminal:
        opened.append(Terminal(tmp_path, *words))
        return opened[-1]

    yield make
    for made in opened:
        made.close()


def test_a_terminal_asks_for_what_is_missing_the_source_too(terminal, tmp_path: Path) -> None:
    asked = terminal("add", "Person")
    asked.answer("name:", "Jane Doe|简·多伊")
    asked.answer("id [jane-doe]:", "")
    asked.answer("source:", "")
    asked.answer("source:", "report")
    asked.answer("Give it now? [Y/n]:", "y")
    asked.answer("name:", "A <b>report</b>")
    asked.answer("publisher:", "A paper")
    asked.answer("published:", "soon")
    asked.answer("published:", "2024-05")
    asked.answer("url:", "")
    asked.answer("[y/N]:", "y")
    assert asked.ended() == 0
    for words in ("source: is needed.", "as somebody's claim", "A paper says, in “A <b>report</b>”:", "2 new claims"):
        assert words in asked.shown
    store = store_in(tmp_path)
    assert store.register("Source").select("id", "published").rows() == [("report", "2024-05")]
    assert sorted(store.claims()["value"]) == ["Jane Doe", "简·多伊"]


@pytest.mark.parametrize("prompt", ["id [jane]:", "[Y/n]:", "[y/N]:"])
def test_stopping_writes_nothing_and_says_so(prompt: str, terminal, tmp_path: Path) -> None:
    asked = terminal("add", "Person", "name=Jane")
    for at, text in (("id [jane]:", "j"), ("source:", "s"), ("[Y/n]:", "y"), ("name:", "S"), ("publisher:", "")):
        if at == prompt:
            break
        asked.answer(at, text)
    if prompt == "[y/N]:":
        asked.answer("published:", "")
        asked.answer("url:", "")
    assert asked.interrupted(prompt) == 1
    assert "graphkit: stopped. Nothing was written." in asked.shown
    assert "Traceback" not in asked.shown
    assert not (tmp_path / "graphkit.kgl").exists()


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (["Person"], "id and source are missing"),
        (["Person", "id=p", "name=P"], "source is missing"),
        (["MEMBER_OF", "source=s"], "from, to and claimant are missing"),
        (["Registration", "source=s"], "domain is missing"),
        (["Case"], "id is missing"),
    ],
)
def test_where_nobody_can_be_asked_one_line_names_what_is_missing(run, words: list[str], missing: str) -> None:
    result = run("add", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert is_one_line(result.stderr)
    assert missing in result.stderr


def test_without_a_terminal_nothing_is_written_unless_yes_is_said(run, tmp_path: Path) -> None:
    result = run("add", *SOURCE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert is_one_line(result.stderr)
    assert "--yes" in result.stderr
    assert not (tmp_path / "graphkit.kgl").exists()
    assert run("add", *SOURCE, "--yes").exit_code == 0
    told = json.loads(run("add", "Person", "id=p", "name=P", "source=s", "--yes", "--json").stdout)
    assert (told["accepted"], told["new_claims"], told["entities"]) == (1, 1, 1)
    again = json.loads(run("add", "Person", "id=p", "name=P", "source=s", "--yes", "--json").stdout)
    assert (again["new_claims"], again["known_claims"]) == (0, 1)


def test_a_case_that_is_named_gets_the_source_and_is_used(run) -> None:
    assert "Case: harbour." in run("add", *SOURCE, "--yes", "--case", "harbour").stdout
    assert "goes into case harbour" in run("add", "Source", "id=t", "name=T", "--yes").stderr
    assert "→   harbour" in run("case", "list").stdout


@pytest.mark.parametrize("word", ["ethnicity=TOLD", "Religion=TOLD", "id_number=TOLD", "ethnicity TOLD", "民族=TOLD"])
def test_a_refused_field_is_named_and_its_value_is_nowhere(run, tmp_path: Path, word: str) -> None:
    run("add", *SOURCE, "--yes")
    before = (tmp_path / "graphkit.kgl").read_bytes()
    result = run("add", "Person", "id=p", "name=P", "source=s", word, "--yes")
    assert result.exit_code in (1, 2)
    assert is_one_line(result.stderr)
    assert "TOLD" not in result.output
    assert (tmp_path / "graphkit.kgl").read_bytes() == before


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)>",
        "=cmd' /C calc'!A0",
        "${HOME} `id`",
        '{"a": 1}',
        "true",
        "0012",
    ],
)
def test_text_is_taken_as_it_is_written(run, tmp_path: Path, name: str) -> None:
    run("add", *SOURCE, "--yes")
    result = run("add", "Person", "id=p", f"name={name}", f"summary=a|b {name}", "source=s", "--yes")
    assert result.exit_code == 0, result.output
    assert store_in(tmp_path).claims().select("value", "summary").rows() == [(name, f"a|b {name}")]


@pytest.mark.parametrize("name", ["\x1b[31mred", "a\x07b", "\x9b2J", "w" * 100_001])
def test_what_cannot_be_text_is_one_line_without_it(run, tmp_path: Path, name: str) -> None:
    run("add", *SOURCE, "--yes")
    before = (tmp_path / "graphkit.kgl").read_bytes()
    for word in (f"name={name}", f"{name}=x", f"source={name}", name):
        result = run("add", "Person", "id=p", *(["source=s"] if "source" not in word else []), word, "--yes")
        assert result.exit_code == 2
        assert is_one_line(result.stderr)
        assert len(result.stderr) < 400
        assert all(char.isprintable() for char in result.stderr.rstrip("\n"))
    assert (tmp_path / "graphkit.kgl").read_bytes() == before


def test_numbers_flags_and_dates_are_read_as_the_schema_has_them(run, tmp_path: Path) -> None:
    assert run("add", *SOURCE, "invented=yes", "--yes").exit_code == 0
    words = ["id=i", "name=I", "killed=3", "date=2014-03", "confidence=80", "source=s"]
    assert run("add", "Incident", *words, "--yes").exit_code == 0
    node = store_in(tmp_path).graph()[0]["Incident"].to_dicts()[0]
    assert (node["killed"], node["date"], node["date_precision"]) == (3, "2014-03", "month")
    assert set(store_in(tmp_path).claims()["confidence"]) == {80}


def test_free_text_that_may_say_too_much_is_warned_about_before_it_is_written(run) -> None:
    run("add", *SOURCE, "--yes")
    result = run("add", "Person", "id=p", "statement=speaks of his religion", "source=s", "--yes")
    assert "note: free text may speak of what graphkit does not record of persons; read it" in result.stderr


def test_list_names_every_kind_but_those_with_commands_of_their_own(run, tmp_path: Path) -> None:
    result = run("add", "--list")
    assert result.exit_code == 0
    named = {kind.name for kind in flow.catalog() if f" {kind.name} " in result.stdout}
    assert {kind.name for kind in flow.catalog()} - named == {"Decision", "Document", "Tombstone"}
    assert not (tmp_path / "graphkit.kgl").exists()


def test_adding_a_source_again_says_what_it_replaces(run) -> None:
    run("add", *SOURCE, "--yes")
    again = run("add", "Source", "id=s", "name=Third title", "--yes")
    assert "There is a Source 's' already: this replaces name 'A report' by 'Third title'." in again.stderr
    more = run("add", "Source", "id=s", "name=Third title", "lang=en", "--yes")
    assert "There is a Source 's' already: this adds what its entry lacks, and changes nothing else." in more.stderr


@pytest.mark.parametrize("words", [["Decision"], ["Decision", "id=d", "action=merge", "--yes"]])
def test_a_decision_is_made_by_its_own_command(run, words: list[str], tmp_path: Path) -> None:
    result = run("add", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert is_one_line(result.stderr)
    assert "'graphkit merge'" in result.stderr
    assert not (tmp_path / "graphkit.kgl").exists()
