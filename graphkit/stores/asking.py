"""A query given to a child process, and what comes back from it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphkit.errors import QueryFailed, QueryStopped, StoreError
from graphkit.stores.base import Rows

QUERY_MEMORY_MB = 1024


def ask(path: Path, cypher: str, params: Mapping[str, Any], limit: int, timeout: float) -> Rows:
    """Return the answer of the store in a file; QueryStopped at ``timeout`` seconds or ``QUERY_MEMORY_MB``."""
    request = {"path": str(path), "cypher": cypher, "params": dict(params), "limit": limit}
    request |= {"timeout": timeout, "memory_mb": QUERY_MEMORY_MB}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "graphkit.stores.child"],
            input=json.dumps(request), capture_output=True, text=True, timeout=timeout + 30, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise QueryStopped(f"The query was stopped after {timeout:g} s. Narrow it, or raise --timeout.") from None
    return _rows(done, path, limit, timeout)


def _rows(done: subprocess.CompletedProcess[str], path: Path, limit: int, timeout: float) -> Rows:
    if done.returncode < 0 or "MemoryError" in done.stderr:
        raise QueryStopped(f"The query was stopped: it needed more than {QUERY_MEMORY_MB} MB. Narrow it or add LIMIT.")
    if done.returncode > 0:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise QueryFailed(f"The query could not be answered: {last}")
    answer = json.loads(done.stdout)
    if "stopped" in answer:
        raise QueryStopped(f"The query was stopped after {timeout:g} s. Narrow it, or raise --timeout.")
    if "unreadable" in answer:
        raise damaged(path, answer["unreadable"])
    if "failed" in answer:
        raise QueryFailed(f"The query could not be answered: {answer['failed']}")
    return Rows(answer["columns"], answer["rows"][:limit], len(answer["rows"]) <= limit)


def damaged(path: Path, why: str) -> StoreError:
    """Return the error of a file that is no store."""
    return StoreError(
        f"{path} is not a graphkit store or is damaged. Choose another --store, or put a copy of it back and try "
        f"again. The engine says: {why}"
    )
