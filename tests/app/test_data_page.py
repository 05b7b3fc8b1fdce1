"""The page Data, run without a browser: a file becomes records by clicks, and what is wrong is mended in place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graphkit import flow
from graphkit.ui import rejects, session

SHEET = """A list of actors;;;

Name;Rank;Member of;Religion
Ardo Plimmet;captain;Quiet Relay;x-secret-x
Kessel Dramb;;Quiet Relay;
Total;;;
"""


def _page() -> None:
    from graphkit.ui.pages import data

    data.page()


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("GRAPHKIT_STORE", str(tmp_path / "store.kgl"))
    session._store.clear()
    return AppTest.from_function(_page, default_timeout=30).run()


def dropped(app: AppTest, name: str, content: str) -> AppTest:
    app.file_uploader[0].set_value((name, content.encode(), "application/octet-stream"))
    return app.run()


def shown(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.error, *app.success, *app.info, *app.warning]
    return "\n".join(part.value for part in parts).replace("\\", "")


def typed(app: AppTest, label: str, text: str) -> AppTest:
    next(box for box in app.text_input if box.label == label).set_value(text)
    return app.run()


def pressed(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label.replace("\\", "").startswith(label)).click()
    return app.run()


def store() -> flow.Store:
    found: flow.Store = session.store()
    return found


def test_a_mailed_sheet_is_in_the_graph_without_a_line_of_yaml(app: AppTest) -> None:
    dropped(app, "actors.csv", SHEET)
    assert "MEMBER_OF is an allegation and must say who makes it" in shown(app)
    assert not [button for button in app.button if button.label.startswith("Load")]
    assert "x-secret-x" not in str(app)
    typed(app, "Who says it (claimant)", "Harbour police")
    pressed(app, "Load into case default")
    assert "1 field refused (Religion)" in shown(app)
    assert not app.error
    nodes, relations = store().graph()
    assert set(nodes["Person"]["name"]) == {"Ardo Plimmet", "Kessel Dramb"}
    assert relations["type"].to_list() == ["MEMBER_OF"] * 2
    assert set(store().claims().filter(store().claims()["property"] == "position")["claimant"]) == {"Harbour police"}


def test_what_a_row_makes_is_changed_by_a_click(app: AppTest) -> None:
    dropped(app, "actors.csv", SHEET)
    app.pills[0].set_value(["actor"]).run()
    assert "is an allegation" not in shown(app)
    pressed(app, "Load into case default")
    assert list(store().graph()[0]) == ["Person"]


def test_days_and_months_that_cannot_be_told_apart_are_asked(app: AppTest) -> None:
    dropped(app, "events.csv", "Event,Date,Killed,City\nA fire,03/04/2014,5-7,Harbour\n")
    assert "day first or month first" in shown(app)
    app.radio[0].set_value("day first").run()
    pressed(app, "Load into case default")
    (incident,) = store().graph()[0]["Incident"].to_dicts()
    assert (incident["date"], incident["killed_low"], incident["killed_high"]) == ("2014-04-03", 5, 7)


def test_the_row_of_the_header_can_be_another_one(app: AppTest) -> None:
    dropped(app, "actors.csv", "Name,Rank\nFull name,Position\nArdo Plimmet,captain\n")
    app.number_input[0].set_value(2).run()
    pressed(app, "Load into case default")
    assert store().graph()[0]["Person"]["name"].to_list() == ["Ardo Plimmet"]


def test_records_and_exports_need_no_mapping(app: AppTest) -> None:
    source = {"kind": "Source", "id": "s", "name": "S"}
    person = {"kind": "Person", "id": "p", "name": "P", "source": "s"}
    dropped(app, "a.json", json.dumps([source, person, {**person, "id": "q", "source": "nobody"}]))
    assert "3 records read · 2 can be loaded" in shown(app)
    pressed(app, "Load into case default")
    assert "1 rejected" in shown(app)
    assert store().graph()[0]["Person"]["id"].to_list() == ["p"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", "x", "no reader for"),
        ("a.csv", "", "there are no rows below a header in it"),
        ("a.xlsx", "no workbook", "is no workbook that can be opened"),
        ("a.zip", "no archive", "is damaged or locked"),
        ("a.json", "{", "is not JSON"),
        ("../../a.csv", "Name\nArdo\n", "A row makes"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(app: AppTest, name: str, content: str, said: str) -> None:
    dropped(app, name, content)
    assert said in shown(app) or said in [pills.label for pills in app.pills]
    assert not app.exception


def test_of_what_kind_names_are_is_asked_and_chosen(app: AppTest) -> None:
    dropped(app, "names.csv", "Name\nArdo Plimmet\nKessel Dramb\n")
    assert "of what kind is 'actor'?" in shown(app)
    assert not [button for button in app.button if button.label.startswith("Load")]
    next(box for box in app.selectbox if box.label == "actor").set_value("Person").run()
    assert "of what kind" not in shown(app)
    pressed(app, "Load into case default")
    assert set(store().graph()[0]["Person"]["name"]) == {"Ardo Plimmet", "Kessel Dramb"}


def test_how_dates_are_written_is_asked_until_it_is_said(app: AppTest) -> None:
    dropped(app, "members.csv", "Name,Organisation,Since\nArdo Plimmet,Quiet Relay,03/04/2014\n")
    typed(app, "Who says it (claimant)", "Harbour police")
    assert "is 03/04/2014 in the column 'Since' written day first or month first?" in shown(app)
    app.radio[0].set_value("day first").run()
    assert "day first or month first?" not in shown(app)
    pressed(app, "Load into case default")
    assert store().graph()[1]["first_seen"].to_list() == ["2014-04-03"]


def test_of_what_kind_rows_without_one_are_is_asked(app: AppTest) -> None:
    app = dropped(app, "list.csv", "Name;Type\nArdo Plimmet;individual\nDock Works;\nGull;vessel\n")
    assert not app.exception
    assert "of what kind is 'actor' where 'Type' is empty?" in shown(app)
    box = next(one for one in app.selectbox if one.label.startswith("actor, where"))
    app = box.set_value("Organization").run()
    assert not app.exception
    assert "of what kind" not in shown(app)


def test_a_record_that_was_mended_by_hand_says_so() -> None:
    before = json.dumps({"kind": "Incident", "id": "i", "killed": "k.A.", "source": "s"})
    assert rejects.mended(before, before) == before
    after = rejects.mended(before.replace('"k.A."', "3"), before)
    assert json.loads(after) == {**json.loads(before), "killed": 3, "note": "mended by hand when it was loaded"}
    twice = rejects.mended(after.replace("3", "4"), after)
    assert json.loads(twice)["note"].startswith("mended by hand when it was loaded")
    source = json.dumps({"kind": "Source", "id": "s"})
    assert rejects.mended(source.replace("s", "t"), source) == source.replace("s", "t")
