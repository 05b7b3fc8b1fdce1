"""A store with a few relations."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graphkit import flow
from graphkit.graph.scope import Scope
from graphkit.last_used import LastUsed
from graphkit.stores import Store
from tests.analytics.views import Row


@pytest.fixture
def store_of(tmp_path: Path) -> Callable[..., tuple[Store, Scope]]:
    """Return a store with these records of relations between organizations of one letter, and its scope."""

    def made(*links: Row) -> tuple[Store, Scope]:
        ids = sorted({row[end] for row in links for end in ("from", "to")})
        bodies = [{"kind": "Organization", "id": id_, "name": id_, "source": "s"} for id_ in ids]
        rows = [{"kind": "Source", "id": "s", "name": "S", "cases": ["c"]}, *bodies, *links]
        file = tmp_path / "records.jsonl"
        file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        store = flow.store_at(str(tmp_path / "s.kgl"))
        flow.load(store, [file], None, LastUsed(tmp_path / "last"))
        return store, Scope(("c",))

    return made
