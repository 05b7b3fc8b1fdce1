"""What a load on a page did, and what it rejected: mended in place, and tried again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from graphkit import flow
from graphkit.errors import GraphkitError
from graphkit.exports import wording
from graphkit.ingest.record import Reject
from graphkit.ui import session
from graphkit.ui.cards import plain

_DONE, _PROBLEM = "data-done", "data-problem"
_BY_HAND = "mended by hand when it was loaded"
SHOWN = 200


def keep(report: flow.LoadReport) -> None:
    """Keep what a load did, to be shown when the page is drawn anew."""
    st.session_state[_DONE] = report


def say(problem: str) -> None:
    """Keep a problem, to be shown when the page is drawn anew."""
    st.session_state[_PROBLEM] = problem


def show(case: str) -> None:
    """Show what the last load did, its rejects to be mended, and the way to the picture."""
    if problem := st.session_state.pop(_PROBLEM, None):
        st.error(plain(problem), icon=":material/error:")
    report: flow.LoadReport | None = st.session_state.get(_DONE)
    if report is None:
        return
    told = [f"{wording.plural(report.read, 'record')} read", f"{report.accepted:,} accepted"]
    told += [f"{report.rejected:,} rejected", wording.plural(report.new_claims, "new claim")]
    said = f"{', '.join(told)}, {report.known_claims:,} known already, in {report.seconds:.1f} s."
    (st.success if report.accepted else st.error)(
        said, icon=":material/check:" if report.accepted else ":material/error:"
    )
    if report.refused_fields:
        names = ", ".join(name[:40] for name in report.refused_names)
        st.warning(
            plain(f"{wording.plural(report.refused_fields, 'field')} refused ({names}): not recorded of persons.")
        )
    for text in report.notes:
        st.caption(f":material/info: {plain(text)}")
    for text in report.warnings[:5]:
        st.caption(f":material/warning: {plain(text)}")
    if report.accepted and st.button("Show the case in Investigate", icon=":material/hub:", key="data-open"):
        session.go("investigate", case=case)
    if report.rejects:
        _mend(report.rejects, case)


def list_of(rejects: Sequence[Reject], what: str) -> None:
    """Show rejects with place, field and problem."""
    if not rejects:
        return
    st.markdown(f"**{wording.plural(len(rejects), 'record')} {what}**")
    rows = [(one.place, one.field, one.problem) for one in rejects[:SHOWN]]
    st.dataframe(pd.DataFrame(rows, columns=["where", "field", "what is wrong"]), hide_index=True)
    if len(rejects) > SHOWN:
        st.caption(f"The first {SHOWN} of {len(rejects):,}.")


def _mend(rejects: Sequence[Reject], case: str) -> None:
    """Offer rejected records as text beside what is wrong with them, and load those that were mended."""
    st.subheader(f"{wording.plural(len(rejects), 'record')} rejected", anchor=False)
    st.caption("Mend a record in its cell and try again; nothing else is loaded anew. A record emptied is left out.")
    rows = [(one.place, str(one).removeprefix(f"{one.place}: "), one.again) for one in rejects[:SHOWN]]
    table = pd.DataFrame(rows, columns=["where", "what is wrong", "record"])
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=["where", "what is wrong"],
        column_config={"record": st.column_config.TextColumn(width="large")},
        key=f"data-mend-{len(rejects)}-{rejects[0].place}",
    )
    if len(rejects) > SHOWN:
        st.caption(f"The first {SHOWN} of {len(rejects):,} are shown; load the rest again from the file.")
    if st.button("Try these again", icon=":material/refresh:", key="data-retry"):
        _retry(
            [
                mended(str(text), one.again)
                for text, one in zip(edited["record"], rejects, strict=False)
                if str(text or "").strip()
            ],
            case,
        )
        st.rerun()


def _retry(records: Sequence[str], case: str) -> None:
    with tempfile.TemporaryDirectory(prefix="graphkit-") as folder:
        path = Path(folder, "mended records.jsonl")
        path.write_text("".join(_on_one_line(text) + "\n" for text in records), encoding="utf-8")
        try:
            keep(flow.load(session.store(), [path], case, session.last_used()))
        except GraphkitError as problem:
            say(f"Nothing was loaded. {problem}")


def mended(text: str, before: str) -> str:
    """Return a record that was changed by hand with a note that says so: its source does not say it in these words."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if text == before or not isinstance(record, dict) or "source" not in record:
        return text
    given = record.get("note")
    notes = given if isinstance(given, list) else [given] if given else []
    words = "; ".join([*(str(note) for note in notes if _BY_HAND not in str(note)), _BY_HAND])
    return json.dumps(record | {"note": words}, ensure_ascii=False)


def _on_one_line(text: str) -> str:
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except (ValueError, RecursionError):
        return " ".join(text.split())
