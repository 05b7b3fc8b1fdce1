"""A query in a process of its own, which can be killed and cannot eat the machine.

Run as ``python -m graphkit.engines.child``: reads one JSON request from standard input, answers with one
JSON line. Only ``asking`` starts it.
"""

from __future__ import annotations

import ctypes
import json
import pathlib
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any

MAX_ANSWER_MB = 64
MAX_DEPTH = 50
_PR_SET_PDEATHSIG = 1
STATM = pathlib.Path("/proc/self/statm")


def main() -> None:
    """Answer the request on standard input."""
    end_with_parent()
    request = json.load(sys.stdin)
    if request["engine"] == "neo4j":
        for unused in ("numpy", "pandas", "pyarrow"):
            sys.modules[unused] = None  # type: ignore[assignment]  # the driver imports them when they are there
        from graphkit.engines.neo4j import answered
    else:
        from graphkit.engines.kglite import answered
    print(_written(answered(request, closing(request["memory_mb"] * 2**20))))


def _written(answer: dict[str, Any]) -> str:
    """Return an answer as JSON, or in its place why it is too much to be shown."""
    if any(_deeper(value, MAX_DEPTH) for row in answer.get("rows", ()) for value in row):
        return json.dumps({"large": f"a value in it holds lists within lists over {MAX_DEPTH} deep. Return parts."})
    text = json.dumps(answer, default=str)
    if len(text) > MAX_ANSWER_MB * 2**20:
        return json.dumps({"large": f"its answer is over {MAX_ANSWER_MB} MB. Return less of each thing or add LIMIT."})
    return text


def _deeper(value: Any, depth: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return depth == 0 or any(_deeper(item, depth - 1) for item in inner if isinstance(item, list | dict))


def end_with_parent() -> None:
    """Let the kernel end this process when the one that asks ends, however it ends; on Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def closing(memory: int) -> Callable[[bool], None]:
    """Return what makes this process write no file from then on, and take at most ``memory`` bytes more.

    With ``alone`` it opens no file and no connection either. Without /proc, as on macOS, memory has no limit.
    """

    def close(alone: bool) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        if STATM.exists():
            pages = int(STATM.read_text(encoding="ascii").split()[0])
            most = pages * resource.getpagesize() + memory
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
        if alone:
            resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))

    return close


if __name__ == "__main__":
    main()
