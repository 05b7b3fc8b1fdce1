"""The page Add, run without a browser: every kind has its form, and what goes wrong loses nothing that was typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kglite
import pytest
from streamlit.testing.v1 import AppTest

from graphkit import flow
from graphkit.errors import BadRecord
from graphkit.last_used import LastUsed
from graphkit.stores import base
from graphkit.ui import session

SOURCE = {"kind": "Source", "id": "s", "name": "A report", "publisher": "A paper", "cases": ["c"]}
PERSON = {"kind": "Person", "id": "p", "name": "P", "source": "s"}
KINDS = [kind for kind in flow.catalog() if not kind.registry] + [flow.catalog()["Source"]]


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


def _box(app: AppTest, label: str) -> Any:
    found: list[Any] = [*app.text_input, *app.text_area, *app.selectbox]
    return next(box for box in found if box.label.removesuffix(" (needed)") == label)


def _click(app: AppTest, label: str) -> AppTest:
    """Click on the button whose label holds this."""
    next(button for button in app.button if label in button.label.replace("\\", "")).click()
    return app.run()


def _kind(app: AppTest, name: str) -> AppTest:
    app.selectbox(key="add-kind").set_value(name)
    return app.run()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_a_form_with_all_its_fields(kind: Any, app: AppTest) -> None:
    _kind(app.run(), kind.name)
    assert not app.exception
    boxes: list[Any] = [*app.text_input, *app.text_area, *app.selectbox, *app.number_input, *app.multiselect]
    labels = {box.label.removesuffix(" (needed)").replace(" ", "_") for box in boxes}
    assert {field.name for field in flow.fields(kind)} <= labels
    assert "Still to fill in or to mend" in _shown(app)
    assert ("needs a claimant" in _shown(app)) == bool(kind.accuses)


def test_what_is_needed_stands_first_and_what_is_not_is_folded(app: AppTest) -> None:
    for kind in KINDS:
        _kind(app, kind.name) if kind != KINDS[0] else _kind(app.run(), kind.name)
        folded = {box.label for part in app.expander for box in [*part.text_input, *part.text_area, *part.selectbox]}
        needed = {f"{field.name.replace('_', ' ')} (needed)" for field in flow.fields(kind) if field.required}
        assert not folded & needed
        assert not folded & {"locator", "said at", "valid from", "claimant"}
        assert {"stance", "quote"} <= folded or kind.registry


def test_decisions_are_not_offered(app: AppTest) -> None:
    offered = [option.partition(" · ")[0] for option in app.run().selectbox(key="add-kind").options]
    assert {kind.name for kind in flow.catalog()} - set(offered) == {"Decision", "Case", "Tombstone"}


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


def _repeated(app: AppTest) -> dict[str, Any]:
    return {label: _box(app, label).value for label in ("source", "claimant", "locator", "said at", "valid from")}


def test_who_says_so_stays_for_the_next_record_of_a_case_and_the_rest_is_empty(
    app: AppTest, load: Any, tmp_path: Path
) -> None:
    load(flow.store_at(str(tmp_path / "store.kgl")), SOURCE, PERSON)
    app.run()
    _typed(app, {"name": "Jane", "locator": "page 3", "claimant": "p", "said at": "2014", "summary": "Ours."})
    _typed(app, {"source": "s"})
    app.button(key="add-write").click().run()
    kept = {"source": "s", "claimant": "p", "locator": "page 3", "said at": "2014", "valid from": ""}
    assert "Written (1 new claim" in _shown(app)
    assert _repeated(app) == kept
    assert (_box(app, "name").value, _box(app, "id").value, _box(app, "summary").value) == ("", "", "")
    assert _repeated(_kind(app, "ALIAS_OF")) == kept
    app.button(key="add-clear").click().run()
    assert not any(_repeated(app).values())


def test_a_window_opened_later_begins_with_what_was_said_last_in_its_case_alone(
    app: AppTest, load: Any, tmp_path: Path
) -> None:
    store = flow.store_at(str(tmp_path / "store.kgl"))
    load(store, {**SOURCE, "id": "e", "cases": ["zz"]}, {**PERSON, "id": "elsewhere", "source": "e"})
    load(store, SOURCE, PERSON, case="c")
    last = LastUsed(tmp_path / "state")
    flow.add(store, [PERSON | {"id": "q", "claimant": "p", "locator": "page 9"}], "c", last)
    last.say(store.address, "zz", {"source": "e", "claimant": "p", "locator": "page 1"})
    assert _repeated(app.run()) == dict.fromkeys(_repeated(app), "") | {
        "source": "s",
        "claimant": "P · p",
        "locator": "page 9",
    }
    app.query_params["case"] = "zz"
    app.run()
    assert _repeated(app) | {"valid from": None, "said at": None} == {
        "source": "e",
        "claimant": "",
        "locator": "page 1",
        "said at": None,
        "valid from": None,
    }


def test_a_thing_of_another_case_shows_by_no_name_and_is_taken_by_its_id_in_full(
    app: AppTest, load: Any, tmp_path: Path
) -> None:
    store = flow.store_at(str(tmp_path / "store.kgl"))
    hidden = {**PERSON, "id": "elsewhere", "name": "Hidden Name", "source": "e"}
    load(store, {**SOURCE, "id": "e", "cases": ["zz"]}, hidden)
    load(store, SOURCE, PERSON, case="c")
    app.run()
    _typed(app, {"name": "Jane", "source": "s", "claimant": "hidden name"})
    assert [button.label for button in app.button if "New: " in button.label] == ["New: hidden name"]
    assert not any("Hidden" in button.label for button in app.button)
    assert "Hidden" not in _shown(app)
    _click(_typed(app, {"claimant": "elsewhere"}), "elsewhere · the id of a thing outside this case")
    assert "elsewhere says" in _shown(app)


def test_what_is_near_shows_for_a_new_thing_and_one_click_speaks_of_that_instead(
    app: AppTest, load: Any, tmp_path: Path
) -> None:
    load(
        flow.store_at(str(tmp_path / "store.kgl")), SOURCE, PERSON | {"id": "yang", "name": ["Yang Shaowen", "杨少文"]}
    )
    app.run()
    _typed(app, {"name": "Shaowen Yangg", "source": "s"})
    assert "shaowen-yangg: name: Shaowen Yangg" in _shown(app)
    _click(_typed(app, {"name": "杨少"}), "Yang Shaowen · 杨少文 · yang")
    assert (_box(app, "name").value, _box(app, "id").value) == ("", "yang")
    assert "Still to fill in or to mend: name." in _shown(app)
    _typed(app, {"position": "pilot"})
    assert "Yang Shaowen: position: pilot" in _shown(app)


def test_the_ends_of_a_relation_are_found_by_name_and_a_missing_one_is_made_along(
    app: AppTest, load: Any, tmp_path: Path
) -> None:
    store = flow.store_at(str(tmp_path / "store.kgl"))
    fire = PERSON | {"kind": "Incident", "id": "fire", "name": "Harbour fire"}
    load(store, SOURCE, PERSON | {"name": "Harbour master"}, fire)
    _kind(app.run(), "SUSPECTED_OF")
    _typed(app, {"source": "s", "locator": "page 3", "to": "harbour"})
    assert [button.label for button in app.button if "Harbour" in button.label] == ["★ Harbour fire · fire"]
    _click(app, "Harbour fire")
    _click(_typed(app, {"from": "Jane Doe"}), "New: Jane Doe")
    _typed(app, {"Kind of the new thing": "Group", "claimant": "p"})
    assert "jane-doe: name: Jane Doe" in _shown(app)
    app.button(key="add-write").click().run()
    assert "Written (2 new claims" in _shown(app)
    assert store.kinds_of(["jane-doe"]) == {"jane-doe": "Group"}
    said = store.claims().filter(subject="jane-doe").sort("property")
    assert said.select("property", "source", "claimant", "locator").rows() == [
        ("SUSPECTED_OF", "s", "p", "page 3"),
        ("name", "s", "p", "page 3"),
    ]


def test_a_choice_outlasts_a_browser_that_heard_of_it_late_and_ends_when_something_else_is_typed(
    app: AppTest, load: Any, tmp_path: Path
) -> None:
    load(flow.store_at(str(tmp_path / "store.kgl")), SOURCE, PERSON | {"name": "Jane Doe"})
    _kind(app.run(), "MEMBER_OF")
    _click(_typed(app, {"from": "jane"}), "Jane Doe")
    _typed(app, {"from": "jane", "locator": "page 3"})
    assert _box(app, "from").value == "Jane Doe · p"
    assert "mend: to, source, claimant." in _shown(app)
    _typed(app, {"from": "jan"})
    assert "mend: from, to, source, claimant." in _shown(app)
    _typed(app, {"from": "jane"})
    assert _box(app, "from").value == "jane"


def test_a_new_end_that_does_not_stand_says_so_at_its_field(app: AppTest, load: Any, tmp_path: Path) -> None:
    load(flow.store_at(str(tmp_path / "store.kgl")), SOURCE, PERSON)
    _kind(app.run(), "RESOLVES_TO")
    _typed(app, {"source": "s", "from": "no domain"})
    _click(app, "New: no domain")
    assert "is not a domain" in _shown(app)
    _click(_typed(app, {"from": "Example.com"}), "New: Example.com")
    _click(_typed(app, {"to": "198.51.100.7"}), "New: 198.51.100.7")
    app.button(key="add-write").click().run()
    assert "domain:example.com pointed at host:198.51.100.7" in _shown(app)


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
