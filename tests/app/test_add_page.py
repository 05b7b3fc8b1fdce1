"""The page Add, run without a browser: every kind has its form, and what goes wrong loses nothing that was typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kglite
import pytest
from streamlit.testing.v1 import AppTest

from graphkit import flow
from graphkit.errors import BadRecord
from graphkit.stores import base
from graphkit.ui import form, session

SOURCE = {"kind": "Source", "id": "s", "name": "A report", "publisher": "A paper", "cases": ["c"]}
PERSON = {"kind": "Person", "id": "p", "name": "P", "source": "s"}
KINDS = [
    (group, kind) for group, kinds in flow.kinds(flow.catalog()).items() for kind in kinds if not kind.registry
] + [("Sources", flow.catalog()["Source"])]


def _page() -> None:
    from graphkit.ui.pages import add

    add.page()


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("GRAPHKIT_STORE", str(tmp_path / "store.kgl"))
    session._store.clear()
    return AppTest.from_function(_page, default_timeout=30)


def _typed(app: AppTest, values: dict[str, str]) -> AppTest:
    """Type into the fields that have these labels."""
    for label, text in values.items():
        found: list[Any] = [*app.text_input, *app.text_area, *app.selectbox]
        next(box for box in found if box.label.removesuffix(" (needed)") == label).set_value(text)
    return app.run()


def _shown(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.error, *app.success, *app.info, *app.warning]
    return "\n".join(part.value for part in parts).replace("\\", "")


@pytest.mark.parametrize(("group", "kind"), KINDS, ids=lambda value: getattr(value, "name", ""))
def test_every_kind_has_a_form_with_all_its_fields(group: str, kind: Any, app: AppTest) -> None:
    app.run()
    app.selectbox(key="add-group").set_value(group).run()
    app.selectbox(key=f"add-kind-{group}").set_value(kind.name).run()
    assert not app.exception
    boxes: list[Any] = [*app.text_input, *app.text_area, *app.selectbox, *app.number_input, *app.multiselect]
    labels = {box.label.removesuffix(" (needed)").replace(" ", "_") for box in boxes}
    assert {field.name for field in flow.fields(kind)} <= labels
    assert "Still to fill in or to mend" in _shown(app)
    assert ("needs a claimant" in _shown(app)) == bool(kind.accuses)


def test_a_store_that_is_busy_is_one_line_and_loses_nothing_that_was_typed(
    app: AppTest, load: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = flow.store_at(str(tmp_path / "store.kgl"))
    load(store, SOURCE, PERSON)
    monkeypatch.setattr(base, "WAIT_FOR_WRITER", 0.2)
    app.run()
    _typed(app, {"id": "jane", "name": "Jane", "source": "s"})
    engine = kglite.open(str(tmp_path / "store.kgl"), durable=False)
    try:
        app.button(key="add-write").click().run()
    finally:
        engine.__exit__(ValueError, None, None)
    assert "Nothing was written." in _shown(app)
    assert "is being written by process" in _shown(app)
    assert "jane" not in store.kinds_of(["jane"])
    app.button(key="add-write").click().run()
    assert "Written (1 new claim" in _shown(app)
    assert store.kinds_of(["jane"]) == {"jane": "Person"}


def test_what_became_wrong_meanwhile_is_said_and_not_written(
    app: AppTest, load: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = flow.store_at(str(tmp_path / "store.kgl"))
    load(store, SOURCE, PERSON)

    def meanwhile(*given: Any) -> None:
        raise BadRecord("Person", "id", "is of kind Place already")

    app.run()
    _typed(app, {"id": "jane", "name": "Jane", "source": "s"})
    monkeypatch.setattr(flow, "add", meanwhile)
    app.button(key="add-write").click().run()
    assert "Nothing was written. Person: id: is of kind Place already" in _shown(app)
    assert not app.exception


def test_the_source_stays_for_the_next_record_and_the_rest_is_empty(app: AppTest, load: Any, tmp_path: Path) -> None:
    load(flow.store_at(str(tmp_path / "store.kgl")), SOURCE, PERSON)
    app.run()
    _typed(app, {"id": "jane", "name": "Jane", "source": "s", "locator": "page 3", "claimant": "p"})
    app.button(key="add-write").click().run()
    assert app.selectbox(key="add-source").value == "s"
    boxes: list[Any] = [*app.text_input, *app.text_area]
    assert [box.value for box in boxes if box.value] == []
    assert next(box for box in app.selectbox if box.label == "claimant").value is None


def test_a_thing_of_another_case_is_named_by_its_id_in_full(app: AppTest, load: Any, tmp_path: Path) -> None:
    store = flow.store_at(str(tmp_path / "store.kgl"))
    load(store, {**SOURCE, "id": "e", "cases": ["zz"]}, {**PERSON, "id": "elsewhere", "source": "e"})
    load(store, SOURCE, PERSON, case="c")
    app.run()
    claimant = next(box for box in app.selectbox if box.label == "claimant")
    assert not any("elsewhere" in option for option in claimant.options)
    _typed(app, {"id": "jane", "name": "Jane", "source": "s", "claimant": ""})
    _typed(app, {"claimant: id": "nobody"})
    assert "names nothing in this load or in the store" in _shown(app)
    _typed(app, {"claimant: id": "elsewhere"})
    assert "elsewhere says" in _shown(app)


def test_of_very_many_things_those_that_fit_can_be_chosen(
    app: AppTest, load: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form, "MAX_OFFERED", 3)
    people = [{**PERSON, "id": f"p{number}", "name": f"Name {number}"} for number in range(6)]
    load(flow.store_at(str(tmp_path / "store.kgl")), SOURCE, *people)
    app.run()
    assert "The first 3 of 6 can be chosen" in _shown(app)
    _typed(app, {"claimant: search": "name 5"})
    claimant = next(box for box in app.selectbox if box.label == "claimant")
    assert claimant.options == ["Name 5 · p5", "Another id …"]


def test_adding_the_same_again_says_that_it_is_there_already(app: AppTest, load: Any, tmp_path: Path) -> None:
    load(flow.store_at(str(tmp_path / "store.kgl")), SOURCE, PERSON)
    app.run()
    _typed(app, {"id": "p", "name": "P", "source": "s"})
    assert "All of this is in the store already" in _shown(app)
    _typed(app, {"id": "p", "name": "Q"})
    assert "There is a Person 'p' already" in _shown(app)


@pytest.mark.parametrize(
    ("label", "text", "problem"),
    [
        ("quote", "q" * 301, "is 301 characters long; 300 are allowed"),
        ("id", "x\x07y", "holds control characters"),
        ("id", "q" * 513, "must be 1 to 512 characters"),
        ("id", "place", "is of kind Place already"),
        ("statement", "w" * 100_001, "100,000 are allowed"),
        ("valid from", "soon", "soon"),
    ],
    ids=lambda value: value[:20],
)
def test_a_field_that_is_wrong_says_so_and_loses_nothing_that_was_typed(
    label: str, text: str, problem: str, app: AppTest, load: Any, tmp_path: Path
) -> None:
    store = flow.store_at(str(tmp_path / "store.kgl"))
    load(store, SOURCE, PERSON, {**PERSON, "kind": "Place", "id": "place"})
    before = store.version()
    app.run()
    _typed(app, {"id": "jane", "name": "Jane", "source": "s"} | {label: text})
    assert problem in _shown(app)
    app.button(key="add-write").click().run()
    assert "Nothing was written: 1 field to fill in or to mend." in _shown(app)
    assert store.version() == before
    boxes: list[Any] = [*app.text_input, *app.text_area]
    assert {"Jane", text} <= {box.value for box in boxes}
    assert not app.exception
