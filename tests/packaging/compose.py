"""The services of docker-compose.yml, and how one of them is started by hand with what it is given there."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]


def compose() -> dict[str, Any]:
    """Return docker-compose.yml, merged."""
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8")))


class ByHand:
    """One of our services as a process: its command, environment and health check, with places ``mapped``."""

    def __init__(self, name: str, mapped: Mapping[str, str], cwd: Path) -> None:
        self._service = compose()["services"][name]
        self._mapped, self._cwd = mapped, cwd
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GRAPHKIT_")}
        given = {key: self._here(value) for key, value in self._service["environment"].items()}
        self.environment = kept | {"HOME": str(cwd)} | given
        self.log = cwd / f"{name}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.words(self._service["command"]), env=self.environment, cwd=cwd, stdout=log, stderr=log
            )

    def _here(self, text: str) -> str:
        for place, here in self._mapped.items():
            text = text.replace(place, here)
        return text

    def words(self, command: list[str]) -> list[str]:
        """Return a command of the image as one of this environment."""
        first, *rest = [self._here(word) for word in command]
        return [sys.executable, *(["-m", "graphkit"] if first == "graphkit" else []), *rest]

    def healthy(self) -> bool:
        """Say what the health check says, once."""
        test = self._service["healthcheck"]["test"]
        done = subprocess.run(
            self.words(test[1:]), env=self.environment, cwd=self._cwd, capture_output=True, check=False
        )
        return done.returncode == 0

    def becomes_healthy(self) -> bool:
        """Wait until the health check is passed, at most a minute."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            if self.healthy():
                return True
        return False

    def stopped(self) -> int:
        """Stop it as docker does, and return how it ended."""
        self.process.terminate()
        return self.process.wait(20)
