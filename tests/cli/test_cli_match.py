"""Looking up a sheet from the command line: a table, JSON, or a file beside the one that came, and no more."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from .conftest import is_one_line


@pytest.fixture
def names(tmp_path: Path) -> Path:
    file = tmp_path / "names.csv"
    rows = [["Name", "Town"], ["TOLLIVAR, Bexen", "x"], ["Quiet Relai", "y"], ["Pelda Immersh", ""], ["Nobody", ""]]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    return file


def test_match_lists_what_is_found_and_what_is_not_and_warns(loaded, names: Path) -> None:
    result = loaded("match", names, "--case", "invented")
    assert result.exit_code == 0
    assert "bexen-tollivar" in result.stdout
    assert "pelda-immersh (protected)" in result.stdout
    assert "Found: 3 of 4 names in case invented.\nNot found: Nobody (row 5)." in result.stdout
    assert "INVENTED DATA" in result.stderr
    assert "A name is no identity" in result.stderr


def test_match_answers_in_json(loaded, names: Path) -> None:
    result = loaded("match", names, "--case", "invented", "--json")
    found = json.loads(result.stdout)
    assert found["columns"] == ["Name"]
    assert "not necessarily the same person" in found["caution"]
    assert next((row["row"], row["name"]) for row in found["names"]) == (2, "TOLLIVAR, Bexen")
    relay = found["names"][1]["candidates"][0]
    assert (relay["id"], relay["reason"]) == ("quiet-relay", "similar name")
    assert 0.8 <= relay["score"] < 1
    assert relay["claims"]
    assert found["names"][2]["candidates"][0]["protected"]


def test_match_writes_the_sheet_with_columns_added(loaded, names: Path, tmp_path: Path) -> None:
    before = names.read_bytes()
    result = loaded("match", names, "--case", "invented", "--out", "back.xlsx")
    assert result.exit_code == 0
    sheet = load_workbook(tmp_path / "back.xlsx").active
    assert [cell.value for cell in sheet["A"]] == ["Name", "TOLLIVAR, Bexen", "Quiet Relai", "Pelda Immersh", "Nobody"]
    assert [cell.value for cell in sheet["C"]][3:] == ["not found", "not found"]
    assert "back.xlsx says nothing of what is protected" in result.stderr
    assert names.read_bytes() == before


def test_match_looks_where_it_is_told(loaded, names: Path) -> None:
    found = json.loads(loaded("match", names, "--case", "article", "--json").stdout)
    assert {row["found"] for row in found["names"]} == {"not found"}
    only = ("match", names, "--case", "invented", "--json", "--column", "Town", "--kind", "Person", "--least", "0.9")
    assert [row["name"] for row in json.loads(loaded(*only).stdout)["names"]] == ["x", "y"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["names.csv", "--out", "names.csv"], "names.csv would replace names.csv"),
        (["names.csv", "--out", "back.pdf"], "'.pdf' is no format of a sheet"),
        (["names.csv", "--column", "Nme"], "Did you mean 'Name'?"),
        (["names.csv", "--kind", "Persn"], "Did you mean 'Person'?"),
        (["names.csv", "--case", "elsewhere"], "No case named 'elsewhere'"),
        (["gone.csv"], "no such file"),
    ],
)
def test_match_says_what_is_wrong_in_one_line(loaded, names: Path, words: list[str], says: str) -> None:
    before = names.read_bytes()
    result = loaded("match", *words)
    assert result.exit_code in (1, 2)
    assert says in result.stderr
    assert is_one_line(result.stderr)
    assert names.read_bytes() == before
