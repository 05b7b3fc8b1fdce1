"""A query answered by kglite, in the process that was made for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import kglite

from graphkit.engines.plain import plain

_OWN = ("title", "type")


def answered(request: dict[str, Any], close: Callable[[bool], None]) -> dict[str, Any]:
    """Return ``{"columns", "rows"}``, or ``{"stopped"}``, ``{"failed"}`` or ``{"unusable"}`` with the reason."""
    kglite.set_query_warning_policy("silent")
    try:
        frozen = kglite.load(request["path"]).freeze()
    except (kglite.KgError, OSError):
        return {"unusable": f"{request['path']} is not a graphkit store or is damaged. Choose another --store."}
    close(True)
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
        return {"stopped": "memory"} if "safety limit" in str(problem) else {"failed": _one_line(problem)}
    columns = list(view.columns)
    return {"columns": columns, "rows": [[plain(record[name], _OWN) for name in columns] for record in records]}


def _one_line(problem: Exception) -> str:
    """Return a message without line breaks, and without the query that some messages repeat."""
    lines = [line.strip() for line in str(problem).splitlines()] or [type(problem).__name__]
    return lines[0] if lines[-1].startswith("^") else " ".join(lines)
