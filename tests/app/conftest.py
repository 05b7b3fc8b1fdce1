"""What the tests of pages share: a store that the app shows, and the words on a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graphkit import flow
from graphkit.stores import Store
from graphkit.ui import session
from graphkit.ui.analysis import known


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return the store that the pages show, of which nothing is remembered yet."""
    monkeypatch.setenv("GRAPHKIT_STORE", str(tmp_path / "store.kgl"))
    for cached in (session._store, session._snapshot, session._requests, known._known):
        cached.clear()  # type: ignore[attr-defined]  # what st.cache_resource makes of a function
    return flow.store_at(str(tmp_path / "store.kgl"))


def shown(app: AppTest) -> str:
    """Return the words on a page, as they are read."""
    parts = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.warning, *app.info, *app.error]
    return "\n".join(part.value for part in parts).replace("\\", "")
