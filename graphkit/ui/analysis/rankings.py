"""Who ranks where, with bars, and how firm each rank is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.graph.snapshot import Snapshot
from graphkit.ui.analysis import pick, shown, waiting
from graphkit.ui.analysis.asked import Asked, called, counts, explained
from graphkit.ui.analysis.known import known
from graphkit.ui.cards import plain

TOP = 100
SECONDS = 1.0
"""How long finding out how firm ranks are may take to be shown unasked."""
_FIRM = "analysis-firm"
_MADE = "How firm ranks are cannot be told where links are made of what is shared: no source says these links."
_BETWEEN = "The ranks it keeps in nine of ten draws when a tenth of the relations is left out at random"
_WITHOUT = "The source without which its rank changes most, with all that only repeats it, and the rank it has then"


def show(view: Snapshot, asked: Asked) -> None:
    """Show the things of a snapshot by a metric."""
    explained(asked.metric)
    if not waiting.there(view, asked.analysis("scores")):
        return
    ranking = known(view, f"rank {asked.said}", lambda: flow.rank(view, asked.metric, asked.kind, TOP, asked.counting))
    if not ranking.rows:
        what = f"no {plain(asked.kind)}" if asked.kind else "nothing"
        st.info(f"There is {what} in this case for which {called(asked.metric)} is defined.", icon=":material/info:")
        return
    st.caption(shown.NO_LIST)
    actions = st.container(horizontal=True, vertical_alignment="center", key="analysis-actions")
    ranking = _firm(view, asked, ranking)
    _offered(actions, asked, ranking, _table(view, asked, ranking))
    shown.footing(ranking.computed_on)


def _firm(view: Snapshot, asked: Asked, ranking: flow.Ranking) -> flow.Ranking:
    """Return the ranking with how firm it is, once that is known; where it takes long, only when it is asked for."""
    if asked.counting.through:
        st.caption(_MADE)
        return ranking
    within = known(view, f"within {asked.said}", lambda: flow.firm_within(view, asked.metric, SECONDS, asked.counting))
    analysis = asked.analysis("firm")
    if not within and st.session_state.get(_FIRM) != asked.said and not flow.is_soon(view, analysis):
        st.button(
            "How firm are these ranks?",
            key="analysis-ask-firm",
            on_click=st.session_state.update,
            args=({_FIRM: asked.said},),
            icon=":material/balance:",
            help="Ranks everything again without some of the relations, and without single sources. This takes longer.",
        )
        return ranking
    if within or waiting.there(view, analysis):
        return known(view, f"firm {asked.said}", lambda: flow.firm(view, ranking, asked.counting))
    return ranking


def _table(view: Snapshot, asked: Asked, ranking: flow.Ranking) -> list[dict[str, Any]]:
    """Show the ranking as a table, and return the rows that are chosen in it."""
    rows = ranking.rows
    scores = [row["score"] for row in rows]
    whole = all(score == int(score) for score in scores)
    columns: dict[str, Any] = {
        "rank": [row["rank"] for row in rows],
        "name": [row["name"] for row in rows],
        "kind": shown.kinds([row["kind"] for row in rows]),
        "score": [int(score) for score in scores] if whole else scores,
    }
    if "low" in rows[0]:
        columns["between"] = [_between(row) for row in rows]
        columns["without"] = [_without(row) for row in rows]
    columns["id"] = [row["id"] for row in rows]
    picked = st.dataframe(
        pl.DataFrame(columns).to_pandas(),
        hide_index=True,
        height=shown.height(len(rows)),
        on_select="rerun",
        selection_mode="multi-row",
        key=f"analysis-ranks-{view.version}-{view.scope}-{asked.said}",
        column_config={
            "rank": st.column_config.NumberColumn(width=55),
            "name": st.column_config.TextColumn(width=205),
            "kind": st.column_config.TextColumn(width=112),
            "score": st.column_config.ProgressColumn(
                called(asked.metric),
                width=130,
                format="%d" if whole else "%.4g",
                min_value=0,
                max_value=max(*scores, 1e-300),
                help=counts(asked.metric),
            ),
            "between": st.column_config.TextColumn("stays between", width=100, help=_BETWEEN),
            "without": st.column_config.TextColumn("without one source", width=285, help=_WITHOUT),
            "id": st.column_config.TextColumn(width=140),
        },
        alt=f"Things by {called(asked.metric)}",
    ).selection.rows
    if len(rows) == TOP:
        st.caption(f"The first {TOP}. All of them: graphkit rank {plain(asked.metric)} --top 100000")
    return [rows[place] for place in picked if place < len(rows)]


def _between(row: dict[str, Any]) -> str:
    return f"{row['low']:,}" if row["low"] == row["high"] else f"{row['low']:,}–{row['high']:,}"


def _without(row: dict[str, Any]) -> str:
    return f"{row['rank_without']:,} without {row['without']}" if row["without"] else "no change"


def _offered(actions: Any, asked: Asked, ranking: flow.Ranking, chosen: Sequence[dict[str, Any]]) -> None:
    """Offer what can be done with the rows that are chosen."""
    with actions:
        if not chosen:
            st.caption(f"Choose a row to open it, two to ask why they are linked. {_shown(asked, ranking)}")
        if len(chosen) == 1:
            shown.opens(chosen[0]["id"], chosen[0]["name"], "analysis-open")
        if len(chosen) == 2:
            names = " and ".join(plain(row["name"]) for row in chosen)
            ends = [row["id"] for row in chosen]
            label = f"Why are {names} linked?"
            st.button(label, key="analysis-why", on_click=_ask_why, args=ends, type="primary", icon=":material/route:")
        if chosen:
            ids = [row["id"] for row in chosen]
            st.button("What if they were gone?" if len(ids) > 1 else "What if it were gone?",
                      key="analysis-gone", on_click=_ask_without, args=ids, icon=":material/content_cut:")  # fmt: skip


def _shown(asked: Asked, ranking: flow.Ranking) -> str:
    among = f" among {', '.join(asked.counting.among)}" if asked.counting.among else ""
    return f"Shown: {plain(asked.kind or 'all kinds')}{plain(among)}, by {called(ranking.metric)}."


def _ask_why(a: str, b: str) -> None:
    for name, id_ in (("a", a), ("b", b)):
        pick.drop(name)
        pick.pick(name, id_)
    st.session_state["show"] = "Why linked"


def _ask_without(*ids: str) -> None:
    pick.drop("without")
    pick.pick("without", *ids)
    st.session_state["show"] = "What if"
