"""Adding a record by hand in the app, and finding it where one looks around."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from graphkit import flow
from graphkit.last_used import LastUsed
from tests.browser import hostile
from tests.browser.conftest import Window, served

Windows = Callable[..., Window]
SOURCE = "China, US targeting terror online"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[str, Any]]:
    """An app of its own, for a store of its own that is not there yet."""
    store = flow.store_at(str(tmp_path / "store.kgl"))
    with served(tmp_path / "store.kgl") as address:
        yield address, store


@pytest.fixture
def seeded(own: tuple[str, Any], tmp_path: Path) -> tuple[str, Any]:
    flow.load_seed(own[1], LastUsed(tmp_path / "state"))
    return own


def _ready(page: Page) -> None:
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def _choose(page: Page, label: str, text: str) -> None:
    box = page.get_by_role("combobox", name=label).first
    box.click()
    box.fill(text)
    page.get_by_role("option").filter(has_text=text).first.click()
    _ready(page)


def _type(page: Page, label: str, text: str, which: int = 0) -> None:
    box = page.get_by_role("textbox", name=label, exact=True).nth(which)
    box.fill(text)
    box.blur()
    _ready(page)
    expect(box).to_have_value(text)


def _write(page: Page) -> None:
    page.get_by_role("button", name="Write", exact=True).click()


def test_a_person_and_a_relation_added_by_hand_are_found_in_investigate(seeded: Any, window: Windows) -> None:
    opened = window()
    opened.open_page(seeded[0], "add", "case=article")
    page = opened.page
    _type(page, "id (needed)", "jane-doe")
    page.get_by_role("link", name="Entities").click()
    page.get_by_test_id("stDataFrame").wait_for()
    page.get_by_role("link", name="Add", exact=True).click()
    expect(page.get_by_role("textbox", name="id (needed)")).to_have_value("jane-doe")
    _type(page, "name", "Jane Doe")
    _choose(page, "source (needed)", SOURCE)
    preview = page.locator(".st-key-add-preview")
    expect(preview).to_contain_text("jane-doe: name: Jane Doe")
    _write(page)
    expect(page.get_by_text("Written (1 new claim", exact=False)).to_be_visible()
    _choose(page, "What to add", "Relations")
    expect(page.get_by_role("combobox", name="from (needed)")).to_be_visible()
    _choose(page, "Kind", "SUSPECTED_OF")
    expect(page.get_by_text("worded everywhere as what the claimant says", exact=False)).to_be_visible()
    _choose(page, "from (needed)", "jane-doe")
    _choose(page, "to (needed)", "Knife attack in Kunming")
    _write(page)
    expect(page.get_by_text("Nothing was written: 1 field", exact=False)).to_be_visible()
    expect(page.get_by_text("is an allegation and must say who makes it", exact=False)).to_be_visible()
    _choose(page, "claimant (needed)", "yang-shaowen")
    expect(preview).to_contain_text("An allegation by Yang Shaowen")
    _write(page)
    written = page.get_by_text("Written (1 new claim, 0 known already): Jane Doe is said to be suspected", exact=False)
    expect(written).to_be_visible()
    page.get_by_role("button", name="Open Jane Doe in Investigate").click()
    opened.stage.wait_for()
    expect(page.get_by_role("heading", name="Jane Doe")).to_be_visible()
    page.get_by_role("tab", name="Links 1").click()
    page.get_by_text("Each relation with its claims").click()
    expect(page.get_by_text("is said to be suspected of", exact=False).first).to_be_visible()
    expect(page.get_by_text("an allegation", exact=False).first).to_be_visible()


def test_the_first_record_of_all_brings_its_source_along_and_hostile_text_stays_text(own: Any, window: Windows) -> None:
    opened = window(1600, "dark")
    opened.open_page(own[0], "add")
    page = opened.page
    _choose(page, "Kind", "Place")
    expect(page.get_by_text(flow.catalog()["Place"].about)).to_be_visible()
    attack = f"{hostile.ATTACK} {hostile.MARKDOWN} =1+1"
    _type(page, "id (needed)", f"p{hostile.ATTACK}")
    _type(page, "name", f"{attack}\n{'w' * 99_000}")
    _type(page, "id (needed)", "report", 1)
    _write(page)
    expect(page.get_by_text("Nothing was written: 1 field", exact=False)).to_be_visible()
    assert not own[1].exists()
    _type(page, "name (needed)", attack)
    expect(page.locator(".st-key-add-preview")).to_contain_text("<img src=x onerror")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    _harmless(page)
    _write(page)
    expect(page.get_by_text("Written (2 new claims", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Open <img"))).to_be_visible()
    _harmless(page)
    assert own[1].claims()["source"].to_list() == ["report", "report"]
    assert attack in own[1].claims()["value"].to_list()


def _harmless(page: Page) -> None:
    assert page.evaluate("window.pwned") is None
    assert page.locator("img[src*=outside], img[src=x], a[href*=outside], a[href^=javascript]").count() == 0


def test_all_that_was_written_is_listed_and_the_preview_stays_in_sight(seeded: Any, window: Windows) -> None:
    opened = window()
    opened.open_page(seeded[0], "add", "case=article")
    page = opened.page
    _type(page, "id (needed)", "jane-doe")
    _type(page, "name", "Jane Doe\nJ. Doe")
    _choose(page, "source (needed)", SOURCE)
    page.mouse.move(600, 500)
    page.mouse.wheel(0, 5_000)
    page.wait_for_timeout(500)
    expect(page.locator(".st-key-add-preview")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Write", exact=True)).to_be_in_viewport()
    _write(page)
    written = page.get_by_test_id("stAlert").filter(has_text="Written (2 new claims, 0 known already):")
    expect(written).to_contain_text("jane-doe: name: Jane Doe")
    expect(written).to_contain_text("jane-doe: name: J. Doe")
