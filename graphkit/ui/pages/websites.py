"""Websites: which share infrastructure, when each was there, why they are linked, and what may have come next."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence

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
from graphkit.ui.websites import links, times, watched

TOP = 500
NEAR = 30
CASES = 3
NO_HIT = "Type a part of a domain or name to choose from a list, or clear the field to see all groups."


def page() -> None:
    """Show the groups of websites of the case, or one website and what it is linked to."""
    view = session.snapshot()
    st.title("Websites", anchor=False)
    st.caption(f":material/info: {flow.PIVOT_CAUTION}")
    if not waiting.there(view, flow.Analysis("pivot")):
        return
    found = known(view, "pivot", lambda: flow.pivot(view))
    if not found.websites:
        _elsewhere(view, found.told[0])
        return
    _numbers(found)
    sought = st.text_input(
        "Find a website", key="site", bind="query-params", placeholder="A domain or a part of one, such as amber"
    )
    if sought:
        _one(view, found, sought)
    else:
        _all(view, found)
    watched.show(view, found)
    _left_out(found.damped)
    st.caption(plain(found.computed_on))


def _elsewhere(view: Snapshot, told: str) -> None:
    """Say that there are no websites here, where there are some, and how to load some."""
    load_it = f"graphkit load PATH --case {shlex.quote(view.scope.cases[0])}"
    st.info(plain(f"{told} Load some with '{load_it}', or drop a file on the page Data."), icon=":material/info:")
    _cases(view, flow.cases_with_websites(session.store()), "some")


def _cases(view: Snapshot, named: Mapping[str, str], what: str, **query: str) -> None:
    """Offer to open the other cases among some that have what is looked for."""
    for id_, name in [case for case in named.items() if case[0] not in view.scope.cases][:CASES]:
        if st.button(f"Open the case that has {what}: {plain(name)}", key=f"case-{id_}", icon=":material/language:"):
            session.go("websites", case=id_, **query)


def _near(sites: Sequence[str], sought: str, problem: str) -> None:
    """Offer the websites that are called like what is sought; where none is, say how to go on."""
    if not sites:
        st.warning(plain(f"{problem} {NO_HIT}"), icon=":material/search_off:")
        return
    st.markdown(f"{wording.plural(len(sites), 'website')} with '{plain(sought)}' in the domain or name. Choose one.")
    with st.container(horizontal=True, gap="small"):
        for site in sites[:NEAR]:
            st.button(plain(site), key=f"near-{site}", on_click=_look, args=(site,))
    if len(sites) > NEAR:
        st.caption(f"The first {NEAR} of {len(sites):,}. Type more of the domain.")


def _look(site: str) -> None:
    st.session_state["site"] = site


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
            (len(one.websites), 100 * flow.as_told(one.confidence), ", ".join(one.websites), flow.shares(one.links[0]))
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
                "how sure", format="%.0f %%", min_value=0, max_value=100, width=110,
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
    watches = button.button(
        "Watch …", key="websites-watch", icon=":material/visibility:", width="stretch", disabled=not known_here,
        help=None if known_here else "Only their domains are known. Add a Website at one of them on the page Add.",
    )  # fmt: skip
    if known_here and deciding.asked(watches, f"watch {group.id}"):
        deciding.watching(view, known_here)
    times.show(view, group)
    links.show(view, found, f"{group.id} {len(found)}")


def _one(view: Snapshot, found: flow.Pivot, sought: str) -> None:
    try:
        one = flow.relatives(view, sought)
    except GraphkitError as problem:
        _near(flow.named_like(view, sought), sought, str(problem))
        _cases(view, flow.cases_with_websites(session.store(), sought), "it", site=sought)
        return
    st.subheader(plain(one.domain), anchor=False)
    _successors(one)
    for told in flow.kept_apart(one):
        st.markdown(plain(told))
    if one.group:
        _group(view, one.group, one.links)
    elif one.links:
        st.markdown(plain(flow.in_no_group(one)))
        links.show(view, one.links, one.domain)
    else:
        st.markdown(plain(flow.grouped(one)))
    if len(one.damped):
        _left_out(one.damped, "What it has that says nothing")


def _successors(found: flow.Relatives) -> None:
    if not found.successors:
        st.markdown(plain(found.after))
        return
    st.markdown("**What may have taken its place**")
    for one in found.successors:
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
