"""``load`` and ``check``: what goes in, what comes back, what a machine reads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.settings import shipped

KEYS = [
    "read", "accepted", "rejected", "new_claims", "known_claims", "entities", "relations", "refused_fields", "seconds",
    "replaced", "notes",
]  # fmt: skip
SOURCE = {"kind": "Source", "id": "s", "name": "S"}
GOOD = {"kind": "Person", "id": "p", "name": "P", "source": "s"}
BAD: dict[str, tuple[Any, str]] = {
    "no source": ({"kind": "Person", "id": "a", "name": "A"}, "source"),
    "unknown kind": ({"kind": "Persn", "id": "a", "name": "A", "source": "s"}, "Did you mean 'Person'"),
    "bad date": ({"kind": "Incident", "id": "a", "date": "yesterday", "source": "s"}, "date"),
    "unknown field": ({"kind": "Person", "id": "a", "nam": "A", "source": "s"}, "Did you mean 'name'"),
    "dangling end": ({"kind": "MEMBER_OF", "from": "p", "to": "gone", "claimant": "p", "source": "s"}, "'gone'"),
    "second kind": ({"kind": "Place", "id": "p", "name": "A", "source": "s"}, "'p'"),
    "not JSON": ("{not json", "is not JSON"),
    "not an object": ("[1, 2]", "is not a JSON object"),
}


def write(path: Path, *records: Any) -> Path:
    lines = [record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_record_is_named_with_its_place_and_the_rest_goes_in(run, tmp_path: Path, bad: str) -> None:
    record, problem = BAD[bad]
    result = run("load", write(tmp_path / "in.jsonl", SOURCE, GOOD, record, {**GOOD, "id": "q"}), "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["read"], told["accepted"], told["rejected"]) == (0, 4, 3, 1)
    assert result.stderr.startswith("in.jsonl:3: ")
    assert problem in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_line_in_another_encoding_is_one_reject(run, tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", SOURCE, GOOD)
    path.write_bytes(path.read_bytes() + '{"kind": "Person", "id": "é", "source": "s"}\n'.encode("latin-1"))
    result = run("load", path, "--json")
    assert json.loads(result.stdout)["rejected"] == 1
    assert "is not UTF-8" in result.stderr


def test_json_is_all_there_is_on_standard_output(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", SOURCE, GOOD, *(record for record, _ in BAD.values()))
    command = [sys.executable, "-m", "graphkit", "load", path, "--json", "--store", tmp_path / "s.kgl"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert list(told) == KEYS
    assert told.pop("notes") == []
    assert all(isinstance(value, int | float) for value in told.values())
    assert told["read"] == told["accepted"] + told["rejected"] == 2 + len(BAD)
    assert len(done.stderr.splitlines()) == len(BAD)


def test_loading_twice_changes_nothing(run, tmp_path: Path) -> None:
    first = json.loads(run("load", shipped("seed"), "--json").stdout)
    content = (tmp_path / "graphkit.kgl").read_bytes()
    second = json.loads(run("load", shipped("seed"), "--json").stdout)
    assert (second["new_claims"], second["known_claims"]) == (0, first["new_claims"])
    assert first["new_claims"] > 4000
    assert {**second, "seconds": 0, "new_claims": 0, "known_claims": 0} == {
        **first, "seconds": 0, "new_claims": 0, "known_claims": 0,
    }  # fmt: skip
    assert (tmp_path / "graphkit.kgl").read_bytes() == content


def test_entities_and_relations_are_what_the_store_holds(run, tmp_path: Path) -> None:
    run("load", write(tmp_path / "a.jsonl", SOURCE, GOOD))
    told = json.loads(run("load", write(tmp_path / "b.jsonl", {**GOOD, "id": "q"}), "--json").stdout)
    assert (told["entities"], told["relations"]) == (2, 0)
    assert flow.store_at("graphkit.kgl").stats()["entities"] == 2


def test_rejects_are_written_as_they_came_less_what_is_refused(run, tmp_path: Path) -> None:
    record = {
        "kind": "Persn",
        "id": "ä",
        "name": "昆明",
        "religion": "SECRET",
        "more": {"ethnicity": "SECRET"},
        "source": "s",
    }
    run("load", write(tmp_path / "in.jsonl", SOURCE, record, "{broken"), "--rejects", "bad.jsonl")
    lines = (tmp_path / "bad.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0]) == {"kind": "Persn", "id": "ä", "name": "昆明", "more": {}, "source": "s"}
    assert lines[1] == "{broken"
    for written in (tmp_path / "bad.jsonl", tmp_path / "graphkit.kgl"):
        assert b"SECRET" not in written.read_bytes()


def test_mended_rejects_load(run, tmp_path: Path) -> None:
    late = {"kind": "MEMBER_OF", "from": "p", "to": "o", "claimant": "p", "source": "s"}
    run("load", write(tmp_path / "in.jsonl", SOURCE, GOOD, late), "--rejects", "bad.jsonl", "--strict")
    write(tmp_path / "o.jsonl", {"kind": "Organization", "id": "o", "name": "O", "source": "s"})
    told = json.loads(run("load", "o.jsonl", "bad.jsonl", "--json", "--rejects", "worse.jsonl").stdout)
    assert (told["rejected"], told["relations"]) == (0, 1)
    assert (tmp_path / "worse.jsonl").read_bytes() == b""


def test_refused_fields_are_dropped_and_counted_and_the_rest_of_the_record_stays(run, tmp_path: Path) -> None:
    record = {**GOOD, "religion": "SECRET", "Ethnic-Group": "SECRET", "position": "mayor"}
    result = run("load", write(tmp_path / "in.jsonl", SOURCE, record), "--json")
    told = json.loads(result.stdout)
    assert (told["refused_fields"], told["rejected"], told["new_claims"]) == (2, 0, 2)
    assert "SECRET" not in result.output
    assert b"SECRET" not in (tmp_path / "graphkit.kgl").read_bytes()
    again = run("load", "in.jsonl")
    assert "2 fields refused (Ethnic-Group, religion): graphkit takes no such data on persons." in again.stdout
    assert flow.store_at("graphkit.kgl").search("p", 5) == ["p"]


@pytest.mark.parametrize(("options", "bad", "code"), [([], True, 0), (["--strict"], True, 1), (["--strict"], False, 0)])
def test_strict_makes_a_reject_an_error(run, tmp_path: Path, options: list[str], bad: bool, code: int) -> None:
    records = [SOURCE, GOOD, *([BAD["bad date"][0]] if bad else [])]
    assert run("load", write(tmp_path / "in.jsonl", *records), *options).exit_code == code
    assert flow.store_at("graphkit.kgl").stats()["entities"] == 1


@pytest.mark.parametrize("content", [b"", b"\n\n", b'{"kind": "Nope"}\n'])
def test_nothing_readable_exits_with_1_and_makes_no_store(run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "in.jsonl").write_bytes(content)
    result = run("load", "in.jsonl")
    assert (result.exit_code, result.stdout.partition(":")[0]) == (1, "Nothing was loaded")
    assert not (tmp_path / "graphkit.kgl").exists()


@pytest.mark.parametrize("name", ["in.jsonl", "in.json", "in.csv", "in.jsonl.gz", "in.csv.zst"])
def test_a_file_that_is_not_what_it_claims_to_be_leaves_the_store_alone(run, tmp_path: Path, name: str) -> None:
    run("load", write(tmp_path / "good.jsonl", SOURCE, GOOD))
    before = (tmp_path / "graphkit.kgl").read_bytes()
    (tmp_path / name).write_bytes(b"\x00\x01PK\x03\x04" * 500)
    write(tmp_path / "more.jsonl", {**GOOD, "id": "q"})
    result = run("load", "more.jsonl", name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"graphkit: {name}: ")
    assert result.stderr.count("\n") == 1
    assert (tmp_path / "graphkit.kgl").read_bytes() == before


def test_rejects_that_cannot_be_written_are_one_line(run, tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", SOURCE, GOOD, "{broken")
    result = run("load", path, "--rejects", "nowhere/bad.jsonl")
    assert result.exit_code == 2
    assert result.stderr.startswith("graphkit: nowhere/bad.jsonl cannot be written")
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "graphkit.kgl").exists()


def test_rejects_beside_the_records_are_written_once_and_then_are_records(run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path / "in" / "a.jsonl", SOURCE, GOOD, "{broken")
    assert run("load", "in", "--rejects", "in/bad.jsonl").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "in").iterdir()) == ["a.jsonl", "bad.jsonl"]
    again = run("load", "in", "--rejects", "in/bad.jsonl")
    assert again.exit_code == 2
    assert "would replace in/bad.jsonl" in again.stderr
    assert (tmp_path / "in" / "bad.jsonl").read_text(encoding="utf-8") == "{broken\n"


def test_rejects_can_go_to_a_device_which_stays_one(run, tmp_path: Path) -> None:
    assert run("load", write(tmp_path / "in.jsonl", SOURCE, GOOD, "{broken"), "--rejects", "/dev/null").exit_code == 0
    assert Path("/dev/null").is_char_device()


def test_check_writes_nothing_and_says_what_load_would_do(run, tmp_path: Path) -> None:
    bad = run("check", write(tmp_path / "in.jsonl", SOURCE, GOOD, BAD["bad date"][0]))
    assert bad.exit_code == 1
    assert bad.stdout.startswith("in.jsonl:3: ")
    assert "3 records: 2 good, 1 to mend" in bad.stdout
    assert run("check", write(tmp_path / "ok.jsonl", SOURCE, GOOD)).exit_code == 0
    assert not (tmp_path / "graphkit.kgl").exists()


def test_a_load_into_a_case_uses_it(run, tmp_path: Path) -> None:
    run("load", write(tmp_path / "a.jsonl", SOURCE, GOOD))
    run(
        "load",
        write(tmp_path / "b.jsonl", {**SOURCE, "id": "t"}, {**GOOD, "id": "q", "source": "t"}),
        "--case",
        "harbour",
    )
    listed = json.loads(run("case", "list", "--json").stdout)
    assert {row["id"]: (row["sources"], row["in_use"]) for row in listed} == {
        "default": (1, False),
        "harbour": (1, True),
    }
    assert run("show", "q").exit_code == 0
    assert run("show", "p").exit_code == 1


def test_what_was_loaded_last_is_looked_at_next(loaded, tmp_path: Path) -> None:
    records = '{"kind": "Source", "id": "s", "name": "S"}\n{"kind": "Place", "id": "p", "name": "P", "source": "s"}\n'
    (tmp_path / "r.jsonl").write_text(records, encoding="utf-8")
    assert "Case: default." in loaded("load", "r.jsonl").stdout
    assert loaded("show", "p").exit_code == 0
    elsewhere = loaded("show", "kunming-2014-03-01")
    assert elsewhere.exit_code == 1
    assert "It is in article: --case article." in elsewhere.stderr


@pytest.mark.parametrize(("name", "content"), [("e.jsonl", ""), ("b.jsonl", "\n \n"), ("h.csv", "kind,id,name\n")])
def test_a_file_without_records_is_said_to_have_none(run, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    result = run("load", name)
    assert result.exit_code == 1
    assert "there is no record" in result.stderr


def test_a_number_that_json_does_not_have_is_a_reject(run, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"kind": "Person", "id": "p", "name": NaN, "source": "s"}\n', encoding="utf-8")
    assert "r.jsonl:1: is not JSON: NaN is no value in JSON; leave it out" in run("load", "r.jsonl").stderr


def test_a_record_that_gives_a_source_another_title_is_noted_by_check_and_load(run, tmp_path: Path) -> None:
    run("load", write(tmp_path / "a.jsonl", {**SOURCE, "publisher": "P", "authors": ["A"]}, GOOD))
    other = write(tmp_path / "b.jsonl", {**SOURCE, "name": "Third", "publisher": "P", "authors": ["B"], "lang": "en"})
    said = "Source 's': replaces name 'S' by 'Third'; Source 's': replaces authors 'A' by 'B'"
    checked = run("check", other)
    assert checked.exit_code == 0
    assert (
        f"note: 2 fields of sources, cases or decisions with another value than the store has: {said}\n"
        in checked.stdout
    )
    told = json.loads(run("load", other, "--json").stdout)
    assert told["replaced"] == 2
    assert told["notes"] == [f"2 fields of sources, cases or decisions with another value than the store had: {said}"]
    assert json.loads(run("load", other, "--json").stdout)["notes"] == []


def test_a_case_made_by_being_named_gets_its_title_without_a_note(run, tmp_path: Path) -> None:
    run("load", write(tmp_path / "a.jsonl", {**SOURCE, "cases": ["h"]}, GOOD))
    named = write(tmp_path / "b.jsonl", {"kind": "Case", "id": "h", "name": "Harbour"}, {**SOURCE, "cases": ["i"]})
    assert json.loads(run("load", named, "--json").stdout)["replaced"] == 0
    assert flow.store_at("graphkit.kgl").register("Source")["cases"].to_list() == [["h", "i"]]


def test_the_folder_one_works_in_can_be_checked_and_loaded(run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("GRAPHKIT_STATE", str(tmp_path / ".state"))
    write(tmp_path / "a.jsonl", SOURCE, GOOD)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert run("load", ".").exit_code == 0
    checked = run("check", ".")
    assert (checked.exit_code, checked.stdout.splitlines()[0]) == (
        0, "note: Left out what no reader knows: 1 file (picture.png).",
    )  # fmt: skip
    told = json.loads(run("load", ".", "--json").stdout)
    assert told["notes"] == ["Left out what no reader knows: 1 file (picture.png)."]


def test_invisible_characters_are_warned_about_kept_and_shown(run, tmp_path: Path) -> None:
    spoof = {**GOOD, "name": "Zero\u200bwidth \u202eRTL", "religion": "\u202e"}
    path = write(tmp_path / "in.jsonl", SOURCE, spoof, {**GOOD, "id": "q", "name": "می\u200cخواهم"})
    warning = "in.jsonl:2: name holds invisible characters; it is kept as written, and they are shown as [U+…]\n"
    assert f"warning: {warning}" in run("check", path).stdout
    loaded = run("load", path)
    assert f"warning: {warning}" in loaded.stderr
    assert loaded.output.count("invisible") == 1
    for words in (["show", "p"], ["search", "p"], ["rank", "degree"], ["query", "MATCH (p:Person) RETURN p.name"]):
        shown = run(*words).output
        assert "Zero[U+200B]width [U+202E]RTL" in shown, words
        assert "\u202e" not in shown
    assert "Zero\u200bwidth \u202eRTL" in run("show", "p", "--json").stdout
    drafted = run("add", "Person", "id=r", "name=\u202eX", "source=s", "--yes").stderr
    assert "[U+202E]X" in drafted
    assert "name holds invisible characters" in drafted
    assert "\u202e" not in drafted


def test_a_case_that_is_there_keeps_an_id_that_no_new_one_may_have(run, tmp_path: Path) -> None:
    source = {"kind": "Source", "id": "s", "name": "S", "cases": ["my case"]}
    person = {"kind": "Person", "id": "p", "name": "P", "source": "s"}
    lines = "".join(json.dumps(record) + "\n" for record in (source, person))
    (tmp_path / "in.jsonl").write_text(lines, encoding="utf-8")
    assert run("load", "in.jsonl").exit_code == 0
    assert run("load", "in.jsonl", "--case", "my case").exit_code == 0
    assert run("show", "p", "--case", "my case").exit_code == 0
