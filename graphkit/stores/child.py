"""A query in a process of its own, which can be killed and cannot eat the machine.

Run as ``python -m graphkit.stores.child``: reads one JSON request from standard input, answers with one
JSON line. Only ``asking`` starts it.
"""

from __future__ import annotations

import json
import pathlib
import resource
import sys
from typing import Any

import kglite

from graphkit.stores.answer import plain

STATM = pathlib.Path("/proc/self/statm")


def main() -> None:
    """Answer the request on standard input."""
    request = json.load(sys.stdin)
    kglite.set_query_warning_policy("silent")
    try:
        frozen = kglite.load(request["path"]).freeze()
    except (kglite.KgError, OSError) as problem:
        print(json.dumps({"unreadable": _one_line(problem)}))
        return
    _limit(request["memory_mb"] * 2**20)
    print(json.dumps(_answer(frozen, request), default=str))


def _limit(memory: int) -> None:
    """Take at most ``memory`` bytes more than now; without /proc, as on macOS, there is no limit."""
    try:
        pages = int(STATM.read_text(encoding="ascii").split()[0])
    except FileNotFoundError:
        return
    limit = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _answer(frozen: kglite.FrozenGraph, request: dict[str, Any]) -> dict[str, Any]:
    try:
        view = frozen.cypher(
            request["cypher"],
            params=request["params"],
            timeout_ms=int(request["timeout"] * 1000),
            row_limit=request["limit"] + 1,
        )
        records = view.to_list()
    except kglite.CypherTimeoutError:
        return {"stopped": "time"}
    except (kglite.KgError, ValueError, TypeError) as problem:
        return {"failed": _one_line(problem)}
    columns = list(view.columns)
    rows = [[plain(record[name]) for name in columns] for record in records]
    return {"columns": columns, "rows": rows}


def _one_line(problem: Exception) -> str:
    """Return a message without line breaks, and without the query that some messages repeat."""
    lines = [line.strip() for line in str(problem).splitlines()] or [type(problem).__name__]
    return lines[0] if lines[-1].startswith("^") else " ".join(lines)


if __name__ == "__main__":
    main()
