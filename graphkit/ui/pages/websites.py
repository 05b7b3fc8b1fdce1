"""Websites: which share infrastructure, when each was there, why they are linked, and what may have come next."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.errors import GraphkitError
from graphkit.exports import wording
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import deciding, session
from graphkit.ui.analysis import shown, waiting
from graphkit.ui.analysis.known import known
from graphkit.ui.cards import plain
from graphkit.ui.websites import links, times

TOP = 500


def page() -> None:
    """Show the groups of websites of the case, or one website and what it is linked to."""
    view = session.snapshot()
    st.title("Websites", anchor=False)
    st.caption(f":material/info: {flow.PIVOT_CAUTION}")
    if not waiting.there(view, flow.Analysis("pivot")):
        return
    found = known(view, "pivot", lambda: flow.pivot(view))
    if not found.websites:
        st.info(plain(found.told[0]), icon=":material/info:")
        return
    _numbers(found)
    sought = st.text_input(
        "Find a website", key="site", bind="query-params", placeholder="A domain, such as amber-signal.example"
    )
    if sought:
        _one(view, found, sought)
    else:
        _all(view, found)
    _watched(found)
    _left_out(found.damped)
    st.caption(plain(found.computed_on))


def _numbers(found: flow.Pivot) -> None:
    inside = len(found.by_domain)
    told = {
        "Websites": f"{found.websites:,}",
        "In groups": f"{inside:,}",
        "Groups": f"{len(found.groups):,}",
        "Values that say nothing": f"{len(found.damped):,}",
    }
    for column, (label, value) in zip(st.columns(len(told)), told.items(), strict=True):
        column.metric(label, value, border=True)


def _all(view: Snapshot, found: flow.Pivot) -> None:
    if not found.groups:
        st.info("No websites share so much that they make a group.", icon=":material/info:")
        return
    st.subheader("Groups that share infrastructure", anchor=False)
    groups = found.groups[:TOP]
    rows = pl.DataFrame(
        [
            (len(one.websites), 100 * one.confidence, ", ".join(one.websites), flow.why(one.links[0], 3))
            for one in groups
        ],
        schema={"size": pl.Int64(), "sure": pl.Float64(), "websites": pl.String(), "shares": pl.String()},
        orient="row",
    )
    chosen = st.dataframe(
        rows.to_pandas(),
        hide_index=True,
        height=shown.height(min(len(rows), 8)),
        on_select="rerun",
        selection_mode="single-row",
        key=f"websites-groups-{view.version}-{view.scope}",
        column_config={
            "size": st.column_config.ProgressColumn(
                "websites", format="%d", min_value=0, max_value=max(len(one.websites) for one in groups), width=110
            ),
            "sure": st.column_config.ProgressColumn(
                "how sure", format="%.1f %%", min_value=0, max_value=100, width=110,
                help="The mean probability that two websites of the group belong together",
            ),
            "websites": st.column_config.TextColumn("which", width=420),
            "shares": st.column_config.TextColumn("the surest link shares", width=520),
        },
        alt="Groups of websites",
    ).selection.rows  # fmt: skip
    if len(found.groups) > TOP:
        st.caption(f"The {TOP} largest of {len(found.groups):,}. All of them: graphkit pivot --all")
    group = groups[chosen[0] if chosen else 0]
    _group(view, group, group.links)


def _group(view: Snapshot, group: flow.SiteGroup, found: Sequence[flow.Link]) -> None:
    size = wording.plural(len(group.websites), "website")
    title, button = st.columns([4, 1], vertical_alignment="bottom")
    title.subheader(f"{size} · {flow.percent(group.confidence)} sure", anchor=False)
    known_here = [site for site in group.websites if f"website:{site}" in view.index]
    watches = button.button("Watch …", key="websites-watch", icon=":material/visibility:", width="stretch")
    if known_here and deciding.asked(watches, f"watch {group.id}"):
        deciding.watching(view, known_here)
    times.show(view, group)
    links.show(view, found, f"{group.id} {len(found)}")


def _one(view: Snapshot, found: flow.Pivot, sought: str) -> None:
    try:
        one = flow.relatives(view, sought)
    except GraphkitError as problem:
        st.warning(plain(str(problem)), icon=":material/search_off:")
        return
    st.subheader(plain(one.domain), anchor=False)
    _successors(one.successors)
    if one.group:
        _group(view, one.group, one.links)
    elif one.links:
        st.markdown("In no group. What it shares with others is too little to say that they belong together.")
        links.show(view, one.links, one.domain)
    else:
        st.markdown("It shares nothing telling with any other website.")
    if len(one.damped):
        _left_out(one.damped, "What it has that says nothing")


def _watched(found: flow.Pivot) -> None:
    if not found.watched:
        return
    with st.expander(f"Watched · {len(found.watched)}"):
        for one in found.watched:
            sites = ", ".join(one.websites)
            st.markdown(f"{plain(sites)} · by {plain(one.who)} since {one.when[:10]}: {plain(one.why)}")
        st.caption("What a load brings that shares infrastructure with them is told in its report.")


def _successors(found: Sequence[flow.Successor]) -> None:
    st.markdown("**What may have taken its place**" + ("" if found else ": none"))
    for one in found:
        st.markdown(f"- {plain(one.domain)} · score {one.score:.2f} · {plain(one.because)}")


def _left_out(damped: pl.DataFrame, title: str = "Values that say nothing, and why") -> None:
    with st.expander(title):
        st.dataframe(
            damped.to_pandas(),
            hide_index=True,
            height=shown.height(min(len(damped), 10)),
            column_config={"seen_on": st.column_config.NumberColumn("on websites")},
            alt="Values that were left out",
        )
