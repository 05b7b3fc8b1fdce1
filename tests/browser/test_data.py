"""A mailed sheet becomes a graph by clicks, in the browser; what is wrong in it is mended where it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from graphkit import flow
from graphkit.stores import open_store
from tests.browser import hostile
from tests.browser.conftest import Window, ready, served
from tests.sheets import packing

ROWS = [
    ("Known members, harbour case", None, None, None, None),
    ("Name", "Member of", "Since", "E-mail", "Religion"),
    ("Ardo Plimmet", "Quiet Relay", "03/04/2014", "ardo@relay.example; plimmet@relay.example", "x-secret-x"),
    ("Kessel Dramb", "Quiet Relay", "05/06/2014", "no address", None),
    (hostile.ATTACK, "Quiet Relay", "07/08/2014", None, None),
    ("Total", 3, None, None, None),
]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.kgl"


@pytest.fixture
def app(store: Path) -> Iterator[str]:
    with served(store) as address:
        yield address


def test_a_mailed_sheet_becomes_a_graph(app: str, store: Path, window: Callable[..., Window], tmp_path: Path) -> None:
    sheet = tmp_path / "members (final).xlsx"
    sheet.write_bytes(packing.xlsx(packing.Page("Members", ROWS, ("A1:E1",))))
    opened = window()
    page = opened.page
    opened.open_page(app, "data")
    page.locator("input[type=file]").set_input_files(sheet)
    expect(page.get_by_text("who says so? MEMBER_OF is an allegation")).to_be_visible()
    expect(page.get_by_text("written day first or month first?")).to_be_visible()
    expect(page.get_by_role("button", name="Load into case")).to_have_count(0)
    assert "x-secret-x" not in page.content()

    said_by = page.get_by_role("textbox", name="Who says it (claimant)")
    said_by.fill("Harbour police")
    said_by.press("Enter")
    ready(page)
    page.get_by_text("day first", exact=True).click()
    ready(page)
    expect(page.get_by_text("To be answered")).to_have_count(0)
    page.get_by_role("button", name="Load into case default").click()

    expect(page.get_by_text("1 field refused (Religion)")).to_be_visible()
    expect(page.get_by_role("heading", name="2 records rejected")).to_be_visible()
    opened.open_page(app, "entities")
    expect(page.get_by_text("Ardo Plimmet").first).to_be_attached()
    assert opened.errors == []
    opened.close()
    with closing(open_store(str(store), flow.catalog())) as held:
        nodes, relations = held.graph()
    assert set(nodes["Person"]["name"]) == {"Ardo Plimmet", "Kessel Dramb", hostile.ATTACK}
    assert set(nodes["Identifier"]["id"]) == {"email:ardo@relay.example", "email:plimmet@relay.example"}
    assert "2014-04-03" in relations["first_seen"].to_list()
