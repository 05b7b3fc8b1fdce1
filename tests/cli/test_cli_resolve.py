"""What may be one, from the command line: a table with the commands that decide, CSV and JSON, and no more."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run, is_one_line, store_in

RECORDS: list[dict[str, Any]] = [
    {"kind": "Source", "id": "s", "name": "Harbour News"},
    {"kind": "Person", "id": "viktor", "name": "Viktor Marrow", "source": "s"},
    {"kind": "Person", "id": "o'mara", "name": "Виктор Марров", "source": "s"},
    {"kind": "Person", "id": "olga", "name": "Olga Tarn", "protected": "witness", "source": "s"},
    {"kind": "Person", "id": "olga-2", "name": "Olga Tarne", "source": "s"},
    {"kind": "Group", "id": "grey", "name": "Grey Heron", "names": [], "source": "s"},
    {"kind": "Group", "id": "grey", "name": "Night Shift", "source": "s"},
    {"kind": "Group", "id": "blue", "name": "Blue Lantern", "source": "s"},
    {"kind": "Group", "id": "blue", "name": "Night Shift", "source": "s"},
]


@pytest.fixture
def harbour(run: Run, tmp_path: Path) -> Run:
    lines = [json.dumps({name: value for name, value in row.items() if value != []}) for row in RECORDS]
    (tmp_path / "harbour.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run("load", "harbour.jsonl").exit_code == 0
    return run


def test_resolve_shows_pairs_and_the_commands_that_decide(harbour: Run, tmp_path: Path) -> None:
    before = store_in(tmp_path).version()
    result = harbour("resolve")
    assert result.exit_code == 0
    for words in ("Viktor Marrow", "(protected)", "Two have this name beside others", "Night Shift", "Harbour News"):
        assert words in result.stdout
    assert """graphkit merge 'o'"'"'mara' viktor --why "" --case default""" in result.stdout
    assert "May be one: 2 pairs, by 7 names in case default." in result.stderr
    assert "Nothing was merged" in result.stderr
    assert store_in(tmp_path).version() == before


def test_the_command_that_is_shown_asks_for_a_reason(harbour: Run) -> None:
    result = harbour("merge", "o'mara", "viktor", "--why", "", "--case", "default")
    assert result.exit_code == 2
    assert "'why' is empty" in result.stderr
    assert harbour("merge", "o'mara", "viktor", "--why", "One face.", "--case", "default").exit_code == 0
    assert "May be one: 1 pair," in harbour("resolve").stderr


def test_resolve_gives_programs_json_and_csv(harbour: Run) -> None:
    told = json.loads(harbour("resolve", "--json").stdout)
    assert told["found"] == len(told["may_be_one"]) == 2
    assert told["may_be_one"][1]["reasons"]
    assert [row["met_a"] for row in told["names_of_both"]] == ["Night Shift"]
    assert "command" not in told["names_of_both"][0]
    rows = list(csv.DictReader(io.StringIO(harbour("resolve", "--format", "csv").stdout)))
    assert [(row["a"], row["proposed"]) for row in rows if row["kind"] == "Group"] == [("blue", "False")]
    assert [row["proposed"] for row in rows if row["kind"] == "Person"] == ["True", "True"]


def test_resolve_looks_where_it_is_told(harbour: Run) -> None:
    assert "May be one: 0 pairs, by 3 names" in harbour("resolve", "--kind", "Group").stderr
    assert "May be one: 2 pairs, by 4 names" in harbour("resolve", "--kind", "Person", "--least", "0.5").stderr
    result = harbour("resolve", "--top", "1")
    assert "There are more: only the first 1 are here." in result.stderr


def test_resolve_of_the_seed_says_that_it_is_invented(loaded: Run) -> None:
    assert "INVENTED DATA" in loaded("resolve", "--case", "invented").stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--kind", "Persn"], "Did you mean 'Person'?"),
        (["--case", "elsewhere"], "No case named 'elsewhere'"),
    ],
)
def test_resolve_says_what_is_wrong_in_one_line(harbour: Run, words: list[str], says: str) -> None:
    result = harbour("resolve", *words)
    assert result.exit_code in (1, 2)
    assert says in result.stderr
    assert is_one_line(result.stderr)


def test_resolve_of_an_empty_store_says_how_to_fill_it(run: Run) -> None:
    result = run("resolve")
    assert result.exit_code == 1
    assert "Load records with 'graphkit load PATH'" in result.stderr


def test_resolve_of_one_thing_finds_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text("\n".join(map(json.dumps, RECORDS[:2])), encoding="utf-8")
    run("load", "one.jsonl")
    result = run("resolve")
    assert result.exit_code == 0
    assert not result.stdout.strip()
    assert "May be one: 0 pairs, by 1 name in case default." in result.stderr
