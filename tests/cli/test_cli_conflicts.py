"""``conflicts`` and ``case compare``: what is printed of contradictions, for people and for machines."""

from __future__ import annotations

import json
from pathlib import Path

RECORDS = [
    {"kind": "Source", "id": "s", "name": "A report", "reliability": "B", "cases": ["a"]},
    {"kind": "Source", "id": "t", "name": "A note", "cases": ["b"]},
    {"kind": "Incident", "id": "fire", "name": "The fire", "killed": 4, "source": "s", "confidence": 70},
    {"kind": "Incident", "id": "fire", "name": "The blaze", "killed": 6, "source": "t", "locator": "page 9"},
    {"kind": "Tracker", "domain": "one.example", "tracker": "UA-1", "source": "s"},
    {"kind": "Tracker", "domain": "two.example", "tracker": "UA-1", "source": "t"},
]


def words(text: str) -> str:
    return " ".join(text.split())


def put(tmp_path: Path, *more: dict) -> str:
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in [*RECORDS, *more]), encoding="utf-8")
    return str(file)


def test_both_sides_stand_with_who_says_so_and_what_nobody_rated(loaded) -> None:
    result = loaded("conflicts", "--case", "invented")
    told = words(result.stdout)
    assert told.startswith("1. Fire at the Saltmere relay station, date relay-station-fire At stake: 12 (9 things ")
    assert "Whether Ardo Plimmet is said to be a member of Quiet Relay ardo-plimmet → quiet-relay" in told
    assert "1 thing that nothing else joins to the rest, 3 independent sources)" in told
    assert "denied 1 Jovvin Sterrable" in told
    assert "2022-06-20 not rated not rated page 1" in told
    assert "INVENTED DATA" in result.stderr


def test_json_has_the_number_its_parts_and_the_sides(loaded) -> None:
    told = json.loads(loaded("conflicts", "--case", "invented", "--limit", "2", "--json").stdout)
    assert (told["total"], len(told["conflicts"]), told["decisions"]) == (5, 2, [])
    for row in told["conflicts"]:
        assert row["at_stake"] == row["linked"] + row["cut_off"] + row["n_independent"]
        assert len(row["sides"]) >= 2
        assert {"who", "title", "reliability", "rating", "locator", "published"} <= set(row["sides"][0]["voices"][0])


def test_what_is_left_out_and_what_is_not_there_is_said(loaded) -> None:
    assert (
        "The first 2 of 5 contradictions; --limit shows more."
        in loaded("conflicts", "--case", "invented", "--limit", "2").stderr
    )
    nothing = loaded("conflicts", "--case", "article")
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert nothing.stderr == "No two claims that contradict each other were found in case article.\n"
    none = json.loads(loaded("conflicts", "--case", "invented", "--kind", "Person", "--limit", "1", "--json").stdout)
    assert [row["property"] for row in none["conflicts"]] == ["MEMBER_OF"]


def test_decisions_that_contradict_each_other_have_their_own_heading(run, tmp_path: Path) -> None:
    decisions = [
        {"kind": "Decision", "id": f"read-{n}", "action": "read", "about": "fire", "property": "killed", "value": "4",
         "read_as": str(n), "who": "A. Analyst", "when": "2025-01-01", "why": "a reason", "case": "a"}
        for n in (5, 6)
    ]  # fmt: skip
    assert run("load", put(tmp_path, *decisions)).exit_code == 0
    result = run("conflicts", "--case", "a")
    heading, clash = result.stdout.splitlines()
    assert heading == "Decisions that contradict each other"
    assert "'4' as killed of 'fire' is read as '5' and as '6'" in clash
    assert "read-5, read-6" in clash
    told = json.loads(run("conflicts", "--case", "a", "--json").stdout)
    assert told["conflicts"] == []
    assert told["decisions"][0]["decisions"] == ["read-5", "read-6"]


def test_compared_cases_show_both_names_what_links_them_and_what_both_contradict(run, tmp_path: Path) -> None:
    assert run("load", put(tmp_path)).exit_code == 0
    told = words(run("case", "compare", "a", "b").stdout)
    assert "fire Incident The fire 2 The blaze 2" in told
    assert "tracker:UA-1 Identifier UA-1" in told
    assert "1. The fire, killed fire" in told
    assert "6 1 “A note” A note not rated not rated page 9" in told
    found = json.loads(run("case", "compare", "a", "b", "--json").stdout)
    assert found["cases"] == ["a", "b"]
    assert found["totals"] == {"things": 1, "identifiers": 1, "conflicts": 1}
    assert found["things"][0] | {"name_a": "The fire", "name_b": "The blaze"} == found["things"][0]
    assert found["conflicts"][0]["property"] == "killed"


def test_cases_that_share_nothing_say_so(loaded) -> None:
    result = loaded("case", "compare", "article", "invented")
    assert result.stdout.count("None.") == 3
    assert "INVENTED DATA" in result.stderr


def test_a_comparison_says_what_it_leaves_out(run, tmp_path: Path) -> None:
    more = [{"kind": "Place", "id": f"p{n}", "name": "P", "source": s} for n in range(3) for s in "st"]
    assert run("load", put(tmp_path, *more)).exit_code == 0
    assert "The first 1 of 4 things; --limit shows more." in run("case", "compare", "a", "b", "--limit", "1").stderr


def test_controls_and_directions_in_what_is_said_are_shown_and_not_obeyed(run, tmp_path: Path) -> None:
    hostile = {"kind": "Incident", "id": "x", "name": "\u202egnp.exe", "date": "2024", "source": "s"}
    other = hostile | {"date": "2025", "source": "t", "locator": "p \u200b1"}
    assert run("load", put(tmp_path, hostile, other)).exit_code == 0
    told = run("conflicts", "--case", "a", "--case", "b").stdout
    assert "\u202e" not in told
    assert "[U+202E]" in told
