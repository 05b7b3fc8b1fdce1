"""Requests: what was asked on what basis, what came of it, how long it took, and what reappeared where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.exports import tables
from graphkit.graph.snapshot import Snapshot
from graphkit.requesting import NONE, Request, Summary, choices, days, days_left_out, in_words, items_left_out
from graphkit.ui import requesting, session

AT_ONCE = 8
TALLEST = 24
_MONTHS = timedelta(days=180)
_NAMED = alt.Axis(labelOverlap=False, labelLimit=140)
HUES = {
    "granted": "#009e73", "partly granted": "#56b4e9", "refused": "#d55e00", "pending": "#9aa4b2",
    "appealed": "#cc79a7", "reinstated": "#e69f00", "disputed": "#0072b2", in_words.NO_OUTCOME: "#6b7686",
}  # fmt: skip
"""A colour for each outcome that the colour-blind tell apart, too, after Okabe and Ito, jfly.uni-koeln.de/color."""
NOTHING = (
    "No request is on record in this case. A Request record makes one, with MADE_REQUEST, ADDRESSED_TO and CONCERNS; "
    "so does a relation REQUESTED_REMOVAL."
)
_WIDTHS = {
    "request": 95, "made by": 130, "addressed to": 125, "concerns": 135, "sent": 85, "days": 50, "outcome": 100,
}  # fmt: skip
_SITES = ("Website", "Domain")
_NOT_DATED = "Requests without a day, month or year of sending are not drawn."
_CANNOT_BE = f"said to be sent before {days.FIRST.year}, or sent or decided after today"


def page() -> None:
    """Show the requests of the case, what they add up to, and one of them in full."""
    view = session.snapshot()
    st.title("Requests", anchor=False)
    every = session.requests(view, flow.RequestsAsked())
    if not every.rows:
        st.caption(NOTHING)
        return
    found = session.requests(view, _asked(view, every))
    if not found.rows:
        st.caption(f"None of the {len(every.rows):,} requests of this case is as asked for on the left.")
        return
    _numbers(found.summary)
    _drawn(found)
    chosen = _chosen(found, every, view)
    requesting.detail(chosen)
    st.caption(in_words.CAUTION)


def _asked(view: Snapshot, every: flow.Requests) -> flow.RequestsAsked:
    """Ask in the sidebar which requests are shown."""
    made = {party.id: party.name for one in every.rows for party in one.made_by}
    to = {party.id: party.name for one in every.rows for party in one.addressed_to}
    about = [thing for one in every.rows for thing in one.concerns]
    hosts = [host for thing in about for host in thing.hosted_by]
    named = {thing.name: thing.id for thing in about if thing.kind in _SITES}
    named |= {host.name: host.id for host in hosts if host.kind in _SITES}
    sites = {id_: name for name, id_ in named.items()}
    with st.sidebar:
        return flow.RequestsAsked(
            website=_one_of("About website", sites, view),
            by=_one_of("Made by", made, view),
            to=_one_of("Addressed to", to, view),
            type=_one_of("Type", {name: name for name in choices(flow.catalog(), "request_type")}, view),
            outcome=_one_of("Outcome", _outcomes(), view),
        )


def _outcomes() -> dict[str, str]:
    return {name: name for name in choices(flow.catalog(), "outcome")} | {NONE: in_words.NO_OUTCOME}


def _one_of(label: str, names: dict[str, str], view: Snapshot) -> str:
    chosen = st.selectbox(
        label,
        sorted(names, key=lambda id_: names[id_]) if label not in ("Type", "Outcome") else list(names),
        index=None,
        format_func=lambda id_: names.get(id_, id_),
        placeholder="Any",
        key=f"requests-{label}-{view.scope}",
    )
    return chosen if chosen in names else ""


def _numbers(found: Summary) -> None:
    only = f", {found.relations:,} more as a relation" if found.relations else ""
    took = "–" if found.median_days is None else f"{found.median_days:g}"
    items = f"{found.items_removed:,} of {found.items_asked:,}" if found.items_of else "–"
    told = {
        f"Requests{only}": (f"{found.requests:,}", "With a record of their own; relations are not counted here"),
        "Median days": (took, f"From sent to decided, over {found.median_of:,} with exact dates"),
        "Items removed": (items, f"Over {found.items_of:,} for which both numbers are known and undisputed"),
        "No answer on record": (f"{found.unanswered:,}", "Pending, or no outcome on record: that is no refusal"),
    }
    for column, (label, (value, help_)) in zip(st.columns(len(told)), told.items(), strict=True):
        column.metric(label, value, border=True, help=help_)
    left = [*(f"Days: {line}" for line in days_left_out(found)), *(f"Items: {line}" for line in items_left_out(found))]
    if left:
        st.caption("  \n".join(left))


def _drawn(found: flow.Requests) -> None:
    """Draw how many requests have which outcome, and when they were sent and decided."""
    if not found.summary.requests:
        return
    left, right = st.columns([1, 1.6], gap="large")
    with left:
        st.subheader("By outcome", anchor=False)
        st.altair_chart(_bars(found.summary), alt="Requests by outcome")
    with right:
        st.subheader("From sent to decided", anchor=False)
        _timeline(found.rows)


def _bars(found: Summary) -> Any:
    rows = pl.DataFrame(
        [{"outcome": name or in_words.NO_OUTCOME, "requests": count} for name, count in found.by_outcome.items()]
    )
    base = alt.Chart(rows.to_pandas()).encode(
        y=alt.Y("outcome:N", sort=None, title=None, axis=alt.Axis(labelLimit=160)),
        x=alt.X("requests:Q", title=None, axis=alt.Axis(tickMinStep=1, format="d", tickCount=5)),
        tooltip=["outcome:N", "requests:Q"],
    )
    bars = base.mark_bar(height=14, cornerRadiusEnd=2).encode(color=_hue("outcome"))
    return bars.properties(height=28 * len(rows) + 50)


def _hue(column: str) -> Any:
    """Return the colour of each outcome, the same in both drawings; the labels of the first are the legend."""
    return alt.Color(f"{column}:N", legend=None, scale=alt.Scale(domain=list(HUES), range=list(HUES.values())))


def _timeline(found: tuple[Request, ...]) -> None:
    rows = [row for one in found if (row := _dates(one))]
    if not rows:
        st.caption(_NOT_DATED + _not_drawn(found, 0))
        return
    first = rows[-TALLEST:]
    base = alt.Chart(pl.DataFrame(first).to_pandas()).encode(
        x=alt.X("sent:T", title=None, scale=alt.Scale(padding=12), axis=alt.Axis(tickCount=5, format=_format(first))),
        y=alt.Y("request:N", sort=None, title=None, scale=alt.Scale(paddingOuter=0.6), axis=_NAMED),
        tooltip=["request:N", "dates:N", "outcome:N"],
    )
    bars = base.mark_bar(height=5, opacity=0.55, cornerRadius=2).encode(x2="decided:T", color=_hue("outcome"))
    points = base.mark_point(filled=True, size=45, opacity=1).encode(color=_hue("outcome"))
    st.altair_chart((bars + points).properties(height=20 * len(first) + 70), alt="When requests were sent and decided")
    more = _not_drawn(found, len(first))
    st.caption(f"A dot is the sending, a bar leads to the decision; colours are outcomes.{more}")


def _not_drawn(found: Sequence[Request], drawn: int) -> str:
    left_out, cannot_be = len(found) - drawn, sum(map(_cannot_be, found))
    why = f", {cannot_be:,} of them {_CANNOT_BE}" if cannot_be else ""
    return f" {left_out:,} not drawn{why}." if left_out else ""


def _cannot_be(one: Request) -> bool:
    """Say whether a request has a date on which there was nothing to ask for, or that is still to come."""
    if one.known_as == "relation":
        return False
    sent, decided = in_words.first_day(one.sent), in_words.first_day(one.decided)
    latest = max((day for day in (sent, decided) if day), default=days.FIRST)
    return (sent is not None and sent < days.FIRST) or latest > days.today()


def _format(rows: Sequence[Mapping[str, str | None]]) -> str:
    """Return how dates are written on the axis: with the day where all lie within a few months."""
    drawn = [date.fromisoformat(day) for row in rows for day in (row["sent"], row["decided"]) if day]
    return "%d %b %Y" if max(drawn) - min(drawn) < _MONTHS else "%b %Y"


def _dates(one: Request) -> dict[str, str | None] | None:
    """Return the first days that a request can have been sent and decided on."""
    if one.known_as == "relation":
        return None
    sent, decided = in_words.first_day(one.sent), in_words.first_day(one.decided)
    if sent is None or _cannot_be(one):
        return None
    words = " to ".join(part for said in (one.sent, one.decided) if (part := " or ".join(in_words.spoken(said))))
    return {
        "request": one.name,
        "sent": str(sent),
        "decided": str(max(decided, sent)) if decided else str(sent),
        "dates": words,
        "outcome": one.stands or in_words.NO_OUTCOME,
    }


def _chosen(found: flow.Requests, every: flow.Requests, view: Snapshot) -> Request:
    """Show the table and return the request chosen in it, at first the one that the address names."""
    download, said = st.columns([1, 4], vertical_alignment="center")
    said.caption(f"{len(found.rows):,} of {len(every.rows):,} rows, by when they were sent. Choose a row.")
    download.download_button(
        "CSV",
        partial(_csv, view),
        "requests.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
        help="All requests of the case, with their sources, protected persons left out under pseudonyms",
        width="stretch",
    )
    picked = st.dataframe(
        pl.DataFrame([_row(one) for one in found.rows]).to_pandas(),
        hide_index=True,
        height="content" if len(found.rows) < AT_ONCE else 35 * (AT_ONCE + 1),
        on_select="rerun",
        selection_mode="single-row",
        selection_default={"selection": {"rows": [_first(found)]}},
        key=f"requests-{view.version}-{view.scope}-{hash(tuple(one.id for one in found.rows))}",
        column_config={
            **{name: st.column_config.TextColumn(width=width) for name, width in _WIDTHS.items()},
            "share": st.column_config.ProgressColumn(
                "removed", width=85, format="percent", min_value=0, max_value=1, help="Of the items asked for"
            ),
            "reappeared": st.column_config.NumberColumn(
                "reappeared", width=85, help="In how many places what it concerns is said, or computed, to go on"
            ),
        },
    ).selection.rows
    return found.rows[picked[0] if picked else _first(found)]


def _first(found: flow.Requests) -> int:
    id_ = st.query_params.get("id", "")
    ids = [one.id for one in found.rows]
    return ids.index(id_) if id_ in ids else 0


def _row(one: Request) -> dict[str, Any]:
    is_relation = one.known_as == "relation"
    outcome = "; ".join(said.value for said in one.outcome) if is_relation else one.stands
    return {
        "request": "only a relation" if is_relation else one.name,
        "made by": ", ".join(party.name for party in one.made_by),
        "addressed to": ", ".join(party.name for party in one.addressed_to),
        "concerns": ", ".join(thing.name for thing in one.concerns),
        "sent": " or ".join(said.value for said in one.sent),
        "days": str(one.days),
        "outcome": outcome or in_words.NO_OUTCOME,
        "share": one.share_removed,
        "reappeared": len({link.id for thing in one.concerns for link in thing.reappeared}),
    }


def _csv(view: Snapshot) -> bytes:
    return tables.csv(flow.requests_to_hand_over(session.store(), view.scope)[1])
