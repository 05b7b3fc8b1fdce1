"""Adding a record by hand in the app, and finding it where one looks around."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from graphkit import flow
from graphkit.last_used import LastUsed
from tests.browser import hostile
from tests.browser.conftest import Window, choose, ready, served

Windows = Callable[..., Window]
KEYSTROKE = 120  # milliseconds: a hundred words a minute
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


def _type(page: Page, label: str, text: str, which: int = 0) -> None:
    box = page.get_by_role("textbox", name=label, exact=True).nth(which)
    box.fill(text)
    box.blur()
    ready(page)
    expect(box).to_have_value(text)


def _find(page: Page, label: str, text: str, button: str | re.Pattern[str]) -> None:
    """Type a part of a name into the field of a thing, and take what shows."""
    page.get_by_role("textbox", name=label).fill(text)
    page.get_by_role("button", name=button).first.click()
    ready(page)


def _write(page: Page) -> None:
    page.get_by_role("button", name="Write", exact=True).click()


def test_a_person_and_a_relation_added_by_hand_are_found_in_investigate(seeded: Any, window: Windows) -> None:
    opened = window()
    opened.open_page(seeded[0], "add", "case=article")
    page = opened.page
    _type(page, "id", "jane-doe")
    page.get_by_role("link", name="Entities").click()
    page.get_by_test_id("stDataFrame").wait_for()
    page.get_by_role("link", name="Add", exact=True).click()
    expect(page.get_by_role("textbox", name="id", exact=True)).to_have_value("jane-doe")
    _type(page, "name", "Jane Doe")
    choose(page, "source (needed)", SOURCE)
    preview = page.locator(".st-key-add-preview")
    expect(preview).to_contain_text("jane-doe: name: Jane Doe")
    _write(page)
    expect(page.get_by_text("Written (1 new claim", exact=False)).to_be_visible()
    choose(page, "What to add", "SUSPECTED_OF")
    expect(page.get_by_text("worded everywhere as what the claimant says", exact=False)).to_be_visible()
    _find(page, "from (needed)", "jane", "Jane Doe · jane-doe")
    _find(page, "to (needed)", "kunming", re.compile("Knife attack in Kunming"))
    _write(page)
    expect(page.get_by_text("Nothing was written: 1 field", exact=False)).to_be_visible()
    expect(page.get_by_text("is an allegation and must say who makes it", exact=False)).to_be_visible()
    _find(page, "claimant (needed)", "yang", re.compile("Yang Shaowen"))
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
    choose(page, "What to add", "Place")
    expect(page.get_by_text(flow.catalog()["Place"].about)).to_be_visible()
    attack = f"{hostile.ATTACK} {hostile.MARKDOWN} =1+1"
    _type(page, "id", f"p{hostile.ATTACK}")
    _type(page, "name", attack)
    page.get_by_text("More on this Place").click()
    _type(page, "other names", "w" * 99_000)
    _type(page, "id", "report", 1)
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
    _type(page, "name", "Jane Doe")
    page.get_by_text("More on this Person").click()
    _type(page, "other names", "J. Doe")
    choose(page, "source (needed)", SOURCE)
    page.mouse.move(600, 500)
    page.mouse.wheel(0, 5_000)
    page.wait_for_timeout(500)
    expect(page.locator(".st-key-add-preview")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Write", exact=True)).to_be_in_viewport()
    _write(page)
    written = page.get_by_test_id("stAlert").filter(has_text="Written (2 new claims, 0 known already):")
    expect(written).to_contain_text("jane-doe: name: Jane Doe")
    expect(written).to_contain_text("jane-doe: name: J. Doe")


class Counted:
    """A window in which every click and every field that is filled in counts, typed as fast as people type."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.fields = 0
        self.began = time.monotonic()

    def click(self, button: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=button).first.click()
        self.clicks += 1
        ready(self.page)

    def type(self, label: str, text: str, role: Any = "textbox", then: str = "") -> None:
        box = self.page.get_by_role(role, name=label).first
        box.press("Control+a")
        box.press_sequentially(text, delay=KEYSTROKE)
        self.fields += 1
        if then:
            box.press(then)
            ready(self.page)


def test_one_sourced_relation_with_a_new_end_costs_no_more_than_a_sheet_cell(
    seeded: Any, window: Windows, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = window()
    opened.open_page(seeded[0], "add", "case=article")
    opened.page.get_by_role("textbox", name="name").wait_for()
    costs = []
    for end, kept in (("Jane Doe", False), ("John Roe", True)):
        entry = Counted(opened.page)
        entry.type("What to add", "suspected", "combobox", then="Enter")
        entry.type("from (needed)", end)
        entry.click(f"New: {end}")
        entry.type("to (needed)", "kunming")
        entry.click(re.compile("Knife attack in Kunming"))
        if not kept:
            entry.type("source (needed)", "terror online", "combobox", then="Enter")
            entry.type("claimant (needed)", "yang")
            entry.click(re.compile("Yang Shaowen"))
        entry.type("locator", "page 4" if kept else "page 3", then="Tab")
        entry.click("Write")
        written = opened.page.get_by_text("Written (2 new claims", exact=False)
        expect(written).to_contain_text(f"{end} is said to be suspected of Knife attack in Kunming")
        costs.append((entry.fields, entry.clicks, time.monotonic() - entry.began))
    with capsys.disabled():
        for what, (fields, clicks, seconds) in zip(("first", "next"), costs, strict=True):
            print(f"\nThe {what} relation of a case: {fields} fields, {clicks} clicks, {seconds:.1f} s")
    assert all(fields + clicks <= 12 and seconds <= 30 for fields, clicks, seconds in costs)
    said = seeded[1].claims().filter(property="SUSPECTED_OF", subject="john-roe")
    assert said.select("claimant", "locator").rows() == [("yang-shaowen", "page 4")]


def test_what_is_typed_while_the_page_still_runs_is_not_lost(seeded: Any, window: Windows) -> None:
    opened = window()
    page = opened.page
    opened.open_page(seeded[0], "add", "case=article")
    choose(page, "What to add", "is said to be suspected")
    source = page.get_by_role("combobox", name="source (needed)")
    source.press_sequentially("terror online")
    opened.page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 8})
    source.press("Enter")
    for name, text in (("claimant (needed)", "yang"), ("locator", "page 3")):
        page.get_by_role("textbox", name=name).press_sequentially(text, delay=KEYSTROKE)
    ready(page)
    page.wait_for_timeout(1500)
    expect(page.get_by_role("textbox", name="claimant (needed)")).to_have_value("yang")
    expect(page.get_by_role("textbox", name="locator")).to_have_value("page 3")
