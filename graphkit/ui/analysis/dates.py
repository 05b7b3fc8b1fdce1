"""Two dates: who rose and who fell between them in what the records say held then."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.exports.network import short
from graphkit.graph.moment import day
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import session
from graphkit.ui.analysis import shown, waiting
from graphkit.ui.analysis.asked import Asked, called, explained
from graphkit.ui.analysis.known import known
from graphkit.ui.cards import plain

TOP = 100
DRAWN = 12
_STAYS: Any = {"persist_state": "session"}
_HELP = "A day, month or year: 2014-03-01, 2014-03 or 2014. What held then counts, also what may have held."
_NULLS = (
    "“Not there” means that nothing in these records says it was linked then, or that the metric is not defined for "
    "it: it has no rank, and so no change. It may be a gap in the records."
)


def show(view: Snapshot, asked: Asked) -> None:
    """Ask for two dates, and show who ranks where as of each."""
    explained(asked.metric)
    days = _days(view)
    if days is None:
        return
    for text in days:
        if not waiting.there(session.snapshot_as_of(view, text), asked.analysis("scores")):
            return
    store, what = session.store(), f"changes {days} {asked.said}"
    found = known(view, what, lambda: flow.changes(store, view.scope, asked.metric, days, asked.counting)[0])
    rows = found.rows.filter(pl.col("kind") == asked.kind) if asked.kind else found.rows
    if rows.is_empty():
        st.info("Nothing in these records has a rank on either date.", icon=":material/info:")
        return
    bars, table = st.columns([1, 1.25], gap="large")
    with bars:
        _bars(rows, days)
    with table:
        _table(rows, days, called(asked.metric))
    shown.footing(found.computed_on)


def _days(view: Snapshot) -> tuple[str, str] | None:
    """Ask for the dates; None, which is said, while they are no two dates."""
    usual = _usual(view)
    given = []
    for column, label, at in zip(st.columns([1, 1, 2]), ("First date", "Second date"), usual, strict=False):
        key = f"analysis-{label.partition(' ')[0].lower()}-{view.scope.cases}"
        text = column.text_input(label, value=at, key=key, help=_HELP, placeholder="2014", **_STAYS)
        try:
            given.append(day((text or "").strip()))
        except ValueError as problem:
            column.error(plain(str(problem)))
            return None
    if not all(given) or given[0] == given[1]:
        st.info("Name two different dates: the ranks as of one are compared with the other's.", icon=":material/info:")
        return None
    return given[0], given[1]


def _usual(view: Snapshot) -> tuple[str, str]:
    """Return the year by which half of the dated relations had begun, and the last in which one began.

    Months where all began in one year, and nothing where that says nothing either.
    """
    begun = view.times["first_seen"].drop_nulls().sort()
    for letters in (4, 7):
        dates = begun.str.slice(0, letters)
        if len(dates) and dates[0] != dates[-1]:
            half = dates[(len(dates) - 1) // 2]
            return (half if half != dates[-1] else dates[0]), dates[-1]
    return "", ""


def _bars(rows: pl.DataFrame, days: tuple[str, str]) -> None:
    moved = rows.filter(pl.col("change").is_not_null() & (pl.col("change") != 0)).head(DRAWN)
    st.subheader("Who moved most", anchor=False)
    if moved.is_empty():
        st.caption("Nothing that has a rank on both dates moved.")
        return
    names = pl.Series([short(name) for name in moved["name"]])
    drawn = moved.select("id", "name", "change", before=days[0], after=days[1]).with_columns(
        label=pl.when(names.is_duplicated()).then(pl.format("{} · {}", names, "id")).otherwise(names),
        way=pl.when(pl.col("change") > 0).then(pl.lit("rose")).otherwise(pl.lit("fell")),
    )
    chart = (
        alt.Chart(drawn.to_pandas())
        .mark_bar(height=14, cornerRadius=3)
        .encode(
            x=alt.X("change:Q", title="ranks up (right) or down (left)", axis=alt.Axis(format="d", tickCount=6)),
            y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=190)),
            color=alt.Color(
                "way:N", scale=alt.Scale(domain=["rose", "fell"], range=[shown.RISE, shown.FALL]), legend=None
            ),
            tooltip=[
                "name:N",
                alt.Tooltip("before:Q", title=f"rank {days[0]}"),
                alt.Tooltip("after:Q", title=f"rank {days[1]}"),
                alt.Tooltip("change:Q", format="+d"),
            ],
        )
        .properties(height=30 * len(drawn) + 50)
    )
    st.altair_chart(chart, alt="Ranks that things rose or fell by")


def _table(rows: pl.DataFrame, days: tuple[str, str], metric: str) -> None:
    st.subheader(f"Ranks by {metric}", anchor=False)
    top = rows.head(TOP)
    ranks = {text: [f"{rank:,}" if rank else "not there" for rank in top[text]] for text in days}
    table = pl.DataFrame(
        {"name": top["name"], **ranks, "moved": [shown.moved(change) for change in top["change"]],
         "kind": shown.kinds(top["kind"].to_list())}
    )  # fmt: skip
    st.dataframe(
        table.to_pandas(),
        hide_index=True,
        height=shown.height(len(table)),
        column_config={
            "name": st.column_config.TextColumn(width=195),
            **{text: st.column_config.TextColumn(f"rank {text}", width=95) for text in days},
            "moved": st.column_config.TextColumn("moves by", width=85),
        },
        alt="Ranks on two dates",
    )
    st.caption(f"The first {TOP} of {len(rows):,}. {_NULLS}" if len(rows) > TOP else _NULLS)
