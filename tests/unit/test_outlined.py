"""The outline of an embedded store comes from the engine's export, and from a query where that cannot be written."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.ingest import readers
from graphkit.stores import Store, outlined
from graphkit.stores.reading import CypherView
from tests.remains import files_holding

WORLD = [
    {"kind": "Source", "id": "s", "name": "S"},
    {"kind": "Person", "id": "zora", "name": "Zora", "source": "s"},
    {"kind": "Organization", "id": "house", "name": "House", "source": "s"},
    {"kind": "EMPLOYED_BY", "from": "zora", "to": "house", "source": "s"},
    {"kind": "COOPERATES_WITH", "from": "house", "to": "zora", "source": "s"},
]


@pytest.fixture
def held(tmp_path: Path, load: Any) -> Store:
    store = flow.store_at(str(tmp_path / "store.kgl"))
    load(store, *WORLD)
    return store


def test_without_room_for_a_file_it_is_asked_for(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    exported = held.outline()

    def full(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(outlined, "_exported", full)
    for mine, other in zip(held.outline(), exported, strict=True):
        assert mine.equals(other)
        assert mine.schema == other.schema


def test_after_a_write_and_after_opening_anew_it_is_what_a_query_says(held: Store) -> None:
    for _ in range(2):
        view = held.view()
        assert isinstance(view, CypherView)
        for mine, asked in zip(view.outline(), CypherView.outline(view), strict=True):
            assert mine.equals(asked)
        held.close()


def test_the_file_that_is_read_tells_no_names(held: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "for a moment"
    folder.mkdir()
    monkeypatch.setattr(outlined, "TemporaryDirectory", lambda **_: contextlib.nullcontext(str(folder)))
    things, links = held.outline()
    assert (len(things), len(links)) == (2, 2)
    assert files_holding(folder, ["COOPERATES_WITH"])
    assert files_holding(folder, ["zora", "house"]) == []


def test_a_folder_that_keeps_snapshots_holds_no_records(held: Store, tmp_path: Path, last_used: Any) -> None:
    folder = flow.snapshot(held, flow.scope_of(held, [], last_used)).keep()
    assert folder is not None and folder.is_relative_to(tmp_path)
    found = readers.found([tmp_path])
    assert {path.name for path in found.files} == {"records.jsonl", "last_used.json"}
    assert found.unknown == []
