"""A walk over the page Link analysis in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from graphkit import flow
from graphkit.last_used import LastUsed
from tests.browser.conftest import Window, choose, ready, served

Windows = Callable[..., Window]
ROW, HEAD = 35, 35


def _tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
    ready(page)


def _tick(table: Locator, row: int) -> None:
    """Choose a row of a table, the first is 0."""
    table.wait_for()
    table.page.wait_for_timeout(600)
    box = table.bounding_box()
    assert box
    table.page.mouse.click(box["x"] + 18, box["y"] + HEAD + ROW * row + ROW / 2)
    ready(table.page)


def test_from_a_ranking_over_what_if_to_why_two_are_linked(window: Windows, seed_app: str) -> None:
    page = (opened := window()).page
    opened.open_page(seed_app, "analysis", "case=invented")
    page.get_by_text("Computed on case invented: 1,161 things", exact=False).wait_for()
    expect(page.get_by_text("how firm: 50 draws", exact=False)).to_be_visible()
    expect(page.get_by_text("Central in these records does not mean important or guilty", exact=False)).to_be_visible()
    choose(page, "Show kind", "Person")
    page.get_by_text("Shown: Person, by degree.", exact=False).wait_for()
    table = page.get_by_role("tabpanel", name="Rankings").get_by_test_id("stDataFrame")
    _tick(table, 0)
    page.get_by_role("button", name="What if it were gone?").click()
    expect(page.get_by_role("tab", name="What if")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text("keep their rank.", exact=False)).to_be_visible()
    expect(page.get_by_test_id("stMetric").filter(has_text="Things")).to_contain_text("1,160")
    expect(page.get_by_text("no recommendation to act against anyone", exact=False)).to_be_visible()
    _tab(page, "Rankings")
    _tick(table, 0)
    _tick(table, 1)
    page.get_by_role("button", name="linked?").click()
    expect(page.get_by_text("linked in these records by", exact=False).first).to_be_visible()
    assert "show=Why+linked" in page.url
    assert "&a=" in page.url
    assert "&b=" in page.url


def test_an_address_leads_to_why_two_things_are_linked_and_from_there_to_their_claims(
    window: Windows, seed_app: str
) -> None:
    page = (opened := window(1600, "dark")).page
    opened.open_page(seed_app, "analysis", "case=invented&show=Why+linked&a=quiet-relay&b=kessel-dramb")
    expect(page.get_by_text("Quiet Relay and Kessel Dramb are linked in these records by 5 paths")).to_be_visible()
    page.get_by_text("Who says so · 4 claims").first.click()
    expect(page.get_by_text("Said by Zemmi Quaddle", exact=False).first).to_be_visible()
    opened.stage.wait_for()
    page.wait_for_timeout(700)
    opened.click_node("lowtide-circle")
    page.get_by_role("button", name="Open Lowtide Circle in Investigate").click()
    page.wait_for_url("**/investigate?case=invented&id=lowtide-circle")
    expect(page.get_by_role("heading", name="Lowtide Circle")).to_be_visible()


@pytest.mark.long
def test_things_are_picked_while_one_types_and_stand_in_the_address(window: Windows, seed_app: str) -> None:
    page = (opened := window()).page
    opened.open_page(seed_app, "analysis", "case=article&show=Why+linked")
    for label, name, id_ in (("From", "China", "china"), ("To", "United States", "united-states")):
        page.get_by_label(label, exact=True).fill(name)
        page.get_by_role("button", name=f"{name} · {id_}").click()
        expect(page.get_by_label(label, exact=True)).to_have_count(0)
    expect(page.get_by_text("China and United States are linked in these records", exact=False)).to_be_visible()
    page.wait_for_url("**show=Why+linked&a=china&b=united-states")


@pytest.mark.parametrize(
    "tab",
    [pytest.param("Distribution", marks=pytest.mark.long), "Two dates", pytest.param("Groups", marks=pytest.mark.long)],
)
def test_each_other_tab_draws_what_it_promises(tab: str, window: Windows, seed_app: str) -> None:
    page = (opened := window(1280, "dark")).page
    opened.open_page(seed_app, "analysis", f"case=invented&show={tab.replace(' ', '+')}&metric=pagerank")
    drawn = {"Distribution": "[data-testid=stVegaLiteChart]", "Two dates": "[data-testid=stVegaLiteChart]"}
    page.locator(drawn.get(tab, ".stage[data-nodes]")).first.wait_for()
    expect(page.get_by_text("Computed on case invented", exact=False)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture(scope="module")
def large_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on 30,000 relations, of which betweenness takes many seconds."""
    folder = tmp_path_factory.mktemp("large")
    chance = np.random.default_rng(1)
    said = {"source": "s"}
    rows = [{"kind": "Source", "id": "s", "name": "S", "cases": ["large"]}]
    rows += [{"kind": "Person", "id": f"p{n}", "name": f"P {n}"} | said for n in range(12_000)]
    pairs = chance.integers(0, 12_000, (30_000, 2)).tolist()
    rows += [{"kind": "COOPERATES_WITH", "from": f"p{a}", "to": f"p{b}"} | said for a, b in pairs if a != b]
    file = folder / "records.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    flow.load(flow.store_at(str(folder / "store.kgl")), [file], None, LastUsed(folder / "state"))
    with served(folder / "store.kgl") as address:
        yield address


def _working() -> set[str]:
    """Return the processes that are at a long analysis."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"graphkit.working" in path.read_bytes():
                found.add(path.parent.name)
        except OSError:
            continue
    return found


@pytest.mark.long
def test_a_long_analysis_tells_how_far_it_is_and_is_stopped_while_the_page_answers(
    window: Windows, large_app: str
) -> None:
    before = _working()
    page = (opened := window()).page
    opened.open_page(large_app, "analysis", "case=large&metric=betweenness")
    cancel = page.get_by_role("button", name="Cancel")
    cancel.wait_for()
    page.get_by_text("Computing betweenness ·", exact=False).wait_for()
    assert len(_working() - before) == 1
    expect(page.get_by_text("% ·", exact=False).first).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Method").click()
    expect(page.get_by_text("Brandes", exact=False)).to_be_visible()
    page.keyboard.press("Escape")
    cancel.click()
    page.get_by_text("Stopped before it came to its end.").wait_for()
    assert _working() - before == set()
    page.get_by_role("button", name="Start it again").click()
    page.get_by_test_id("stDataFrame").wait_for(timeout=120_000)
    expect(page.get_by_role("button", name="How firm are these ranks?")).to_be_visible()


@pytest.mark.long
def test_a_long_analysis_ends_with_the_window_that_asked_for_it(window: Windows, large_app: str) -> None:
    before = _working()
    page = (opened := window()).page
    opened.open_page(large_app, "analysis", "case=large&metric=harmonic")
    page.get_by_role("button", name="How firm are these ranks?").click(timeout=60_000)
    page.get_by_role("button", name="Cancel").wait_for()
    assert len(_working() - before) == 1
    opened.close()
    other = window().page
    for _ in range(100):
        if not _working() - before:
            break
        other.wait_for_timeout(200)
    assert _working() - before == set()
