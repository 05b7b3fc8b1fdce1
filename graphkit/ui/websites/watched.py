"""What people watch: by whom and why, what came near since, and the way to end it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graphkit import flow
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import deciding, session
from graphkit.ui.cards import plain


def show(view: Snapshot, found: flow.Pivot) -> None:
    """Show the websites that are watched, those that several decisions name once."""
    if not found.watched:
        return
    together: dict[frozenset[str], list[flow.Choice]] = {}
    for one in found.watched:
        together.setdefault(frozenset(one.websites), []).append(one)
    with st.expander(f"Watched · {len(frozenset().union(*together))}"):
        for decided in together.values():
            _one(view, found, decided)
        st.caption("The report of a load tells what it brings that shares infrastructure with them, too.")


def _one(view: Snapshot, found: flow.Pivot, decided: Sequence[flow.Choice]) -> None:
    sites = ", ".join(decided[0].websites)
    words = [f"by {one.who} since {one.when[:10]}: {one.why}" for one in decided]
    said, undo = st.columns([5, 1], vertical_alignment="center")
    said.markdown("  \n".join([f"**{plain(sites)}**", *map(plain, words), _came(view, found, decided)]))
    ids = [one.decision for one in decided]
    if deciding.asked(undo.button("Undo", key=f"undo-{ids[0]}", icon=":material/undo:", width="stretch"), ids[0]):
        deciding.undoing(view, f"No longer watch {sites}", ids)


def _came(view: Snapshot, found: flow.Pivot, decided: Sequence[flow.Choice]) -> str:
    """Say which websites that share infrastructure with them were loaded since they are watched."""
    first = min(decided, key=lambda one: one.when)
    new = flow.newcomers(session.store(), view, found, first)
    return f":material/notification_important: New since: {plain(', '.join(new))}" if new else "Nothing new since."
