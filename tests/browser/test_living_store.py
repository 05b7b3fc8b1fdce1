"""The app beside a process that loads: it stays usable, and shows what came."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from graphkit import flow
from graphkit.last_used import LastUsed
from tests.browser.conftest import Window, served

RECORDS = 6_000


def _records(path: Path, name: str, count: int) -> Path:
    source = {"kind": "Source", "id": name, "name": f"Register {name}", "cases": ["one"]}
    people = [
        {"kind": "Person", "id": f"{name}-{i}", "name": f"Clerk {name} {i}", "source": name} for i in range(count)
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in [source, *people]), encoding="utf-8")
    return path


def test_the_app_stays_usable_while_another_process_loads(window: Callable[..., Window], tmp_path: Path) -> None:
    store = tmp_path / "store.kgl"
    flow.load(flow.store_at(str(store)), [_records(tmp_path / "a.jsonl", "a", 5)], None, LastUsed(tmp_path / "state"))
    with served(store) as address:
        opened = window()
        opened.open(f"{address}/entities?case=one")
        expect(opened.page.get_by_text("5 of 5 things", exact=False)).to_be_visible()
        more = _records(tmp_path / "b.jsonl", "b", RECORDS)
        loading = subprocess.Popen([sys.executable, "-m", "graphkit", "load", str(more), "--store", str(store)])
        waits = []
        for kind in ("clerk a 1", "clerk a 2", "clerk a 3"):
            began = time.monotonic()
            opened.page.get_by_label("Name or id holds").fill(kind)
            opened.page.get_by_label("Name or id holds").press("Enter")
            expect(opened.page.get_by_text("1 of ", exact=False)).to_be_visible()
            waits.append(time.monotonic() - began)
        assert loading.wait(120) == 0
        opened.page.get_by_label("Name or id holds").fill("clerk b")
        opened.page.get_by_label("Name or id holds").press("Enter")
        came = f"{RECORDS:,} of {RECORDS + 5:,} things"
        expect(opened.page.get_by_text(came, exact=False)).to_be_visible(timeout=30_000)
        assert max(waits) < 10
        opened.close()
