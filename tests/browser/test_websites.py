"""A walk over the page Websites in a real browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Window, ready

Windows = Callable[..., Window]


def test_from_the_groups_to_one_site_its_successor_and_its_place_in_the_picture(window: Windows, seed_app: str) -> None:
    page = (opened := window()).page
    opened.open_page(seed_app, "websites", "case=invented")
    expect(page.get_by_text("no proof of a common operator", exact=False)).to_be_visible()
    page.get_by_role("heading", name="Groups that share infrastructure").wait_for()
    page.get_by_role("heading", name="Why", exact=True).wait_for()
    expect(page.get_by_text("shares infrastructure with", exact=False).first).to_be_visible()
    field = page.get_by_label("Find a website")
    field.fill("amber-signal.example")
    field.press("Enter")
    ready(page)
    expect(page.get_by_text("amber-signals.example · score 1.00", exact=False)).to_be_visible()
    assert "site=amber-signal.example" in page.url
    page.get_by_role("button", name="amber-signal.example").click()
    page.wait_for_url("**/investigate?*")
    page.locator(".stage[data-nodes]").wait_for()
