"""The page Websites, run without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from graphkit import flow
from graphkit.stores import Store
from graphkit.ui import session
from tests.app.conftest import shown
from tests.contracts.test_pivot import WORLD


def _page() -> None:
    from graphkit.ui.pages import websites

    websites.page()


@pytest.fixture
def world(store: Store, load: Any) -> Store:
    load(store, *WORLD)
    return store


def run(**query: str) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=60)
    for name, value in ({"case": "c"} | query).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_groups_links_and_reasons_are_shown_with_the_caution(world: Store) -> None:
    app = run()
    assert {part.label: part.value for part in app.metric} == {
        "Websites": "42", "In groups": "2", "Groups": "1", "Values that say nothing": "0",
    }  # fmt: skip
    groups, happened, links, reasons, _ = (frame.value for frame in app.dataframe)
    assert groups["websites"].to_list() == ["new.example, old.example"]
    assert set(happened["said by"]) == {"Scan"}
    assert links[["one", "other"]].to_numpy().tolist() == [["new.example", "old.example"]]
    assert set(reasons["said by"]) == {"Scan", ""}
    text = shown(app)
    assert "no proof of a common operator" in text
    assert "new.example shares infrastructure with old.example" in text
    assert "operated by" not in text


def test_a_website_is_found_with_what_may_have_taken_its_place(world: Store) -> None:
    text = shown(run(site="old.example"))
    assert "new.example · score 1.00 · it sent its visitors there" in text
    text = shown(run(site="lone20.example"))
    assert "It shares nothing telling with any other website." in text
    assert "What may have taken its place**: none" in text
    assert "Did you mean 'old.example'" in shown(run(site="olt.example"))


def test_two_websites_are_decided_to_be_two(world: Store) -> None:
    app = run()
    app.button(key="websites-decide").click().run()
    app.segmented_control(key="decide-what").set_value("They are not").run()
    app.text_input(key="decide-why").set_value("Two owners, by their imprints")
    app.text_input(key="decide-who").set_value("Ada")
    app.button[-1].click().run()
    assert not app.exception
    assert flow.pivot(flow.snapshot(world, flow.scope_of(world, ["c"], session.last_used()))).groups == ()


def test_where_nothing_is_grouped_or_seen_the_page_says_so(store: Store, load: Any) -> None:
    source = {"kind": "Source", "id": "s", "name": "Scan", "cases": ["c"]}
    load(store, source, {"kind": "Place", "id": "p", "name": "P", "source": "s"})
    assert "nothing to compare" in shown(run())
    load(store, {"kind": "Website", "domain": "a.example", "source": "s"})
    session._snapshot.clear()
    assert "No websites share so much" in shown(run())
