"""What was computed on a snapshot once is there for all who ask again, as long as the store does not change."""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import blake2b

import polars as pl

from graphkit.graph.snapshot import Snapshot

LEAST_SECONDS = 0.1
"""How long it takes to compute what is kept."""
_LINE = "computed_on"


def remembered(view: Snapshot, what: str, compute: Callable[[], tuple[pl.DataFrame, str]]) -> tuple[pl.DataFrame, str]:
    """Return what ``compute`` gives, a frame and the line on what it was computed on, or gave before.

    ``what`` says what is computed, and how. Kept is what took long, beside a snapshot that is itself kept on disk; it
    goes with it when the store changes.
    """
    kept = view.parts.kept
    name = _name(what)
    if kept:
        frame, told = kept.frame(f"result-{name}"), kept.frame(f"told-{name}")
        if frame is not None and told is not None:
            return frame, str(told[_LINE][0])
    started = time.perf_counter()
    frame, line = compute()
    if kept and time.perf_counter() - started >= LEAST_SECONDS and view.keep():
        kept.keep({f"result-{name}": frame, f"told-{name}": pl.DataFrame({_LINE: [line]})})
    return frame, line


def is_remembered(view: Snapshot, what: str) -> bool:
    """Say whether ``remembered`` has it already."""
    kept = view.parts.kept
    return kept is not None and kept.frame(f"told-{_name(what)}") is not None


def _name(what: str) -> str:
    return blake2b(what.encode(), digest_size=12).hexdigest()
