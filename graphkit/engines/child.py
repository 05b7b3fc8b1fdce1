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
    print(json.dumps(answered(request, _limiting(request["memory_mb"] * 2**20)), default=str))


def _limiting(memory: int) -> Callable[[], None]:
    """Return what makes this process take at most ``memory`` bytes more than at that moment.

    Without /proc, as on macOS, there is no limit.
    """

    def limit() -> None:
        try:
            pages = int(STATM.read_text(encoding="ascii").split()[0])
        except FileNotFoundError:
            return
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

    return limit


if __name__ == "__main__":
    main()
