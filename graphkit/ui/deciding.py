"""Asking for decisions: correct, withdraw, merge, keep apart, retract, undo. Each says who and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.errors import GraphkitError
from graphkit.exports import wording
from graphkit.graph.snapshot import Snapshot
from graphkit.ingest.correction import CHANGEABLE
from graphkit.model.claim import Claim
from graphkit.settings import Settings
from graphkit.ui import session
from graphkit.ui.cards import plain

OFFERED = 1_000
_OPEN = "deciding"
Decide = Callable[[flow.Maker], Any]


def asked(button: bool, about: str) -> bool:
    """Say whether the dialog on this is open; it stays so through every run of the page until it is closed."""
    if button:
        st.session_state[_OPEN] = about
    return bool(st.session_state.get(_OPEN) == about)


def _closed() -> None:
    st.session_state.pop(_OPEN, None)


@st.dialog("Decide", width="medium", on_dismiss=_closed)
def on_thing(view: Snapshot, found: flow.Dossier) -> None:
    """Ask what is decided on a thing, its claims or its sources."""
    ways = {
        "Correct a claim": _correction,
        "Withdraw claims": _withdrawal,
        "Merge": _merge,
        "Keep apart": _split,
        "Retract a source": _retraction,
    }
    st.caption("What sources say stays as it is written, and each decision can be undone.")
    what = st.segmented_control(
        "What", list(ways), default="Correct a claim", required=True, key="decide-what", width="stretch"
    )
    _signed(view, ways[what](view, found))


@st.dialog("Decide on two websites", width="medium", on_dismiss=_closed)
def on_websites(view: Snapshot, a: str, b: str) -> None:
    """Ask whether two websites are one, or are not."""
    ways = {"They are one website": flow.merge, "They are not": flow.split}
    st.markdown(f"{plain(a)} and {plain(b)}")
    what = st.segmented_control(
        "What", list(ways), default="They are one website", required=True, key="decide-what", width="stretch"
    )
    st.caption("Groups keep to it from now on: what is one stays together, what is not is never in one group.")
    ids = [f"website:{a}", f"website:{b}"]
    _signed(view, lambda maker: ways[what](session.store(), maker, ids))


@st.dialog("Watch websites", width="medium", on_dismiss=_closed)
def watching(view: Snapshot, websites: Sequence[str]) -> None:
    """Ask why websites are watched."""
    st.markdown(plain(", ".join(websites)))
    st.caption("After each load, new websites that share infrastructure with them are told. It can be undone.")
    _signed(view, lambda maker: flow.watch(session.store(), maker, websites))


@st.dialog("Undo a decision", width="medium", on_dismiss=_closed)
def undoing(view: Snapshot, line: str, ids: Sequence[str]) -> None:
    """Ask why decisions are taken back; ``line`` says what they are."""
    st.markdown(plain(line))
    _signed(view, lambda maker: flow.undo(session.store(), maker, ids))


def _signed(view: Snapshot, decide: Decide | None) -> None:
    """Ask who decides and why, and decide when asked to; None where something is missing still."""
    with st.form("decide", border=False):
        why = st.text_input("Why", key="decide-why", placeholder="The reason; it stands beside the decision for good")
        who = st.text_input("Who", value=Settings().analyst, key="decide-who")
        if not st.form_submit_button("Decide", type="primary", icon=":material/gavel:"):
            return
    if decide is None:
        st.error("Nothing was decided: choose what it is about.")
        return
    try:
        with st.spinner("Writing … this waits while another process writes to the store."):
            decide(flow.Maker(who, why, view.scope.cases[0]))
    except GraphkitError as problem:
        st.error(plain(f"Nothing was decided. {problem}"))
        return
    _closed()
    st.rerun()


def _correction(view: Snapshot, found: flow.Dossier) -> Decide | None:
    claim = st.selectbox("Claim", found.claims, format_func=lambda one: _line(one, found), key="decide-claim")
    if claim is None:
        return None
    name = st.selectbox("What is wrong in it", CHANGEABLE, format_func=_words, key="decide-field")
    now = getattr(claim, name)
    new = st.text_input("Instead", value=str(now) if now is not None else "", key=f"decide-new-{claim.id}-{name}")
    st.caption("An id, where it names a thing. Another source or another thing is another claim: withdraw, then add.")
    return lambda maker: flow.correct(session.store(), maker, claim.id, {name: new})


def _withdrawal(view: Snapshot, found: flow.Dossier) -> Decide | None:
    chosen = st.multiselect("Claims", found.claims, format_func=lambda one: _line(one, found), key="decide-claims")
    st.caption("For what should not have been entered. What a source got wrong is disputed, not withdrawn.")
    return (lambda maker: flow.withdraw(session.store(), maker, [one.id for one in chosen])) if chosen else None


def _merge(view: Snapshot, found: flow.Dossier) -> Decide | None:
    node = found.node
    other = _other(view, found, f"Also {node['name']}")
    if not other:
        return None
    keep = st.radio("Kept as", [node["id"], other], format_func=plain, key="decide-keep", horizontal=True)
    st.caption("It answers to both ids; all claims keep the id that they were written with.")
    return lambda maker: flow.merge(session.store(), maker, [node["id"], other], keep)


def _split(view: Snapshot, found: flow.Dossier) -> Decide | None:
    other = _other(view, found, f"Not {found.node['name']}")
    st.caption("Who wants to merge the two later is told.")
    return (lambda maker: flow.split(session.store(), maker, [found.node["id"], other])) if other else None


def _other(view: Snapshot, found: flow.Dossier, label: str) -> str | None:
    """Ask for another thing of the same kind: one offered, or any id."""
    own = pl.col("id") != found.node["id"]
    alike = view.entities.filter(own & (pl.col("kind") == found.node["kind"])).sort("n_claims", descending=True)
    names = dict(alike.head(OFFERED).sort("name").select("id", "name").iter_rows())
    chosen: str | None = st.selectbox(
        plain(label),
        list(names),
        index=None,
        format_func=lambda id_: f"{names.get(id_, id_)} · {id_}",
        placeholder=f"{found.node['kind']} by name, or any id",
        accept_new_options=True,
        key="decide-other",
    )
    return _meant(chosen, alike) if chosen else None


def _meant(typed: str, things: pl.DataFrame) -> str:
    """Return the id of the one thing that is called as was typed; else what was typed, which may be an id."""
    called = things.filter(pl.col("name").str.to_lowercase() == typed.strip().lower())["id"]
    return called[0] if len(called) == 1 and typed not in things["id"] else typed


def _retraction(view: Snapshot, found: flow.Dossier) -> Decide | None:
    speaking = list(dict.fromkeys(claim.source for claim in found.claims))
    source = st.selectbox("Source", speaking, format_func=lambda id_: found.sources[id_]["name"], key="decide-source")
    if source is None:
        return None
    count = dict(view.sources.select("id", "n_claims").iter_rows())[source]
    st.caption(
        f"Nothing that it says counts any more, here and elsewhere in the case: {wording.plural(count, 'claim')}."
    )
    return lambda maker: flow.retract(session.store(), maker, [source])


def _line(claim: Claim, found: flow.Dossier) -> str:
    """Return a claim in a line: what it says of what, who says it, where, and its id."""
    value = found.names.get(claim.value, claim.value) if claim.object_kind else claim.value
    about = "" if claim.about == found.node["id"] else f"{found.names.get(claim.anchor, claim.anchor)}: "
    who = wording.speaker(claim.claimant, claim.source, found.called)
    where = [found.sources[claim.source]["name"], *([claim.locator] if claim.locator else [])]
    return f"{about}{_words(claim.property)}: {value} · {who} · {', '.join(where)} · {wording.short(claim.id)}"


def _words(name: str) -> str:
    return name.replace("_", " ").lower()
