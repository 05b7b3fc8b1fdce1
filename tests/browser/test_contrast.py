"""Text on buttons can be read: at least 4.5 to 1, as WCAG 2.2 AA asks (success criterion 1.4.3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.browser.conftest import Window

COLOURS = """button => {
  const pixel = (colour) => {
    const pen = new OffscreenCanvas(1, 1).getContext('2d');
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  return [getComputedStyle(button.querySelector('p')).color, getComputedStyle(button).backgroundColor].map(pixel);
}"""


def _luminance(colour: list[int]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: list[int], other: list[int]) -> float:
    """Return the contrast ratio of two colours, after WCAG 2.2."""
    dark, light = sorted(_luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _at_rest(button: Locator) -> tuple[list[int], list[int]]:
    """Return the colours of text and ground when they have stopped changing: Streamlit fades from one to the other."""
    seen: list[Any] = []
    for _ in range(50):
        seen.append(button.evaluate(COLOURS))
        if seen[-4:] == [seen[-1]] * 4:
            break
        button.page.wait_for_timeout(150)
    text, ground = seen[-1]
    return text, ground


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("path", "label"), [("add", "Write"), ("cypher", "Run")])
def test_text_on_the_main_button_of_a_page_can_be_read(
    scheme: str, path: str, label: str, window: Callable[..., Window], seed_app: str
) -> None:
    opened = window(1280, scheme)
    opened.open_page(seed_app, path, "case=article")
    button = opened.page.get_by_role("button", name=label, exact=True)
    button.wait_for()
    assert contrast(*_at_rest(button)) >= 4.5
    button.hover()
    assert contrast(*_at_rest(button)) >= 4.5
