"""When the websites of a group were there, and what happened to them, as bars and marks in time."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.exports import palette, wording
from graphkit.graph.snapshot import Snapshot
from graphkit.ui.analysis import shown

_ROW = 30
_MARKS = {
    "seen": palette.colour("Website"), "hosted": palette.colour("Host"), "registered": palette.colour("Registration"),
    "request": palette.colour("Request"),
}  # fmt: skip
_SHAPES = {"registered": "triangle-down", "request": "diamond"}


def show(view: Snapshot, group: flow.SiteGroup) -> None:
    """Draw one row a website, in the order of appearance: when it was seen and hosted, registered and asked about."""
    rows = pl.DataFrame(
        list(flow.in_time(view, group.websites)),
        schema={"website": pl.String, "from": pl.Date, "to": pl.Date},
        orient="row",
    )
    events = flow.happened(view, group.websites)
    lives = rows.with_columns(what=pl.lit("seen"), value=pl.lit(""), sources=pl.lit([], pl.List(pl.String)))
    dated = pl.concat([lives.select(events.columns), events]).drop_nulls("from")
    if dated.is_empty():
        st.caption("No source says when any of them was there.")
        return
    order = [site for site in rows["website"].to_list() if site in set(dated["website"].to_list())]
    st.altair_chart(_drawn(dated.with_columns(to=pl.col("to").fill_null(pl.col("from"))), order),
                    alt="When each website was seen, hosted, registered and asked about")  # fmt: skip
    undated = len(rows) - len(order)
    if undated:
        st.caption(f"{wording.plural(undated, 'website')} without dates left out.")
    _listed(view, events)


def _drawn(dated: pl.DataFrame, order: list[str]) -> Any:
    told = dated.drop("sources").with_columns(when=pl.format("{} to {}", "from", "to"))
    y = alt.Y("website:N", sort=order, title=None, axis=alt.Axis(labelLimit=230))
    x = alt.X("from:T", title=None, axis=alt.Axis(format="%Y-%m", tickCount=6, orient="top"))
    colour = alt.Color(
        "what:N",
        scale=alt.Scale(domain=list(_MARKS), range=list(_MARKS.values())),
        legend=alt.Legend(title=None, orient="bottom"),
    )
    tooltip = [alt.Tooltip("website:N"), alt.Tooltip("what:N"), alt.Tooltip("value:N"), alt.Tooltip("when:N")]
    layers = []
    for what, height in (("seen", 16), ("hosted", 5)):
        bars = alt.Chart(told.filter(pl.col("what") == what).to_pandas())
        layers.append(
            bars.mark_bar(height=height, cornerRadius=2, opacity=0.45 if what == "seen" else 1).encode(
                x=x, x2="to:T", y=y, color=colour, tooltip=tooltip
            )
        )
    for what, shape in _SHAPES.items():
        marks = alt.Chart(told.filter(pl.col("what") == what).to_pandas())
        layers.append(
            marks.mark_point(shape=shape, filled=True, size=90, opacity=1).encode(
                x=x, y=y, color=colour, tooltip=tooltip
            )
        )
    return alt.layer(*layers).properties(height=_ROW * len(order) + 60)


def _listed(view: Snapshot, events: pl.DataFrame) -> None:
    if events.is_empty():
        return
    titles = dict(view.sources.select("id", "name").iter_rows())
    said_by = pl.col("sources").list.eval(pl.element().replace(titles)).list.join(", ").alias("said by")
    with st.expander(f"What happened, and who says so · {len(events):,}"):
        st.dataframe(
            events.with_columns(said_by).drop("sources").to_pandas(),
            hide_index=True,
            height=shown.height(min(len(events), 10)),
            alt="What happened to the websites",
        )
