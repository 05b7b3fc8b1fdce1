"""Documents are kept with their sources on every store, whole or not at all, and in no hand-over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.documents import Folder
from graphkit.errors import BadRecord, NotFound, Refused, StoreError, StoreMissing
from graphkit.exports import ENDINGS
from graphkit.graph.scope import Scope
from graphkit.stores import Store
from tests.documents import GOOD, PAGES, PNG

RECORDS: list[dict[str, Any]] = [
    {"kind": "Source", "id": "s", "name": "S", "cases": ["c"], "sha256": "ab" * 32},
    {"kind": "Source", "id": "t", "name": "T", "cases": ["other"]},
    {"kind": "Person", "id": "p", "name": "P", "source": "s", "locator": "page 2"},
    {"kind": "Person", "id": "q", "name": "Q", "source": "t"},
]
BY = flow.Collected("Ada", "2024-05-03T10:00:00+00:00", "https://example.com/report")
CASE = Scope(("c",))


@pytest.fixture
def kept(store: Store, load: Any) -> Iterator[Store]:
    load(store, *RECORDS)
    yield store
    folder = Folder.of(store.address)
    for path in folder.files():
        path.unlink()


def _attach(store: Store, source: str = "s", name: str = "report.pdf", by: flow.Collected = BY) -> flow.Attached:
    return flow.attach(store, source, name, GOOD[name], by)


def test_a_document_is_kept_with_all_that_is_known_of_it(kept: Store) -> None:
    made = _attach(kept)
    (entry,) = kept.register("Document").to_dicts()
    assert entry == made.entry
    assert entry["id"] == f"document:{entry['sha256']}@s"
    assert {name: entry[name] for name in ("source", "file_name", "media_type", "bytes", "collector", "collected")} == {
        "source": "s",
        "file_name": "report.pdf",
        "media_type": "application/pdf",
        "bytes": str(len(GOOD["report.pdf"])),
        "collector": "Ada",
        "collected": "2024-05-03T10:00:00+00:00",
    }
    assert flow.document_content(kept, entry) == GOOD["report.pdf"]
    assert made.notes == [f"The entry of source 's' has the hash of another file, {'ab' * 32}."]
    asked = kept.query("MATCH (d:Document)<-[:FROM]-() RETURN d.id AS id", {}, 10, 30)
    assert asked.rows == []
    assert kept.kinds_of([entry["id"]]) == {entry["id"]: "Document"}


def test_attaching_the_same_again_changes_nothing(kept: Store) -> None:
    first = _attach(kept)
    before = kept.version(), kept.register("Document").to_dicts()
    again = _attach(kept, by=flow.Collected("Ben"))
    assert (again.known, again.entry) == (True, first.entry)
    assert (kept.version(), kept.register("Document").to_dicts()) == before


def test_one_file_of_two_sources_is_kept_once_and_belongs_to_the_cases_of_both(kept: Store) -> None:
    _attach(kept)
    _attach(kept, "t")
    assert len(kept.register("Document")) == 2
    assert len(Folder.of(kept.address).files()) == 1
    assert set(flow.documents_of(kept, CASE)) == {"s"}
    assert set(flow.documents_of(kept, Scope(("c", "other")))) == {"s", "t"}
    assert flow.verify(kept) == flow.Verified(1, [])


def test_claims_and_graph_stay_as_they_are(kept: Store, graph_of: Any, claims_of: Any) -> None:
    before = graph_of(kept), claims_of(kept)
    _attach(kept)
    assert (graph_of(kept), claims_of(kept)) == before


def test_what_cannot_be_kept_leaves_nothing(kept: Store) -> None:
    version = kept.version()
    for problem, source, name, content, by in (
        (NotFound, "nobody", "report.pdf", GOOD["report.pdf"], BY),
        (NotFound, "p", "report.pdf", GOOD["report.pdf"], BY),
        (Refused, "s", "report.pdf", PNG, BY),
        (BadRecord, "s", "report.pdf", GOOD["report.pdf"], flow.Collected("Ada", "2014-02-30")),
        (BadRecord, "s", "report.pdf", GOOD["report.pdf"], flow.Collected("Ada", None, "javascript:alert(1)")),
    ):
        with pytest.raises(problem):
            flow.attach(kept, source, name, content, by)
    assert (kept.version(), Folder.of(kept.address).files()) == (version, [])


def test_nothing_is_attached_where_there_is_no_store(store: Store) -> None:
    with pytest.raises(StoreMissing):
        _attach(store)
    assert not store.exists()
    assert Folder.of(store.address).files() == []


def test_a_file_that_cannot_be_written_leaves_no_entry(kept: Store) -> None:
    folder = Folder.of(kept.address)
    version = kept.version()
    folder.path.write_text("in the way", encoding="utf-8")
    try:
        with pytest.raises(StoreError, match="The document cannot be kept in"):
            _attach(kept)
    finally:
        folder.path.unlink()
    assert (kept.version(), kept.register("Document").is_empty()) == (version, True)


def test_an_entry_is_never_written_before_its_file(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(self: Folder, content: bytes, media_type: str) -> str:
        assert kept.register("Document").is_empty()
        raise StoreError("no room")

    monkeypatch.setattr(Folder, "keep", no_room)
    with pytest.raises(StoreError, match="no room"):
        _attach(kept)
    assert kept.register("Document").is_empty()


def test_documents_are_found_by_source_and_by_the_beginning_of_their_hash(kept: Store) -> None:
    entry = _attach(kept).entry
    for given in ("s", entry["sha256"], entry["sha256"][:6].upper()):
        assert flow.documents_named(kept, CASE, given) == [entry]
    with pytest.raises(NotFound, match="Source 't' has no document"):
        flow.documents_named(kept, CASE, "t")
    for given in ("nobody", entry["sha256"][:5]):
        with pytest.raises(NotFound, match="No source or document named"):
            flow.documents_named(kept, CASE, given)


def test_a_locator_lands_in_the_file_that_was_kept(kept: Store) -> None:
    entry = _attach(kept).entry
    found = flow.document_at(kept, entry, "page 2")
    assert found.landing
    assert (found.landing.where, found.landing.text) == ("page 2 of 3", PAGES[1])
    assert found.link == f"{found.path.as_uri()}#page=2"
    assert found.path.read_bytes() == GOOD["report.pdf"]


def test_verify_tells_changed_missing_and_stray_and_attaching_again_mends(kept: Store) -> None:
    for name in ("report.pdf", "notes.txt", "table.csv"):
        _attach(kept, name=name)
    assert flow.verify(kept) == flow.Verified(3, [])
    folder = Folder.of(kept.address)
    paths = {e["file_name"]: folder.path_of(e["sha256"], e["media_type"]) for e in kept.register("Document").to_dicts()}
    paths["report.pdf"].chmod(0o600)
    paths["report.pdf"].write_bytes(GOOD["report.pdf"] + b" ")
    paths["notes.txt"].unlink()
    (folder.path / "left.txt").write_text("x", encoding="utf-8")
    found = flow.verify(kept)
    assert found.ok == 1
    assert {one.state: one.file_name for one in found.unwell} == {
        "changed": "report.pdf", "missing": "notes.txt", "stray": None,
    }  # fmt: skip
    with pytest.raises(StoreError, match="'graphkit verify' says more"):
        flow.document_at(kept, _attach(kept, name="table.csv").entry | {"sha256": "0" * 64}, "row 1")
    for name in ("report.pdf", "notes.txt"):
        assert _attach(kept, name=name).known
    (folder.path / "left.txt").unlink()
    assert flow.verify(kept) == flow.Verified(3, [])


def test_a_document_is_in_no_hand_over(kept: Store) -> None:
    entry = _attach(kept, by=flow.Collected("Ada Collector", None, "https://example.com/secret-place")).entry
    for format_ in ENDINGS:
        made = b"".join(flow.export(kept, CASE, format_)).decode("utf-8", "replace")
        for word in (entry["sha256"], "Ada Collector", "secret-place", "report.pdf"):
            assert word not in made


def test_a_record_of_a_document_that_is_not_here_is_missing(kept: Store, load: Any, tmp_path: Path) -> None:
    entry = {name: value for name, value in _attach(kept).entry.items() if value and name != "id"}
    record = {"kind": "Document"} | entry | {"sha256": "cd" * 32}
    assert not load(kept, record).rejects
    assert [one.state for one in flow.verify(kept).unwell] == ["missing"]
    for field, wrong in (("source", "p"), ("source", "nobody"), ("media_type", "image/png"), ("sha256", "../../x")):
        assert load(kept, record | {field: wrong}).rejects, json.dumps(wrong)


def test_the_documents_of_a_store_are_no_records_to_load(kept: Store, tmp_path: Path, last_used: Any) -> None:
    _attach(kept, name="table.csv")
    if "://" not in kept.address:
        assert flow.load(kept, [tmp_path], None, last_used).rejected == 0
