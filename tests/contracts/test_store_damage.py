"""A file that is no store, or no longer one, is one clear line and stays as it is."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.errors import ChooseAgain, StoreError
from graphkit.last_used import LastUsed
from graphkit.settings import shipped

DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda whole: b"",
    "one byte": lambda whole: whole[:1],
    "cut in the header": lambda whole: whole[:40],
    "cut in half": lambda whole: whole[: len(whole) // 2],
    "cut by one byte": lambda whole: whole[:-1],
    "a text": lambda whole: b"kind,id,name\nPerson,p,P\n",
    "zeros": lambda whole: bytes(len(whole)),
    "noise": lambda whole: random.Random(1).randbytes(5000),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("whole")
    flow.load_seed(flow.store_at(str(folder / "store.kgl")), LastUsed(folder))
    return (folder / "store.kgl").read_bytes()


def refuses(path: Path, last_used: LastUsed) -> None:
    """Read, query and load; each must say in one line that the file is no store."""
    store = flow.store_at(str(path))
    tries: list[Callable[[], Any]] = [
        store.stats,
        store.claims,
        lambda: store.query("RETURN 1 AS a", {}, 1, 10),
        lambda: flow.load(store, [shipped("seed")], None, last_used),
    ]
    for attempt in tries:
        with pytest.raises(StoreError, match="not a graphkit store or is damaged") as problem:
            attempt()
        assert path.name in str(problem.value)
        assert "\n" not in str(problem.value)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_refused_in_one_line_and_left_as_it_is(
    whole: bytes, tmp_path: Path, last_used: LastUsed, damage: str
) -> None:
    path = tmp_path / "store.kgl"
    path.write_bytes(DAMAGE[damage](whole))
    refuses(path, last_used)
    assert path.read_bytes() == DAMAGE[damage](whole)


def test_a_flipped_byte_is_noticed_or_changes_nothing(whole: bytes, tmp_path: Path) -> None:
    chance = random.Random(7)
    path = tmp_path / "store.kgl"
    path.write_bytes(whole)
    truth = flow.store_at(str(path)).claims()
    noticed = 0
    for _ in range(40):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        try:
            assert flow.store_at(str(path)).claims().equals(truth)
        except StoreError as problem:
            noticed += 1
            assert "\n" not in str(problem)
    assert noticed > 30


def test_a_folder_is_refused_in_one_line(tmp_path: Path, last_used: LastUsed) -> None:
    (tmp_path / "store.kgl").mkdir()
    refuses(tmp_path / "store.kgl", last_used)


def test_a_missing_folder_is_said(tmp_path: Path, last_used: LastUsed) -> None:
    store = flow.store_at(str(tmp_path / "nowhere" / "store.kgl"))
    with pytest.raises(StoreError, match="does not exist"):
        flow.load(store, [shipped("seed")], None, last_used)


def test_an_unknown_scheme_names_what_there_is() -> None:
    with pytest.raises(ChooseAgain, match="No store for 'oracle://'"):
        flow.store_at("oracle://here")
