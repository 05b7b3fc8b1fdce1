"""The commands on documents, as an analyst types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.documents import GOOD, NEVER

SOURCE = "china-daily-2014-11-28"


@pytest.fixture
def desk(loaded: Any, tmp_path: Path) -> Callable[..., Any]:
    for name, content in GOOD.items():
        (tmp_path / name).write_bytes(content)
    return loaded


def test_a_document_is_attached_listed_opened_and_verified(desk: Any, tmp_path: Path) -> None:
    words = ("--collector", "M. Lind", "--at", "2024-05-03", "--url", "https://example.com/a")
    made = desk("attach", SOURCE, "report.pdf", *words)
    assert made.exit_code == 0
    assert f"report.pdf is kept with source '{SOURCE}': PDF, " in made.stdout
    assert "collected by M. Lind, 2024-05-03" in made.stdout
    assert "is kept already" in desk("attach", SOURCE, tmp_path / "report.pdf").stdout
    listed = desk("document", SOURCE)
    assert "graphkit.documents" in listed.stdout.replace("\n", "")
    assert "hxxps://example[.]com/a" in listed.stdout
    opened = desk("document", SOURCE, "--locator", "page 2")
    assert opened.stdout == "report.pdf, page 2 of 3\nThe harbour master denied it.\n"
    assert opened.stderr.startswith("file:///")
    assert opened.stderr.endswith(".pdf#page=2\n")
    assert desk("verify").stdout == "1 document as kept, 0 files not well.\n"
    shown = desk("show", SOURCE).stdout
    assert "report.pdf (PDF, " in shown
    assert "'graphkit document china-daily-2014-11-28'" in shown


def test_all_of_it_comes_as_json(desk: Any) -> None:
    made = json.loads(desk("attach", SOURCE, "report.pdf", "--json").stdout)
    assert made["known"] is False
    entry = made["document"]
    assert json.loads(desk("document", SOURCE, "--json").stdout)[0]["document"] == entry
    opened = json.loads(desk("document", entry["sha256"][:8], "--locator", "page 2", "--json").stdout)
    assert (opened["where"], opened["text"], opened["page"]) == ("page 2 of 3", "The harbour master denied it.", 2)
    assert json.loads(desk("verify", "--json").stdout) == {"well": True, "ok": 1, "unwell": []}
    assert json.loads(desk("show", SOURCE, "--json").stdout)["documents"] == [entry]


def test_of_several_documents_one_is_named_by_its_hash(desk: Any) -> None:
    for name in ("report.pdf", "notes.txt"):
        desk("attach", SOURCE, name)
    asked = desk("document", SOURCE, "--locator", "page 1")
    assert asked.exit_code == 2
    assert "has 2 documents. Name one by its SHA-256: " in asked.stderr
    assert "(notes.txt)" in asked.stderr


def test_verify_exits_with_1_and_says_the_way_out(desk: Any, tmp_path: Path) -> None:
    desk("attach", SOURCE, "notes.txt")
    (path,) = (tmp_path / "graphkit.documents").iterdir()
    path.unlink()
    (path.parent / "other.txt").write_text("x", encoding="utf-8")
    found = desk("verify")
    assert found.exit_code == 1
    assert "0 documents as kept, 2 files not well." in found.stdout
    assert f"missing: Attach it again from another copy: graphkit attach {SOURCE} FILE." in found.stderr
    assert "stray: Nothing in the store speaks of it." in found.stderr
    as_json = json.loads(desk("verify", "--json").stdout)
    assert [one["state"] for one in as_json["unwell"]] == ["missing", "stray"]
    assert desk("attach", SOURCE, "notes.txt").exit_code == 0
    (path.parent / "other.txt").unlink()
    assert desk("verify").exit_code == 0


@pytest.mark.parametrize("what", NEVER)
def test_what_is_never_kept_is_one_line(desk: Any, tmp_path: Path, what: str) -> None:
    (tmp_path / "a.pdf").write_bytes(NEVER[what])
    made = desk("attach", SOURCE, "a.pdf")
    assert (made.exit_code, made.stdout) == (1, "")
    assert made.stderr.startswith("graphkit: a.pdf is ")
    assert made.stderr.count("\n") == 1
    assert not (tmp_path / "graphkit.documents").exists()
