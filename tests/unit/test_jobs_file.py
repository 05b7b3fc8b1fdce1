"""A jobs file that is wrong says where and how to mend it, in one line each, and nothing else happens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graphkit.errors import ChooseAgain, FileUnreadable
from graphkit.jobs import file
from graphkit.jobs.model import KINDS, Jobs

RANK: dict[str, Any] = {
    "name": "nightly", "schedule": "0 3 * * *", "what": "rank", "metric": "pagerank", "formats": ["csv"],
    "destination": "exports/",
}  # fmt: skip
OTHERS: dict[str, dict[str, Any]] = {
    "rank": RANK,
    "graph": {"what": "graph", "formats": ["graphml", "gexf", "html", "json"], "around": ["fbi"]},
    "query": {"what": "query", "formats": ["json"], "cypher": "RETURN 1 AS one", "params": {"a": [1, "b"]}},
    "claims": {"what": "claims", "formats": ["parquet"], "keep": 3},
    "conflicts": {"what": "conflicts", "formats": ["csv", "json"], "case": ["article"]},
    "requests": {"what": "requests", "formats": ["csv", "json"], "case": ["article"]},
    "websites": {"what": "websites", "formats": ["csv", "json"], "case": ["article"]},
}


def job(what: str, **more: Any) -> dict[str, Any]:
    base = {name: RANK[name] for name in ("name", "schedule", "destination")}
    return base | OTHERS[what] | more


def written(folder: Path, content: Any) -> Path:
    path = folder / "jobs.yaml"
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content), encoding="utf-8")
    return path


def test_every_kind_of_job_can_be_read(tmp_path: Path) -> None:
    assert set(OTHERS) == set(KINDS)
    jobs = [job(what, name=f"a-{what}") for what in KINDS]
    read = file.read(written(tmp_path, {"jobs": jobs, "timezone": "Europe/Berlin"}))
    assert [type(found) for found in read.jobs] == list(KINDS.values())
    assert read.folder(read.jobs[0]) == tmp_path / "exports" / "a-rank"
    assert file.problems(read.path) == []


WRONG = [
    ({"name": "../x"}, "name", "must be 1 to 60 of a-z"),
    ({"name": "a\n"}, "name", "must be 1 to 60"),
    ({"name": "-a"}, "name", "start with a letter or digit"),
    ({"name": "x" * 61}, "name", "must be 1 to 60"),
    ({"name": 5}, "name", "put it in quotes"),
    ({"schedule": "0 3 * *"}, "schedule", "needs 5"),
    ({"schedule": 3}, "schedule", "put it in quotes"),
    ({"what": "ranks"}, "what", "Did you mean 'rank'"),
    ({"what": None}, "what", "There are: rank, graph"),
    ({"metric": "pagerang"}, "metric", "Did you mean 'pagerank'"),
    ({"formats": ["xlsx"]}, "formats", "There are: csv, parquet, json"),
    ({"formats": ["csw"]}, "formats", "Did you mean 'csv'"),
    ({"formats": []}, "formats", "must hold at least one"),
    ({"formats": "csv"}, "formats", "must be a list"),
    ({"formats": ["csv", "csv"]}, "formats", "names a format twice"),
    ({"formats": ["graphml"]}, "formats", "no format named 'graphml' here"),
    ({"formts": ["csv"]}, "formts", "Did you mean 'formats'"),
    ({"cypher": "RETURN 1"}, "cypher", "there is no such key"),
    ({"destination": " "}, "destination", "must name a folder"),
    ({"destination": "a\x00b"}, "destination", "must name a folder"),
    ({"destination": "~nobody-of-this-name/x"}, "destination", "is not known here"),
    ({"keep": 0}, "keep", "must be 1 or more"),
    ({"keep": True}, "keep", "must be a whole number"),
    ({"top": "many"}, "top", "must be a whole number"),
    ({"kind": "Persn"}, "kind", "Did you mean 'Person'"),
    ({"kind": "MEMBER_OF"}, "kind", "is no kind of thing"),
    ({"among": ["Nobody"]}, "among, entry 1", "No kind named"),
    ({"case": "article"}, "case", "must be a list"),
    (job("query", cypher="CREATE (n)"), "cypher", "is not allowed"),
    (job("query", cypher=" "), "cypher", "is empty"),
    (job("query", params={"a": {"b": 1}}), "params", "must be text, a number"),
    (job("query", params={"a": float("nan")}), "params", "must be a finite number"),
    (job("query", limit=0), "limit", "must be 1 or more"),
    (job("query", timeout=1e9), "timeout", "must be 86400"),
    (job("graph", formats=["csv"]), "formats", "There are: html, json"),
]


@pytest.mark.parametrize(("changed", "where", "problem"), WRONG, ids=[where for _, where, _ in WRONG])
def test_what_is_wrong_with_a_job_is_one_line_with_its_place(
    tmp_path: Path, changed: dict[str, Any], where: str, problem: str
) -> None:
    base = {} if changed.get("what") in ("query", "graph") else RANK
    path = written(tmp_path, {"jobs": [base | changed]})
    (line,) = [found for found in file.problems(path) if problem in found]
    which = "job 1" if where == "name" else f"job '{(base | changed)['name']}'"
    assert line.startswith(f"{path}: {which}: {where}: ")
    assert "\n" not in line
    assert "Traceback" not in line
    with pytest.raises(FileUnreadable) as raised:
        file.read(path)
    assert str(raised.value).startswith(f"{path}: {which}: ")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", ":jobs: is missing"),
        ("jobs: []", ":jobs: must hold at least one"),
        ("jobs: 3", ":jobs: must be a list"),
        ("- a", "must hold keys, such as jobs"),
        ("jobs: [3]", ": job 1: must hold keys"),
        ("jobs:\n  - name: a\n    schedule: * 3 * * *\n", ":3:16: is no YAML"),
        ("jobs: [\n", ":2:1: is no YAML"),
        ("jobs: []\njobs: []", ":2:1: is no YAML: 'jobs' stands twice"),
        ("jobs: [{name: a, name: b}]", "'name' stands twice"),
        ("jobs: &a [*a]", "job 1"),
        ("? [a]\n: b", "is no YAML"),
        ("jobs: !!python/object/apply:os.system ['false']", "is no YAML"),
        ("[" * 4000, "nested too deep"),
        ("a: \x07", "is no YAML"),
        ("timezone: Europe/Berln\njobs: []", ":timezone: no time zone named 'Europe/Berln'. Did you mean"),
        ("#" * (2**20 + 1), "is larger than 1 MiB"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_jobs_file_is_one_line(tmp_path: Path, content: str, problem: str) -> None:
    found = file.problems(written(tmp_path, content))
    assert any(problem in line for line in found), found
    assert all("\n" not in line for line in found)


def test_bytes_that_are_no_text_and_files_that_are_not_there_are_one_line(tmp_path: Path) -> None:
    path = tmp_path / "jobs.yaml"
    assert file.problems(path) == [f"{path}: there is no such file. Write one, or name another file to check."]
    with pytest.raises(FileUnreadable, match="Write one, or name another with --jobs"):
        file.read(path)
    path.write_bytes(b"jobs:\n  - name: \xff\n")
    assert file.problems(path) == [f"{path}:2: is not UTF-8 text. Save it as UTF-8."]
    assert "cannot be read" in file.problems(tmp_path)[0]


def test_a_job_named_twice_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, {"jobs": [RANK, job("claims", name="b"), RANK]})
    assert file.problems(path) == [f"{path}: job 3: name: 'nightly' is the name of an earlier job. Choose another."]


def test_one_wrong_job_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    bad = RANK | {"name": "bad", "keep": 0}
    path = written(tmp_path, {"jobs": [{"name": 7}, bad, RANK, job("claims", name="b"), RANK]})
    read = file.sound(path)
    assert [one.name for one in read.jobs] == ["nightly", "b"]
    assert {line.removeprefix(f"{path}: ").partition(": ")[0] for line in read.wrong} == {"job 1", "job 'bad'", "job 5"}
    with pytest.raises(ChooseAgain, match="job 'bad': keep: must be 1 or more"):
        read.job("bad")
    with pytest.raises(FileUnreadable, match="There is more"):
        file.read(path)


@pytest.mark.parametrize("content", [{"jobs": [{"name": 7}]}, {"timezone": "Mars", "jobs": [RANK]}, {"jobs": []}])
def test_a_file_without_a_good_job_or_wrong_as_a_whole_is_unreadable(tmp_path: Path, content: dict[str, Any]) -> None:
    with pytest.raises(FileUnreadable):
        file.sound(written(tmp_path, content))


def test_all_problems_are_told_and_reading_names_the_first(tmp_path: Path) -> None:
    path = written(tmp_path, {"jobs": [RANK | {"keep": 0, "metric": "x"}, RANK | {"schedule": "x"}]})
    assert len(file.problems(path)) == 3
    with pytest.raises(FileUnreadable, match="There is more: graphkit jobs check"):
        file.read(path)


def test_a_job_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    read = file.read(written(tmp_path, {"jobs": [RANK]}))
    with pytest.raises(ChooseAgain, match=r"No job named 'nigtly' in .*Did you mean 'nightly'\? There are: nightly"):
        read.job("nigtly")


NAMES = st.one_of(st.text(max_size=70), st.from_regex(r"[a-z0-9-]{1,62}", fullmatch=True))


@given(NAMES)
def test_no_name_leads_out_of_the_destination(name: str) -> None:
    try:
        made = Jobs.model_validate({"jobs": [RANK | {"name": name}]})
    except ValueError:
        return
    assert (Path("/exports") / made.jobs[0].name).resolve().parent == Path("/exports")
    assert not made.jobs[0].name.startswith((".", "-"))


@pytest.mark.parametrize("half", ["\ud800", "\U00010000"])
@pytest.mark.parametrize("key", ["name", "schedule", "destination", "what"])
def test_half_a_character_is_told_in_one_line(tmp_path: Path, key: str, half: str) -> None:
    path = written(tmp_path, json.dumps({"jobs": [job("rank") | {key: half}]}))
    (line,) = file.problems(path)
    assert line.startswith(f"{path}:")
    assert "half a character" in line or key in line


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted({name for kind in KINDS.values() for name in kind.model_fields})), ANY, st.data())
def test_any_value_anywhere_is_taken_or_told_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: Any, data: st.DataObject
) -> None:
    base = job(data.draw(st.sampled_from(sorted(KINDS))))
    path = written(tmp_path_factory.mktemp("any"), json.dumps({"jobs": [base | {key: value}]}))
    for line in file.problems(path):
        assert "\n" not in line
        assert line.startswith(f"{path}:")
