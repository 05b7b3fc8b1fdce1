"""Whether everything that graphkit needs is there."""

from __future__ import annotations

import json
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from graphkit import flow
from graphkit.errors import GraphkitError

PARTS = ("graphkit", "kglite", "neo4j", "polars", "networkx", "streamlit", "pyvis", "pydantic", "apscheduler")


def passed(address: str, as_json: bool = False) -> bool:
    """Print versions and the state of the store; return whether all is well."""
    found = examined(address)
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(found)))
    return bool(found["well"])


def examined(address: str) -> dict[str, Any]:
    """Return ``well``, ``python``, ``versions`` (None for what is missing), ``store``, ``holds``, ``says``, ``advice``.

    ``holds`` are the counts of a store, None when it is not there yet; ``says`` is the sentence on it.
    """
    versions = {name: _version(name) for name in PARTS}
    python = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    found: dict[str, Any] = {"well": False, "python": python, "versions": versions, "store": address}
    found |= {"holds": None, "says": "", "advice": []}
    if None in versions.values():
        return found
    try:
        store = flow.store_at(address)
        found["holds"] = store.stats() if store.exists() else None
        store.must_be_possible()
        found["advice"] = store.advice()
    except GraphkitError as problem:
        return found | {"holds": None, "says": str(problem)}
    counted = ", ".join(f"{count:,} {name}" for name, count in (found["holds"] or {}).items())
    return found | {"well": True, "says": counted or _nothing_yet(address)}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _lines(found: dict[str, Any]) -> list[str]:
    lines = [f"Python {found['python']}"]
    for name, number in found["versions"].items():
        if number is None:
            return [*lines, f"  {name} is missing. Install it with: pip install graphkit"]
        lines.append(f"  {name} {number}")
    if not found["well"]:
        return [*lines, f"Store: {found['says']}"]
    return [*lines, f"Store {found['store']}: {found['says']}.", *(f"Advice: {text}" for text in found["advice"])]


def _nothing_yet(address: str) -> str:
    if "://" in address:
        return "server, user and password are fine, and it holds nothing of graphkit yet; 'graphkit load PATH' fills it"
    return "not there yet; 'graphkit load PATH' makes it"
