"""``app``, ``demo`` and ``doctor``: whether what they need is there."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from graphkit import flow
from tests.cli.conftest import is_one_line


def test_doctor_says_what_is_there(run, seed_file: Path, tmp_path: Path) -> None:
    fresh = run("doctor")
    assert fresh.exit_code == 0
    assert "graphkit load PATH" in fresh.stdout
    assert not (tmp_path / "graphkit.kgl").exists()
    held = flow.store_at(str(seed_file)).stats()
    well = run("doctor", "--store", seed_file)
    assert well.exit_code == 0
    for part in ("Python 3", "graphkit 0", "kglite 0", "streamlit 1", f"{held['claims']:,} claims", "2 cases"):
        assert part in well.stdout
    (tmp_path / "graphkit.kgl").write_text("not a store", encoding="utf-8")
    ill = run("doctor")
    assert ill.exit_code == 1
    assert "not a graphkit store or is damaged. Choose another --store" in ill.stdout
    nowhere = run("doctor", "--store", "no/such/folder/s.kgl")
    assert nowhere.exit_code == 1
    assert "the folder no/such/folder does not exist" in nowhere.stdout


def test_a_port_that_is_taken_is_one_line(loaded) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        result = loaded("app", "--port", str(other.getsockname()[1]))
    assert (result.exit_code, result.stdout) == (2, "")
    assert is_one_line(result.stderr)
    assert "Choose another --port" in result.stderr


@pytest.mark.parametrize("command", ["app", "demo"])
def test_the_app_is_not_served_on_a_store_that_cannot_be_read(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("GRAPHKIT_NEO4J_PASSWORD", "x")
    (tmp_path / "no.kgl").write_text("not a store", encoding="utf-8")
    for store in ("neo4j://neo4j@127.0.0.1:9/neo4j", "no.kgl"):
        result = run(command, "--store", store)
        assert (result.exit_code, result.stdout) == (1, "")
        assert is_one_line(result.stderr)
        sentence = result.stderr.removeprefix("graphkit: ")
        assert f"Store: {sentence}" in run("doctor", "--store", store).output


def test_a_case_is_made_and_records_are_loaded_where_nothing_can_be_remembered(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    monkeypatch.setenv("GRAPHKIT_STATE", str(tmp_path / "a-file" / "state"))
    made = run("case", "new", "harbour")
    assert made.exit_code == 1
    assert made.stderr.startswith("graphkit: Case 'harbour' is made. Which case is in use cannot be kept")
    assert "GRAPHKIT_STATE" in made.stderr
    records = '{"kind": "Source", "id": "s", "name": "S"}\n{"kind": "Place", "id": "p", "name": "P", "source": "s"}\n'
    (tmp_path / "r.jsonl").write_text(records, encoding="utf-8")
    loaded = run("load", "r.jsonl", "--case", "harbour", "--json")
    assert loaded.exit_code == 0
    assert json.loads(loaded.stdout)["accepted"] == 2
    assert "GRAPHKIT_STATE" in loaded.stderr
