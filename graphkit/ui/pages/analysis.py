"""Link analysis: who ranks where and how firmly, what if something were gone, what changed, and why two are linked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from graphkit.errors import GraphkitError
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import session
from graphkit.ui.analysis import dates, grouped, losing, rankings, spread, why
from graphkit.ui.analysis.asked import Asked, nothing, of_groups, of_metric
from graphkit.ui.cards import plain


@dataclass(frozen=True, slots=True)
class _Tab:
    """What a tab shows, and what it asks for in the sidebar."""

    show: Callable[[Snapshot, Asked], None]
    ask: Callable[[Snapshot], Asked] = of_metric


_TABS = {
    "Rankings": _Tab(rankings.show),
    "Distribution": _Tab(spread.show),
    "What if": _Tab(losing.show),
    "Two dates": _Tab(dates.show),
    "Why linked": _Tab(why.show, nothing),
    "Groups": _Tab(grouped.show, of_groups),
}


def page() -> None:
    """Show one analysis of the case at a time, each in a tab."""
    view = session.snapshot()
    st.title("Link analysis", anchor=False)
    places = st.tabs(list(_TABS), key="show", on_change="rerun", bind="query-params")
    for place, tab in zip(places, _TABS.values(), strict=True):
        if place.open:
            with place:
                _show(view, tab)


def _show(view: Snapshot, tab: _Tab) -> None:
    try:
        tab.show(view, tab.ask(view))
    except GraphkitError as problem:
        st.info(plain(str(problem)), icon=":material/info:")
