"""What if: the network of the records without some of its things. A computation, and no advice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.graph.snapshot import Snapshot
from graphkit.ui.analysis import pick, shown, waiting
from graphkit.ui.analysis.asked import Asked, called
from graphkit.ui.analysis.known import known
from graphkit.ui.cards import plain

NAME = "without"
SIZE = 5
TOP = 50
LARGE = 200_000
"""From how many relations on key players are looked for only when they are asked for."""
_NO_ADVICE = (
    "A computation on these records: what the picture would look like if they did not speak of something. It is no "
    "recommendation to act against anyone, and says nothing about what would happen in the world."
)
_ABOUT = "The page shows the network of these records as if they did not speak of these things."


def show(view: Snapshot, asked: Asked) -> None:
    """Ask which things are taken out, and show the network before and after."""
    st.caption(f":material/info: {_NO_ADVICE}")
    choice, found = st.columns([1, 2.3], gap="large")
    with choice:
        ids = [id_ for id_ in pick.many(view, "Take out", NAME, _ABOUT) if _counts(view, asked, id_)]
        if len(ids) > 1:
            st.button("Put all back", key="analysis-back", on_click=pick.drop, args=(NAME,), icon=":material/undo:")
        _suggested(view, asked, ids)
    with found:
        if ids:
            _compared(view, asked, ids)
        else:
            _as_it_is(view, asked)


def _as_it_is(view: Snapshot, asked: Asked) -> None:
    now = known(view, f"whole {asked.counting.said()}", lambda: flow.whole(view, asked.counting))
    _wholes(now, now)
    st.caption("Nothing is taken out. Pick things on the left, by name or among the suggestions.")


def _counts(view: Snapshot, asked: Asked, id_: str) -> bool:
    return not asked.counting.among or view.things["kind"][view.number(id_)] in asked.counting.among


def _suggested(view: Snapshot, asked: Asked, ids: list[str]) -> None:
    """Offer the things whose loss, one after the other, would break up most pairs."""
    st.subheader("What most hangs on", anchor=False)
    if len(view.types) >= LARGE and not st.toggle("Look for it; this takes a while", key="analysis-players"):
        return
    counting = flow.Counting(among=asked.counting.among, through=asked.counting.through)
    if not waiting.there(view, flow.Analysis("key_players", counting=counting, size=SIZE)):
        return
    players = known(view, f"players {counting.said()}", lambda: flow.key_players(view, SIZE, counting))
    st.caption(f"One after the other, and how many of all pairs hang together no more. {plain(players.told[0])}")
    for row in players.rows.iter_rows(named=True):
        label = f"**{row['fragmented']:.1%}** · {plain(row['name'])}"
        upto = players.rows["id"].head(row["rank"]).to_list()
        st.button(
            label,
            key=f"player-{row['id']}",
            on_click=pick.pick,
            args=(NAME, *upto),
            disabled=set(upto) <= set(ids),
            width="stretch",
            help=f"{row['kind']}. Takes it out, and those before it.",
        )
    st.caption("Greedy: each is the best after those before it. Key players as in Borgatti, 2006 (KPP-Neg).")


def _compared(view: Snapshot, asked: Asked, ids: list[str]) -> None:
    analysis = replace(asked.analysis("what_if"), without=tuple(ids))
    if not waiting.there(view, asked.analysis("scores")) or not waiting.there(view, analysis):
        return
    what = f"what if {sorted(ids)} {asked.said}"
    found = known(view, what, lambda: flow.what_if(view, ids, asked.metric, asked.counting))
    before, after = found.before, found.after
    _wholes(before, after)
    st.caption(
        f"Of the pairs of things that stay, {before.connected:.1%} hang together now, and {after.connected:.1%} "
        f"without what is taken out. The largest piece has {before.largest:,} things now, and {after.largest:,} then."
    )
    _ranks(asked, found)
    shown.footing(found.computed_on)


def _wholes(before: flow.Whole, after: flow.Whole) -> None:
    counts = {
        "Things": (before.things, after.things, None),
        "Relations": (before.relations, after.relations, None),
        "Pieces": (before.pieces, after.pieces, "Parts of two things or more, with no way between them"),
        "Alone": (before.alone, after.alone, "Things without any relation"),
    }
    *columns, last = st.columns([1, 1, 0.9, 0.9, 1.25])
    for column, (label, (was, then, about)) in zip(columns, counts.items(), strict=True):
        _number(column, label, f"{then:,}", None if after is before else f"{then - was:+,}", about)
    about = "Of all pairs of the things that stay, how many have a way between them; the change in percentage points"
    change = None if after is before else f"{100 * (after.connected - before.connected):+.1f}"
    _number(last, "Connected", f"{after.connected:.1%}", change, about)


def _number(place: Any, label: str, value: str, change: str | None, about: str | None) -> None:
    arrow = "off" if change is None or not change.strip("+-0.") else "auto"
    place.metric(label, value, change, delta_color="off", delta_arrow=arrow, help=about, border=True)


def _ranks(asked: Asked, found: flow.WhatIf) -> None:
    rows = found.rows.filter(pl.col("kind") == asked.kind) if asked.kind else found.rows
    top = rows.head(TOP)
    st.subheader(f"Ranks by {called(asked.metric)} then", anchor=False)
    if top.is_empty():
        st.caption("Nothing is left that has a score.")
        return
    st.dataframe(
        top.select(
            "after",
            "before",
            moved=pl.Series([shown.moved(change) for change in top["change"]], dtype=pl.String),
            name="name",
            kind=pl.Series(shown.kinds(top["kind"].to_list()), dtype=pl.String),
        ).to_pandas(),
        hide_index=True,
        height=shown.height(len(top)),
        column_config={
            "after": st.column_config.NumberColumn("rank then", width=80),
            "before": st.column_config.NumberColumn("rank now", width=80),
            "moved": st.column_config.TextColumn("moves by", width=85),
            "name": st.column_config.TextColumn(width=235),
        },
        alt="Ranks before and after",
    )
    stay = int((top["change"] == 0).sum())
    st.caption(
        f"{stay} of the first {len(top)} keep their rank. What is taken out leaves its rank to others, so who came "
        "after it moves up by that much."
    )
