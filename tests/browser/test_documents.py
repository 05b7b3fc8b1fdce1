"""A document attached in the browser is opened from the claim that rests on it, as plain text, and downloaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from graphkit import flow
from graphkit.last_used import LastUsed
from tests.browser import hostile
from tests.browser.conftest import Window, choose, ready, served
from tests.documents import PNG, pdf

CLAIMS = [
    {"kind": "Source", "id": "s", "name": "A report", "cases": ["c"]},
    {"kind": "Person", "id": "jane", "name": "Jane Doe", "source": "s", "locator": "page 2"},
    {"kind": "Person", "id": "jane", "position": "pilot", "source": "s", "locator": "paragraph 1"},
]
TEXT = f"{hostile.ATTACK} **bold** [a link](https://outside.example)\n\nThe end.\n"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[str]:
    """An app of its own, for a store with one source."""
    flow.add(flow.store_at(str(tmp_path / "store.kgl")), CLAIMS, "c", LastUsed(tmp_path / "state"))
    with served(tmp_path / "store.kgl") as address:
        yield address


def test_a_document_is_attached_and_opened_beside_its_claim(
    app: str, window: Callable[..., Window], tmp_path: Path
) -> None:
    report = pdf("One.", "The harbour master denied it.")
    files = {"report.pdf": report, "notes.txt": TEXT.encode(), "picture.pdf": PNG}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    opened = window()
    page = opened.page
    opened.open_page(app, "add", "case=c")
    choose(page, "What to add", "Document")
    choose(page, "source (needed)", "A report")
    page.locator("input[type=file]").set_input_files(tmp_path / "picture.pdf")
    expect(page.get_by_text("graphkit keeps no pictures", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name="Attach", exact=True)).to_be_disabled()
    for name in ("report.pdf", "notes.txt"):
        ready(page)
        page.locator("input[type=file]").set_input_files(tmp_path / name)
        page.get_by_role("button", name="Attach", exact=True).click()
        expect(page.get_by_text(f"{name} is kept with source 's'.", exact=False)).to_be_visible()
    opened.open_page(app, "investigate", "case=c&id=jane")
    opened.stage.wait_for()
    page.get_by_role("button", name="page 2 in 2 documents").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("The harbour master denied it.")).to_be_visible()
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download").last.click()
    assert download.value.suggested_filename == "report.pdf"
    assert Path(download.value.path()).read_bytes() == report
    page.keyboard.press("Escape")
    page.get_by_role("button", name="paragraph 1 in 2 documents").click()
    expect(dialog.get_by_text("[a link](https://outside.example)", exact=False)).to_be_visible()
    assert page.evaluate("window.pwned") is None
    assert page.locator("img[src*=outside], img[src=x], a[href*=outside]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
