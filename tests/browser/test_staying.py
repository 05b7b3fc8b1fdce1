"""What stays as one goes from page to page, and what an address says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from graphkit.ui.pages import PAGES
from tests.browser.conftest import SOME, Window

Windows = Callable[..., Window]
ARTICLE, INVENTED = "China Daily, 28 November 2014", "INVENTED DATA: sixty websites of six operators"


def _go(page: Page, title: str) -> None:
    page.get_by_role("link", name=title, exact=True).click()


def _case_is(page: Page, name: str) -> None:
    expect(page.get_by_role("combobox", name="Case", exact=True)).to_have_value(name)


def test_the_case_stays_on_every_page_and_stands_in_the_address(window: Windows, seed_app: str) -> None:
    one, other = window(), window()
    one.open_page(seed_app, "entities", "case=invented")
    other.open_page(seed_app, "entities", "case=article")
    expect(other.page.get_by_text("of 33 things", exact=False)).to_be_visible()
    for path, (title, *_) in PAGES.items():
        _go(one.page, title)
        one.page.wait_for_url(f"**/{'' if path == 'overview' else path}?case=invented")
        _case_is(one.page, INVENTED)
    _go(other.page, "Overview")
    other.page.wait_for_url("**/?case=article")
    _case_is(other.page, ARTICLE)


def test_a_case_chosen_in_the_sidebar_stays_too(window: Windows, seed_app: str) -> None:
    page = (opened := window()).page
    opened.open_page(seed_app, "investigate", "case=article&id=kunming-2014-03-01")
    page.get_by_role("heading", name="Knife attack in Kunming").wait_for()
    page.get_by_role("combobox", name="Case", exact=True).click()
    page.get_by_role("option", name=INVENTED).click()
    page.wait_for_url("**/investigate?case=invented")
    _go(page, "Entities")
    expect(page.get_by_text("1,161 of 1,161 things", exact=False)).to_be_visible()


@pytest.mark.parametrize("path", SOME)
def test_a_case_that_is_not_there_is_said_and_another_can_be_chosen(path: str, window: Windows, seed_app: str) -> None:
    page = (opened := window()).page
    opened.open_page(seed_app, path, "case=artikle")
    expect(page.get_by_text("No case named 'artikle'. Did you mean 'article'?", exact=False)).to_be_visible()
    page.get_by_role("combobox", name="Case", exact=True).click()
    page.get_by_role("option", name=ARTICLE).click()
    page.wait_for_url("**?case=article")
    expect(page.get_by_text("No case named", exact=False)).to_have_count(0)


def test_an_id_that_is_not_there_is_said_and_the_picture_is_shown(window: Windows, seed_app: str) -> None:
    opened = window()
    opened.open_page(seed_app, "investigate", "case=article&id=kunmin")
    expect(opened.page.get_by_text("Nothing named 'kunmin' in case article", exact=False)).to_be_visible()
    opened.stage.wait_for()
    opened.page.wait_for_timeout(500)
    opened.click_node("kunming-2014-03-01")
    expect(opened.page.get_by_role("heading", name="Knife attack in Kunming")).to_be_visible()
    expect(opened.page.get_by_text("Nothing named", exact=False)).to_have_count(0)


def _with_two_chosen(opened: Window, app: str) -> Window:
    """Return a window in which Quiet Relay and then Kessel Dramb were chosen in the picture."""
    opened.open_page(app, "investigate", "case=invented")
    opened.stage.wait_for()
    opened.page.wait_for_timeout(500)
    for id_, name in (("quiet-relay", "Quiet Relay"), ("kessel-dramb", "Kessel Dramb")):
        opened.click_node(id_)
        expect(opened.page.get_by_role("heading", name=name)).to_be_visible()
        opened.page.wait_for_url(f"**&id={id_}")
    return opened


def test_what_was_chosen_in_the_picture_is_still_chosen_after_a_look_elsewhere(window: Windows, seed_app: str) -> None:
    opened = _with_two_chosen(window(), seed_app)
    _go(opened.page, "Entities")
    opened.page.get_by_test_id("stDataFrame").wait_for()
    _go(opened.page, "Investigate")
    opened.page.wait_for_url("**/investigate?case=invented&id=kessel-dramb")
    expect(opened.page.get_by_role("heading", name="Kessel Dramb")).to_be_visible()
    opened.page.wait_for_timeout(6_000)
    expect(opened.page.get_by_role("heading", name="Kessel Dramb")).to_be_visible()


def test_the_way_back_leads_to_the_thing_chosen_before(window: Windows, seed_app: str) -> None:
    opened = _with_two_chosen(window(), seed_app)
    opened.page.go_back()
    expect(opened.page.get_by_role("heading", name="Quiet Relay")).to_be_visible()
    opened.page.go_forward()
    expect(opened.page.get_by_role("heading", name="Kessel Dramb")).to_be_visible()
    opened.page.go_back()
    expect(opened.page.get_by_role("heading", name="Quiet Relay")).to_be_visible()
    opened.page.go_back()
    expect(opened.page.get_by_role("heading", name="Nothing chosen")).to_be_visible()


def test_a_query_and_its_parameters_stay_with_their_answer(window: Windows, seed_app: str) -> None:
    page = (opened := window()).page
    opened.open_page(seed_app, "cypher", "case=article")
    page.get_by_label("Query").fill("MATCH (n {id: $id}) RETURN n.name AS name")
    page.get_by_label("Parameters, as JSON").fill('{"id": "yang-shaowen"}')
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_text("1 row in").wait_for()
    _go(page, "Jobs")
    page.get_by_role("heading", name="Jobs").wait_for()
    _go(page, "Cypher")
    page.get_by_text("1 row in").wait_for()
    expect(page.get_by_label("Query")).to_have_value("MATCH (n {id: $id}) RETURN n.name AS name")
    expect(page.get_by_label("Parameters, as JSON")).to_have_value('{"id": "yang-shaowen"}')
