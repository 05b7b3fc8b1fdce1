"""Data: a file that is dropped, what it is, how its rows become records, and what loading it did."""

from __future__ import annotations

import streamlit as st

from graphkit import flow
from graphkit.errors import GraphkitError
from graphkit.exports import wording
from graphkit.ui import dropped, mapping, rejects, session
from graphkit.ui.cards import plain

_TAKEN = (
    "A sheet (CSV, Excel, OpenDocument), records, or what another tool exports: STIX, MISP, FollowTheMoney, whois, "
    "GraphML, GEXF. Also packed as .gz, .zst or .zip. Nothing is loaded before you say so."
)


def page() -> None:
    """Ask for a file, show what it would become, load it when asked to, and what could not be taken."""
    case, _ = session.case_to_add_to()
    st.title("Data", anchor=False)
    st.caption("Files come in as somebody's claims, in a source. Drop one to see what it is and what it would become.")
    number = int(st.session_state.get("data-round", 0))
    given = st.file_uploader("A file", key=f"data-file-{number}")
    if given is None:
        st.caption(_TAKEN)
    report = st.empty()
    rejects.show(case)
    if given is None:
        return
    try:
        file = dropped.kept(given)
        files = mapping.form(file) if flow.needs_mapping(file) else _as_it_is(file)
    except GraphkitError as problem:
        st.error(plain(str(problem)), icon=":material/error:")
        return
    if files is None:
        return
    if st.button(f"Load into case {plain(case)}", type="primary", icon=":material/upload:", key="data-load"):
        with report, st.spinner("Loading … this waits while another process writes to the store."):
            _load(files, case, number)
        st.rerun()


def _as_it_is(file: dropped.File) -> flow.Files | None:
    """Say what a file is that needs no mapping, and what would be rejected; return how it is read."""
    source = st.text_input("source", key="data-source", help="Id of the source of what names none itself.").strip()
    claimant = st.text_input("claimant", key="data-claimant", help="Who says what names nobody who does.").strip()
    files = flow.Files([file], flow.catalog(), flow.Understood(source or None, claimant or None))
    with st.spinner("Reading …"):
        found = flow.check_files(session.store(), files)
    for note in found.notes:
        st.caption(f":material/info: {plain(note)}")
    told = [f"{wording.plural(found.read, 'record')} read", f"{found.accepted:,} can be loaded"]
    st.markdown(f"**{' · '.join(told)}**")
    if found.refused_fields:
        names = ", ".join(name[:40] for name in found.refused_names)
        st.warning(
            plain(f"{wording.plural(found.refused_fields, 'field')} refused ({names}): not recorded of persons.")
        )
    rejects.list_of(found.rejects, "would be rejected")
    return files if found.accepted else None


def _load(files: flow.Files, case: str, number: int) -> None:
    try:
        done = flow.load_files(session.store(), files, case, session.last_used())
    except GraphkitError as problem:
        rejects.say(f"Nothing was loaded. {problem}")
        return
    rejects.keep(done)
    st.session_state["data-round"] = number + 1
