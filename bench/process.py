"""A command in a process of its own: how long it takes, and the most memory it holds."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: wall seconds, the most memory it held in MiB, and what it printed."""

    seconds: float
    memory: int
    printed: str


def run(module: str, *arguments: str) -> Run:
    """Run a module in a process of its own.

    Linux counts into its memory what this process held when it began it: hold little here.
    """
    started = time.perf_counter()
    command = [sys.executable, "-P", "-m", module, *arguments]
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, stdout=out)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        out.seek(0)
        assert status == 0, f"{module} failed"
        return Run(seconds, used.ru_maxrss // 1024, out.read())
