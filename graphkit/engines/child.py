"""A query in a process of its own, which can be killed and cannot eat the machine.

Run as ``python -m graphkit.engines.child``: reads one JSON request from standard input, answers with one
JSON line. Only ``asking`` starts it.
"""

from __future__ import annotations

import json
import pathlib
import resource
import sys
from collections.abc import Callable

STATM = pathlib.Path("/proc/self/statm")


def main() -> None:
    """Answer the request on standard input."""
    request = json.load(sys.stdin)
    if request["engine"] == "neo4j":
        for unused in ("numpy", "pandas", "pyarrow"):
            sys.modules[unused] = None  # type: ignore[assignment]  # the driver imports them when they are there
        from graphkit.engines.neo4j import answered
    else:
        from graphkit.engines.kglite import answered
    print(json.dumps(answered(request, _closing(request["memory_mb"] * 2**20)), default=str))


def _closing(memory: int) -> Callable[[bool], None]:
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
