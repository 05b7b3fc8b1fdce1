"""What commands answer, and that a case never shows another."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
from pathlib import Path

import pytest

from graphkit import flow
from graphkit.exports import ENDINGS


def rows(result) -> list[dict]:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_rank_prints_a_list_with_rank_id_name_kind_and_score(loaded) -> None:
    for metric in ("degree", "pagerank", "betweenness"):
        found = rows(loaded("rank", metric, "--top", "7", "--format", "json", "--case", "article"))
        assert [list(row) for row in found] == [["rank", "id", "name", "kind", "score"]] * 7
        assert [row["rank"] for row in found] == list(range(1, 8))
        assert [row["score"] for row in found] == sorted((row["score"] for row in found), reverse=True)


def test_rank_of_one_kind_holds_only_that_kind(loaded) -> None:
    found = rows(loaded("rank", "degree", "--kind", "Incident", "--format", "json", "--case", "invented"))
    assert {row["kind"] for row in found} == {"Incident"}


def test_rank_says_what_it_was_computed_on_beside_the_table(loaded) -> None:
    result = loaded("rank", "degree", "--case", "invented")
    assert "Computed on case invented: " in result.stderr
    assert "INVENTED DATA" in result.stderr
    assert "INVENTED DATA" not in loaded("rank", "degree", "--case", "article").output


def test_query_prints_objects_with_keys_in_return_order(loaded) -> None:
    cypher = "MATCH (p:Person) RETURN p.name AS z, p.kind AS a ORDER BY z LIMIT 3"
    found = rows(loaded("query", cypher, "--format", "json"))
    assert [list(row) for row in found] == [["z", "a"]] * 3
    assert {row["a"] for row in found} == {"Person"}


def test_query_takes_parameters_as_json_or_text(loaded) -> None:
    words = ["-p", "n=10", "-p", "t=plain text", "-p", "l=[1, null]", "-p", "e=a=b"]
    answer = rows(loaded("query", "RETURN $n AS n, $t AS t, $l AS l, $e AS e", *words, "--format", "json"))
    assert answer == [{"n": 10, "t": "plain text", "l": [1, None], "e": "a=b"}]


def test_query_says_when_rows_are_left_out(loaded) -> None:
    result = loaded("query", "UNWIND range(1, 9) AS x RETURN x", "--limit", "4", "--format", "json")
    assert len(rows(result)) == 4
    assert "only the first 4" in result.stderr
    assert "only the first" not in loaded("query", "UNWIND range(1, 4) AS x RETURN x", "--limit", "4").stderr


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\\t=", "\\r="])
def test_a_spreadsheet_runs_no_cell_of_csv(loaded, start: str) -> None:
    cypher = f"RETURN '{start}cmd()' AS `{start}head`, -5 AS n, ['=x'] AS l, {{a: '=x'}} AS m, null AS e"
    table = list(csv.reader(io.StringIO(loaded("query", cypher, "--format", "csv").stdout)))
    assert len(table) == 2
    for cell in (table[0][0], table[1][0], table[1][2], table[1][3]):
        assert cell[0] not in "=+-@\t\r"
    assert table[1][0].startswith("'")
    assert (table[1][1], table[1][4]) == ("-5", "")


def test_query_table_shows_cells_and_says_when_there_are_none(loaded) -> None:
    assert "昆明" in loaded("query", "RETURN '昆明' AS name").stdout
    assert loaded("query", "MATCH (n:Person {name: 'Nobody'}) RETURN n").stdout == "No rows.\n"


def test_show_prints_claims_with_their_sources(loaded) -> None:
    text = loaded("show", "kunming-2014-03-01", "--case", "article").stdout
    assert "China, US targeting terror" in text
    assert "case article" in text
    found = rows(loaded("show", "kunming-2014-03-01", "--case", "article", "--json"))
    assert found["node"]["id"] == "kunming-2014-03-01"
    assert {claim["source"] for claim in found["claims"]} == {"china-daily-2014-11-28"}


def test_show_finds_near_names_when_there_is_no_such_id(loaded) -> None:
    result = loaded("show", "yang-shao", "--case", "article")
    assert result.exit_code == 1
    assert "yang-shaowen" in result.stderr


def test_search_prints_id_kind_and_names(loaded) -> None:
    assert "kunming-2014-03-01" in loaded("search", "KUNMING", "--case", "article").stdout
    found = rows(loaded("search", "kunming", "--case", "article", "--json"))
    assert {hit["id"] for hit in found} >= {"kunming", "kunming-2014-03-01"}
    assert rows(loaded("search", "no such thing", "--json")) == []


@pytest.fixture
def two_cases(run, tmp_path: Path):
    """One person in two cases: each knows another name of hers, another employer, another incident."""
    lines = []
    for case, name in (("open", "Ann Public"), ("secret", "Agent Quill")):
        said = {"source": f"s-{case}"}
        lines += [
            {"kind": "Source", "id": f"s-{case}", "name": f"Title {case}", "cases": [case]},
            {"kind": "Person", "id": "ann", "name": name, **said},
            {"kind": "Organization", "id": f"org-{case}", "name": f"Org {name}", **said},
            {"kind": "EMPLOYED_BY", "from": "ann", "to": f"org-{case}", **said},
            {"kind": "Person", "id": "ann", "statement": f"Statement {name}", "claimant": f"org-{case}", **said},
        ]
    (tmp_path / "two.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert run("load", "two.jsonl", "--strict").exit_code == 0
    return run


@pytest.mark.parametrize("words", [
    ["show", "ann"], ["show", "ann", "--json"], ["search", "ann"], ["search", "ann", "--json"], ["search", "org"],
    ["rank", "degree"], ["rank", "degree", "--format", "json"],
], ids=" ".join)  # fmt: skip
def test_nothing_of_another_case_shows(two_cases, words: list[str]) -> None:
    result = two_cases(*words, "--case", "open")
    assert result.exit_code == 0
    assert "Public" in result.stdout
    assert "quill" not in result.output.lower()
    assert "secret" not in result.output.lower()
    two_cases("case", "use", "open")
    assert two_cases(*words).output == result.output


@pytest.mark.parametrize("words", [["show", "org-secret"], ["search", "quill"], ["search", "org-secret"]], ids=" ".join)
def test_what_only_another_case_holds_is_not_found(two_cases, words: list[str]) -> None:
    result = two_cases(*words, "--case", "open")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Agent" not in result.stderr


def test_cases_mix_only_when_they_are_named_together(two_cases) -> None:
    both = rows(two_cases("show", "ann", "--case", "open", "--case", "secret", "--json"))
    assert set(both["node"]["names"]) == {"Ann Public", "Agent Quill"}
    assert len(both["relations"]) == 2


@pytest.mark.parametrize("format_", ["html", "json", "records", "stix", "ftm"])
def test_an_export_of_a_case_holds_that_case_alone(two_cases, tmp_path: Path, format_: str) -> None:
    out = tmp_path / f"graph{ENDINGS[format_]}"
    result = two_cases("export", "graph", "--format", format_, "--out", out, "--case", "open")
    assert (result.exit_code, result.stdout) == (0, "")
    content = out.read_text(encoding="utf-8")
    assert "Ann Public" in content
    assert "Quill" not in content
    assert [path.name for path in tmp_path.glob(f"{out.name}*")] == [out.name]


def test_an_export_that_cannot_be_written_leaves_the_old_file(
    loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    (tmp_path / "old.json").write_text("old", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(Path, "replace", full)
    result = loaded("export", "graph", "--format", "json", "--out", "old.json")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "old.json cannot be written: No space left on device. Choose another --out." in result.stderr
    assert (tmp_path / "old.json").read_text(encoding="utf-8") == "old"
    assert sorted(tmp_path.iterdir()) == before


def test_the_ending_of_an_export_tells_its_format(loaded, tmp_path: Path) -> None:
    for _ in range(2):  # a file with the ending of the format is replaced
        assert loaded("export", "graph", "--out", "g.json", "--around", "kunming").exit_code == 0
    assert json.loads((tmp_path / "g.json").read_bytes())["scope"] == ["article"]
    told = loaded("export", "graph", "--out", "g.txt").stderr
    assert told == (
        "graphkit: g.txt does not say its format. "
        "End it in .html, .json, .graphml, .gexf, .jsonl, .stix.json or .ftm.jsonl.\n"
    )


def test_an_export_replaces_no_file_with_another_ending(loaded, tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_text("kept", encoding="utf-8")
    result = loaded("export", "graph", "--format", "html", "--out", "records.jsonl")
    assert result.exit_code == 2
    assert "records.jsonl does not end in .html, and is left as it is. Write --out records.html." in result.stderr
    assert (tmp_path / "records.jsonl").read_text(encoding="utf-8") == "kept"


def test_an_export_that_loads_back_is_loaded_back(loaded, tmp_path: Path) -> None:
    for out, format_ in (("case.jsonl", "records"), ("case.stix.json", "stix"), ("case.ftm.jsonl", "ftm")):
        before = flow.store_at("graphkit.kgl").version()
        result = loaded("export", "graph", "--out", out, "--case", "article")
        told = re.fullmatch(rf"{out}: [\d,]+ bytes, case article\.( Only graphkit reads .+)?\n", result.stderr)
        assert told and bool(told[1]) == (format_ == "ftm")
        assert ENDINGS[format_] == "".join(Path(out).suffixes)
        again = loaded("load", out)
        assert (again.exit_code, "0 new claims, 131 known already." in again.stdout) == (0, True)
        assert flow.store_at("graphkit.kgl").version() == before
    named = loaded("export", "graph", "--format", "stix", "--out", "bundle.json").stderr
    assert "bundle.json does not end in .stix.json, and is left as it is. Write --out bundle.stix.json." in named


def test_an_export_says_so_when_decisions_do_not_go_along(loaded, tmp_path: Path) -> None:
    merged = ["merge", "pelda-immersh", "harrip-vonnel", "--why", "one", "--who", "A", "--case", "invented"]
    assert loaded(*merged).exit_code == 0
    result = loaded("export", "graph", "--out", "case.jsonl", "--case", "invented")
    assert result.stderr.endswith("case invented. 1 decision is applied to the claims, and not in the file.\n")
    assert b"Decision" not in (tmp_path / "case.jsonl").read_bytes()


def test_an_export_never_takes_the_place_of_what_is_no_file(loaded, tmp_path: Path) -> None:
    device = tmp_path / "device"
    os.mkfifo(device)
    reader = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert loaded("export", "graph", "--format", "json", "--out", "device", "--around", "kunming").exit_code == 0
        assert device.is_fifo()
        assert os.read(reader, 10).startswith(b"{")
    finally:
        os.close(reader)


def test_the_store_is_untouched_by_every_reading_command(loaded, tmp_path: Path) -> None:
    before = flow.store_at("graphkit.kgl").version()
    for words in (["show", "kunming"], ["search", "a"], ["rank", "degree"], ["query", "RETURN 1"], ["doctor"]):
        loaded(*words)
    assert flow.store_at("graphkit.kgl").version() == before


def test_query_says_beside_the_answer_that_it_asked_the_whole_store(loaded) -> None:
    result = loaded("query", "MATCH (n:Person) RETURN count(n) AS n", "--format", "csv")
    assert result.stdout.startswith("n\n")
    assert result.stdout.count("\n") == 2
    assert "Asked of the whole store: cases article, invented.\n" in result.stderr
    assert "Case invented: INVENTED DATA" in result.stderr


def test_query_of_a_store_where_nothing_is_invented_says_so_of_nothing(run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"kind": "Source", "id": "s", "name": "S"}\n', encoding="utf-8")
    run("load", "in.jsonl", "--case", "mine")
    result = run("query", "MATCH (n:Person) RETURN n.id")
    assert result.stderr == "Asked of the whole store: case mine.\n"


def test_demo_loads_once_and_tells_of_each_case(run) -> None:
    first = run("demo", "--no-app")
    assert first.exit_code == 0
    again = run("demo", "--no-app")
    assert "here already" in again.stdout
    assert first.stdout.partition("\n")[2] == again.stdout.partition("\n")[2]
    assert first.stdout.count("Most central") == 2
    assert first.stdout.count("Disputed:") == 2
    assert first.stdout.count("INVENTED DATA") >= 1


def test_json_is_short_for_the_format_everywhere(loaded, tmp_path: Path) -> None:
    for words in (["query", "RETURN 1 AS n"], ["rank", "degree", "--top", "1"]):
        assert rows(loaded(*words, "--json")) == rows(loaded(*words, "--format", "json"))
    well = rows(loaded("doctor", "--json"))
    assert (well["well"], well["holds"]["cases"]) == (True, 2)
    (tmp_path / "r.jsonl").write_text('{"kind": "LIKES"}\n', encoding="utf-8")
    checked = json.loads(loaded("check", "r.jsonl", "--json").stdout)
    assert (checked["read"], checked["good"], checked["to_mend"]) == (1, 0, 1)
    assert "'graphkit add --list' lists them." in checked["rejects"][0]


def test_a_source_is_shown_with_its_entry_and_first_claims(loaded) -> None:
    result = loaded("show", "china-daily-2014-11-28", "--case", "article")
    assert result.exit_code == 0
    for words in ("publisher: China Daily", "published: 2014-11-28", "reliability: not rated", "the first of them:"):
        assert words in result.stdout
    loaded("add", "Source", "id=web", "name=Web", "url=https://a.example/x", "--case", "article", "--yes")
    assert "url: hxxps://a[.]example/x" in loaded("show", "web").stdout
    told = rows(loaded("show", "china-daily-2014-11-28", "--case", "article", "--json"))
    assert told["source"]["publisher"] == "China Daily"
    assert told["n_claims"] >= len(told["first"]) == 5
    elsewhere = loaded("show", "china-daily-2014-11-28", "--case", "invented")
    assert (elsewhere.exit_code, elsewhere.stdout) == (1, "")
    assert "It is in article: --case article." in elsewhere.stderr


def test_the_sources_of_a_case_are_listed(loaded) -> None:
    assert "China, US targeting terror online" in loaded("sources", "--case", "article").stdout
    found = rows(loaded("sources", "--case", "article", "--json"))
    assert len(found) == 7
    assert sum(source["n_claims"] for source in found) == 131
