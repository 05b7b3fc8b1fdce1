"""Add: one record by hand, in a form made from the schema, with what it will say in words beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from graphkit import flow
from graphkit.errors import GraphkitError
from graphkit.exports import wording
from graphkit.graph.snapshot import Snapshot
from graphkit.ingest.fields import Field
from graphkit.last_used import SAID as REPEATED
from graphkit.model.schema import Kind
from graphkit.ui import documents, finder, form, session
from graphkit.ui.cards import plain

DOCUMENT = "Document"
NEW = ""  # no source has an empty id
SAID = 20
_ALLEGATION = "An allegation: it is worded everywhere as what the claimant says, and needs a claimant."
_OF_PERSONS = "Between persons this is an allegation: it is worded as what the claimant says, and needs a claimant."


def page() -> None:
    """Show the form, what it will write, and the button that writes it."""
    case, view = session.case_to_add_to()
    st.title("Add", anchor=False)
    st.caption("Every statement is recorded as somebody's claim, in a source. Nothing is written before you say so.")
    if view is None:
        st.info(plain(session.how_to_load_into(case)), icon=":material/info:")
    sources = session.sources(case)
    if st.session_state.get("add-kind") == DOCUMENT:
        _kind()
        documents.form(sources)
        return
    held = finder.Case(session.store(), view)
    _as_last_time(case, held, sources)
    left, right = st.columns([1.7, 1], gap="large")
    with left:
        kind = _kind()
        forms = _forms(case, kind, held, sources)
    with right, st.container(key="add-beside"):
        _preview(case, kind, forms)
        _said_before(view)


def _round() -> int:
    return int(st.session_state.get("add-round", 0))


def _kind() -> Kind:
    catalog = flow.catalog()
    kinds = [kind for found in flow.kinds_by_hand(catalog).values() for kind in found if kind.name != "Case"]
    kinds.append(catalog[DOCUMENT])
    says = {kind.name: f"{kind.name} · {kind.edge.says}" if kind.edge else kind.name for kind in kinds}
    names = list(says)
    first = names.index("Person") if "Person" in names else 0
    chosen = st.selectbox(
        "What to add",
        names,
        index=first,
        format_func=lambda name: says[name],
        key="add-kind",
        filter_mode="contains",
        persist_state="session",
    )
    kind = catalog[chosen]
    st.caption(plain(kind.about))
    if kind.accuses:
        st.warning(_ALLEGATION if kind.accuses == "always" else _OF_PERSONS, icon=":material/record_voice_over:")
    return kind


def _forms(case: str, kind: Kind, held: finder.Case, sources: dict[str, str]) -> list[form.Form]:
    """Show the form of a record, and of its source when that is new; return them, the source first."""
    own = form.Form(kind, held)
    key = f"add-{_round()}-{case}-{kind.name}"
    fields = [asked for asked in flow.fields(kind) if not asked.said]
    called = flow.called_by(kind)
    if called:
        own.call(key)
        fields = [asked for asked in fields if asked.name != "id" and (asked.name != called or asked.many)]
    own.ask([asked for asked in fields if asked.required], key)
    rest = [asked for asked in fields if not asked.required]
    if kind.registry:
        _folded(f"More on the {kind.name}", own, rest, key)
        return [own]
    forms = [*_said(case, kind, own, sources), own]
    _folded(f"More on this {kind.name}", own, rest, key)
    said = [asked for asked in flow.fields(kind) if asked.said and asked.name not in REPEATED]
    _folded("In which words, how it is said, how sure it is", own, said, f"add-said-{_round()}-{case}")
    return forms


def _folded(title: str, own: form.Form, fields: Sequence[Field], key: str) -> None:
    if fields:
        with st.expander(title):
            own.ask(fields, key)


def _said(case: str, kind: Kind, own: form.Form, sources: dict[str, str]) -> list[form.Form]:
    """Ask who says so, where and when: at first what the last record of the case had; return a new source."""
    st.header("Who says so", anchor=False)
    said = {asked.name: asked for asked in flow.fields(kind) if asked.name in REPEATED}
    keys = [_repeated(case, name) for name in REPEATED]
    place = st.empty()  # always there: whatever moves below it would lose what is being typed
    if any(st.session_state.get(key) for key in keys):
        with place.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.caption("Kept from one record of this case to the next, until it is changed.", width="content")
            st.button("Clear", icon=":material/close:", on_click=_clear, args=(keys,), type="tertiary", key="add-clear")
    made = _source(case, own, said["source"], sources)
    prefix = _repeated(case, "")[:-1]
    own.ask([said[name] for name in ("claimant", "locator") if name in said], prefix)
    own.ask([said[name] for name in ("said_at", "valid_from", "valid_to") if name in said], prefix, abreast=3)
    return made


def _repeated(case: str, name: str) -> str:
    return f"add-repeated-{case}-{name}"


def _clear(keys: Sequence[str]) -> None:
    for key in keys:
        st.session_state[key] = None if key.endswith("-source") else ""


def _as_last_time(case: str, held: finder.Case, sources: dict[str, str]) -> None:
    """Fill in, once, what the record added last to this case had, as far as the case still has it."""
    key = _repeated(case, "source")
    written = st.session_state.pop("add-take-up", None)
    if f"add-repeated-{case}" not in st.session_state:
        st.session_state[f"add-repeated-{case}"] = True
        last = session.last_used().said(session.address(), case)
        claimant = last.pop("claimant", "")
        if shown := held.called(claimant):
            finder.choose(_repeated(case, "claimant"), shown, claimant)
        written = written or last.pop("source", None)
        st.session_state.update({_repeated(case, name): text for name, text in last.items() if name != "source"})
    if written in sources:
        st.session_state[key] = written
    elif st.session_state.get(key, NEW) not in {NEW, None, *sources}:
        st.session_state[key] = None


def _source(case: str, own: form.Form, asked: Field, sources: dict[str, str]) -> list[form.Form]:
    """Ask for the source; return the form of a new one."""
    offered = sources | {NEW: "A new source …"}
    chosen = st.selectbox(
        "source (needed)",
        list(offered),
        index=None if sources else 0,
        format_func=lambda id_: offered[id_],
        key=_repeated(case, "source"),
        help=f"{asked.about} The sources of this case can be chosen.",
        placeholder="A title, or an id",
        filter_mode="contains",
        persist_state="session",
    )
    own.put(asked, chosen)
    if chosen != NEW:
        return []
    made = form.Form(flow.catalog()["Source"], own.case)
    with st.container(border=True):
        fields = {asked.name: asked for asked in flow.fields(made.kind)}
        made.call(f"add-source-{_round()}")
        first = ["publisher", "published", "url", "reliability"]
        made.ask([fields[name] for name in first], f"add-source-{_round()}")
        rest = [asked for name, asked in fields.items() if name not in {"id", "name", *first}]
        _folded("More on the source", made, rest, f"add-source-{_round()}")
    own.record["source"] = made.record.get("id", "…")
    own.taken.append(own.record["source"])
    return [made]


def _records(forms: Sequence[form.Form]) -> list[dict[str, Any]]:
    """Return what is written: a new source, then the record, then the new things that it names."""
    *sources, own = forms
    new = [flow.said_too(made, own.record) for made in own.made.values()]
    return [*(made.record for made in sources), own.record, *new]


def _preview(case: str, kind: Kind, forms: Sequence[form.Form]) -> None:
    """Show in words what will be written, and write it when asked to."""
    tried = st.session_state.get("add-tried") == (_round(), kind.name)
    records = _records(forms)
    draft = flow.draft(session.store(), records, case)
    wrong = {(made.kind.name, name): "is needed" for made in forms for name in made.missing()} | draft.wrong
    if len(forms) > 1 and any(of == "Source" for of, _ in wrong):
        wrong.pop((kind.name, "source"), None)  # what is wrong with the new source stands at its own fields
    for made in forms:
        made.say_what_is_wrong(wrong, tried)
    st.header("What will be written", anchor=False)
    with st.container(border=True, key="add-preview"):
        if wrong:
            st.caption(_open(wrong, kind))
        else:
            _words(draft)
    if st.button("Write", type="primary", icon=":material/edit_note:", key="add-write"):
        st.session_state["add-tried"] = (_round(), kind.name)
        st.session_state.pop("add-written", None)
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
    return f"Still to fill in or to mend: {plain(', '.join(dict.fromkeys(names)))}."


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
    st.session_state["add-take-up"] = next((record["source"] for record in records if "source" in record), None)
    st.session_state["add-round"] = _round() + 1


def _said_before(view: Snapshot | None) -> None:
    """Say what was written last, with the way to it."""
    written = st.session_state.get("add-written")
    if not written:
        return
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
