"""Waiting for what takes long: how far it is, a way to stop it, and a page that answers meanwhile."""

from __future__ import annotations

import streamlit as st

from graphkit import flow
from graphkit.errors import Stop
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import session
from graphkit.ui.cards import plain

_EVERY = "500ms"
_STOPPED = "analysis-stopped"
_WORDS = {
    "scores": "Computing {metric}",
    "firm": "Computing how firm the ranks by {metric} are",
    "what_if": "Computing {metric} without what is taken out",
    "communities": "Looking for groups",
    "key_players": "Looking for what most hangs on",
    "pivot": "Comparing websites",
}


def _left(work: flow.Work | None) -> None:
    if work:
        work.stop()


@st.cache_resource(scope="session", max_entries=1, show_spinner=False, on_release=_left)
def _begun(
    at: str, scope: Scope, version: str, known_by: str, _view: Snapshot, _asked: flow.Analysis
) -> flow.Work | None:
    """Begin an analysis. It is stopped when this session asks for another one, and when it ends."""
    return flow.work(_view, _asked)


def there(view: Snapshot, asked: flow.Analysis) -> bool:
    """Say whether an analysis can be shown at once; while it cannot, show how far it is."""
    if flow.is_soon(view, asked):
        return True
    what = f"{asked.known_by} {view.scope!r} {view.version}"
    if st.session_state.get(_STOPPED) == what:
        _again("Stopped before it came to its end.", "Start it again")
        return False
    work = _begun(session.address(), view.scope, view.version, asked.known_by, view, asked)
    if work is None:
        return True
    if work.is_running:
        _progress(work, _WORDS[asked.verb].format(metric=asked.metric.replace("_", " ")), what)
        return False
    try:
        work.wait()
    except Stop as problem:
        _again(str(problem), "Try again")
        return False
    return True


@st.fragment(run_every=_EVERY)
def _progress(work: flow.Work, words: str, what: str) -> None:
    if not work.is_running:
        st.rerun(scope="app")
    with st.container(border=True, key="analysis-running"):
        bar, button = st.columns([5, 1], vertical_alignment="center")
        share = f" · {work.share:.0%}" if work.share else ""
        bar.progress(min(work.share, 1.0), text=f"{words}{share} · {work.seconds:,.0f} s")
        button.button(
            "Cancel",
            key="analysis-cancel",
            on_click=_cancel,
            args=(what,),
            icon=":material/stop_circle:",
            width="stretch",
        )


def _cancel(what: str) -> None:
    st.session_state[_STOPPED] = what
    _begun.clear()


def _again(why: str, label: str) -> None:
    st.info(plain(why), icon=":material/pause_circle:")
    st.button(label, key="analysis-again", on_click=_restart, icon=":material/replay:")


def _restart() -> None:
    st.session_state.pop(_STOPPED, None)
    _begun.clear()
