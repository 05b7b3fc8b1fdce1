"""Files judged in another process, which may run out of memory, hang or die; ``python -m tests.fuzz.apart`` is it."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.fuzz.promise import SECONDS, Broken

MEMORY = 2 * 2**30
"""Bytes that a small file may make a process grow by."""
_MOST = 1_000
"""Files that one process judges."""
_ROOT = Path(__file__).parents[2]


class Apart:
    """A process that judges files, started anew when it has ended."""

    def __init__(
        self, command: Sequence[str] = (sys.executable, "-m", "tests.fuzz.apart"), wait: int = 10 * SECONDS
    ) -> None:
        self.command = command
        self._wait = wait
        self._judged = 0
        self._process: subprocess.Popen[str] | None = None

    def judge(self, target: str, path: Path) -> str:
        """Return what was refused, or nothing; Broken when the promise does not hold or the process dies."""
        self._judged += 1
        if self._judged % _MOST == 0:
            self.close()
        process = self._running()
        assert process.stdin and process.stdout
        process.stdin.write(json.dumps([target, str(path)]) + "\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], self._wait)
        answer = process.stdout.readline() if ready else ""
        if not answer:
            self.close()
            ended = process.returncode
            how = f"signal {signal.Signals(-ended).name}" if ended < 0 else f"code {ended}"
            raise Broken(f"the process hangs and was stopped by {how}" if not ready else f"the process ends with {how}")
        broken, refusal = json.loads(answer)
        if broken:
            raise Broken(broken)
        return str(refusal)

    def close(self) -> None:
        if self._process:
            assert self._process.stdin and self._process.stdout
            try:
                self._process.stdin.close()
                self._process.wait(5)
            except (subprocess.TimeoutExpired, OSError):
                self._process.kill()
            self._process.wait()
            self._process.stdout.close()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.returncode is not None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd=_ROOT,
            )
        return self._process


def limit() -> None:
    """Bound how far this process may grow from here on, and leave no dump of it."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    from tests.fuzz.targets import TARGETS

    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        target, path = json.loads(line)
        limit()
        try:
            said = ["", TARGETS[target].judge(Path(path)).refusal]
        except Broken as problem:
            said = [str(problem), ""]
        answers.write(json.dumps(said) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
