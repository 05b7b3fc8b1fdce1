"""Overview: what a case holds, what is disputed in it, when things happened, where it all comes from."""

from __future__ import annotations

import altair as alt
import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.exports import palette, wording
from graphkit.graph.snapshot import Snapshot
from graphkit.model.defanging import defang
from graphkit.ui import documents, session
from graphkit.ui.cards import plain

SHOWN = 20
RELIABILITY = (
    "Of the source, A (reliable) to E; F cannot be judged. Not rated: nobody has said so yet, and no bad mark."
)


def page() -> None:
    """Show the case as a whole."""
    view = session.snapshot()
    cases = flow.cases(session.store())
    case = cases.row(by_predicate=pl.col("id") == view.scope.cases[0], named=True)
    st.title(plain(case["name"] or case["id"]), anchor=False)
    if case["purpose"]:
        st.caption(plain(case["purpose"]))
    _counts(view)
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        _timeline(view)
        _disputed(view)
    with right:
        _linked(view)
    _sources(view)
    _cases(cases)
    _beside(case["id"], cases)


def _counts(view: Snapshot) -> None:
    shown = {
        "Sources": len(view.sources),
        "Claims": int(view.sources["n_claims"].sum()),
        "Things": len(view.things),
        "Relations": len(view.types),
        "Disputed": len(view.conflicts),
    }
    for column, (label, count) in zip(st.columns(len(shown)), shown.items(), strict=True):
        column.metric(label, f"{count:,}", border=True)


def _timeline(view: Snapshot) -> None:
    st.header("Incidents", anchor=False)
    incidents = view.nodes_of("Incident") if "Incident" in view.kinds else None
    dated = None if incidents is None else incidents.filter(pl.col("date_earliest").is_not_null())
    if dated is None or dated.is_empty():
        st.caption("No incident in this case has a date.")
        return
    rows = dated.sort("date_earliest").with_columns(
        start=pl.col("date_earliest"),
        end=pl.coalesce("date_latest", "date_earliest"),
        disputed=pl.col("disputed").list.contains("date"),
    )
    chart = alt.Chart(rows.select("id", "name", "start", "end", "date", "date_precision", "disputed").to_pandas())
    tone = alt.Color(
        "disputed:N", scale=alt.Scale(domain=[False, True], range=["#3b6fe0", palette.DISPUTED]), legend=None
    )
    span = chart.encode(
        x=alt.X("start:T", title=None, axis=alt.Axis(tickCount=4, grid=True, format=_date_format(rows))),
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=230)),
        color=tone,
        tooltip=[
            alt.Tooltip("name:N", title="Incident"),
            alt.Tooltip("date:N", title="Date as given"),
            alt.Tooltip("date_precision:N", title="Precision"),
        ],
    )
    drawn = span.mark_bar(height=6, opacity=0.5, cornerRadius=3).encode(x2="end:T") + span.mark_point(
        size=80, filled=True, opacity=1
    )
    st.altair_chart(drawn.properties(height=38 * len(rows) + 40))
    st.caption("A bar covers the days a date can mean; a date in red is disputed.")


def _date_format(rows: pl.DataFrame) -> str:
    years = rows["end"].str.slice(0, 4).cast(pl.Int64).max(), rows["start"].str.slice(0, 4).cast(pl.Int64).min()
    return "%d %b %Y" if years[0] == years[1] else "%b %Y"


def _disputed(view: Snapshot) -> None:
    st.header("Disputed", anchor=False)
    if view.conflicts.is_empty():
        st.caption("No two claims in this case contradict each other.")
        return
    called, rows = wording.called(view), session.conflicts(view)
    for place, row in enumerate(rows.head(12).to_dicts()):
        line, button = st.columns([5, 1], vertical_alignment="center")
        line.markdown(plain(wording.contradiction(row, called, flow.catalog())))
        if button.button("Open", key=f"disputed-{place}", help="Look at it in the picture"):
            session.go("investigate", id=row["subject"])
    shown = f"The first 12 of {len(rows):,}" if len(rows) > 12 else "All of them"
    if st.button(f"{shown}, side by side", key="disputed-all", icon=":material/call_split:", type="tertiary"):
        session.go("conflicts")


def _linked(view: Snapshot) -> None:
    st.header("Most linked in these records", anchor=False)
    actors = tuple(kind for kind in flow.ACTORS if kind in view.kinds)
    ranking = flow.rank(view, "degree", None, 8, flow.Counting(among=actors))
    most = max((row["score"] for row in ranking.rows), default=1)
    table = pl.DataFrame(ranking.rows, schema=["rank", "id", "name", "kind", "score"], infer_schema_length=None)
    st.dataframe(
        table.select(kind="kind", name="name", links=pl.col("score").cast(pl.Int64)),
        hide_index=True,
        column_config={
            "kind": st.column_config.Column(width=100),
            "name": st.column_config.Column(width=190),
            "links": st.column_config.ProgressColumn(
                "linked to",
                width=95,
                format="%d",
                min_value=0,
                max_value=most,
            ),
        },
    )
    st.caption("Among actors, places and incidents. " + wording.CAUTION)


def _sources(view: Snapshot) -> None:
    st.header("Sources", anchor=False)
    table = view.sources.sort(["n_claims", "published"], descending=True, nulls_last=True).select(
        source="name",
        claims="n_claims",
        published="published",
        publisher="publisher",
        reliability=pl.coalesce("reliability", pl.lit("not rated")),
        address=pl.col("url").map_elements(defang, return_dtype=pl.String),
        note="note",
    )
    st.dataframe(
        table.with_columns(pl.col(pl.String).fill_null("")),
        hide_index=True,
        column_config={"reliability": st.column_config.TextColumn(help=RELIABILITY)},
    )
    titles = dict(view.sources.select("id", "name").iter_rows())
    kept = session.documents(view)
    for id_, entries in list(kept.items())[:SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":small[{plain(titles[id_] or id_)}]", width="content")
            documents.offered(entries, None, f"documents-{id_}")
    if len(kept) > SHOWN:
        st.caption(f"The documents of the first {SHOWN} of {len(kept):,} sources. All: graphkit document SOURCE")


def _cases(cases: pl.DataFrame) -> None:
    st.header("All cases", anchor=False)
    table = cases.select(case="id", name="name", sources="sources", purpose="purpose", owner="owner", tlp="tlp")
    st.dataframe(table.with_columns(pl.col(pl.String).fill_null("")), hide_index=True)


def _beside(case: str, cases: pl.DataFrame) -> None:
    """Compare the case with another one that is chosen."""
    names = dict(cases.filter(pl.col("id") != case).select("id", "name").iter_rows())
    if not names:
        return
    other = st.selectbox(
        "Compare this case with",
        list(names),
        index=None,
        format_func=lambda id_: names[id_] or id_,
        placeholder="Choose a case",
        key=f"compare-{case}",
        help="Things and identifiers that both speak of, and what only both together contradict",
    )
    if not other:
        return
    found = session.comparison(case, other)
    for title, rows in (("Things in both cases", found.things), ("Identifiers in both cases", found.identifiers)):
        st.subheader(title, anchor=False)
        columns = {"name_a": f"called in {case}", "claims_a": f"claims in {case}"}
        columns |= {"name_b": f"called in {other}", "claims_b": f"claims in {other}"}
        if rows.is_empty():
            st.caption("None.")
        else:
            st.dataframe(rows.rename(columns).to_pandas(), hide_index=True)
    st.subheader("Contradictions that only both cases together have", anchor=False)
    called = wording.called(found.both)
    for row in found.conflicts.head(12).iter_rows(named=True):
        st.markdown(plain(wording.contradiction(row, called, flow.catalog())))
    if found.conflicts.is_empty():
        st.caption("None.")
    elif len(found.conflicts) > 12:
        st.caption(f"The first 12 of {len(found.conflicts):,}. All of them: graphkit case compare")
