"""The command that erases, as an analyst types it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from graphkit import flow
from tests.cli.terminal import Terminal
from tests.remains import files_holding

WHO = "yang-shaowen"
ASKS = "Type the id again to erase it (Enter stops):"
WORDS = ("erase", WHO, "--why", "asked for by letter", "--store", "graphkit.kgl")


def test_it_says_what_went_and_nothing_of_it_is_left(loaded: Any, tmp_path: Path) -> None:
    made = loaded(*WORDS, "--yes")
    assert made.exit_code == 0
    assert made.stdout.startswith("Erased for good: ")
    assert "Tombstone erased-" in made.stdout
    assert "Not reached: files that were exported" in made.stderr
    assert WHO not in made.output
    assert files_holding(tmp_path, [WHO]) == []
    for words in (WORDS, ("show", WHO)):
        again = loaded(*words)
        assert again.exit_code in (1, 2)
        assert again.stderr.count("\n") == 1
    assert "That was erased on 20" in loaded(*WORDS, "--yes").stderr


def test_its_answer_comes_as_json(loaded: Any) -> None:
    made = json.loads(loaded(*WORDS, "--yes", "--json").stdout)
    assert made["kind"] == "Person"
    assert made["claims"] > 0
    assert made["tombstone"].startswith("erased-")


def test_in_a_terminal_the_id_is_asked_for_again(seed_file: Path, tmp_path: Path) -> None:
    shutil.copy(seed_file, tmp_path / "graphkit.kgl")
    before = (tmp_path / "graphkit.kgl").read_bytes()
    for answer, code in (("yang", 2), ("", 2), (WHO, 0)):
        terminal = Terminal(tmp_path, *WORDS)
        terminal.answer(ASKS, answer)
        assert terminal.ended() == code
        assert "It cannot be undone." in terminal.shown
        assert ("Nothing was erased." in terminal.shown) == (code == 2)
        assert ((tmp_path / "graphkit.kgl").read_bytes() == before) == (code == 2)
        terminal.close()
    store = flow.store_at(str(tmp_path / "graphkit.kgl"))
    assert store.kinds_of([WHO]) == {}
