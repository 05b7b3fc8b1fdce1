"""Running commands as an analyst types them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphkit import flow
from graphkit.cli import main
from graphkit.last_used import LastUsed
from graphkit.stores import Store

Run = Callable[..., Result]


def is_one_line(text: str) -> bool:
    """Say whether an error is one line of graphkit's."""
    return text.startswith("graphkit: ") and text.count("\n") == 1 and text.endswith("\n")


def store_in(folder: Path) -> Store:
    """Return the store that the commands of a test write to."""
    return flow.store_at(str(folder / "graphkit.kgl"))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a folder of its own; whatever goes wrong, nobody sees a traceback."""
    monkeypatch.chdir(tmp_path)

    def ran(*words: str | Path) -> Result:
        result = CliRunner().invoke(main, [str(word) for word in words])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return ran


@pytest.fixture(scope="session")
def seed_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    flow.load_seed(flow.store_at(str(folder / "graphkit.kgl")), LastUsed(folder / "state"))
    return folder / "graphkit.kgl"


@pytest.fixture
def loaded(run: Run, tmp_path: Path, seed_file: Path) -> Run:
    """Run a command where graphkit.kgl holds the seed."""
    shutil.copy(seed_file, tmp_path / "graphkit.kgl")
    return run
