"""Add: one record by hand, in a form made from the schema, with what it will say in words beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.errors import GraphkitError
from graphkit.exports import wording
from graphkit.graph.snapshot import Snapshot
from graphkit.ingest.fields import Field
from graphkit.model.schema import Kind
from graphkit.ui import form, session
from graphkit.ui.cards import plain

NEW = ""  # no source has an empty id
SAID = 20
_FIRST = ("claimant", "locator", "quote", "summary")
_ALLEGATION = "An allegation: it is worded everywhere as what the claimant says, and needs a claimant."
_OF_PERSONS = "Between persons this is an allegation: it is worded as what the claimant says, and needs a claimant."


def page() -> None:
    """Show the form, what it will write, and the button that writes it."""
    case, view = session.case_to_add_to()
    st.title("Add", anchor=False)
    st.caption("Every statement is recorded as somebody's claim, in a source. Nothing is written before you say so.")
    _said_before(case, view)
    sources = session.sources(case)
    _take_up_source(sources)
    left, right = st.columns([1.7, 1], gap="large")
    with left:
        kind = _kind()
        forms = _forms(case, kind, _offered(kind, view), sources)
    with right, st.container(key="add-beside"):
        _preview(case, kind, forms)


def _round() -> int:
    return int(st.session_state.get("add-round", 0))


def _kind() -> Kind:
    catalog = flow.catalog()
    groups = dict(flow.kinds(catalog)) | {"Sources": [catalog["Source"]]}
    groups = {
        name: kinds for name, kinds in groups.items() if not any(k.registry and k.name != "Source" for k in kinds)
    }
    group, chosen = st.columns(2)
    name = group.selectbox("What to add", list(groups), key="add-group", persist_state="session")
    kinds = [kind.name for kind in groups[name]]
    first = kinds.index("Person") if "Person" in kinds else 0
    kind = catalog[chosen.selectbox("Kind", kinds, index=first, key=f"add-kind-{name}", persist_state="session")]
    st.caption(plain(kind.about))
    if kind.accuses:
        st.warning(_ALLEGATION if kind.accuses == "always" else _OF_PERSONS, icon=":material/record_voice_over:")
    return kind


def _offered(kind: Kind, view: Snapshot | None) -> form.Offered:
    """Return the things of the case that the fields of a kind may name."""
    taken = {asked.kinds for asked in flow.fields(kind) if asked.kinds}
    if view is None:
        return {}
    things = view.entities.select("id", "name", "kind").sort("name", "id")
    return {
        kinds: form.labels(things.filter(pl.col("kind").is_in(list(kinds))).select("id", "name").iter_rows())
        for kinds in taken
    }


def _forms(case: str, kind: Kind, offered: form.Offered, sources: dict[str, str]) -> list[form.Form]:
    """Show the form of a record, and of its source when that is new; return them, the source first."""
    own = form.Form(kind.name, offered)
    fields = flow.fields(kind)
    own.ask([asked for asked in fields if not asked.said], f"add-{_round()}-{case}-{kind.name}")
    if kind.registry:
        return [own]
    st.header("Who says so", anchor=False)
    said = {asked.name: asked for asked in fields if asked.said}
    forms = [*_source(own, said["source"], sources), own]
    own.ask([said[name] for name in _FIRST], f"add-said-{_round()}-{case}")
    with st.expander("How it is said, when it held, how sure it is"):
        rest = [asked for name, asked in said.items() if name not in {"source", *_FIRST}]
        own.ask(rest, f"add-said-{_round()}-{case}")
    return forms


def _source(own: form.Form, asked: Field, sources: dict[str, str]) -> list[form.Form]:
    """Ask for the source; return the form of a new one."""
    offered = sources | {NEW: "A new source …"}
    chosen = st.selectbox(
        "source (needed)",
        list(offered),
        index=None if sources else 0,
        format_func=lambda id_: offered[id_],
        key="add-source",
        help=f"{asked.about} The sources of this case can be chosen.",
        placeholder="A title, or an id",
        filter_mode="contains",
        persist_state="session",
    )
    own.put(asked, chosen)
    if chosen != NEW:
        return []
    made = form.Form("Source", {})
    with st.container(border=True):
        fields = {asked.name: asked for asked in flow.fields(flow.catalog()["Source"])}
        first = ["id", "name", "publisher", "published", "url", "reliability"]
        made.ask([fields.pop(name) for name in first], f"add-source-{_round()}")
        with st.expander("More on the source"):
            made.ask(list(fields.values()), f"add-source-{_round()}")
    own.record["source"] = made.record.get("id", "…")
    return [made]


def _preview(case: str, kind: Kind, forms: Sequence[form.Form]) -> None:
    """Show in words what will be written, and write it when asked to."""
    tried = st.session_state.get("add-tried") == (_round(), kind.name)
    records = [made.record for made in forms]
    draft = flow.draft(session.store(), records, case)
    wrong = {(made.kind, name): "is needed" for made in forms for name in made.missing()} | draft.wrong
    if len(forms) > 1 and any(of == "Source" for of, _ in wrong):
        wrong.pop((kind.name, "source"), None)  # what is wrong with the new source stands at its own fields
    for made in forms:
        made.say_what_is_wrong({name: text for (of, name), text in wrong.items() if of == made.kind}, tried)
    st.header("What will be written", anchor=False)
    with st.container(border=True, key="add-preview"):
        if wrong:
            st.caption(_open(wrong, kind))
        else:
            _words(draft)
    if st.button("Write", type="primary", icon=":material/edit_note:", key="add-write"):
        st.session_state["add-tried"] = (_round(), kind.name)
        if not wrong:
            _write(case, records, draft)
        st.rerun()
    if tried and wrong:
        st.error(f"Nothing was written: {wording.plural(len(wrong), 'field')} to fill in or to mend.")
    problem = st.session_state.pop("add-problem", None)
    if problem:
        st.error(plain(problem))


def _open(wrong: Mapping[tuple[str, str], str], kind: Kind) -> str:
    names = [name.replace("_", " ") + (" of the source" if of == "Source" != kind.name else "") for of, name in wrong]
    return f"Still to fill in or to mend: {plain(', '.join(names))}."


def _words(draft: flow.Draft) -> None:
    if draft.who:
        st.markdown(f"**{plain(draft.who)}**")
    for line in draft.says:
        st.markdown(plain(line))
    for line in draft.beside:
        st.markdown(f"_{plain(line)}_")
    for text in draft.notes:
        st.caption(f":material/info: {plain(text)}")


def _write(case: str, records: Sequence[dict[str, Any]], draft: flow.Draft) -> None:
    try:
        with st.spinner("Writing … this waits while another process writes to the store."):
            report = flow.add(session.store(), records, case, session.last_used())
    except GraphkitError as problem:
        st.session_state["add-problem"] = f"Nothing was written. {problem}"
        return
    counts = report.new_claims, report.known_claims
    st.session_state["add-written"] = (*counts, draft.opens, draft.says, report.warnings)
    st.session_state["add-take-up"] = records[-1].get("source")
    st.session_state["add-round"] = _round() + 1


def _take_up_source(sources: dict[str, str]) -> None:
    """Choose the source that was just written, for the next record from it."""
    id_ = st.session_state.pop("add-take-up", None)
    if id_ in sources:
        st.session_state["add-source"] = id_
    elif st.session_state.get("add-source", NEW) not in {NEW, *sources}:
        del st.session_state["add-source"]


def _said_before(case: str, view: Snapshot | None) -> None:
    """Say what was written last, with the way to it; or, where nothing is yet, how to load many records."""
    written = st.session_state.get("add-written")
    if written:
        new, known, opens, says, warnings = written
        counts = f"Written ({wording.plural(new, 'new claim')}, {known:,} known already):"
        more = [f"… and {len(says) - SAID} more"] if len(says) > SAID else []
        lines = [f"{counts} {says[0]}"] if len(says) == 1 else [counts, *says[:SAID], *more]
        st.success("  \n".join(plain(line) for line in lines), icon=":material/check:")
        for warning in warnings:
            st.warning(plain(warning))
        if opens and view is not None and opens in view.index:
            name = view.entities["name"][view.number(opens)]
            if st.button(f"Open {plain(name)} in Investigate", icon=":material/hub:", key="add-open"):
                session.go("investigate", id=opens)
    elif view is None:
        st.info(plain(session.how_to_load_into(case)), icon=":material/info:")
