"""A command in a terminal of its own."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from pathlib import Path


class Terminal:
    """A command in a terminal of its own, and what it has shown."""

    def __init__(self, folder: Path, *words: str) -> None:
        self._child, self._top = pty.fork()
        if self._child == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.chdir(folder)
            os.execve(sys.executable, [sys.executable, "-P", "-m", "graphkit", *words], os.environ | {"COLUMNS": "200"})
        self.shown = ""

    def waits_for(self, prompt: str, deadline: float = 30) -> None:
        """Read until the last thing shown is this prompt."""
        until = time.monotonic() + deadline
        while not self.shown.rstrip().endswith(prompt):
            assert time.monotonic() < until, f"no '{prompt}' in: {self.shown}"
            assert self._read(), f"it ended before '{prompt}': {self.shown}"

    def _read(self) -> bool:
        if not select.select([self._top], [], [], 0.2)[0]:
            return True
        try:
            read = os.read(self._top, 65536)
        except OSError:
            return False
        self.shown += read.decode().replace("\r\n", "\n")
        return bool(read)

    def answer(self, prompt: str, text: str) -> None:
        self.waits_for(prompt)
        os.write(self._top, f"{text}\n".encode())
        self.shown += "\n"

    def interrupted(self, prompt: str) -> int:
        """Press Ctrl+C at a prompt, and again when it came in the moment before the prompt began to read."""
        self.waits_for(prompt)
        for _ in range(4):
            os.write(self._top, b"\x03")
            if self._goes_on_for(3):
                continue
            return self._exit_code()
        raise AssertionError(f"it goes on after: {self.shown}")

    def ended(self) -> int:
        assert not self._goes_on_for(30), f"it goes on after: {self.shown}"
        return self._exit_code()

    def _goes_on_for(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while self._read():
            if time.monotonic() > until:
                return True
        return False

    def _exit_code(self) -> int:
        child, self._child = self._child, 0
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def close(self) -> None:
        if self._child:
            os.kill(self._child, signal.SIGKILL)
            self._exit_code()
        os.close(self._top)
