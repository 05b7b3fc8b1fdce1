"""Whatever is in a file, it is taken, rejected record by record, or refused, in a sentence that says what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from graphkit.errors import FileUnreadable
from graphkit.ingest.readers import READERS, delimited, gexf, native
from graphkit.ingest.sheets import ENDINGS
from tests.fuzz import promise
from tests.fuzz.apart import Apart
from tests.fuzz.hostile import WITHHELD
from tests.fuzz.promise import Broken, Came
from tests.fuzz.targets import TARGETS
from tests.fuzz.tried import apart_or_here, here, rounds

SECONDS, INPUTS = 3, 60


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with closing(Apart()) as process:
        yield process


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_is_in_a_file_the_promise_holds(name: str, apart: Apart, tmp_path: Path) -> None:
    target = TARGETS[name]
    tried = rounds(target, apart_or_here(target, apart), tmp_path / target.file, count(), SECONDS, INPUTS)
    assert tried.inputs
    assert not tried.broken, "\n".join(f"{sentence}\n{content[:500]!r}" for sentence, content in tried.broken.values())


@pytest.mark.parametrize("name", TARGETS)
def test_the_files_that_are_made_bad_are_good_and_change_nothing_the_second_time(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]
    path = tmp_path / target.file
    for number, content in enumerate(target.good()):
        path.write_bytes(content)
        came = target.judge(path)
        assert came.batch and came.watched and came.batch.accepted, came.refusal
        if number == 0:
            promise.loaded_twice(came.watched)


def test_every_reader_is_a_target() -> None:
    fuzzed = {Path(target.file.removesuffix(".gz").removesuffix(".zst")).suffix for target in TARGETS.values()}
    same = {".ndjson": ".jsonl", ".cyjs": ".json", ".yml": ".yaml", ".xlsm": ".xlsx", ".xlsb": ".xlsx"}
    same |= dict.fromkeys((".tsv", ".tab", ".txt", ".psv"), ".csv")
    assert {same.get(ending, ending) for ending in (*READERS, *ENDINGS)} <= fuzzed


def _file(folder: Path, content: bytes = b'{"kind": "Source", "id": "s", "name": "A"}\n') -> Path:
    path = folder / "a.jsonl"
    path.write_bytes(content)
    return path


def _says(sentence: str) -> promise.Door:
    def door(path: Path) -> Came:
        raise FileUnreadable(sentence)

    return door


def _rejecting(**said: Any) -> promise.Door:
    """Return a door by which a reject says something that it may not."""

    def door(path: Path) -> Came:
        path.write_text('{"kind": "Nothing"}\n')
        came = promise.load(path)
        assert came.batch
        for name, value in said.items():
            object.__setattr__(came.batch.rejects[0], name, value)
        return came

    return door


def _losing(path: Path) -> Came:
    came = promise.load(path)
    assert came.batch
    came.batch.accepted -= 1
    return came


def _hanging(path: Path) -> Came:
    while True:
        pass


def _dividing(path: Path) -> Came:
    return Came(refusal=str(1 // 0))


@pytest.mark.parametrize(
    ("door", "words"),
    [
        (_dividing, "raises ZeroDivisionError"),
        (_says("It went wrong. Save it anew."), "does not name the file"),
        (_says("a.jsonl: it went wrong."), "names no way out"),
        (_says("a.jsonl: Save it.\x1b[2J"), "what steers a terminal"),
        (_says("a.jsonl: Save it." + "x" * 3000), "a refusal of 3,017 characters"),
        (_says("a.jsonl: Save it as \ud800."), "that no file takes"),
        (_rejecting(place="a.jsonl:7"), "nothing stands at the place"),
        (_rejecting(problem=" "), "says no problem"),
        (_rejecting(problem="is\nwrong"), "what steers a terminal"),
        (_rejecting(again="a\nb"), "what no file takes as a line"),
        (_losing, "0 and 0 of 1"),
        (_hanging, "takes over 0.2 seconds"),
    ],
)
def test_the_promise_notices_what_breaks_it(door, words, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(promise, "SECONDS", 0.2 if door is _hanging else promise.SECONDS)
    with pytest.raises(Broken, match=words):
        promise.held(door, _file(tmp_path))


def test_the_promise_notices_what_is_refused_of_persons_where_it_comes_out(tmp_path) -> None:
    record = f'{{"kind": "Source", "id": "s", "name": "{WITHHELD}"}}\n'
    with pytest.raises(Broken, match="what is refused of persons came out"):
        promise.held(promise.load, _file(tmp_path, record.encode()))


def test_the_promise_notices_a_load_that_changes_something_the_second_time(tmp_path) -> None:
    came = promise.load(_file(tmp_path))
    assert came.watched
    promise.loaded_twice(came.watched)
    numbers = count()

    class Changing(promise.Watched):
        def records(self, kinds_of):
            for record in promise.Watched.records(self, kinds_of):
                assert record.data
                record.data["name"] = f"A {next(numbers)}"
                yield record

    with pytest.raises(Broken, match="loading again adds"):
        promise.loaded_twice(Changing([tmp_path / "a.jsonl"], promise.CATALOG))


def _careless_lines(path: Path) -> Iterator[Any]:
    """Read lines, and pass over those that are no JSON."""
    yield from (record for record in native.read_lines(path) if record.data is not None)


def _careless_record(place: str, header: list[str], row: list[str]) -> Any:
    assert len(row) <= len(header)
    return native.object_at(place, dict(zip(header, row, strict=False)))


@pytest.mark.parametrize(
    ("name", "where", "fault", "words"),
    [
        ("lines", (READERS, ".jsonl"), _careless_lines, "of # records are read"),
        ("csv", (delimited, "_record"), _careless_record, "raises AssertionError"),
        ("gexf", (gexf, "_spell"), lambda given: [given.get("start") + "", None, False, False], "raises TypeError"),
    ],
)
def test_the_inputs_find_a_fault_that_is_planted_in_a_reader(name, where, fault, words, tmp_path, monkeypatch) -> None:
    place, part = where
    if isinstance(place, dict):
        monkeypatch.setitem(place, part, fault)
    else:
        monkeypatch.setattr(place, part, fault)
    tried = rounds(TARGETS[name], here, tmp_path / TARGETS[name].file, count(), 60, INPUTS)
    assert any(words in key for key in tried.broken), tried


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os; os.abort()", "the process ends with signal SIGABRT"),
        ("from tests.fuzz import apart; apart.limit(); bytearray(2**33)", "the process ends with code 1"),
        ("import time; time.sleep(60)", "the process hangs"),
    ],
)
def test_a_process_that_dies_or_hangs_is_noticed_and_another_one_goes_on(code, words, tmp_path) -> None:
    with closing(Apart([sys.executable, "-c", code], wait=5 if "sleep" in code else 60)) as process:
        with pytest.raises(Broken, match=words):
            process.judge("lines", _file(tmp_path))
        process.command = Apart().command
        assert process.judge("lines", _file(tmp_path)) == ""
