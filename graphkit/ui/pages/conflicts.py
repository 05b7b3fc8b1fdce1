"""Conflicts: what cannot all be so, that on which most hangs first, with its sides beside each other."""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.exports import tables, wording
from graphkit.exports.sides import Side, Voice, sides
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import cards, session
from graphkit.ui.cards import plain

AT_ONCE = 8
BESIDE = 3
SHOWN = 12
STAKE = (
    "What one would have to look at again if the other side were right: the things next to it, the things that "
    "nothing else joins to the rest if a relation falls, and the independent sources that take part, copies once."
)


def page() -> None:
    """Show the contradictions of the case, the sides of one of them, and decisions that contradict each other."""
    view = session.snapshot()
    st.title("Conflicts", anchor=False)
    rows = session.conflicts(view)
    if rows.is_empty():
        st.caption("No two claims in this case contradict each other.")
    else:
        chosen = _chosen(rows, view)
        if chosen:
            _sides(chosen, view)
    _decisions(view)


def _chosen(rows: pl.DataFrame, view: Snapshot) -> dict[str, Any] | None:
    """Show the table and return the contradiction chosen in it, at first the one that the address is about."""
    with st.sidebar:
        kinds = sorted(set(rows["kinds"].explode()))
        kind = st.selectbox("On kind", kinds, index=None, placeholder="Any", key=f"conflicts-kind-{view.scope}")
    shown = rows.filter(pl.col("kinds").list.contains(kind)) if kind in kinds else rows
    said, download = st.columns([3, 1], vertical_alignment="center")
    said.caption(f"{len(shown):,} of {len(rows):,} contradictions, what most hangs on first. Choose a row.")
    download.download_button(
        "CSV",
        partial(_csv, view),
        "conflicts.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
        help="All contradictions of the case, protected persons left out under pseudonyms",
        width="stretch",
    )
    picked = st.dataframe(
        shown.select("what", "at_stake", "linked", "cut_off", "n_independent").to_pandas(),
        hide_index=True,
        height="content" if len(shown) < AT_ONCE else 35 * (AT_ONCE + 1),
        on_select="rerun",
        selection_mode="single-row",
        key=f"conflicts-{view.version}-{view.scope}-{kind}",
        column_config={
            "what": st.column_config.TextColumn("what", width=430),
            "at_stake": st.column_config.ProgressColumn(
                "at stake", width=130, format="%d", min_value=0, max_value=max(1, rows["at_stake"][0]), help=STAKE
            ),
            "linked": st.column_config.NumberColumn("next to it", help="Things one link away"),
            "cut_off": st.column_config.NumberColumn("cut off", help="Things that nothing else joins to the rest"),
            "n_independent": st.column_config.NumberColumn("sources", help="Independent sources: copies count once"),
        },
    ).selection.rows
    if shown.is_empty():
        return None
    return shown.row(picked[0] if picked else _asked(shown), named=True)


def _asked(rows: pl.DataFrame) -> int:
    """Return the first row on the thing that the address names, else the first of all."""
    id_ = st.query_params.get("id", "")
    about = pl.any_horizontal(pl.col("subject", "from", "to") == id_).fill_null(False)
    found = rows.with_row_index("row").filter(about)["row"]
    return int(found[0]) if len(found) else 0


def _csv(view: Snapshot) -> bytes:
    return tables.csv(flow.conflicts_to_hand_over(view))


def _sides(row: dict[str, Any], view: Snapshot) -> None:
    called = wording.called(view)
    sources = {source["id"]: source for source in view.sources.iter_rows(named=True)}
    found = sides(row, sources, called, flow.catalog())
    question, opens = st.columns([3, 1], vertical_alignment="center")
    with question:
        st.subheader(plain(row["what"]), anchor=False)
        st.caption(plain(wording.stake(row)))
    if opens.button("Open in Investigate", type="primary", icon=":material/hub:", width="stretch"):
        session.go("investigate", id=row["subject"])
    shown = found[:SHOWN]
    for start in range(0, len(shown), BESIDE):
        for column, side in zip(st.columns(min(BESIDE, len(shown))), shown[start : start + BESIDE], strict=False):
            with column:
                _side(side)
    if len(found) > SHOWN:
        st.caption(f"The first {SHOWN} of {len(found):,} sides. All of them: graphkit conflicts --json")
    if any(wording.UNRATED in (voice.rating, voice.reliability) for side in found for voice in side.voices):
        st.caption(cards.NOT_RATED)


def _side(side: Side) -> None:
    with st.container(border=True, gap="small"):
        independent = wording.plural(side.independent, "independent source")
        st.markdown(f"**{plain(side.says)}** · :small[{independent}]")
        for voice in side.voices[: cards.SHOWN]:
            st.markdown(_voice(voice))
        if len(side.voices) > cards.SHOWN:
            st.caption(f"The first {cards.SHOWN} of {len(side.voices):,} voices. All: graphkit conflicts --json")


def _voice(voice: Voice) -> str:
    how = "" if voice.stance in ("asserts", "denies") else f" ({voice.stance})"
    source = " · ".join(part for part in (voice.title, voice.publisher, voice.published, voice.locator) if part)
    ratings = f"Reliability of the source: {voice.reliability} · claim: {voice.rating}"
    held = f" · held {voice.held}" if voice.held else ""
    lines = [cards.small(plain(line)) for line in (source, ratings + held)]
    return "  \n".join([f"{plain(voice.who)}{plain(how)}", *lines])


def _decisions(view: Snapshot) -> None:
    clashes = session.clashes(view)
    if clashes:
        st.header("Decisions that contradict each other", anchor=False)
        for clash in clashes:
            st.warning(plain(str(clash)), icon=":material/gavel:")
