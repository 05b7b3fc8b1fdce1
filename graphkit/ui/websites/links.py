"""The links of a group or of one website, and why each is there."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import deciding, session
from graphkit.ui.analysis import shown
from graphkit.ui.cards import plain

TOP = 200
AT_ONCE = 6
_LONG = ("decided", "neighbours")
"""Reasons too long for a cell, which stand below the table in full."""
_REASONS = {
    "kind": pl.String(), "value": pl.String(), "on": pl.String(), "bits": pl.Float64(), "when": pl.String(),
    "said by": pl.String(),
}  # fmt: skip


def show(view: Snapshot, links: Sequence[flow.Link], key: str) -> None:
    """Show links as a table, the surest first, and why the one that is chosen is there."""
    st.subheader("Links", anchor=False)
    rows = pl.DataFrame(
        [(link.a, link.b, 100 * flow.as_told(link.probability), flow.shares(link)) for link in links[:TOP]],
        schema={"one": pl.String(), "other": pl.String(), "probability": pl.Float64(), "shares": pl.String()},
        orient="row",
    )
    chosen = st.dataframe(
        rows.to_pandas(),
        hide_index=True,
        height="content" if len(rows) <= AT_ONCE else shown.ROW * (AT_ONCE + 1),
        on_select="rerun",
        selection_mode="single-row",
        key=f"links-{view.version}-{view.scope}-{key}",
        column_config={
            "one": st.column_config.TextColumn(width=185),
            "other": st.column_config.TextColumn(width=185),
            "probability": st.column_config.ProgressColumn(
                "sure", format="%.0f %%", min_value=0, max_value=100, width=110
            ),
            "shares": st.column_config.TextColumn("shares most of all", width=380),
        },
        alt="Links between websites",
    ).selection.rows
    if len(links) > TOP:
        st.caption(f"The {TOP} surest of {len(links):,}.")
    _why(view, links[chosen[0] if chosen else 0])


def _why(view: Snapshot, link: flow.Link) -> None:
    st.subheader("Why", anchor=False)
    st.markdown(
        f"{plain(link.a)} shares infrastructure with {plain(link.b)}: **{flow.percent(link.probability)}** probable."
    )
    titles = dict(view.sources.select("id", "name").iter_rows())
    rows = pl.DataFrame(
        [
            (
                flow.called(one.kind),
                flow.described(one, link),
                f"{one.seen_on or '–'}",
                one.weight,
                _when(one),
                _titles(one, titles),
            )
            for one in link.evidence
        ],
        schema=_REASONS,
        orient="row",
    )
    if rows.is_empty():
        st.caption("People have decided that the two are one, or a source says so.")
    else:
        st.dataframe(
            rows.to_pandas(),
            hide_index=True,
            height="content",
            column_config={
                "kind": st.column_config.TextColumn(width=145),
                "value": st.column_config.TextColumn(width=195),
                "on": st.column_config.TextColumn(width=45, help="On how many websites it was then"),
                "bits": st.column_config.NumberColumn(
                    width=60,
                    format="%+.1f",
                    help="What it speaks for one operator: each bit doubles the odds, negative ones halve them. "
                    "Added up they are the odds; values of one kind of evidence share its weight by how rare each is.",
                ),
                "when": st.column_config.TextColumn(width=170),
                "said by": st.column_config.TextColumn(width=320),
            },
            alt="What the two websites share",
        )
        for one in link.evidence:
            if one.kind in _LONG:
                st.caption(plain(f"{flow.called(one.kind).capitalize()}: {one.value}."))
    _offers(view, link)


def _offers(view: Snapshot, link: flow.Link) -> None:
    """Offer to decide on the two websites, or say why nobody can yet, and to open each."""
    sites = (link.a, link.b)
    unknown = [site for site in sites if f"website:{site}" not in view.index]
    if unknown:
        named = plain(" and ".join(unknown))
        st.caption(
            f"Nobody can decide yet whether the two are one: of {named} only the domain is known, and a domain is one "
            "with no other. Add a Website at that domain on the page Add, or load a record of it."
        )
    decide, *opened = st.columns(3)
    if not unknown:
        about = f"websites {link.a} {link.b}"
        if deciding.asked(decide.button("Decide …", key="websites-decide", icon=":material/gavel:"), about):
            deciding.on_websites(view, link.a, link.b)
    for place, site in zip(opened, sites, strict=True):
        id_ = next((id_ for id_ in (f"website:{site}", f"domain:{site}") if id_ in view.index), None)
        if id_ and place.button(plain(site), key=f"open-{site}", icon=":material/hub:"):
            session.go("investigate", id=id_)


def _when(one: flow.Evidence) -> str:
    return f"{one.begins or '?'} to {one.ends or '?'}" if one.begins or one.ends else "–"


def _titles(one: flow.Evidence, titles: dict[str, str]) -> str:
    return ", ".join(titles.get(source, source) for source in one.sources)
