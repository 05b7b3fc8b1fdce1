"""Entities: everything in the case as a table to sort and filter."""

from __future__ import annotations

import polars as pl
import streamlit as st

from graphkit.analytics import METRICS
from graphkit.exports import palette
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import session
from graphkit.ui.cards import plain


def page() -> None:
    """Show the things of the case as a table."""
    view = session.snapshot()
    st.title("Entities", anchor=False)
    table = _filtered(view)
    st.caption(f"{len(table):,} of {len(view.entities):,} things. Choose a row to open it.")
    most = max(1, int(table["links"].to_numpy().max(initial=1)))
    chosen_rows = st.dataframe(
        table.to_pandas(),
        hide_index=True,
        height=620,
        on_select="rerun",
        selection_mode="single-row",
        key=f"entities-{view.version}-{view.scope}-{hash(tuple(table['id']))}",
        column_config={
            "links": st.column_config.ProgressColumn("linked to", format="%d", min_value=0, max_value=most),
            "also": st.column_config.ListColumn("other names"),
            "disputed": st.column_config.ListColumn("disputed"),
        },
    ).selection.rows
    if chosen_rows:
        chosen = table.row(chosen_rows[0], named=True)
        if st.button(f"Open {plain(chosen['name'])} in Investigate", type="primary", icon=":material/hub:"):
            session.go("investigate", id=chosen["id"])


def _filtered(view: Snapshot) -> pl.DataFrame:
    table = _table(view)
    with st.sidebar:
        text = st.text_input("Name or id holds", key="entities-text").strip().lower()
        counts = dict(view.entities["kind"].value_counts(sort=True).iter_rows())
        kinds = st.pills(
            "Kinds",
            list(counts),
            selection_mode="multi",
            format_func=lambda kind: f"{palette.glyph(kind)} {kind} {counts[kind]:,}",
            key="entities-kinds",
        )
        disputed = st.toggle("Disputed only", key="entities-disputed")
    if text:
        names = pl.concat_list("name", "id", "also").list.join("\n").str.to_lowercase()
        table = table.filter(names.str.contains(text, literal=True))
    if kinds:
        table = table.filter(pl.col("kind").is_in(kinds))
    return table.filter(pl.col("disputed").list.len() > 0) if disputed else table


def _table(view: Snapshot) -> pl.DataFrame:
    table = view.entities.with_columns(links=METRICS["degree"](view).values.astype(int))
    columns = ["name", "kind", "links", "n_claims", "n_sources", "disputed", "id", "also"]
    table = table.with_columns(also=pl.col("names").list.slice(1)).sort(["links", "id"], descending=[True, False])
    return table.select(columns).rename({"n_claims": "claims", "n_sources": "sources"}, strict=True)
