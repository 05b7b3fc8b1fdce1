"""A moment asked under Time is what the pages show, and a date that is none shows nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from graphkit import flow
from graphkit.ui import session

WORLD = [
    {"kind": "Source", "id": "s", "name": "S", "cases": ["c"]},
    {"kind": "Person", "id": "p", "name": "P", "source": "s"},
    {"kind": "Incident", "id": "i", "name": "I", "date": "2014-03-01", "source": "s"},
]


def _page() -> None:
    from graphkit.ui.pages import entities

    entities.page()


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, load: Any) -> AppTest:
    monkeypatch.setenv("GRAPHKIT_STORE", str(tmp_path / "store.kgl"))
    session._store.clear()
    load(flow.store_at(str(tmp_path / "store.kgl")), *WORLD)
    return AppTest.from_function(_page, default_timeout=30).run()


def _shown(app: AppTest) -> str:
    return "\n".join(part.value for part in [*app.caption, *app.info, *app.error]).replace("\\", "")


def test_a_day_leaves_out_what_had_not_begun(app: AppTest) -> None:
    assert "2 of 2 things" in _shown(app)
    app.text_input(key="time-as_of").set_value("2013").run()
    assert "1 of 1 things" in _shown(app)
    assert "Only what is in the case as of 2013" in _shown(app)


def test_what_is_no_date_shows_nothing(app: AppTest) -> None:
    app.text_input(key="time-as_of").set_value("2014-02-30").run()
    assert [found.message for found in app.exception] == [
        "A date under Time is none. Nothing is shown until it is mended or cleared."
    ]
    assert "February 2014 has 28 days" in _shown(app)
    assert "things" not in _shown(app)
