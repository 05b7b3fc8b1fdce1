"""When the websites of a group were there, as bars in time."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.exports import palette, wording
from graphkit.graph.snapshot import Snapshot

_ROW = 26


def show(view: Snapshot, group: flow.SiteGroup) -> None:
    """Draw one bar a website, from the first to the last day on which it was seen, in the order of appearance."""
    rows = pl.DataFrame(
        list(flow.in_time(view, group.websites)),
        schema={"website": pl.String, "first": pl.Date, "last": pl.Date},
        orient="row",
    )
    dated = rows.drop_nulls()
    if dated.is_empty():
        st.caption("No source says when any of them was there.")
        return
    st.altair_chart(_bars(dated), alt="When each website was seen")
    undated = len(rows) - len(dated)
    if undated:
        st.caption(f"{wording.plural(undated, 'website')} without dates left out.")


def _bars(dated: pl.DataFrame) -> Any:
    shown = dated.with_columns(seen=pl.format("{} to {}", "first", "last"))
    return (
        alt.Chart(shown.to_pandas())
        .mark_bar(color=palette.colour("Website"), height=12, cornerRadius=3)
        .encode(
            x=alt.X("first:T", title=None, axis=alt.Axis(format="%Y-%m", tickCount=6, orient="top")),
            x2="last:T",
            y=alt.Y("website:N", sort=dated["website"].to_list(), title=None, axis=alt.Axis(labelLimit=230)),
            tooltip=[alt.Tooltip("website:N"), alt.Tooltip("seen:N", title="seen")],
        )
        .properties(height=_ROW * len(dated) + 30)
    )
