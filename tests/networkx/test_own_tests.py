"""NetworkX's own tests pass with graphkit as its backend, as far as they pass with NetworkX alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

QUICK = ("centrality.tests.test_betweenness_centrality", "tests.test_structuralholes", "link_analysis")
ALL = (
    "bipartite",
    "centrality",
    "community",
    "components",
    "link_analysis",
    "shortest_paths.tests.test_unweighted",
    "tests.test_bridges",
    "tests.test_cluster",
    "tests.test_core",
    "tests.test_link_prediction",
    "tests.test_structuralholes",
)


def _failing(parts: tuple[str, ...], folder: Path, **environment: str) -> tuple[set[str], int]:
    """Return the tests of these parts that fail, and how many pass."""
    wanted = [f"networkx.algorithms.{part}" for part in parts]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header", "--pyargs", *wanted]
    run = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    passed = re.search(r"(\d+) passed", run.stdout)
    assert passed, run.stdout[-2000:] + run.stderr[-2000:]
    return set(re.findall(r"^(?:FAILED|ERROR) (\S+)", run.stdout, re.MULTILINE)), int(passed[1])


@pytest.mark.parametrize("parts", [QUICK, pytest.param(ALL, marks=pytest.mark.long)], ids=["quick", "all"])
def test_no_test_of_networkx_fails_that_passes_without_us(parts: tuple[str, ...], tmp_path: Path) -> None:
    plain, _ = _failing(parts, tmp_path)
    ours, passed = _failing(parts, tmp_path, NETWORKX_TEST_BACKEND="graphkit", NETWORKX_FALLBACK_TO_NX="True")
    assert passed > 100
    assert ours <= plain
