"""Documents of sources in the app: offered beside what rests on them, opened at a place, attached by upload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from graphkit import flow
from graphkit.documents import ENDINGS, MAX_BYTES, NOUNS, media_type, sha256_of
from graphkit.errors import GraphkitError
from graphkit.exports import wording
from graphkit.model.claim import Claim
from graphkit.model.defanging import defang
from graphkit.settings import Settings
from graphkit.ui import session
from graphkit.ui.cards import plain

Entry = Mapping[str, Any]


def beside(claim: Claim, found: flow.Dossier) -> None:
    """Offer the documents of a claim's source, opened where the claim stands in it."""
    if kept := found.documents.get(claim.source):
        offered(kept, claim.locator, f"document-{claim.id}")


def offered(kept: Sequence[Entry], locator: str | None, key: str) -> None:
    """Show a button that opens documents of one source, at a place if one is named."""
    called = kept[0]["file_name"] if len(kept) == 1 else wording.plural(len(kept), "document")
    label = f"{locator} in {called}" if locator else called
    if st.button(plain(label), key=key, icon=":material/description:", type="tertiary"):
        _open(kept, locator)


@st.dialog("Document", width="medium")
def _open(kept: Sequence[Entry], locator: str | None) -> None:
    for place, entry in enumerate(kept):
        with st.container(border=len(kept) > 1):
            _document(entry, locator, f"document-{place}-{entry['sha256']}")


def _document(entry: Entry, locator: str | None, key: str) -> None:
    told = [NOUNS[entry["media_type"]], wording.size(int(entry["bytes"])), f"collected by {entry['collector']}"]
    told += [entry["collected"], *([f"from {defang(entry['url'])}"] if entry["url"] else [])]
    st.markdown(f"**{plain(entry['file_name'])}**  \n:small[:gray[{plain(' · '.join(told))}]]")
    try:
        content = flow.document_content(session.store(), entry)
    except GraphkitError as problem:
        st.warning(plain(str(problem)), icon=":material/warning:")
        return
    if locator:
        _place(entry, locator)
    st.download_button(
        "Download",
        content,
        file_name=entry["file_name"],
        mime="application/octet-stream",
        key=key,
        on_click="ignore",
        icon=":material/download:",
    )
    st.caption(f"As it was kept. SHA-256 {entry['sha256']}")


def _place(entry: Entry, locator: str) -> None:
    try:
        with st.spinner("Reading …"):
            landing = flow.document_at(session.store(), entry, locator).landing
    except GraphkitError as problem:
        st.caption(f":material/info: {plain(str(problem))}")
        return
    if landing:
        st.markdown(plain(landing.where))
        st.code(landing.text, language=None, wrap_lines=True)


def form(sources: Mapping[str, str]) -> None:
    """Ask for a file and its source, say what would be kept, and keep it when asked to."""
    number = int(st.session_state.get("attach-round", 0))
    if kept := st.session_state.get("attach-kept"):
        st.success(plain(kept), icon=":material/check:")
    if not sources:
        st.info("A document is kept with its source. Add the source first.", icon=":material/info:")
        return
    left, right = st.columns([1.7, 1], gap="large")
    with left:
        source = st.selectbox(
            "source (needed)", list(sources), index=None, format_func=lambda id_: sources[id_], key="attach-source"
        )
        file = st.file_uploader(
            "file (needed)", list(ENDINGS.values()), key=f"attach-file-{number}", max_upload_size=MAX_BYTES // 2**20,
            help="A PDF, text, mail or sheet. Pictures, sound, films and programs are never kept.",
        )  # fmt: skip
        collector = st.text_input("collector", Settings().analyst, key="attach-collector", help="Who collected it.")
        at = st.text_input("collected", key=f"attach-at-{number}", placeholder="now", help="When. EDTF.").strip()
        url = st.text_input("url", key=f"attach-url-{number}", help="Where. Kept as text and never opened.").strip()
    with right:
        st.header("What will be kept", anchor=False)
        content = file.getvalue() if file else b""
        fits = _preview(file.name, content) if file else False
        if st.button("Attach", type="primary", disabled=not (fits and source and collector.strip()), key="attach"):
            found = flow.Collected(collector.strip(), at or None, url or None)
            _keep(str(source), str(file and file.name), content, found, number)


def _preview(name: str, content: bytes) -> bool:
    """Say what a file is, or why it is not kept; return whether it can be."""
    try:
        noun = NOUNS[media_type(name, content)]
    except GraphkitError as problem:
        st.error(plain(str(problem)))
        return False
    with st.container(border=True):
        st.markdown(f"**{plain(name)}**  \n{noun}, {wording.size(len(content))}")
        st.caption(f"SHA-256 {sha256_of(content)}")
    return True


def _keep(source: str, name: str, content: bytes, found: flow.Collected, number: int) -> None:
    try:
        with st.spinner("Keeping … this waits while another process writes to the store."):
            made = flow.attach(session.store(), source, name, content, found)
    except GraphkitError as problem:
        st.error(plain(f"Nothing was kept. {problem}"))
        return
    is_kept = "is kept already" if made.known else "is kept"
    notes = "".join(f" {text}" for text in made.notes)
    st.session_state["attach-kept"] = f"{made.entry['file_name']} {is_kept} with source '{source}'.{notes}"
    st.session_state["attach-round"] = number + 1
    st.rerun()
