"""Decisions: who decided what in the case, when and why, what contradicts what, and the way back."""

from __future__ import annotations

import streamlit as st

from graphkit import flow
from graphkit.exports import wording
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import deciding, session
from graphkit.ui.cards import plain

SHOWN = 50


def page() -> None:
    """Show the decisions of the case, the latest first."""
    view = session.snapshot()
    st.title("Decisions", anchor=False)
    told = flow.log(session.store(), view.scope)
    if not told.entries:
        st.caption(
            "Nobody decided anything in this case yet. Choose a thing in Investigate and press Decide: to correct or "
            "withdraw a claim, to merge two things that are one, or to retract a source. Claims stay as they are "
            "written, and everything decided can be undone here."
        )
        return
    in_force = sum(one.undone_by is None for one in told.entries)
    st.caption(f"{wording.plural(len(told.entries), 'decision')}, {in_force:,} in force. The latest first.")
    for clash in told.contradictions:
        st.error(plain(str(clash)), icon=":material/call_split:")
    for one in told.entries[:SHOWN]:
        _decision(one, view, told)
    if len(told.entries) > SHOWN:
        st.caption(f"The latest {SHOWN} of {len(told.entries):,}. All of them: graphkit log")


def _decision(one: flow.LogEntry, view: Snapshot, told: flow.Log) -> None:
    id_ = one.entry["id"]
    line = wording.decided(one.entry, told.names)
    with st.container(border=True):
        said, undo = st.columns([5, 1], vertical_alignment="center")
        words = plain(line) if one.undone_by is None else f":gray[~~{plain(line)}~~]"
        undone = f" · undone by {plain(one.undone_by)}" if one.undone_by else ""
        said.markdown(f"{words}  \n:small[:gray[{plain(id_)}{undone}]]")
        if one.undone_by is None:
            pressed = undo.button("Undo", key=f"undo-{id_}", icon=":material/undo:", width="stretch")
            if deciding.asked(pressed, id_):
                deciding.undoing(view, line, [id_])
