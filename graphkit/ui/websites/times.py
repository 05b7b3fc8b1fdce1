"""When the websites of a group were there, and what happened to them, as bars and marks in time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.exports import palette, wording
from graphkit.graph.snapshot import Snapshot
from graphkit.ui.analysis import shown

_ROW = 30
_AROUND = 115
_BARS = {"seen": (palette.colour("Website"), 16, 0.45), "hosted": (palette.colour("Host"), 5, 1.0)}
_MARKS = {
    "registered": (palette.colour("Registration"), "triangle-down"),
    "request": (palette.colour("Request"), "diamond"),
}
_EDGE = 0.03
"""What part of the time that is drawn is left free before the first and after the last day."""
_WIDTHS = {"website": 190, "what": 90, "value": 190, "when": 190, "said by": 320}


def show(view: Snapshot, group: flow.SiteGroup) -> None:
    """Draw one row a website, in the order of appearance: when it was seen and hosted, registered and asked about."""
    events, today = flow.happened(view, group.websites), datetime.now(UTC).date()
    dated = events.drop_nulls("from")
    begun = dated.filter(pl.col("from") <= today)
    if begun.is_empty():
        st.caption("No source says when any of them was there.")
        return
    there = set(begun["website"].to_list())
    order = [site for site, *_ in flow.in_time(view, group.websites) if site in there]
    last = flow.last_day(begun, today)
    drawn_to = pl.min_horizontal(pl.col("to").fill_null(last), pl.lit(today))
    ends = begun.with_columns(to=pl.max_horizontal(drawn_to, "from"))
    st.altair_chart(_drawn(ends, order), alt="When each website was seen, hosted, registered and asked about")
    if begun["open"].any():
        st.caption(
            f"▸ open: no source tells an end, so that it is drawn to {last}, the last day known of these websites."
        )
    if later := len(dated) - len(begun):
        st.caption(f"{wording.plural(later, 'event')} after today left out; see below who says so.")
    undated = len(group.websites) - len(order)
    if undated:
        st.caption(f"{wording.plural(undated, 'website')} without dates left out.")
    _listed(view, events)


def _drawn(dated: pl.DataFrame, order: list[str]) -> Any:
    told = dated.drop("sources").with_columns(when=_when())
    y = alt.Y("website:N", sort=order, title=None, axis=alt.Axis(labelLimit=230))
    x = alt.X("from:T", title=None, scale=_scale(dated), axis=alt.Axis(format="%Y-%m", tickCount=6, orient="top"))
    names = [alt.Tooltip(f"{name}:N") for name in ("website", "what", "value", "when")]
    layers = []
    for what, (colour, height, opacity) in _BARS.items():
        rows = told.filter(pl.col("what") == what)
        hue = _named(what, colour, "square")
        bars = alt.Chart(rows.to_pandas()).mark_bar(height=height, cornerRadius=2, opacity=opacity)
        layers.append(bars.encode(x=x, x2="to:T", y=y, color=hue, tooltip=names))
        ends = alt.Chart(rows.filter("open").to_pandas()).mark_point(
            shape="triangle-right", filled=True, size=110, opacity=1, color=colour, xOffset=4
        )
        layers.append(ends.encode(x=alt.X("to:T", scale=_scale(dated)), y=y, tooltip=names))
    for what, (colour, shape) in _MARKS.items():
        marks = alt.Chart(told.filter(pl.col("what") == what).to_pandas())
        hue = _named(what, colour, shape)
        layers.append(
            marks.mark_point(shape=shape, filled=True, size=90, opacity=1).encode(x=x, y=y, color=hue, tooltip=names)
        )
    return alt.layer(*layers).resolve_scale(color="independent").properties(height=_ROW * len(order) + _AROUND)


def _named(what: str, colour: str, shape: str) -> Any:
    """Return the colour of what is drawn, with a sign in the legend that looks as it does."""
    legend = alt.Legend(title=None, orient="bottom", symbolType=shape)
    return alt.Color("what:N", scale=alt.Scale(domain=[what], range=[colour]), legend=legend)


def _scale(dated: pl.DataFrame) -> Any:
    """Return the time that is drawn, with room at both ends."""
    first, last = dated.select(pl.col("from").min(), pl.col("to").max()).row(0)
    room = max(timedelta(days=7), (last - first) * _EDGE)
    return alt.Scale(domain=[_moment(first - room), _moment(last + room)], nice=False)


def _moment(day: date) -> Any:
    return alt.DateTime(year=day.year, month=day.month, date=day.day)


def _when() -> pl.Expr:
    """Return in words when something was; what is open has no end."""
    begun, to = pl.col("from").cast(pl.String), pl.col("to").cast(pl.String)
    return (
        pl.when("open")
        .then(pl.format("from {}, open", begun))
        .when(begun == to)
        .then(begun)
        .when(pl.col("from").is_null())
        .then(pl.format("until {}", to).fill_null("no date"))
        .otherwise(pl.format("{} to {}", begun, to))
    )


def _listed(view: Snapshot, events: pl.DataFrame) -> None:
    titles = dict(view.sources.select("id", "name").iter_rows())
    said_by = pl.col("sources").list.eval(pl.element().replace(titles)).list.join(", ").alias("said by")
    rows = events.select("website", "what", "value", _when().alias("when"), said_by)
    with st.expander(f"What happened, and who says so · {len(events):,}"):
        st.dataframe(
            rows.to_pandas(),
            hide_index=True,
            height=shown.height(min(len(events), 10)),
            column_config={name: st.column_config.TextColumn(width=width) for name, width in _WIDTHS.items()},
            alt="What happened to the websites",
        )
