"""Markup in data runs nowhere and reaches out to nobody: not in the app, not in the HTML export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from graphkit import flow
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.last_used import LastUsed
from graphkit.ui.pages import analysis
from tests.browser import hostile
from tests.browser.conftest import SOME, Window, ready, served

Windows = Callable[..., Window]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    report = flow.load(
        flow.store_at(str(folder / "store.kgl")), [hostile.write(folder)], None, LastUsed(folder / "state")
    )
    assert (report.rejects, report.entities > 8, report.relations > 8) == ([], True, True)
    return folder / "store.kgl"


@pytest.fixture(scope="module")
def app(store: Path) -> Iterator[str]:
    with served(store) as address:
        yield address


def _harmless(opened: Window) -> None:
    assert opened.page.evaluate("window.pwned") is None
    assert opened.page.locator("img[src*=outside], img[src=x], a[href*=outside], a[href^=javascript]").count() == 0


@pytest.mark.parametrize("path", SOME)
def test_a_page_shows_markup_as_text(path: str, window: Windows, app: str) -> None:
    opened = window()
    opened.open_page(app, path, "case=hostile")
    opened.page.wait_for_timeout(2500)
    if path == "overview":
        opened.page.wait_for_function("document.body.innerText.includes('onerror')")
    chart = opened.page.locator("[data-testid=stVegaLiteChart]")
    for mark in chart.locator("canvas, svg").all():
        box = mark.bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
        for step in range(1, 20):
            opened.page.mouse.move(box["x"] + box["width"] * step / 20, box["y"] + box["height"] * 0.3)
    _harmless(opened)


@pytest.mark.long
@pytest.mark.parametrize("tab", analysis._TABS)
def test_each_tab_of_link_analysis_shows_markup_as_text(tab: str, window: Windows, app: str) -> None:
    opened = window()
    ends = [quote(f"{kind}{hostile.ATTACK}") for kind in ("Incident", "Place")]
    query = f"case=hostile&show={quote(tab)}&a={ends[0]}&b={ends[1]}&without={ends[0]}"
    opened.open_page(app, "analysis", query)
    opened.page.wait_for_timeout(3000)
    expect(opened.page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
    for mark in opened.page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)").all():
        box = mark.bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
        for step in range(1, 20):
            opened.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * step / 20)
    expect(opened.page.get_by_test_id("stException")).to_have_count(0)
    _harmless(opened)


def test_everything_in_the_picture_can_be_hovered_chosen_and_read(window: Windows, app: str) -> None:
    opened = window()
    opened.open(f"{app}/investigate?case=hostile")
    opened.stage.wait_for()
    for id_ in list(opened.positions())[:6]:
        opened.page.mouse.move(*opened.node(id_))
        opened.page.wait_for_timeout(300)
        opened.click_node(id_)
        opened.page.wait_for_timeout(700)
        ready(opened.page)
        links = opened.page.get_by_role("tab", name="Links")
        expect(links).to_have_count(1)
        links.click()
        opened.page.get_by_text("Each relation with its claims").click()
        opened.page.wait_for_timeout(300)
        _harmless(opened)
    opened.page.get_by_placeholder("A name, in any script").fill("onerror")
    opened.page.get_by_placeholder("A name, in any script").press("Enter")
    opened.page.wait_for_timeout(1000)
    _harmless(opened)


def test_the_html_export_runs_nothing_and_asks_nothing(window: Windows, store: Path, tmp_path: Path) -> None:
    view = flow.snapshot(flow.store_at(str(store)), Scope(("hostile",)))
    out = tmp_path / "graph.html"
    out.write_bytes(flow.export_graph(view, "html"))
    opened = window()
    opened.page.goto(out.as_uri())
    opened.page.locator("#mynetwork canvas").wait_for()
    box = opened.page.locator("#mynetwork").bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    for step in range(1, 40):
        opened.page.mouse.move(box["x"] + box["width"] * (step % 8) / 8, box["y"] + box["height"] * (step / 40))
    opened.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    opened.page.wait_for_timeout(500)
    _harmless(opened)
    assert opened.page.evaluate("document.body.innerText.includes('onerror')")
    assert opened.page.evaluate("nodes.length") == len(view.entities)


@pytest.mark.parametrize("scheme", ["embedded"], indirect=True, scope="session")
@pytest.mark.parametrize("width", [1280, 1600])
def test_a_saved_picture_opens_with_everything_in_view(
    window: Windows, article: Snapshot, tmp_path: Path, width: int
) -> None:
    out = tmp_path / "graph.html"
    out.write_bytes(flow.export_graph(article, "html"))
    opened = window(width)
    opened.page.goto(out.as_uri())
    opened.page.locator("#mynetwork canvas").wait_for()
    opened.page.wait_for_timeout(500)
    box = opened.page.locator("#mynetwork").bounding_box()
    points = opened.page.evaluate("Object.values(network.getPositions()).map((at) => network.canvasToDOM(at))")
    assert box and len(points) == len(article.entities)
    assert all(0 < at["x"] < box["width"] and 0 < at["y"] < box["height"] for at in points)
