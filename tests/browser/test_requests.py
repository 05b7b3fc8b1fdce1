"""The page Requests in the browser: from the table to one request, its history, and the graph."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Window, choose, ready


def test_requests_are_filtered_read_in_full_and_opened_in_the_graph(
    window: Callable[..., Window], seed_app: str
) -> None:
    page = (opened := window(1280)).page
    opened.open_page(seed_app, "requests", "case=invented&id=request-05")
    expect(page.get_by_text("16 of 16 rows", exact=False)).to_be_visible()
    expect(page.get_by_role("heading", name="Request 5", exact=True)).to_be_visible()
    expect(page.get_by_text("silver-ferry[.]example sent visitors on to", exact=False).first).to_be_visible()
    choose(page, "Addressed to", "Brindleboard")
    expect(page.get_by_text("2 of 16 rows", exact=False)).to_be_visible()
    expect(page.get_by_text("Disputed: items removed: 3 (Bexen Tollivar) or 4", exact=False)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("a[href*='.example']").count() == 0
    page.get_by_role("button", name="Open in Investigate").click()
    page.wait_for_url("**/investigate?case=invented&id=request-02")
    ready(page)
    expect(page.get_by_role("heading", name="Request 2", exact=True)).to_be_visible()
