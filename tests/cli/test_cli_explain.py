"""The command that says why two things are linked."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from graphkit import flow
from graphkit.cli.explaining import explain
from tests.cli.conftest import Run, is_one_line

TWO = ("quiet-relay", "freight-yard-explosion", "--case", "invented")


def test_sentences_say_who_says_each_hop(loaded: Run) -> None:
    result = loaded("explain", "yang-shaowen", "fbi", "--case", "article")
    assert result.exit_code == 0
    assert "Yang Shaowen and FBI are linked in these records by 1 path of at most 4 hops." in result.stdout
    assert "Yang Shaowen → International Cooperation Bureau → Ministry of Public Security – FBI" in result.stdout
    assert "said by China Daily, in “China, US targeting terror online” (China Daily, 2014-11-28)" in result.stdout
    assert "role: deputy director" in result.stdout
    assert "Computed by graphkit" in result.stdout
    assert "Computed on case article: " in result.stderr
    assert "Central in these records does not mean important or guilty" in result.stderr
    assert "INVENTED DATA" not in result.output


def test_invented_data_is_said_to_be_invented_and_allegations_to_be_alleged(loaded: Run) -> None:
    for format_ in ("sentences", "table"):
        result = loaded("explain", *TWO, "--format", format_)
        assert result.stdout.startswith("INVENTED DATA")
        assert "suspected of" in " ".join(result.stdout.split())
        assert "(alleged)" in result.stdout


def test_json_holds_all_of_it(loaded: Run) -> None:
    result = loaded("explain", *TWO, "--json", "--top", "2")
    found = json.loads(result.stdout)
    assert found["invented"]
    assert found["caution"]
    assert [len(path["hops"]) for path in found["paths"]] == [1, 3]
    assert {said["title"] for said in found["paths"][0]["hops"][0]["links"][0]["said"]}
    assert loaded("explain", *TWO, "--format", "json", "--top", "2").stdout == result.stdout


def test_out_writes_a_picture_or_a_table_beside_the_answer(loaded: Run, tmp_path: Path) -> None:
    result = loaded("explain", *TWO, "--top", "2", "--out", "why.html")
    assert "are linked in these records" in result.stdout
    page = (tmp_path / "why.html").read_text(encoding="utf-8")
    assert f"why.html: {len(page.encode()):,} bytes, 2 paths." in result.stderr
    assert "INVENTED DATA" in page
    assert loaded("explain", *TWO, "--top", "2", "--out", "why.csv").exit_code == 0
    with (tmp_path / "why.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["path"], row["hop"]) for row in rows] == [("1", "1"), ("2", "1"), ("2", "2"), ("2", "2"), ("2", "3")]
    assert all(row["sources"] and row["said_by"] and row["notice"] for row in rows)


def test_a_witness_is_named_on_screen_and_not_in_a_file(loaded: Run, tmp_path: Path) -> None:
    result = loaded("explain", "pelda-immersh", "quiet-relay", "--case", "invented", "--out", "why.html")
    assert "Pelda Immersh" in result.stdout
    assert "Pelda" not in (tmp_path / "why.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("china", "china"), 2, "named twice"),
        (("china", "fb"), 1, "Near it: fbi"),
        (("china", "nothing-like-it"), 1, "Nothing named 'nothing-like-it' in case article."),
        (("china", "fbi", "--max-hops", "7"), 2, "Give max_hops from 1 to 6"),
        (("china", "fbi", "--top", "1000"), 2, "Give top from 1 to 100"),
        (("yang-shaowen", "kunming", "--out", "why.html"), 2, "There is nothing to write."),
        (("yang-shaowen", "fbi", "--out", "why.txt"), 2, "End it in .html"),
    ],
)
def test_what_cannot_be_answered_is_one_line(loaded: Run, words: tuple[str, ...], code: int, told: str) -> None:
    result = loaded("explain", *words, "--case", "article")
    assert result.exit_code == code
    assert is_one_line(result.stderr)
    assert told in result.stderr
    assert not result.stdout
    assert not Path("why.html").exists()


def test_that_there_is_no_path_is_an_answer(loaded: Run) -> None:
    result = loaded("explain", "yang-shaowen", "kunming", "--case", "article")
    assert result.exit_code == 0
    assert "are not linked in these records by any path" in result.stdout
    assert json.loads(loaded("explain", "yang-shaowen", "kunming", "--case", "article", "--json").stdout)["paths"] == []


def test_the_defaults_are_those_of_the_library() -> None:
    given = {option.name: option.default for option in explain.params}
    assert flow.Wanted() == flow.Wanted(given["max_hops"], given["top"])


def test_a_hub_that_was_avoided_is_named(loaded: Run) -> None:
    result = loaded("explain", "pelda-immersh", "quiet-relay", "--case", "invented", "--avoid-hubs")
    assert "hub" in result.stdout.lower()
    assert "hubs avoided" in result.stderr
