"""A real Chromium, real apps on free ports, and a page that notes every error and every outside request."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect, sync_playwright

from graphkit import flow, serve
from graphkit.last_used import LastUsed
from graphkit.ui.pages import PAGES

expect.set_options(timeout=15_000)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FLAGS += ["--disable-sync", "--no-first-run", "--disable-quic"]
SOME = [pytest.param(path, marks=() if path in ("investigate", "add") else pytest.mark.long) for path in PAGES]
"""The pages, most of them with --long only: for what one function does for all of them."""


@dataclass
class Window:
    """A page and what went wrong in it."""

    page: Page
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.page.locator("[data-testid=stAppViewContainer]").wait_for()

    def node(self, id_: str) -> tuple[float, float]:
        """Return where a thing stands on the screen."""
        where: list[float] = self.stage.evaluate(
            "(stage, id) => { const n = stage.network; const p = n.canvasToDOM(n.getPositions([id])[id]);"
            " const box = stage.getBoundingClientRect(); return [box.left + p.x, box.top + p.y] }",
            id_,
        )
        return where[0], where[1]

    def close(self) -> None:
        self.page.context.close()

    def click_node(self, id_: str) -> None:
        self.page.mouse.click(*self.node(id_))

    def click_line(self, start: str, end: str) -> None:
        """Click on a line between two things, where nothing lies over it."""
        (x, y), (u, v) = self.node(start), self.node(end)
        for step in range(20, 80, 3):
            at = x + (u - x) * step / 100, y + (v - y) * step / 100
            hit = self.stage.evaluate(
                "(stage, [x, y]) => { const n = stage.network; const box = stage.getBoundingClientRect();"
                " const at = {x: x - box.left, y: y - box.top};"
                " return n.getNodeAt(at) ? [] : n.getConnectedNodes(n.getEdgeAt(at) ?? '') }",
                list(at),
            )
            if set(hit) == {start, end}:
                self.page.mouse.click(*at)
                return
        raise AssertionError(f"no free place on the line from {start} to {end}")

    def open_page(self, app: str, path: str, query: str = "") -> None:
        """Open a page of the app; the first one stands at the root."""
        self.open(f"{app}/{'' if path == next(iter(PAGES)) else path}{query and '?' + query}")

    @property
    def stage(self) -> Any:
        return self.page.locator(".stage[data-nodes]")

    def positions(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = self.stage.evaluate("stage => stage.network.getPositions()")
        return found


def ready(page: Page) -> None:
    """Wait until the page has run to its end."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def choose(page: Page, label: str, text: str) -> None:
    """Type into a list, and take the first that it offers; anew where the page was drawn anew meanwhile."""
    for patience in (4_000, 8_000, 30_000):
        box = page.get_by_role("combobox", name=label).first
        box.click()
        box.fill(text)
        try:
            page.get_by_role("option").filter(has_text=text).first.click(timeout=patience)
            break
        except TimeoutError:
            if patience == 30_000:
                raise
    ready(page)


def _noting(window: Window) -> None:
    own = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "file:", "about:")

    def noted(address: str) -> None:
        if not address.startswith(own):
            window.outside.append(address)

    def said(message: Any) -> None:
        if message.type == "error" and "404" not in message.text:
            window.errors.append(message.text)

    window.page.on("request", lambda request: noted(request.url))
    window.page.on("console", said)
    window.page.on("pageerror", lambda error: window.errors.append(str(error)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("GRAPHKIT_CHROMIUM")
    if not chromium:
        pytest.skip("Chromium is missing: apt-get install chromium, then make test")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Window]]:
    """Return a function that opens a window of a width and colour scheme; at the end nothing went wrong in any."""
    opened: list[Window] = []

    def make(width: int = 1280, scheme: Any = "light") -> Window:
        context = browser.new_context(viewport={"width": width, "height": 860}, color_scheme=scheme)
        made = Window(context.new_page())
        _noting(made)
        opened.append(made)
        return made

    yield make
    for made in opened:
        made.close()
    assert [made.errors for made in opened if made.errors] == []
    assert [made.outside for made in opened if made.outside] == []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(store: Path | str) -> Iterator[str]:
    """Serve the app for a store, a file or an address, in a process of its own."""
    port = _free_port()
    command = serve.command(str(store), "127.0.0.1", port)
    folder = store.parent if isinstance(store, Path) else None
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                    break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def seed_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("seed-app")
    store = folder / "store.kgl"
    flow.load_seed(flow.store_at(str(store)), LastUsed(folder / "state"))
    with served(store) as address:
        yield address
