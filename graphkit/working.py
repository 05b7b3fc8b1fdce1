"""A long analysis in a process of its own: how far it is, and a way to stop it.

Run as ``python -m graphkit.working``: reads one JSON request from standard input, writes how much is done a line. The
answer is kept beside the snapshot, where ``ranking`` finds it. Only ``Work`` starts it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from graphkit.analytics import Counting
from graphkit.engines.child import end_with_parent
from graphkit.errors import GraphkitError, Stop
from graphkit.graph.snapshot import Snapshot
from graphkit.ranking import firm_ranks, scored


class Work:
    """One analysis that runs; it ends with this process, or when it is stopped."""

    def __init__(self, folder: Path, request: Mapping[str, Any]) -> None:
        self.share = 0.0
        self._said = ""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "graphkit.working"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"folder": str(folder), **request}))
        self._process.stdin.close()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            if isinstance(told, float):
                self.share = told
            else:
                self._said = str(told)
        self._process.wait()

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._reader.is_alive()

    def stop(self) -> None:
        """End it now; what it had done is lost."""
        self._process.kill()
        self._reader.join()

    def wait(self) -> None:
        """Wait until it has ended; Stop says why when it did not come to its end."""
        self._reader.join()
        if self._process.returncode:
            raise Stop(self._said or "The analysis was stopped before it came to its end. Start it again.")


def work(view: Snapshot, verb: str, metric: str, kind: str | None, counting: Counting) -> Work | None:
    """Start ``scores`` of a metric, or how ``firm`` its ranks are, and return the process that is at it.

    None where the snapshot is not kept on disk, as small ones are not: then ask ``rank`` itself.
    """
    parts = ("things", "links", "weights") if verb == "scores" else ("things", "links", "weights", "details", "sources")
    folder = view.keep(*parts, *(("times",) if verb == "firm" else ()))
    if folder is None:
        return None
    how = {"weights": counting.weights, "directed": counting.directed, "near": counting.near, "among": counting.among}
    how |= {"through": counting.through}
    return Work(folder, {"verb": verb, "metric": metric, "kind": kind, "counting": how})


def main() -> None:
    """Compute what the request on standard input asks for."""
    end_with_parent()
    request = json.load(sys.stdin)
    given = request["counting"]
    near, among, through = (tuple(given[name]) for name in ("near", "among", "through"))
    counting = Counting(given["weights"], given["directed"], near, among, through)
    counting = replace(counting, told=lambda share: print(json.dumps(float(share)), flush=True))
    try:
        view = Snapshot.open(Path(request["folder"]))
        if request["verb"] == "scores":
            scored(view, request["metric"], counting)
        else:
            firm_ranks(view, request["metric"], request["kind"], counting)
    except GraphkitError as problem:
        print(json.dumps(str(problem)), flush=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
