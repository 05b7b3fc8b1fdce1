"""Groups: things that are linked to one another more than to the rest."""

from __future__ import annotations

import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.exports import wording
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import canvas
from graphkit.ui.analysis import shown, waiting
from graphkit.ui.analysis.asked import Asked
from graphkit.ui.analysis.known import known
from graphkit.ui.cards import plain

TOP = 200
MEMBERS = 100
DRAWN = 60
_WHAT = (
    "Groups of things that are linked to one another more than to the rest, found by the Leiden method (Traag, Waltman "
    "and van Eck, 2019). That things are in one group says that records link them, not that they belong together."
)
_STABLE = (
    "How much of the group other runs, begun differently, find again: 1 is all of it. Below 0.5 it is mostly luck."
)


def show(view: Snapshot, asked: Asked) -> None:
    """Show the groups of a snapshot, and the members of the one that is chosen."""
    st.caption(_WHAT)
    if not waiting.there(view, asked.analysis("communities")):
        return
    found = known(view, f"groups {asked.said}", lambda: flow.groups(view, asked.counting))
    if found.rows.is_empty():
        st.info("Nothing is linked to anything here: there are no groups.", icon=":material/info:")
        return
    st.markdown(f"**{wording.plural(len(found.rows), 'group')}.** {plain(' '.join(found.told))}")
    chosen = _table(view, asked, found)
    _members(view, found, chosen)
    shown.footing(found.computed_on)


def _table(view: Snapshot, asked: Asked, found: flow.Groups) -> int:
    """Show the groups as a table, and return the number of the one chosen in it, the largest at first."""
    rows = found.rows.head(TOP)
    picked = st.dataframe(
        rows.with_columns(names=pl.col("names").list.join(", ")).select(
            "community", "size", "stability", "names", "kinds"
        ).to_pandas(),
        hide_index=True,
        height=shown.height(min(len(rows), 8)) if len(rows) <= 8 else shown.ROW * 9,
        on_select="rerun",
        selection_mode="single-row",
        key=f"analysis-groups-{view.version}-{view.scope}-{asked.said}",
        column_config={
            "community": st.column_config.NumberColumn("group", width=60),
            "size": st.column_config.ProgressColumn(
                "things", width=120, format="%d", min_value=0, max_value=int(rows["size"][0])
            ),
            "stability": st.column_config.ProgressColumn(
                "stability", width=120, format="%.2f", min_value=0, max_value=1, help=_STABLE, color="green"
            ),
            "names": st.column_config.TextColumn("linked most in it", width=420),
            "kinds": st.column_config.TextColumn("kinds", width=260),
        },
        alt="Groups by size",
    ).selection.rows  # fmt: skip
    if len(found.rows) > TOP:
        st.caption(f"The first {TOP} of {len(found.rows):,}. All of them: graphkit communities")
    return int(rows["community"][picked[0] if picked else 0])


def _members(view: Snapshot, found: flow.Groups, number: int) -> None:
    members = found.members.filter(pl.col("community") == number)
    st.subheader(f"Group {number} · {wording.plural(len(members), 'thing')}", anchor=False)
    listed, picture = st.columns([1.1, 1.2], gap="medium")
    with listed:
        top = members.head(MEMBERS)
        picked = st.dataframe(
            top.select(
                "name", "links", kind=pl.Series(shown.kinds(top["kind"].to_list()), dtype=pl.String)
            ).to_pandas(),
            hide_index=True,
            height=shown.height(len(top)),
            on_select="rerun",
            selection_mode="single-row",
            key=f"analysis-members-{view.version}-{view.scope}-{number}",
            column_config={
                "name": st.column_config.TextColumn(width=190),
                "links": st.column_config.ProgressColumn(
                    "linked to", width=85, format="%d", min_value=0, max_value=max(int(members["links"][0]), 1)
                ),
            },
            alt="Members of the group",
        ).selection.rows
        if picked:
            shown.opens(top["id"][picked[0]], top["name"][picked[0]], "analysis-open-member")
        else:
            more = f"The {MEMBERS} most linked of {len(members):,}. " if len(members) > MEMBERS else ""
            st.caption(f"{more}Choose a row to open it.")
    with picture:
        canvas.draw(view, members["id"].head(DRAWN).to_list(), dict(canvas.NOTHING), {}, "group-canvas")
        if len(members) > DRAWN:
            st.caption(f"Drawn are the {DRAWN} most linked of {len(members):,}.")
