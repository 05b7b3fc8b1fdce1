"""Killed or out of room at any moment, attaching loses nothing and leaves no entry without its file."""

from __future__ import annotations

import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.documents import Folder
from graphkit.stores import Store
from tests.documents import GOOD

RECORDS = [
    {"kind": "Source", "id": "s", "name": "S"},
    {"kind": "Person", "id": "p", "name": "P", "source": "s"},
]
LARGE = b"A line of a long text.\n" * 400_000


def attaching(store: Store, file: Path, **more: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "graphkit", "attach", "s", str(file), "--store", store.address]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


@pytest.mark.timeout(600)
@pytest.mark.long_on_neo4j
def test_killed_at_any_moment_there_is_no_entry_without_its_file(
    store: Store, load: Any, tmp_path: Path, claims_of: Any
) -> None:
    load(store, *RECORDS)
    before = claims_of(store)
    whole = tmp_path / "whole.txt"
    whole.write_bytes(LARGE)
    started = time.monotonic()
    assert attaching(store, whole).wait() == 0
    took = time.monotonic() - started
    chance = random.Random(5)
    for number in range(6):
        file = tmp_path / f"{number}.txt"
        file.write_bytes(LARGE + str(number).encode())
        process = attaching(store, file)
        time.sleep(chance.uniform(0.5, 1.05) * took)
        process.kill()
        process.communicate()
        assert {one.state for one in flow.verify(store).unwell} <= {"stray"}
    assert claims_of(store) == before
    for number in range(6):
        file = tmp_path / f"{number}.txt"
        assert flow.attach(store, "s", file.name, file.read_bytes(), flow.Collected("Ada")).entry
    for left in Folder.of(store.address).path.glob(".*.new"):
        left.unlink()
    assert flow.verify(store) == flow.Verified(7, [])


def no_room(store: Store, file: Path, **more: Any) -> None:
    process = attaching(store, file, **more)
    _, said = process.communicate()
    assert process.returncode == 1, said
    assert said.startswith("graphkit: The document cannot be kept in ")
    assert said.count("\n") == 1
    assert "Nothing was changed; mend that and attach it again." in said


def test_a_file_that_may_not_grow_leaves_the_store_as_it_was(store: Store, load: Any, tmp_path: Path) -> None:
    load(store, *RECORDS)
    version = store.version()
    file = tmp_path / "a.txt"
    file.write_bytes(LARGE)

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    no_room(store, file, preexec_fn=limit)
    assert (store.version(), flow.verify(store)) == (version, flow.Verified(0, []))


def test_a_full_disk_leaves_the_store_as_it_was(tmp_path: Path, load: Any) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(disk)], capture_output=True, check=False
    ).returncode == 0  # fmt: skip
    if not mounted:
        pytest.xfail("only root can make a small disk")
    try:
        store = flow.store_at(str(disk / "store.kgl"))
        load(store, *RECORDS)
        flow.attach(store, "s", "report.pdf", GOOD["report.pdf"], flow.Collected("Ada"))
        version = store.version()
        file = tmp_path / "a.txt"
        file.write_bytes(LARGE)
        no_room(store, file)
        assert (store.version(), flow.verify(store)) == (version, flow.Verified(1, []))
        assert flow.attach(store, "s", "notes.txt", GOOD["notes.txt"], flow.Collected("Ada")).entry
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
