"""The console: it answers as table and graph, keeps what was asked, and changes nothing."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from graphkit import flow
from graphkit.ui.examples import EXAMPLES
from tests.browser.conftest import Window, served

Windows = Callable[..., Window]


def opened(window: Windows, app: str, case: str = "article") -> Page:
    found = window()
    found.open_page(app, "cypher", f"case={case}")
    found.page.get_by_text("Choose an example on the left").wait_for()
    return found.page


def ask(page: Page, cypher: str, params: str = "", button: str = "Run") -> None:
    page.get_by_label("Query").fill(cypher)
    page.get_by_label("Parameters, as JSON").fill(params)
    page.get_by_role("button", name=button, exact=True).click()


def saved(page: Page, button: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def test_every_example_is_answered(window: Windows, seed_app: str) -> None:
    page = opened(window, seed_app)
    for example in EXAMPLES:
        page.get_by_role("button", name=example.title).click()
        expect(page.get_by_label("Query")).to_have_value(example.cypher)
        page.get_by_text(" in 0.", exact=False).or_(page.get_by_text(" in 1.", exact=False)).first.wait_for()
        expect(page.get_by_test_id("stAlert").filter(has_text="could not")).to_have_count(0)


def test_an_answer_can_be_taken_away_and_runs_in_no_spreadsheet(window: Windows, seed_app: str) -> None:
    page = opened(window, seed_app)
    ask(page, "UNWIND $rows AS x RETURN x AS text, 1 AS n", '{"rows": ["=1+1", "plain"]}')
    page.get_by_text("2 rows in").wait_for()
    assert list(csv.reader(saved(page, "CSV").splitlines())) == [["text", "n"], ["'=1+1", "1"], ["plain", "1"]]
    assert json.loads(saved(page, "JSON")) == [{"text": "=1+1", "n": 1}, {"text": "plain", "n": 1}]


def test_an_answer_is_drawn_as_a_graph(window: Windows, seed_app: str) -> None:
    page = opened(window, seed_app)
    ask(page, "MATCH (p:Person {id: $id})-[r]-(o:Entity) RETURN p, r, o", '{"id": "yang-shaowen"}')
    page.get_by_text("rows in").or_(page.get_by_text("row in")).first.wait_for()
    page.get_by_text("Graph", exact=True).click()
    page.locator(".stage[data-nodes]").wait_for()
    nodes = page.locator(".stage[data-nodes]").evaluate("stage => Object.keys(stage.network.getPositions())")
    assert "yang-shaowen" in nodes
    assert len(nodes) >= 2


def test_what_writes_or_is_wrong_is_one_sentence_and_what_was_typed_stays(window: Windows, seed_app: str) -> None:
    page = opened(window, seed_app)
    ask(page, "MATCH (n) DELETE n")
    page.get_by_text("'DELETE' is not allowed here").wait_for()
    expect(page.get_by_label("Query")).to_have_value("MATCH (n) DELETE n")
    ask(page, "RETURN $a AS a", "[1]")
    page.get_by_text("Parameters are a JSON object").wait_for()
    ask(page, "MATCH (n:Person) RETURN count(n) AS n")
    page.get_by_text("1 row in").wait_for()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_what_was_asked_can_be_asked_again(window: Windows, seed_app: str) -> None:
    page = opened(window, seed_app)
    ask(page, "RETURN 1 AS first")
    page.get_by_role("button", name="RETURN 1 AS first").wait_for()
    ask(page, "RETURN 2 AS second")
    page.get_by_role("button", name="RETURN 2 AS second").wait_for()
    page.get_by_role("button", name="RETURN 1 AS first").click()
    expect(page.get_by_label("Query")).to_have_value("RETURN 1 AS first")


def test_what_was_asked_with_other_parameters_can_be_told_apart(window: Windows, seed_app: str) -> None:
    page = opened(window, seed_app)
    query = "MATCH (thing:Entity {id: $id})-[r]-(other:Entity) RETURN thing.name AS thing, other.name AS other"
    for id_ in ("kunming", "yang-shaowen"):
        ask(page, query, json.dumps({"id": id_}))
        page.get_by_role("button", name=f'… · {{"id": "{id_}"}}').wait_for()
    page.get_by_role("button", name='… · {"id": "kunming"}').click()
    expect(page.get_by_label("Query")).to_have_value(query)
    expect(page.get_by_label("Parameters, as JSON")).to_have_value('{"id": "kunming"}')


def test_a_query_is_explained(window: Windows, seed_app: str) -> None:
    page = opened(window, seed_app)
    ask(page, "MATCH (n:Person) RETURN n", button="Explain")
    page.get_by_text("rows in").wait_for()
    steps = json.loads(saved(page, "JSON"))
    assert [step["step"] for step in steps] == list(range(1, len(steps) + 1))


def test_text_from_data_is_text_and_files_name_no_protected_person(window: Windows, tmp_path: Path, load: Any) -> None:
    store = flow.store_at(str(tmp_path / "store.kgl"))
    person = {"kind": "Person", "source": "s"}
    load(
        store,
        {"kind": "Source", "id": "s", "name": "S"},
        {**person, "id": "w", "name": "Wilma Witness", "protected": "witness"},
        {**person, "id": "h", "name": "<img src=x onerror=alert(1)> [a](javascript:alert(1)) Wilma Witness"},
    )
    with served(tmp_path / "store.kgl") as address:
        page = opened(window, address, "default")
        ask(page, "MATCH (p:Person) RETURN p.name AS name, p AS node")
        page.get_by_text("2 rows in").wait_for()
        assert "Witness" not in saved(page, "CSV") + saved(page, "JSON")
        assert page.locator("img[src=x]").count() == 0
        page.context.close()
