"""What was computed for the page before is there for all sessions, until the store changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import session

T = TypeVar("T")


@st.cache_resource(show_spinner="Computing …", max_entries=64)
def _known(at: str, scope: Scope, version: str, what: str, _compute: Callable[[], object]) -> object:
    return _compute()


def known(view: Snapshot, what: str, compute: Callable[[], T]) -> T:
    """Return what ``compute`` gives, or gave before; ``what`` says what is computed of the snapshot, and how."""
    found: T = _known(session.address(), view.scope, view.version, what, compute)  # type: ignore[assignment]  # of compute
    return found
