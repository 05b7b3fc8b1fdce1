"""The page Conflicts, and the comparison of cases on the page Overview, run without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from graphkit import flow
from graphkit.ui import session
from graphkit.ui.pages import conflicts

RECORDS = [
    {"kind": "Source", "id": "s", "name": "A report", "publisher": "Ess Press", "reliability": "B", "cases": ["a"]},
    {"kind": "Source", "id": "t", "name": "A *note*", "cases": ["a"]},
    {"kind": "Source", "id": "u", "name": "A log", "cases": ["b"]},
    {"kind": "Place", "id": "pier", "name": "The pier", "source": "s"},
    {"kind": "Incident", "id": "fire", "name": "The <b>fire</b>", "killed": 4, "source": "s", "confidence": 70},
    {"kind": "Incident", "id": "fire", "killed": 6, "source": "t", "locator": "page 9"},
    {"kind": "OCCURRED_AT", "from": "fire", "to": "pier", "source": "s"},
    {"kind": "OCCURRED_AT", "from": "fire", "to": "pier", "source": "t", "stance": "denies"},
]
DECISIONS = [
    {"kind": "Decision", "id": f"read-{n}", "action": "read", "about": "fire", "property": "name", "value": "x",
     "read_as": f"y{n}", "who": "A. Analyst", "when": "2025-01-01", "why": "a reason", "case": "a"}
    for n in (1, 2)
]  # fmt: skip
ELSEWHERE = {"kind": "Place", "id": "pier", "name": "Pier 9", "source": "u"}


def _page() -> None:
    from graphkit.ui.pages import conflicts

    conflicts.page()


def _overview() -> None:
    from graphkit.ui.pages import overview

    overview.page()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("GRAPHKIT_STORE", str(tmp_path / "store.kgl"))
    session._store.clear()
    return flow.store_at(str(tmp_path / "store.kgl"))


def _run(page: Any, **query: str) -> AppTest:
    app = AppTest.from_function(page, default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def _shown(app: AppTest) -> str:
    parts = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.warning, *app.info]
    return "\n".join(part.value for part in parts).replace("\\", "")


def test_that_on_which_most_hangs_is_shown_with_its_sides(store: Any, load: Any) -> None:
    load(store, *RECORDS)
    app = _run(_page, case="a", id="pier")
    assert not app.exception
    what = ["The <b>fire</b>, killed", "Whether The <b>fire</b> happened in The pier"]
    assert app.dataframe[0].value["what"].to_list() == what
    shown = _shown(app)
    assert "At stake: 3 (0 things next to it, 1 thing that nothing else joins to the rest, 2 independent" in shown
    assert "**said** · :small[1 independent source]" in shown
    assert "**denied** · :small[1 independent source]" in shown
    assert "Reliability of the source: B · claim: not rated" in shown
    assert "It is no bad mark" in shown
    assert "2 of 2 contradictions" in shown


def test_the_kind_chosen_picks_and_the_address_chooses_what_is_shown(store: Any, load: Any) -> None:
    load(store, *RECORDS)
    app = _run(_page, case="a", id="pier")
    assert "Whether" in app.subheader[0].value
    app.selectbox(key="conflicts-kind-a").set_value("Incident").run()
    assert len(app.dataframe[0].value) == 2
    app.selectbox(key="conflicts-kind-a").set_value("Place").run()
    assert len(app.dataframe[0].value) == 1


def test_markup_in_data_is_shown_letter_by_letter(store: Any, load: Any) -> None:
    load(store, *RECORDS)
    app = _run(_page, case="a")
    assert r"\<b\>fire" in app.subheader[0].value
    assert all(r"A \*note\*" in part.value for part in app.markdown if "note" in part.value)


def test_where_nothing_is_contradicted_the_page_says_so_and_names_decisions_that_are(store: Any, load: Any) -> None:
    load(store, *RECORDS, ELSEWHERE)
    nothing = _run(_page, case="b")
    assert "No two claims in this case contradict each other." in _shown(nothing)
    assert not nothing.header
    load(store, *DECISIONS)
    session._snapshot.clear()
    app = _run(_page, case="a")
    assert app.header[0].value == "Decisions that contradict each other"
    assert "read-1, read-2" in _shown(app)


def test_the_table_to_download_names_no_protected_person(store: Any, load: Any) -> None:
    witness = {"kind": "Person", "id": "jo", "name": "Jo Mellish", "protected": "witness", "source": "s"}
    load(store, *RECORDS, witness, {"kind": "Incident", "id": "fire", "killed": 9, "source": "s", "claimant": "jo"})
    view = flow.snapshot(store, flow.scope_of(store, ["a"], session.last_used()))
    text = conflicts._csv(view).decode()
    assert "at_stake" in text.splitlines()[0]
    assert "Mellish" not in text
    assert "Protected person" in text


def test_a_side_of_many_voices_and_many_sides_say_what_is_left_out(store: Any, load: Any) -> None:
    more = [{"kind": "Incident", "id": "fire", "killed": 100 + n, "source": "s", "locator": f"p{n}"} for n in range(15)]
    many = [{"kind": "Incident", "id": "fire", "killed": 1, "source": "s", "locator": f"q{n}"} for n in range(45)]
    load(store, *RECORDS[:6], *more, *many)
    shown = _shown(_run(_page, case="a"))
    assert "The first 12 of 18 sides." in shown
    assert "The first 40 of 45 voices." in shown


def test_a_case_is_compared_with_another_one_on_the_overview(store: Any, load: Any) -> None:
    later = {"kind": "Incident", "id": "fire", "killed": 7, "source": "u"}
    only = {"kind": "Place", "id": "pier", "place_type": "site", "source": "u"}
    load(store, *RECORDS, ELSEWHERE, later, only, {**only, "place_type": "city", "source": "s"})
    app = _run(_overview, case="a")
    app.selectbox(key="compare-a").set_value("b").run()
    assert not app.exception
    table = app.dataframe[-1].value
    assert set(table["called in b"]) == {"Pier 9", "fire"}
    assert "Contradictions that only both cases together have" in _shown(app)
    assert "place type: city (Ess Press) or site (“A log”)" in _shown(app)
