"""A query given to a child process, and what comes back from it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from graphkit.engines.rows import Rows
from graphkit.errors import QueryFailed, QueryStopped, StoreError
from graphkit.settings import surroundings

QUERY_MEMORY_MB = 1024
GRACE = {"kglite": 10.0, "neo4j": 3.0}
"""Seconds that an engine has, beside the time of a query, to open its file or to end the query by itself."""
_MEMORY = ("MemoryError", "memory allocation")


def ask(engine: Mapping[str, Any], cypher: str, params: Mapping[str, Any], limit: int, timeout: float) -> Rows:
    """Return the answer of an engine; QueryStopped at ``timeout`` seconds or ``QUERY_MEMORY_MB``.

    ``engine`` says which one and where: ``{"engine": "kglite", "path"}``, or ``"neo4j"`` with ``uri``, ``user``,
    ``password`` and ``database``.
    """
    request = {**engine, "cypher": cypher, "params": dict(params), "limit": limit}
    request |= {"timeout": timeout, "memory_mb": QUERY_MEMORY_MB}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "graphkit.engines.child"],
            input=json.dumps(request), capture_output=True, text=True, timeout=timeout + GRACE[engine["engine"]],
            check=False, env=surroundings(),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise QueryStopped(f"The query was stopped after {timeout:g} s. Narrow it, or raise --timeout.") from None
    return _rows(done, limit, timeout)


def _rows(done: subprocess.CompletedProcess[str], limit: int, timeout: float) -> Rows:
    if any(word in done.stderr for word in _MEMORY):
        raise QueryStopped(f"The query was stopped: it needed more than {QUERY_MEMORY_MB} MB. Narrow it or add LIMIT.")
    if done.returncode < 0:
        ended = signal.Signals(-done.returncode).name
        raise QueryFailed(f"The engine broke off at this query ({ended}). Write it in another way.")
    if done.returncode > 0:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise QueryFailed(f"The query could not be answered: {last}")
    answer = json.loads(done.stdout)
    if answer.get("stopped") == "time":
        raise QueryStopped(f"The query was stopped after {timeout:g} s. Narrow it, or raise --timeout.")
    if "large" in answer:
        raise QueryStopped(f"The query was stopped: {answer['large']}")
    if answer.get("stopped") == "memory":
        raise QueryStopped("The query was stopped: it needed more memory than the engine allows. Narrow it.")
    if "unusable" in answer:
        raise StoreError(answer["unusable"])
    if "failed" in answer:
        raise QueryFailed(f"The query could not be answered: {answer['failed']}")
    return Rows(answer["columns"], answer["rows"][:limit], len(answer["rows"]) <= limit)
