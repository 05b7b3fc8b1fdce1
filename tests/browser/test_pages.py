"""Every page, in both cases, in light and dark, narrow and wide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from graphkit import flow
from graphkit.last_used import LastUsed
from graphkit.ui.pages import PAGES
from tests.browser.conftest import SOME, Window, ready, served

Windows = Callable[..., Window]
DRAWN = {
    "overview": "text=Most linked in these records",
    "investigate": ".stage[data-nodes]",
    "analysis": "text=Computed on case",
    "entities": "[data-testid=stDataFrame]",
    "conflicts": "text=ontradict",
    "websites": "text=/Computed on case|nothing to compare/",
    "requests": "text=/Choose a row|No request is on record/",
    "decisions": "text=/in force|Nobody decided/",
    "cypher": "text=Choose an example on the left",
    "add": "text=What will be written",
    "data": "text=Drop one to see what it is",
    "jobs": "text=There are no scheduled exports yet",
}


def test_every_page_has_a_place_that_shows_it_is_drawn() -> None:
    assert set(DRAWN) == set(PAGES)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("case", "width", "scheme"),
    [
        ("article", 1280, "light"),
        ("invented", 1600, "dark"),
        pytest.param("article", 1600, "dark", marks=pytest.mark.long),
        pytest.param("invented", 1280, "light", marks=pytest.mark.long),
    ],
)
def test_a_page_opens_without_an_error_or_an_outside_request(
    path: str, case: str, width: int, scheme: str, window: Windows, seed_app: str
) -> None:
    opened = window(width, scheme)
    opened.open_page(seed_app, path, f"case={case}")
    opened.page.locator(DRAWN[path]).first.wait_for()
    ready(opened.page)
    expect(opened.page.get_by_text("This page broke off", exact=False)).to_have_count(0)
    expect(opened.page).to_have_title(f"{PAGES[path][0]} · graphkit")
    banner = opened.page.get_by_text("INVENTED DATA: nothing in this case", exact=False)
    expect(banner).to_have_count(1 if case == "invented" else 0)
    expect(opened.page.get_by_test_id("stException")).to_have_count(0)
    fits = opened.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert fits, "the page is wider than the window"


@pytest.fixture(scope="module")
def neo4j_app(servers: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on the seed in Neo4j."""
    store = flow.store_at(servers("seed").address)
    flow.load_seed(store, LastUsed(tmp_path_factory.mktemp("neo4j-app")))
    with served(store.address) as address:
        yield address
    store.close()


@pytest.mark.parametrize("path", SOME)
def test_a_page_opens_on_neo4j_too(path: str, window: Windows, neo4j_app: str) -> None:
    opened = window()
    opened.open_page(neo4j_app, path, "case=article")
    opened.page.locator(DRAWN[path]).first.wait_for()
    expect(opened.page.get_by_test_id("stException")).to_have_count(0)


def test_a_thing_is_searched_and_read_on_neo4j_too(window: Windows, neo4j_app: str) -> None:
    opened = window()
    opened.open_page(neo4j_app, "investigate", "case=article&id=kunming-2014-03-01")
    opened.page.get_by_role("heading", name="Knife attack in Kunming").wait_for()
    opened.open_page(neo4j_app, "cypher", "case=article")
    opened.page.get_by_role("button", name="Who says most, and how").click()
    opened.page.locator("[data-testid=stDataFrame]").wait_for()


def _says_what_to_do(page: Page, path: str, command: str) -> None:
    if path == "data":
        expect(page.get_by_text("Drop one to see what it is and what it would become.")).to_be_visible()
        return
    by_hand = "first one here" if path == "add" else "Or add the first one by hand, on the page Add."
    expect(page.get_by_text(command, exact=False)).to_contain_text(by_hand)


@pytest.fixture(scope="module")
def app_without_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("without") / "none.kgl") as address:
        yield address


@pytest.mark.parametrize("path", SOME)
def test_without_a_store_a_page_says_what_to_do(path: str, window: Windows, app_without_store: str) -> None:
    opened = window()
    opened.open_page(app_without_store, path)
    _says_what_to_do(opened.page, path, "graphkit load PATH")
    expect(opened.page.get_by_test_id("stException")).to_have_count(0)


@pytest.fixture(scope="module")
def app_on_empty_case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("empty")
    flow.new_case(flow.store_at(str(folder / "store.kgl")), LastUsed(folder / "state"), {"id": "harbour"})
    with served(folder / "store.kgl") as address:
        yield address


@pytest.mark.parametrize("path", SOME)
def test_an_empty_case_says_what_to_do(path: str, window: Windows, app_on_empty_case: str) -> None:
    opened = window()
    opened.open_page(app_on_empty_case, path, "case=harbour")
    _says_what_to_do(opened.page, path, "graphkit load PATH --case harbour")


def test_a_damaged_store_is_one_sentence(window: Windows, tmp_path: Path) -> None:
    store = tmp_path / "damaged.kgl"
    store.write_bytes(b"not a store at all")
    with served(store) as address:
        opened = window()
        opened.open(address)
        expect(opened.page.get_by_text("is not a graphkit store or is damaged", exact=False)).to_be_visible()
        opened.close()


def test_the_overview_names_what_is_disputed_and_opens_it(window: Windows, seed_app: str) -> None:
    opened = window()
    opened.open(f"{seed_app}/?case=invented")
    expect(opened.page.get_by_text("killed: 4 (Fenmark Digest, an investigator", exact=False)).to_be_visible()
    opened.page.get_by_test_id("stMain").get_by_text("Open", exact=True).first.click()
    opened.stage.wait_for()
    expect(opened.page.get_by_text("Disputed:", exact=False).first).to_be_visible()


def test_the_entities_page_filters_by_name_kind_and_dispute(window: Windows, seed_app: str) -> None:
    opened = window()
    opened.open(f"{seed_app}/entities?case=invented")
    opened.page.get_by_label("Name or id holds").fill("freight yard")
    opened.page.get_by_label("Name or id holds").press("Enter")
    expect(opened.page.get_by_text("of 1,161 things", exact=False)).not_to_contain_text("1,161 of")
    opened.page.get_by_text("Disputed only").click()
    expect(opened.page.get_by_text("1 of 1,161 things", exact=False)).to_be_visible()


def test_a_row_chosen_before_a_filter_opens_nothing_else(window: Windows, seed_app: str) -> None:
    opened = window()
    opened.open(f"{seed_app}/entities?case=invented")
    table = opened.page.get_by_test_id("stDataFrame")
    table.wait_for()
    opened.page.wait_for_timeout(500)
    box = table.bounding_box()
    assert box
    opened.page.mouse.click(box["x"] + 22, box["y"] + 35 * 9 + 17)
    expect(opened.page.get_by_role("button", name="in Investigate")).to_be_visible()
    opened.page.get_by_label("Name or id holds").fill("freight yard")
    opened.page.get_by_label("Name or id holds").press("Enter")
    expect(opened.page.get_by_text("of 1,161 things", exact=False)).not_to_contain_text("1,161 of")
    expect(opened.page.get_by_role("button", name="in Investigate")).to_have_count(0)
    expect(opened.page.get_by_test_id("stException")).to_have_count(0)


def test_a_case_shows_nothing_of_another_case(window: Windows, seed_app: str) -> None:
    opened = window()
    opened.open(f"{seed_app}/investigate?case=article")
    opened.stage.wait_for()
    search: Any = opened.page.get_by_placeholder("A name, in any script")
    search.fill("Quiet Relay")
    search.press("Enter")
    expect(opened.page.get_by_text("Nothing in this case is named like", exact=False)).to_be_visible()


def test_the_row_chosen_is_opened_without_scrolling(window: Windows, seed_app: str) -> None:
    opened = window(1280)
    opened.page.set_viewport_size({"width": 1280, "height": 800})
    opened.open_page(seed_app, "entities", "case=invented")
    table = opened.page.get_by_test_id("stDataFrame")
    table.wait_for()
    opened.page.wait_for_timeout(500)
    box = table.bounding_box()
    assert box and box["y"] + box["height"] <= 800
    opened.page.mouse.click(box["x"] + 22, box["y"] + 35 * 3 + 17)
    button = opened.page.get_by_role("button", name="in Investigate")
    button.wait_for()
    place = button.bounding_box()
    assert place and 0 < place["y"] < box["y"]
    button.click()
    opened.stage.wait_for()
    expect(opened.page.get_by_role("heading", name="Lowfeather Names")).to_be_visible()


def test_a_kind_that_is_lit_is_in_the_table(window: Windows, seed_app: str) -> None:
    page = (opened := window()).page
    opened.open_page(seed_app, "entities", "case=article")
    expect(page.get_by_text("33 of 33 things", exact=False)).to_be_visible()
    page.get_by_role("button", name="Place 8").click()
    expect(page.get_by_text("25 of 33 things", exact=False)).to_be_visible()
    page.get_by_role("button", name="No kind").click()
    expect(page.get_by_text("0 of 33 things", exact=False)).to_be_visible()
    page.get_by_role("button", name="Place 8").click()
    expect(page.get_by_text("8 of 33 things", exact=False)).to_be_visible()
    page.get_by_role("link", name="Jobs").click()
    page.get_by_role("heading", name="Jobs").wait_for()
    page.get_by_role("link", name="Entities").click()
    expect(page.get_by_text("8 of 33 things", exact=False)).to_be_visible()
    page.get_by_role("button", name="All kinds").click()
    expect(page.get_by_text("33 of 33 things", exact=False)).to_be_visible()


@pytest.mark.parametrize("case", ["article", "invented"])
def test_the_overview_draws_its_chart_without_a_warning(case: str, window: Windows, seed_app: str) -> None:
    opened = window()
    warned: list[str] = []
    opened.page.on("console", lambda message: warned.append(message.text) if message.type == "warning" else None)
    opened.open_page(seed_app, "overview", f"case={case}")
    opened.page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first.wait_for()
    opened.page.wait_for_timeout(500)
    assert warned == []


def test_the_sides_of_a_contradiction_stand_beside_each_other_and_lead_into_the_picture(
    window: Windows, seed_app: str
) -> None:
    page = (opened := window()).page
    opened.open_page(seed_app, "investigate", "case=invented&id=quiet-relay")
    page.get_by_role("button", name="Sides").click()
    page.get_by_role("heading", name="Whether Ardo Plimmet is said to be a member of Quiet Relay").wait_for()
    expect(page.get_by_text("Reliability of the source: not rated · claim: not rated")).to_be_visible()
    said, denied = (page.get_by_text(word, exact=True).first.bounding_box() for word in ("said", "denied"))
    assert said and denied and said["y"] == denied["y"] and said["x"] < denied["x"]
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert download.value.path().read_text(encoding="utf-8").startswith('"about","subject","name","says","at_stake"')
    page.get_by_role("button", name="Open in Investigate").click()
    opened.stage.wait_for()
    expect(page.get_by_role("heading", name="Ardo Plimmet")).to_be_visible()
