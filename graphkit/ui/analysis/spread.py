"""How the scores of a metric are spread: many with few, or few with much."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.exports import wording
from graphkit.graph.snapshot import Snapshot
from graphkit.ui.analysis import shown, waiting
from graphkit.ui.analysis.asked import Asked, called, explained
from graphkit.ui.analysis.known import known

_HIGH = 330


def show(view: Snapshot, asked: Asked) -> None:
    """Draw how many things have which scores, and which share has as much or more."""
    explained(asked.metric)
    if not waiting.there(view, asked.analysis("scores")):
        return
    found = known(
        view, f"spread {asked.said}", lambda: flow.distribution(view, asked.metric, asked.kind, asked.counting)
    )
    if not found.things:
        st.info("There is nothing in this case for which it is defined.", icon=":material/info:")
        return
    _numbers(found)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("How many have which score", anchor=False)
        st.altair_chart(_histogram(found, called(asked.metric)), alt="Histogram of the scores")
        st.caption("The higher the bar, the more things; heights grow with the square root, so that few are seen too.")
    with right:
        st.subheader("Which share has as much or more", anchor=False)
        _tail(found, called(asked.metric))
    shown.footing(found.computed_on)


def _numbers(found: flow.Distribution) -> None:
    told = {
        "Things with a score": f"{found.things:,}",
        "Half have at most": _number(found.median),
        "The highest": _number(found.highest),
        "Not defined for": f"{found.undefined:,}",
    }
    for column, (label, value) in zip(st.columns(len(told)), told.items(), strict=True):
        column.metric(label, value, border=True)


def _number(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:.4g}"


def _histogram(found: flow.Distribution, metric: str) -> Any:
    gap = 0.08 * (pl.col("high") - pl.col("low"))
    half = 0.5 if found.whole else 0.0  # a bar stands over the whole numbers that it counts
    rows = found.bins.with_columns(
        score=_called(found.whole),
        start=pl.col("low") - half + gap,
        end=pl.col("high") - half - gap,
        zero=0,
    )
    axis = alt.Axis(format="d", tickCount=8, tickMinStep=1) if found.whole else alt.Axis(tickCount=6)
    return (
        alt.Chart(rows.to_pandas())
        .mark_bar(color=shown.BAR, cornerRadiusTopLeft=2, cornerRadiusTopRight=2)
        .encode(
            x=alt.X("start:Q", title=metric, axis=axis, scale=alt.Scale(nice=False, padding=6)),
            x2="end:Q",
            y=alt.Y(
                "things:Q",
                title="things",
                scale=alt.Scale(type="sqrt", domainMin=0),
                axis=alt.Axis(format=",d", tickCount=6),
            ),
            y2="zero:Q",
            tooltip=[alt.Tooltip("score:N", title=metric), alt.Tooltip("things:Q", format=",")],
        )
        .properties(height=_HIGH)
    )


def _called(whole: bool) -> pl.Expr:
    """Return what each bin is called."""
    if not whole:
        return pl.format("{} to {}", *(pl.col(end).round_sig_figs(4) for end in ("low", "high")))
    low, last = pl.col("low").cast(pl.Int64), pl.col("high").cast(pl.Int64) - 1
    return pl.when(low == last).then(low.cast(pl.String)).otherwise(pl.format("{} to {}", low, last))


def _tail(found: flow.Distribution, metric: str) -> None:
    rows = found.tail.filter(pl.col("score") > 0)
    if len(rows) < 2:
        st.caption("All have the same score: there is no curve to draw.")
        return
    percent = alt.Axis(format="~%", tickCount=5)
    drawn = alt.Chart(rows.to_pandas()).encode(
        x=alt.X("score:Q", title=metric, scale=alt.Scale(type="log"), axis=alt.Axis(format="~g", tickCount=6)),
        y=alt.Y("share:Q", title="share of things", scale=alt.Scale(type="log"), axis=percent),
        tooltip=[
            alt.Tooltip("score:Q", title=f"{metric} at least", format=",.4~g"),
            alt.Tooltip("share:Q", title="share of things", format=".3~%"),
        ],
    )
    line = drawn.mark_line(color=shown.BAR, interpolate="step-before", strokeWidth=2)
    points = drawn.mark_point(color=shown.BAR, filled=True, size=28, opacity=0.9)
    st.altair_chart((line + points).properties(height=_HIGH), alt="Share of things by least score")
    zero = found.things - round(float(rows["share"][0]) * found.things)
    left_out = f" {wording.plural(zero, 'thing')} with 0 left out." if zero else ""
    st.caption(f"Both axes are logarithmic: a straight line is a heavy tail, few with much.{left_out}")
