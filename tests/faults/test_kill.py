"""A load that is killed, or runs out of disk, leaves the store as it was; the next one ends as if nothing had been."""

from __future__ import annotations

import json
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.stores import Store

EARLIER = [
    {"kind": "Source", "id": "early", "name": "Early"},
    {"kind": "Person", "id": "first", "name": "First", "source": "early"},
]
PEOPLE = 2000


def many(path: Path) -> Path:
    """Write records enough for a load of a second or two, saving included."""
    found: list[dict[str, Any]] = [{"kind": "Source", "id": "s", "name": "S", "reliability": "B"}]
    for n in range(PEOPLE):
        said = {"source": "s", "recorded_at": "2026-01-01", "summary": f"Summary {n} " * 5}
        found.append({"kind": "Person", "id": f"p{n}", "name": f"Person {n}", "position": f"Office {n % 7}", **said})
        if n:
            found.append(
                {"kind": "COOPERATES_WITH", "from": f"p{n}", "to": f"p{n // 2}", "confidence": n % 100, **said}
            )
    path.write_text("".join(json.dumps(record) + "\n" for record in found), encoding="utf-8")
    return path


def loading(store: str, *files: Path, **more: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "graphkit", "load", *map(str, files), "--store", store, "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


def beside(address: str) -> set[str]:
    path = Path(address)
    return {found.name for found in path.parent.glob(f"{path.name}*")} - {path.name}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("records")
    early = folder / "early.jsonl"
    early.write_text("".join(json.dumps(record) + "\n" for record in EARLIER), encoding="utf-8")
    return early, many(folder / "many.jsonl")


@pytest.fixture(scope="module")
def uninterrupted(
    empty_place: Any, files: tuple[Path, Path], tmp_path_factory: Any, graph_of: Any, claims_of: Any
) -> tuple[Any, Any, float]:
    """Claims and graph of a load nobody interrupts, and how long it takes."""
    address = empty_place(tmp_path_factory.mktemp("whole"))
    assert loading(address, files[0]).wait() == 0
    started = time.monotonic()
    assert loading(address, files[1]).wait() == 0
    took = time.monotonic() - started
    store = flow.store_at(address)
    return claims_of(store), graph_of(store), took


def campaign(
    kills: int, store: Store, files: tuple[Path, Path], whole: tuple[Any, Any, float], emptied: Any, seen: Any
) -> None:
    """Kill loads, the next one sooner after each that was through already, until enough kills came in time."""
    chance, longest = random.Random(kills), whole[2]
    assert loading(store.address, files[0]).wait() == 0
    old = seen(store)
    killed = 0
    for tried in range(4 * kills):
        if tried >= kills and killed > kills // 3:
            break
        loader = loading(store.address, files[1])
        time.sleep(chance.uniform(0.5, 1.0) * longest)
        loader.kill()
        loader.communicate()
        now = seen(store)
        if now == old:
            killed += 1
        else:
            assert now == whole[:2]
            longest *= 0.85
            emptied(store)
            assert loading(store.address, files[0]).wait() == 0
    assert killed > kills // 3, "too few kills came in time to say anything"
    again = loading(store.address, files[1])
    out, _ = again.communicate()
    assert again.returncode == 0
    assert json.loads(out)["new_claims"] > PEOPLE
    assert seen(store) == whole[:2]
    assert {name for name in beside(store.address) if ".tmp" in name} == set()


@pytest.mark.timeout(600)
def test_a_killed_load_leaves_the_old_store_and_the_next_load_ends_as_if_never_killed(
    store: Store, files: Any, uninterrupted: Any, emptied: Any, seen: Any
) -> None:
    campaign(3, store, files, uninterrupted, emptied, seen)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_forty_killed_loads_leave_no_trace(
    store: Store, files: Any, uninterrupted: Any, emptied: Any, seen: Any
) -> None:
    campaign(40, store, files, uninterrupted, emptied, seen)


def test_what_a_killed_save_left_behind_is_swept_by_the_next_write(tmp_path: Path, load: Any) -> None:
    store = flow.store_at(str(tmp_path / "store.kgl"))
    load(store, *EARLIER)
    (tmp_path / "store.kgl.tmp.12345").write_bytes(b"half a graph")
    other = tmp_path / "another.kgl.tmp.12345"
    other.write_bytes(b"of another store")
    assert store.stats()["claims"] == 1
    load(store, {"kind": "Person", "id": "second", "name": "Second", "source": "early"})
    assert not (tmp_path / "store.kgl.tmp.12345").exists()
    assert other.exists()


@pytest.mark.long_on_neo4j
def test_a_killed_first_load_leaves_a_store_that_can_be_loaded(
    store: Store, files: Any, uninterrupted: Any, graph_of: Any
) -> None:
    loader = loading(store.address, files[1])
    time.sleep(uninterrupted[2] * 0.8)
    loader.kill()
    loader.communicate()
    assert loading(store.address, *files).wait() == 0
    assert graph_of(store) == uninterrupted[1]


def no_room(store: Store, files: Any, limit: Callable[[], None] | None) -> None:
    command = [sys.executable, "-m", "graphkit", "load", str(files[1]), "--store", store.address]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr, done.stderr[-900:]
    assert done.stderr.startswith("graphkit: ")
    assert done.stderr.count("\n") == 1
    assert "could not be written, nothing was changed" in done.stderr


def test_a_file_that_may_not_grow_is_one_line_and_the_old_store_stays(
    tmp_path: Path, load: Any, files: Any, graph_of: Any
) -> None:
    store = flow.store_at(str(tmp_path / "store.kgl"))
    load(store, *EARLIER)
    old = ((tmp_path / "store.kgl").read_bytes(), graph_of(store))

    def limit() -> None:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    no_room(store, files, limit)
    assert ((tmp_path / "store.kgl").read_bytes(), graph_of(store)) == old
    assert load(store, {"kind": "Person", "id": "second", "name": "Second", "source": "early"}).new_claims == 1
    assert {name for name in beside(store.address) if ".tmp" in name} == set()


def test_a_full_disk_is_one_line_and_the_old_store_stays(tmp_path: Path, load: Any, files: Any, graph_of: Any) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "none", str(disk)], capture_output=True, check=False
    ).returncode == 0  # fmt: skip
    if not mounted:
        # Only root can make a small disk; /dev/full stands in for it as a place that takes nothing.
        with pytest.raises(OSError, match="No space left"):
            Path("/dev/full").write_bytes(b"x")
        return
    try:
        store = flow.store_at(str(disk / "store.kgl"))
        load(store, *EARLIER)
        old = ((disk / "store.kgl").read_bytes(), graph_of(store))
        no_room(store, files, None)
        assert ((disk / "store.kgl").read_bytes(), graph_of(store)) == old
        assert load(store, {"kind": "Person", "id": "second", "name": "Second", "source": "early"}).new_claims == 1
        assert {name for name in beside(store.address) if ".tmp" in name} == set()
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
