"""Cypher: a console that reads the whole store and changes nothing."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.engines.rows import Rows
from graphkit.errors import GraphkitError
from graphkit.exports import tables, wording
from graphkit.graph.redact import unnamed_rows
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import canvas, session
from graphkit.ui.cards import plain
from graphkit.ui.examples import EXAMPLES, parameters

DRAWN = 200
KEPT = 20
CUT = 60
_TEXT, _PARAMS, _LAST, _HISTORY = "cypher-text", "cypher-parameters", "cypher-last", "cypher-history"
_STAYS: Any = {"persist_state": "session"}  # what is typed is still there after a look at another page


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that was asked, and its answer or what was wrong with it."""

    cypher: str
    params: str
    answer: Rows | None
    problem: str
    seconds: float


def page() -> None:
    """Show the console and the last answer."""
    view = session.snapshot()
    cases = flow.cases(session.store())
    st.title("Cypher", anchor=False)
    asked_of = f"Asked of the whole store, whatever case is chosen: {', '.join(cases['id'])}."
    st.caption(plain(f"{asked_of} It reads and changes nothing."))
    if not view.invented and cases["invented"].any():
        called = cases.filter("invented").select(pl.coalesce("name", "id")).to_series()
        st.caption(plain(f"Everything in the case {' and in the case '.join(called)} is made up, to try things out."))
    if others := session.store().others():
        st.caption(plain(wording.others(others)))
    with st.sidebar:
        _examples(view)
        _history()
    _form()
    last: Asked | None = st.session_state.get(_LAST)
    if last is None:
        st.info("Choose an example on the left, or write a query of your own.", icon=":material/lightbulb:")
    elif last.answer is None:
        st.error(plain(last.problem), icon=":material/error:")
    else:
        _answer(last, last.answer, cases["id"].to_list())


def _examples(view: Snapshot) -> None:
    st.subheader("Examples", anchor=False)
    for place, example in enumerate(EXAMPLES):
        if st.button(example.title, key=f"cypher-example-{place}", width="stretch"):
            given = parameters(example, view)
            st.session_state[_TEXT] = example.cypher
            st.session_state[_PARAMS] = json.dumps(given, ensure_ascii=False) if given else ""
            _ask("")


def _history() -> None:
    asked: list[tuple[str, str]] = st.session_state.get(_HISTORY, [])
    if asked:
        st.subheader("Asked before", anchor=False)
    for place, (cypher, given) in enumerate(asked):
        what = " · ".join(_cut(text) for text in (cypher, given) if text.strip())
        if st.button(plain(what), key=f"cypher-asked-{place}", width="stretch", help="Put it back into the console"):
            st.session_state[_TEXT], st.session_state[_PARAMS] = cypher, given


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= CUT else words[: CUT - 1].rstrip() + "…"


def _form() -> None:
    with st.form("cypher", border=False):
        st.text_area("Query", key=_TEXT, height=170, placeholder="MATCH (n:Entity) RETURN n.kind, count(*)", **_STAYS)
        left, middle, right = st.columns([3, 1, 1], vertical_alignment="bottom")
        left.text_input("Parameters, as JSON", key=_PARAMS, placeholder='{"id": "…"}', **_STAYS)
        middle.number_input("Rows at most", 1, 100_000, 1000, key="cypher-limit", **_STAYS)
        right.number_input("Seconds at most", 1, 600, 30, key="cypher-timeout", **_STAYS)
        buttons = st.container(horizontal=True)
        asks = buttons.form_submit_button("Run", type="primary", icon=":material/play_arrow:", help="Or Ctrl+Enter")
        explains = buttons.form_submit_button("Explain", icon=":material/schema:", help="How it would be answered")
    if asks or explains:
        _ask("EXPLAIN " if explains else "")
        st.rerun()


def _ask(before: str) -> None:
    cypher, given = st.session_state.get(_TEXT, ""), st.session_state.get(_PARAMS, "")
    started = time.monotonic()
    answer, problem = None, ""
    try:
        limit, timeout = st.session_state.get("cypher-limit", 1000), st.session_state.get("cypher-timeout", 30)
        with st.spinner("Asking …"):
            answer = flow.query(session.store(), before + cypher, _parameters(given), limit, timeout)
    except (GraphkitError, ValueError) as wrong:
        problem = str(wrong)
    asked = Asked(cypher, given, answer, problem, time.monotonic() - started)
    st.session_state[_LAST] = asked
    held = [one for one in st.session_state.get(_HISTORY, []) if one != (cypher, given)]
    st.session_state[_HISTORY] = [(cypher, given), *held][:KEPT] if cypher.strip() else held


def _parameters(text: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise ValueError('Parameters are a JSON object, such as {"id": "kunming-2014-03-01"}.')
    return given


def _answer(asked: Asked, answer: Rows, cases: list[str]) -> None:
    more = "" if answer.complete else "; there are more: raise “Rows at most”"
    st.caption(plain(f"{wording.plural(len(answer.rows), 'row')} in {asked.seconds:.1f} s{more}."))
    buttons = st.container(horizontal=True, vertical_alignment="center")
    how = buttons.segmented_control(
        "Answer as", ["Table", "Graph"], default="Table", key="cypher-as", label_visibility="collapsed", **_STAYS
    )
    if not answer.rows:
        st.info("No rows.", icon=":material/info:")
        return
    everything = session.snapshot_of(cases)
    handed = tables.frame(*_unnamed(answer, everything))
    told = "Names of protected persons are taken out of files" if everything.protected else None
    buttons.download_button("CSV", tables.csv(handed), "answer.csv", "text/csv", icon=":material/download:", help=told)
    buttons.download_button(
        "JSON", tables.json(handed), "answer.json", "application/json", icon=":material/download:", help=told
    )
    if how == "Graph":
        _graph(answer, everything)
    else:
        st.dataframe(tables.frame(answer.columns, answer.rows).to_pandas(), hide_index=True, placeholder="")


def _unnamed(answer: Rows, everything: Snapshot) -> tuple[list[str], list[list[Any]]]:
    (columns,) = unnamed_rows(everything, [answer.columns])
    return columns, unnamed_rows(everything, answer.rows)


def _graph(answer: Rows, everything: Snapshot) -> None:
    found = [id_ for id_ in dict.fromkeys(_ids(answer.rows)) if id_ in everything.index]
    if not found:
        st.info("The answer names no things. Return things or their ids: RETURN n, or n.id.", icon=":material/info:")
        return
    left_out = f" {len(found) - DRAWN:,} more are left out." if len(found) > DRAWN else ""
    st.caption(f"The things that the answer names, and all relations between them.{left_out}")
    canvas.draw(everything, found[:DRAWN], canvas.clicked(), {})
    chosen = canvas.clicked()["node"]
    if chosen in everything.index:
        st.caption(plain(f"{everything.entities['name'][everything.index[chosen]]} ({chosen})"))


def _ids(value: Any) -> list[str]:
    """Return the texts in an answer that may be ids: those in cells and lists, and the ids of nodes."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [id_ for item in value for id_ in _ids(item)]
    if isinstance(value, dict):
        inside = [value["properties"].get("id")] if "properties" in value else list(value.values())
        return _ids([item for item in inside if item is not None])
    return []
