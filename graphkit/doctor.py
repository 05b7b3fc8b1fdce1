"""Whether everything that graphkit needs is there."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from graphkit import flow
from graphkit.errors import GraphkitError


def passed(address: str) -> bool:
    """Print versions and the state of the store; return whether all is well."""
    print(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}")
    for name in ("graphkit", "kglite", "neo4j", "polars", "networkx", "streamlit", "pyvis", "pydantic", "apscheduler"):
        try:
            print(f"  {name} {version(name)}")
        except PackageNotFoundError:
            print(f"  {name} is missing. Install it with: pip install graphkit")
            return False
    try:
        store = flow.store_at(address)
        held = store.stats() if store.exists() else None
        store.must_be_possible()
        advice = store.advice()
    except GraphkitError as problem:
        print(f"Store: {problem}")
        return False
    counted = ", ".join(f"{count:,} {name}" for name, count in held.items()) if held else _nothing_yet(address)
    print(f"Store {address}: {counted}.")
    for sentence in advice:
        print(f"Advice: {sentence}")
    return True


def _nothing_yet(address: str) -> str:
    if "://" in address:
        return "server, user and password are fine, and it holds nothing of graphkit yet; 'graphkit load PATH' fills it"
    return "not there yet; 'graphkit load PATH' makes it"
