"""Nothing is left out in silence: GRAPHKIT_REQUIRE makes a skipped test a failure, --long runs the long ones."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"


@pytest.fixture
def session(tmp_path: Path):
    """Run a session of three tests, one skipped and one long, under our conftest."""
    shutil.copy(CONFTEST, tmp_path / "conftest.py")
    (tmp_path / "test_three.py").write_text(
        "import pytest\n"
        "def test_that_runs(): pass\n"
        "@pytest.mark.skip(reason='no browser')\n"
        "def test_that_is_skipped(): pass\n"
        "@pytest.mark.long\n"
        "def test_that_is_long(): pass\n",
        encoding="utf-8",
    )

    def ran(*options: str, require: str = "") -> subprocess.CompletedProcess[str]:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-c",
            os.devnull,
            "--rootdir",
            str(tmp_path),
            *options,
            "test_three.py",
        ]
        environment = {**os.environ, "GRAPHKIT_REQUIRE": require}
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return ran


def test_a_skipped_test_is_said_and_no_failure_unless_required(session) -> None:
    done = session()
    assert done.returncode == 0, done.stdout
    assert "1 passed, 1 skipped, 1 deselected" in done.stdout


def test_a_skipped_test_is_a_failure_when_everything_is_required(session) -> None:
    done = session(require="neo4j,browser")
    assert done.returncode == 1
    assert "GRAPHKIT_REQUIRE forbids leaving out test_three.py::test_that_is_skipped" in done.stdout


def test_nothing_left_out_is_no_failure_when_everything_is_required(session) -> None:
    assert session("-k", "runs", require="neo4j,browser").returncode == 0


def test_long_tests_run_with_long(session) -> None:
    assert "2 passed, 1 skipped" in session("--long").stdout
