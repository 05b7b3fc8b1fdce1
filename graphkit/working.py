"""A long analysis in a process of its own: how far it is, and a way to stop it.

Run as ``python -m graphkit.working``: reads one JSON request from standard input, writes how much is done a line. The
answer is kept beside the snapshot, where those who ask for it find it. Only ``Work`` starts it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, ClassVar

from graphkit.analysing import asked_for_players, communities, key_players
from graphkit.analytics import PLAIN, Counting
from graphkit.analytics.communities import SEEDS
from graphkit.engines.child import end_with_parent
from graphkit.errors import GraphkitError, Stop
from graphkit.graph.snapshot import Snapshot
from graphkit.pivoting import LARGE, PIVOT, parts_read, pivot
from graphkit.ranking import asked_for, firm_ranks, scored, takes
from graphkit.results import is_remembered
from graphkit.what_if import asked_without, ranks_without

SOON = 0.5
"""How many seconds an analysis may take that is not worth a process of its own."""
_STOPPED = "The analysis was stopped before it came to its end. Start it again."
_BROKE_OFF = "The analysis broke off: {}. Start it again."


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is to be computed on a snapshot, and how: ``verb`` is one of ``VERBS``.

    ``without`` are ids for what if, ``size`` is how many key players are wanted.
    """

    verb: str
    metric: str = ""
    kind: str | None = None
    counting: Counting = PLAIN
    without: tuple[str, ...] = ()
    size: int = 0

    @property
    def known_by(self) -> str:
        """What ``remembered`` knows its result by."""
        if self.verb == "what_if":
            return asked_without(self.without, self.metric, self.counting)
        if self.verb == "pivot":
            return PIVOT
        if self.verb == "key_players":
            return asked_for_players(self.size, self.counting)
        kind = self.kind if self.verb == "firm" else None
        return asked_for(self.verb, self.metric, kind, self.counting)


VERBS: dict[str, Callable[[Snapshot, Analysis], object]] = {
    "scores": lambda view, asked: scored(view, asked.metric, asked.counting),
    "firm": lambda view, asked: firm_ranks(view, asked.metric, asked.kind, asked.counting),
    "what_if": lambda view, asked: ranks_without(view, asked.without, asked.metric, asked.counting),
    "communities": lambda view, asked: communities(view, asked.counting),
    "key_players": lambda view, asked: key_players(view, asked.size, asked.counting),
    "pivot": lambda view, _: pivot(view),
}
"""What can be computed in a process of its own."""


def is_soon(view: Snapshot, asked: Analysis) -> bool:
    """Say whether an analysis is there at once, or nearly so: it takes little, or was computed before."""
    if asked.verb == "pivot":
        return len(view.types) < LARGE or is_remembered(view, asked.known_by)
    times = {"communities": SEEDS, "key_players": asked.size}.get(asked.verb, 1)
    little = asked.verb != "firm" and times * takes(view, asked.metric) <= SOON
    return little or is_remembered(view, asked.known_by)


class _Run:
    """A process that is at an analysis, for all who ask for the same.

    It is started by the thread that listens to it, as it ends with the thread that starts it.
    """

    def __init__(self, request: str) -> None:
        self.askers = 0
        self.share = 0.0
        self.said = ""
        self.begun = time.monotonic()
        self._request = request
        self._started = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()
        self._started.wait()

    def _listen(self) -> None:
        try:
            with TemporaryFile("w+", errors="replace") as heard:
                with subprocess.Popen(
                    [sys.executable, "-P", "-m", "graphkit.working"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=heard,
                    text=True,
                ) as self._process:
                    self._started.set()
                    self._tell(self._process)
                if self._process.returncode > 0 and not self.said:
                    heard.seek(0)
                    self.said = _BROKE_OFF.format((heard.read().strip().splitlines() or ["no reason given"])[-1])
        except OSError as problem:
            self.said = _BROKE_OFF.format(problem.strerror)
        finally:
            self._started.set()

    def _tell(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(BrokenPipeError):
            process.stdin.write(self._request)
            process.stdin.close()
        for line in process.stdout:
            told = json.loads(line)
            if isinstance(told, float):
                self.share = told
            else:
                self.said = str(told)

    def kill(self) -> None:
        """End it now."""
        if self._process:
            self._process.kill()
        self.listener.join()

    @property
    def is_done(self) -> bool:
        """Whether it came to its end."""
        return self._process is not None and self._process.returncode == 0


class Work:
    """One analysis that runs. It ends with this process, or when all who asked for the same have stopped it."""

    _runs: ClassVar[dict[str, _Run]] = {}
    _lock: ClassVar = threading.Lock()

    def __init__(self, request: str) -> None:
        """Begin it, or join those who wait for the same already."""
        self._asks = True
        with self._lock:
            for ended in [key for key, run in self._runs.items() if not run.listener.is_alive()]:
                del self._runs[ended]
            if request not in self._runs:
                self._runs[request] = _Run(request)
            self._run = self._runs[request]
            self._run.askers += 1

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1; 0 while that cannot be told."""
        return self._run.share

    @property
    def seconds(self) -> float:
        """How long it has been running, or been asked for after it ended."""
        return time.monotonic() - self._run.begun

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._run.listener.is_alive()

    def stop(self) -> None:
        """Wait for it no longer; when nobody does, it ends now, and what it had done is lost."""
        with self._lock:
            self._run.askers -= self._asks
            self._asks = False
            if self._run.askers == 0:
                self._run.kill()

    def wait(self) -> None:
        """Wait until it has ended; Stop says why when it did not come to its end."""
        self._run.listener.join()
        if not self._run.is_done:
            raise Stop(self._run.said or _STOPPED)


def work(view: Snapshot, asked: Analysis) -> Work | None:
    """Start an analysis of a snapshot, and return the process that is at it.

    None where the snapshot cannot be kept on disk: then ask for the result itself.
    """
    parts: tuple[str, ...] = ("things", "links", "weights")
    if asked.verb == "pivot":
        parts = parts_read(view)
    folder = view.keep(*parts, *(("details", "sources", "times") if asked.verb == "firm" else ()))
    if folder is None:
        return None
    counting = asked.counting
    how = {"weights": counting.weights, "directed": counting.directed, "near": counting.near, "among": counting.among}
    how |= {"through": counting.through}
    told = {"verb": asked.verb, "metric": asked.metric, "kind": asked.kind, "without": asked.without}
    return Work(json.dumps({"folder": str(folder), "counting": how, "size": asked.size, **told}))


def main() -> None:
    """Compute what the request on standard input asks for."""
    end_with_parent()
    request = json.load(sys.stdin)
    asked = _asked(request)
    try:
        VERBS[asked.verb](Snapshot.open(Path(request["folder"])), asked)
    except GraphkitError as problem:
        print(json.dumps(str(problem)), flush=True)
        sys.exit(1)


def _asked(request: dict[str, Any]) -> Analysis:
    given = request["counting"]
    near, among, through = (tuple(given[name]) for name in ("near", "among", "through"))
    counting = Counting(given["weights"], given["directed"], near, among, through)
    counting = replace(counting, told=lambda share: print(json.dumps(float(share)), flush=True))
    return Analysis(
        request["verb"], request["metric"], request["kind"], counting, tuple(request["without"]), request["size"]
    )


if __name__ == "__main__":
    main()
