"""A process that is killed while it keeps a snapshot leaves nothing that is taken for one, and nothing for long."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow, kept
from graphkit.graph.scope import Scope
from graphkit.kept import Shelf
from graphkit.last_used import LastUsed
from graphkit.stores import open_store
from tests.faults.test_kill import many

SCOPE = Scope(("default",))
NAMES = ("things", "links", "weights", "times", "details", "nodes-Person", "sources")
KEEPING = f"""
import sys, shutil
from pathlib import Path
from graphkit import flow
from graphkit.graph.scope import Scope
store = flow.store_at(sys.argv[1])
view = flow.snapshot(store, Scope(("default",)))
shutil.rmtree(view.keep(*{NAMES!r}))
print("ready", flush=True)
while True:
    shutil.rmtree(view.keep(*{NAMES!r}))
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("keeping")
    store = flow.store_at(str(folder / "store.kgl"))
    flow.load(store, [many(folder / "many.jsonl")], None, LastUsed(folder / "state"))
    return store.address


@pytest.mark.timeout(600)
@pytest.mark.parametrize("kills", [6, pytest.param(40, marks=pytest.mark.long)])
def test_whenever_it_is_killed_the_next_process_has_the_snapshot(
    address: str, kills: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chance, shelf = random.Random(kills), Shelf.of(address, tmp_path)
    shelf.drop()
    whole = flow.snapshot(flow.store_at(address), SCOPE)
    expected = {name: whole.parts[name] for name in NAMES}
    halves = 0
    for _ in range(kills):
        child = subprocess.Popen([sys.executable, "-c", KEEPING, address], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
        time.sleep(chance.random() * 0.3)
        child.kill()
        child.wait()
        halves += len(list(shelf.path.rglob(".new-*")))
        again = flow.snapshot(open_store(address, flow.catalog()), SCOPE)
        assert all(again.parts[name].equals(frame) for name, frame in expected.items())
        shelf.tidy("another version")
        with monkeypatch.context() as patched:
            patched.setattr(kept, "_LEFT_AFTER", -1.0)
            shelf.tidy("another version")
        assert not list(shelf.path.glob("*"))
    assert halves or kills < 40


def test_an_erasure_right_after_a_kill_leaves_nothing_half_kept(
    tmp_path: Path, load: Any, last_used: LastUsed, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = flow.store_at(str(tmp_path / "store.kgl"))
    load(
        store, {"kind": "Source", "id": "s", "name": "S"}, {"kind": "Person", "id": "p", "name": "Zora", "source": "s"}
    )

    class Killed(BaseException):
        """Stands for the end of the process."""

    def killed(*_: Any, **__: Any) -> Any:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(kept, "_called", killed)
        patched.setattr(Path, "unlink", killed)
        flow.snapshot(store, SCOPE).keep("things")
    shelf = Shelf.of(store.address, tmp_path)
    assert [path.name[:5] for path in shelf.path.rglob(".new-*")] == [".new-"]
    flow.erase(store, "p", flow.Reason("A", "asked for"), last_used)
    assert not shelf.path.exists()
