"""The picture: choosing, expanding, hiding, undoing; and that nothing moves that need not."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Window

Windows = Callable[..., Window]


def _investigate(window: Windows, app: str, query: str = "case=invented") -> Window:
    opened = window()
    opened.open(f"{app}/investigate?{query}")
    opened.stage.wait_for()
    opened.page.wait_for_timeout(500)
    return opened


def _nodes(opened: Window, count: int) -> None:
    expect(opened.stage).to_have_attribute("data-nodes", str(count))


def _heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", name=text)).to_be_visible()


def test_a_click_on_a_thing_shows_its_claims_with_their_sources(window: Windows, seed_app: str) -> None:
    opened = _investigate(window, seed_app, "case=article")
    opened.click_node("kunming-2014-03-01")
    _heading(opened.page, "Knife attack in Kunming")
    expect(opened.page.get_by_text("Said by Yang Shaowen · China, US targeting terror online").first).to_be_visible()
    expect(opened.page.get_by_text("Written in the source: March 1")).to_be_visible()


def test_a_click_on_a_line_shows_the_claims_for_and_against_it(window: Windows, seed_app: str) -> None:
    opened = _investigate(window, seed_app)
    opened.click_line("ardo-plimmet", "quiet-relay")
    _heading(opened.page, "Relation")
    expect(opened.page.get_by_text("is said to be a member of", exact=False).first).to_be_visible()
    expect(opened.page.get_by_text("denies", exact=False).first).to_be_visible()


def test_two_clicks_in_a_row_are_followed_each(window: Windows, seed_app: str) -> None:
    opened = _investigate(window, seed_app)
    for id_, name in [("quiet-relay", "Quiet Relay"), ("kessel-dramb", "Kessel Dramb"), ("veilcast", "Veilcast")]:
        opened.click_node(id_)
        _heading(opened.page, name)


def test_a_click_draws_nothing_anew(window: Windows, seed_app: str) -> None:
    opened = _investigate(window, seed_app)
    opened.stage.evaluate("stage => { stage.network.moveTo({scale: 0.5}); window.kept = stage.network }")
    before = opened.positions()
    opened.click_node("quiet-relay")
    _heading(opened.page, "Quiet Relay")
    assert opened.stage.evaluate("stage => stage.network === window.kept && stage.network.getScale()") == 0.5
    assert opened.positions() == before


def test_expanding_leaves_everything_where_it_was_and_undo_takes_it_back(window: Windows, seed_app: str) -> None:
    opened = _investigate(window, seed_app)
    before = opened.positions()
    opened.page.mouse.dblclick(*opened.node("lanternpost-institute"))
    expect(opened.stage).not_to_have_attribute("data-nodes", str(len(before)))
    after = opened.positions()
    moved = {id_ for id_, place in before.items() if abs(after[id_]["x"] - place["x"]) > 1}
    assert (len(after) > len(before), moved) == (True, set())
    opened.page.get_by_role("button", name="Undo").click()
    _nodes(opened, len(before))
    again = opened.positions()
    assert all(abs(again[id_]["y"] - place["y"]) <= 1 for id_, place in before.items())


def test_hiding_takes_one_thing_out(window: Windows, seed_app: str) -> None:
    opened = _investigate(window, seed_app)
    count = len(opened.positions())
    opened.click_node("quiet-relay")
    opened.page.get_by_role("button", name="Hide").click()
    _nodes(opened, count - 1)
    assert "quiet-relay" not in opened.positions()
    expect(opened.page.get_by_role("heading", name="Nothing chosen")).to_be_visible()


def test_a_found_thing_is_put_into_the_picture_with_what_it_is_linked_to(window: Windows, seed_app: str) -> None:
    opened = _investigate(window, seed_app)
    opened.page.get_by_placeholder("A name, in any script").fill("harbour-loaves")
    opened.page.get_by_placeholder("A name, in any script").press("Enter")
    opened.page.get_by_role("button", name="Harbour Loaves").first.click()
    _heading(opened.page, "Harbour Loaves")
    assert "website:harbour-loaves.example" in opened.positions()


def test_an_address_with_an_id_opens_it(window: Windows, seed_app: str) -> None:
    opened = _investigate(window, seed_app, "case=invented&id=website:harbour-loaves.example")
    _heading(opened.page, "Harbour Loaves")
    assert "website:harbour-loaves.example" in opened.positions()


def test_the_kinds_at_the_left_decide_what_is_drawn(window: Windows, seed_app: str) -> None:
    opened = _investigate(window, seed_app)
    opened.page.get_by_role("button", name="Person 12").click()
    expect(opened.page.get_by_text("8 kinds left out", exact=False)).to_be_visible()
    _nodes(opened, 49)
    assert "ardo-plimmet" not in opened.positions()


def test_a_kind_can_be_taken_out_while_a_thing_of_it_is_chosen(window: Windows, seed_app: str) -> None:
    opened = _investigate(window, seed_app)
    opened.click_node("ardo-plimmet")
    _heading(opened.page, "Ardo Plimmet")
    opened.page.get_by_role("button", name="Person 12").click()
    _nodes(opened, 49)
    expect(opened.page.get_by_role("heading", name="Nothing chosen")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_can_be_saved_and_says_when_it_is_invented(scheme: str, window: Windows, seed_app: str) -> None:
    opened = window(1280, scheme)
    opened.open(f"{seed_app}/investigate?case=invented")
    opened.stage.wait_for()
    with opened.page.expect_download() as saved:
        opened.page.get_by_role("button", name="Save this picture as PNG").click()
    content = saved.value.path().read_bytes()
    assert content.startswith(b"\x89PNG") and len(content) > 10_000
    assert saved.value.suggested_filename == "graphkit-invented.png"
    assert int.from_bytes(content[16:20], "big") >= 2 * opened.stage.evaluate("stage => stage.clientWidth")


WRITTEN = """() => {
  const pen = CanvasRenderingContext2D.prototype;
  const { fillText, clearRect, drawImage } = pen;
  const texts = new WeakMap();
  const of = (sheet) => texts.get(sheet) ?? texts.set(sheet, []).get(sheet);
  pen.clearRect = function (...at) { texts.delete(this.canvas); return clearRect.apply(this, at) };
  pen.fillText = function (text, ...at) { of(this.canvas).push(text); return fillText.call(this, text, ...at) };
  pen.drawImage = function (from, ...at) {
    of(this.canvas).push(...of(from));
    window.saved = of(this.canvas);
    return drawImage.call(this, from, ...at);
  };
}"""


def test_a_saved_picture_unnames_protected_persons_and_carries_its_legend(window: Windows, seed_app: str) -> None:
    opened = _investigate(window, seed_app)
    opened.page.evaluate(WRITTEN)
    with opened.page.expect_download():
        opened.page.get_by_role("button", name="Save this picture as PNG").click()
    saved = " ".join(opened.page.evaluate("window.saved"))
    assert "Pelda" not in saved and "Protected person" in saved
    for words in ("Harrip Vonnel", "Case invented", "INVENTED DATA", "● Person 12", "Central in these records"):
        assert words in saved


NAMES = """stage => {
  const scale = stage.network.getScale();
  const inView = ({ x, y }) => x > 0 && x < stage.clientWidth && y > 0 && y < stage.clientHeight;
  const named = (node) => node.options.font.size > 0 && inView(stage.network.canvasToDOM({ x: node.x, y: node.y }));
  return Object.values(stage.network.body.nodes).filter(named).map((node) => {
    const { left, yLine, width, height } = node.labelModule.size;
    const { size, vadjust } = node.options.font;
    const middle = yLine + vadjust + height / 2;
    return { text: node.options.label, letters: size * scale,
             box: [left, middle - height / 2, left + width, middle + height / 2].map((side) => side * scale) };
  });
}"""


@pytest.mark.parametrize("nearer", [1, 0.6, 2.5])
def test_names_can_be_read_at_any_zoom_and_none_lies_over_another(
    nearer: float, window: Windows, seed_app: str
) -> None:
    opened = _investigate(window, seed_app)
    opened.stage.evaluate(
        "(stage, f) => stage.network.moveTo({scale: f * stage.network.getScale(), animation: {duration: 150}})", nearer
    )
    opened.page.wait_for_timeout(500)
    names = opened.stage.evaluate(NAMES)
    assert len(names) > 4
    assert all(11.5 < name["letters"] < 12.5 for name in names)
    for a, b in combinations(names, 2):
        (left, top, right, bottom), (left_b, top_b, right_b, bottom_b) = a["box"], b["box"]
        beside = min(right, right_b) - max(left, left_b) < 3 or min(bottom, bottom_b) - max(top, top_b) < 3
        assert beside, f"{a['text']} lies over {b['text']}"


CENTRAL = """stage => Object.values(stage.network.body.nodes)
  .sort((a, b) => b.options.size - a.options.size).slice(0, 8).map((node) => node.options.label)"""


@pytest.mark.parametrize("width", [1280, 1600])
def test_the_most_linked_things_are_named(width: int, window: Windows, seed_app: str) -> None:
    opened = window(width)
    opened.open(f"{seed_app}/investigate?case=invented")
    opened.stage.wait_for()

    def unnamed() -> set[str]:
        return set(opened.stage.evaluate(CENTRAL)) - {name["text"] for name in opened.stage.evaluate(NAMES)}

    until = time.monotonic() + 15
    while unnamed() and time.monotonic() < until:
        opened.page.wait_for_timeout(200)
    assert unnamed() == set()


def test_a_picture_that_nobody_moved_fits_the_window_again_when_that_changes(window: Windows, seed_app: str) -> None:
    opened = _investigate(window, seed_app)
    scale = opened.stage.evaluate("stage => stage.network.getScale()")
    opened.page.set_viewport_size({"width": 1000, "height": 900})
    opened.page.wait_for_function(
        "([stage, scale]) => stage.network.getScale() < scale", arg=[opened.stage.element_handle(), scale]
    )


def test_showing_everything_again_changes_nothing(window: Windows, seed_app: str) -> None:
    opened = _investigate(window, seed_app)
    scale = opened.stage.evaluate("stage => stage.network.getScale()")
    opened.page.get_by_role("button", name="Show everything").click()
    opened.page.wait_for_timeout(300)
    assert opened.stage.evaluate("stage => stage.network.getScale()") == pytest.approx(scale)


def test_what_is_left_out_of_a_kind_and_what_an_outline_means_is_said(window: Windows, seed_app: str) -> None:
    opened = _investigate(window, seed_app)
    opened.page.get_by_role("button", name="Domain 160").click()
    expect(opened.page.get_by_text("Domain: the 30 most linked of 160 are shown.")).to_be_visible()
    expect(opened.page.get_by_role("button", name="Domain 30 of 160")).to_be_visible()
    expect(opened.page.get_by_text("outline: disputed thing")).to_be_visible()
    opened.page.get_by_role("button", name="Undo").click()
    expect(opened.page.get_by_text("most linked of 160", exact=False)).to_have_count(0)


def test_an_undo_in_a_hurry_stays_done(window: Windows, seed_app: str) -> None:
    opened = _investigate(window, seed_app)
    for _ in range(3):
        opened.page.get_by_role("button", name="Domain 160").click()
        opened.page.get_by_role("button", name="Undo").click()
        opened.page.wait_for_timeout(1500)
        expect(opened.page.get_by_role("button", name="Domain 160")).to_be_visible()
    expect(opened.page.get_by_text("most linked of 160", exact=False)).to_have_count(0)


def test_a_thing_with_nothing_left_to_expand_offers_none_and_says_what_not_rated_means(
    window: Windows, seed_app: str
) -> None:
    opened = _investigate(window, seed_app, "case=invented&id=kessel-dramb")
    expect(opened.page.get_by_role("button", name="Hide")).to_be_visible()
    expect(opened.page.get_by_text("“Not rated”: nobody has said", exact=False).first).to_be_visible()
    expect(opened.page.get_by_role("button", name="Expand")).to_have_count(0)
