"""Entities: everything in the case as a table to sort and filter."""

from __future__ import annotations

import polars as pl
import streamlit as st

from graphkit.analytics import METRICS
from graphkit.exports import palette
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import session
from graphkit.ui.cards import plain

AT_ONCE = 15


def page() -> None:
    """Show the things of the case as a table."""
    view = session.snapshot()
    st.title("Entities", anchor=False)
    table = _filtered(view)
    said, opens = st.columns([1, 2], vertical_alignment="center")
    said.caption(f"{len(table):,} of {len(view.entities):,} things. Choose a row to open it.")
    most = max(1, int(table["links"].to_numpy().max(initial=1)))
    chosen_rows = st.dataframe(
        table.to_pandas(),
        hide_index=True,
        height="content" if len(table) < AT_ONCE else 35 * (AT_ONCE + 1),
        on_select="rerun",
        selection_mode="single-row",
        key=f"entities-{view.version}-{view.scope}-{hash(tuple(table['id']))}",
        column_config={
            "name": st.column_config.Column(width=270),
            "links": st.column_config.ProgressColumn("linked to", format="%d", min_value=0, max_value=most),
            "also": st.column_config.ListColumn("other names"),
            "disputed": st.column_config.ListColumn("disputed"),
        },
    ).selection.rows
    if chosen_rows:
        chosen = table.row(chosen_rows[0], named=True)
        if opens.button(f"Open {plain(chosen['name'])} in Investigate", type="primary", icon=":material/hub:"):
            session.go("investigate", id=chosen["id"])


def _filtered(view: Snapshot) -> pl.DataFrame:
    table = _table(view)
    with st.sidebar:
        text = st.text_input("Name or id holds", key="entities-text").strip().lower()
        counts = dict(view.entities["kind"].value_counts(sort=True).iter_rows())
        kinds = _kinds(counts, view)
        disputed = st.toggle("Disputed only", key="entities-disputed")
    if text:
        names = pl.concat_list("name", "id", "also").list.join("\n").str.to_lowercase()
        table = table.filter(names.str.contains(text, literal=True))
    table = table.filter(pl.col("kind").is_in(kinds))
    return table.filter(pl.col("disputed").list.len() > 0) if disputed else table


def _kinds(counts: dict[str, int], view: Snapshot) -> list[str]:
    """Ask which kinds are shown: at first all, as a kind that is lit is one that is there.

    What was taken out stays out when records are added, or after a look at another page.
    """
    state, kept = st.session_state, f"entities-without-{view.scope}"
    key = f"entities-kinds-{view.scope}-{view.version}-{state.get('entities-turn', 0)}"
    if key not in state:
        state[f"{key}-default"] = [kind for kind in counts if kind not in state.get(kept, ())]
    chosen = st.pills(
        "Kinds in the table",
        list(counts),
        selection_mode="multi",
        default=state[f"{key}-default"],
        format_func=lambda kind: f"{palette.glyph(kind)} {kind} {counts[kind]:,}",
        help="Takes kinds out of the table, or puts them in.",
        key=key,
    )
    state[kept] = set(counts) - set(chosen)
    every, none = st.columns(2)
    for button, label, without in ((every, "All kinds", set()), (none, "No kind", set(counts))):
        button.button(label, on_click=_redraw, args=({kept: without},), width="stretch", type="tertiary")
    return chosen


def _redraw(kept: dict[str, set[str]]) -> None:
    st.session_state.update(kept, **{"entities-turn": st.session_state.get("entities-turn", 0) + 1})


def _table(view: Snapshot) -> pl.DataFrame:
    table = view.entities.with_columns(links=METRICS["degree"](view).values.astype(int))
    columns = ["name", "kind", "links", "n_claims", "n_sources", "disputed", "id", "also"]
    table = table.with_columns(also=pl.col("names").list.slice(1)).sort(["links", "id"], descending=[True, False])
    return table.select(columns).rename({"n_claims": "claims", "n_sources": "sources"}, strict=True)
