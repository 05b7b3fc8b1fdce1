"""What the tests need is brought, or said to be missing; required, that is a failure."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("required", "code"),
    [("", 0), ("browser", 1), ("neo4j", 1), ("x,browser", 1), ("neo4j,browser", 1), ("something-else", 0)],
)
def test_preparing_goes_on_when_nothing_can_be_installed(tmp_path: Path, required: str, code: int) -> None:
    for name, answer in (("apt-get", "exit 100"), ("id", "echo 0")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "echo").symlink_to("/bin/echo")
    done = subprocess.run(
        ["/bin/bash", str(Path(__file__).parents[1] / "prepare"), "echo", "the command ran"],
        env={"PATH": str(tmp_path), "GRAPHKIT_REQUIRE": required}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == code
    assert ("the command ran" in said) == (code == 0)
    if required != "neo4j":
        assert "Chromium is missing" in said
    if "browser" not in required:
        assert "Java or Maven is missing" in said
