"""A snapshot that is kept on disk is the snapshot, or is not used."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from graphkit import flow, kept, snapshots
from graphkit.errors import Stop, StoreChanged
from graphkit.graph.moment import Moment
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.kept import MOST, Kept, Shelf
from graphkit.settings import Settings
from graphkit.stores import Store, open_store
from tests.contracts.world import MORE, WORLD, source

CASE = Scope(("c",))
ALL = ("things", "links", "weights", "times", "details", "conflicts", "denials", "sources", "decisions", "nodes-Person")


@pytest.fixture
def world(store: Store, load: Any, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(snapshots, "LEAST_SECONDS", 0.0)
    load(store, *WORLD, *MORE, {"kind": "Person", "id": "p3", "protected": "witness", "source": "s1"})
    return store


def shelf(store: Store) -> Shelf:
    return Shelf.of(store.address, Settings().cache)


def files(store: Store) -> list[Path]:
    return sorted(path for path in shelf(store).path.rglob("*") if path.is_file())


def another(store: Store) -> Store:
    """Return the same store as another process has it."""
    return open_store(store.address, store.catalog)


def same(one: Snapshot, other: Snapshot) -> bool:
    told = all(getattr(one, name) == getattr(other, name) for name in ("scope", "version", "protected"))
    return told and all(one.parts[name].equals(other.parts[name]) for name in ALL)


@pytest.fixture
def made(world: Store) -> Snapshot:
    view = flow.snapshot(world, CASE)
    assert view.keep(*ALL)
    return view


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Name the parts that a store is asked for from now on."""
    asked: list[str] = []
    part, first = snapshots._Origin.part, snapshots._first
    monkeypatch.setattr(snapshots._Origin, "part", lambda *given: asked.append(given[-1]) or part(*given))
    monkeypatch.setattr(snapshots, "_first", lambda *given: asked.append("things") or first(*given))
    return asked


def test_the_next_process_has_it_without_asking_the_store(world: Store, made: Snapshot, read: list[str]) -> None:
    again = flow.snapshot(another(world), CASE)
    assert same(again, made)
    assert again.relations.equals(made.relations)
    assert again.index == made.index
    assert read == []


def test_the_next_process_knows_what_is_in_it_without_opening_it_until_it_changes(
    world: Store, load: Any, last_used: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = snapshots.Contents.of(world)
    assert (known.cases, known.claims) == (["c"], world.stats()["claims"])
    other = another(world)
    with monkeypatch.context() as patched:
        patched.setattr(type(other), "register", lambda *_: pytest.fail("the store was opened"))
        assert snapshots.Contents.of(other) == known
        assert flow.scope_of(other, [], last_used) == CASE
    load(world, source("s9", cases=["d"]))
    assert snapshots.Contents.of(other).cases == ["c", "d"]


def test_it_is_kept_where_its_owner_alone_can_read(world: Store, made: Snapshot) -> None:
    place = shelf(world).path
    assert place.parent == (Path(world.address).parent if "://" not in world.address else Settings().cache)
    for path in (place, *place.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)


def test_arrays_are_mapped_and_nobody_can_change_them(world: Store, made: Snapshot) -> None:
    start, end = flow.snapshot(world, CASE).ends
    assert not (start.flags.writeable or end.flags.writeable)
    assert not (start.flags.owndata or end.flags.owndata)


def test_a_small_one_that_is_quickly_made_is_kept_when_asked_alone(
    world: Store, monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    monkeypatch.setattr(snapshots, "LEAST_SECONDS", 1e9)
    view = flow.snapshot(world, CASE)
    assert view.weights.height
    assert files(world) == []
    folder = view.keep()
    assert folder is not None
    opened = Snapshot.open(folder)
    assert opened.weights.equals(view.weights)
    assert opened.things.equals(view.things)
    assert (opened.scope, opened.protected) == (view.scope, view.protected)
    with pytest.raises(StoreChanged, match="not kept: times"):
        _ = opened.times
    monkeypatch.setattr(snapshots, "LEAST_RELATIONS", 1)
    assert flow.snapshot(world, Scope(("c",), Moment(as_of="2014"))).parts.kept.path in shelf(world).path.iterdir()


def test_one_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreChanged, match="Make it again"):
        Snapshot.open(tmp_path / "nothing")


def test_a_changed_store_never_gets_an_old_one(world: Store, made: Snapshot, load: Any) -> None:
    load(world, {"kind": "Person", "id": "new", "name": "New", "source": "s1"})
    old = {path.parent for path in files(world)}
    view = flow.snapshot(another(world), CASE)
    assert "new" in view.index
    assert view.version == world.version() != made.version
    assert old.isdisjoint(shelf(world).path.iterdir())


def test_scopes_and_moments_are_kept_apart_and_only_so_many(world: Store, load: Any) -> None:
    load(world, source("s5", cases=["d"]), {"kind": "Person", "id": "q", "name": "Q", "source": "s5"})
    days = [Moment(as_of=str(2000 + year)) for year in range(MOST + 3)]
    scopes = [CASE, Scope(("d",)), Scope(("c", "d")), *(Scope(("c",), day) for day in days)]
    views = [flow.snapshot(world, scope) for scope in scopes]
    for scope, view in zip(scopes, views, strict=True):
        assert same(flow.snapshot(another(world), scope), view)
    flow.snapshot(world, CASE)
    assert len(list(shelf(world).path.iterdir())) <= MOST + 1


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "cut": _cut,
    "one bit of it is another": _flip,
    "empty": lambda path: path.write_bytes(b""),
    "of another kind": lambda path: path.write_bytes(b"[1, 2]"),
    "gone": Path.unlink,
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "no words": lambda path: path.write_bytes(b"\xff\xfe\x00"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_damaged_is_made_again(world: Store, made: Snapshot, damage: str) -> None:
    for path in files(world):
        DAMAGE[damage](path)
    again = flow.snapshot(another(world), CASE)
    assert same(again, made)
    assert again.keep(*ALL) or damage == "a folder"


@pytest.mark.parametrize("told", [{}, {"version": "x"}, {"cases": ["d"]}, {"protected": 5}, {"moment": {}}], ids=str)
def test_one_that_says_it_is_of_something_else_is_not_used(world: Store, made: Snapshot, told: Any) -> None:
    (file,) = (path for path in files(world) if path.suffix == ".json")
    file.write_text(json.dumps(told and json.loads(file.read_text()) | told), encoding="utf-8")
    assert same(flow.snapshot(another(world), CASE), made)


def test_a_folder_that_others_can_write_to_is_not_trusted(world: Store, made: Snapshot, read: list[str]) -> None:
    shelf(world).path.chmod(0o777)
    assert same(flow.snapshot(another(world), CASE), made)
    assert "things" in read
    assert flow.snapshot(another(world), CASE).keep() is None


def test_where_nothing_can_be_written_it_is_made_each_time(world: Store, read: list[str]) -> None:
    place = shelf(world).path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("a file stands where the folder would")
    views = [flow.snapshot(another(world), CASE) for _ in range(2)]
    assert same(*views)
    assert views[0].keep() is None
    assert read.count("things") == 2


def test_on_a_full_disk_nothing_half_is_left(world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    written = pl.DataFrame.write_ipc

    def full(frame: pl.DataFrame, file: Any, **given: Any) -> None:
        written(frame.head(1), file, **given)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(pl.DataFrame, "write_ipc", full)
        view = flow.snapshot(world, CASE)
        assert view.keep() is None
        assert len(view.things) == 7
    assert [path.name for path in files(world)] == ["snapshot.json"]
    assert same(flow.snapshot(another(world), CASE), view)


def test_one_whose_store_changes_while_it_is_kept_is_taken_away(tmp_path: Path) -> None:
    frame = pl.DataFrame({"a": [1]})
    answers = iter([True, False, False])
    one = Kept(tmp_path / "shelf" / "v", {}, lambda: next(answers))
    assert not one.keep({"a": frame})
    assert not (tmp_path / "shelf" / "v").exists()
    assert not one.keep({"a": frame})
    assert list((tmp_path / "shelf").iterdir()) == []


def test_many_who_make_it_at_once_do_no_harm(world: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        views = list(pool.map(lambda _: flow.snapshot(another(world), CASE), range(16)))
        folders = set(pool.map(lambda view: view.keep(*ALL), views))
    assert all(same(view, views[0]) for view in views)
    assert folders == {next(shelf(world).path.iterdir())}
    assert not [path for path in shelf(world).path.rglob(".new-*")]


def test_what_a_killed_process_left_goes_after_an_hour(world: Store, made: Snapshot) -> None:
    left = shelf(world).path / ".new-1234"
    left.mkdir()
    flow.snapshot(world, CASE)
    assert left.exists()
    os.utime(left, times=(time.time() - 2 * kept._LEFT_AFTER,) * 2)
    flow.snapshot(world, CASE)
    assert not left.exists()


def test_an_erasure_takes_it_away_and_who_still_reads_brings_nothing_back(
    world: Store, made: Snapshot, last_used: Any
) -> None:
    others = another(world)
    view = flow.snapshot(others, Scope(("c",), Moment(as_of="2014")))
    (shelf(world).path / ".new-1234").mkdir()
    flow.erase(world, "p1", flow.Reason("A", "asked for by letter"), last_used)
    assert not shelf(world).path.exists()
    with suppress(StoreChanged):
        assert view.keep("nodes-Person", "times") is None
    assert not shelf(world).path.exists()
    assert "p1" not in flow.snapshot(others, CASE).index


def test_an_erasure_that_cannot_take_it_away_is_not_made(
    world: Store, made: Snapshot, last_used: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Any, **_: Any) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(kept.shutil, "rmtree", refused)
    with pytest.raises(Stop, match="Delete that folder"):
        flow.erase(world, "p1", flow.Reason("A", "asked for by letter"), last_used)
    assert "p1" in flow.snapshot(world, CASE).index
