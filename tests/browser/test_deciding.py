"""Deciding in the app: what is wrong is corrected, what is one is merged, and both are taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graphkit import flow
from graphkit.last_used import LastUsed
from graphkit.stores import Store
from tests.browser.conftest import Window, served

Windows = Callable[..., Window]
WORLD = """
{"kind": "Source", "id": "s1", "name": "Gazette, 3 May", "cases": ["c"]}
{"kind": "Source", "id": "s2", "name": "Wire, 4 May", "cases": ["c"]}
{"kind": "Organization", "id": "port", "name": "Port Company", "source": "s1", "locator": "page 2"}
{"kind": "Organization", "id": "harbour", "name": "Harbour Company", "source": "s2"}
{"kind": "Incident", "id": "fire", "name": "Fire", "injured": 52, "source": "s1", "claimant": "port"}
{"kind": "TARGET_OF", "from": "harbour", "to": "fire", "source": "s2"}
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[str, Store]]:
    """An app of its own, and its store."""
    (tmp_path / "world.jsonl").write_text(WORLD.strip(), encoding="utf-8")
    store = flow.store_at(str(tmp_path / "store.kgl"))
    flow.load(store, [tmp_path / "world.jsonl"], None, LastUsed(tmp_path / "state"))
    with served(tmp_path / "store.kgl") as address:
        yield address, store


def _decide(page: Page, what: str) -> None:
    page.get_by_role("button", name="Decide", exact=True).click()
    page.get_by_role("dialog").get_by_text(what, exact=True).click()


def _signed(page: Page, why: str) -> None:
    page.get_by_role("textbox", name="Why").fill(why)
    page.get_by_role("textbox", name="Who").fill("M. Lind")
    page.get_by_role("dialog").get_by_role("button", name="Decide").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_claim_is_corrected_and_the_correction_undone(own: tuple[str, Store], window: Windows) -> None:
    address, store = own
    page = (opened := window()).page
    opened.open_page(address, "investigate", "case=c&id=fire")
    _decide(page, "Correct a claim")
    page.get_by_role("textbox", name="Instead").fill("2")
    page.get_by_role("textbox", name="Instead").press("Tab")
    _signed(page, "Typed 52; the paper says 2.")
    expect(page.get_by_text("Typed 52; the paper says 2.").first).to_be_visible()
    assert [c.value for c in flow.show(store, flow.Scope(("c",)), "fire").claims if c.property == "injured"] == ["2"]
    page.get_by_role("link", name="Decisions", exact=True).click()
    expect(page.get_by_text("1 decision, 1 in force", exact=False)).to_be_visible()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.get_by_role("button", name="Undo").click()
    _signed(page, "It does say 52.")
    expect(page.get_by_text("2 decisions, 1 in force", exact=False)).to_be_visible()
    assert [c.value for c in flow.show(store, flow.Scope(("c",)), "fire").claims if c.property == "injured"] == ["52"]


def test_what_is_merged_is_one_in_the_picture(own: tuple[str, Store], window: Windows) -> None:
    address, store = own
    page = (opened := window()).page
    opened.open_page(address, "investigate", "case=c&id=port")
    _decide(page, "Merge")
    box = page.get_by_role("combobox", name="Also Port Company")
    box.click()
    box.fill("harbour company")
    box.press("Enter")
    page.get_by_role("dialog").get_by_text("harbour", exact=True).click()
    _signed(page, "One company in the register.")
    expect(page.get_by_text("2 of 2 things", exact=False)).to_be_visible()
    opened.open_page(address, "investigate", "case=c&id=port")
    expect(page.get_by_text("are one, kept as harbour", exact=False).first).to_be_visible()
    assert flow.show(store, flow.Scope(("c",)), "port").node["ids"] == ["harbour", "port"]


def test_a_decision_without_a_reason_is_not_made(own: tuple[str, Store], window: Windows) -> None:
    address, store = own
    page = (opened := window()).page
    opened.open_page(address, "investigate", "case=c&id=fire")
    _decide(page, "Retract a source")
    page.get_by_role("dialog").get_by_role("button", name="Decide").click()
    expect(page.get_by_text("a decision says who made it, and why", exact=False)).to_be_visible()
    assert store.register("Decision").is_empty()
