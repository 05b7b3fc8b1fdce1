"""One field for a thing: what is near shows while one types, one click takes it, another makes a new one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from graphkit import flow
from graphkit.exports import palette
from graphkit.graph.snapshot import Snapshot
from graphkit.ingest.fields import Field
from graphkit.stores import Store
from graphkit.ui.cards import plain

SHOWN = 5
_KEPT: Any = {"persist_state": "session"}


@dataclass(frozen=True, slots=True)
class Case:
    """What a form may name: the things of a case, none while it holds nothing, and ids of its store."""

    store: Store
    view: Snapshot | None

    def near(self, text: str, kinds: Collection[str]) -> list[dict[str, Any]]:
        """Return the things of the case that are called like a text, nearest first."""
        return self.view.near.to(text, kinds, SHOWN) if self.view and text else []

    def called(self, id_: str) -> str | None:
        """Return how a thing of the case is shown once it is chosen; None for what is not in it."""
        if self.view is None or self.kind_of(id_) is None:
            return None
        name: str = self.view.entities["name"][self.view.number(id_)]
        return id_ if name == id_ else f"{name} · {id_}"

    def kind_of(self, id_: str) -> str | None:
        """Return the kind of a thing of the case; None for what is not in it."""
        held = self.view is not None and id_ in self.view.index
        return self.view.entities["kind"][self.view.number(id_)] if self.view and held else None

    def outside(self, text: str, kinds: Collection[str]) -> bool:
        """Say whether a text is the id of a thing that is in the store, but not in the case."""
        return self.called(text) is None and self.store.exists() and self.store.kinds_of([text]).get(text) in kinds


@dataclass(frozen=True, slots=True)
class Found:
    """The id that a field names, and the record of the thing where that is new."""

    id: str | None = None
    new: Mapping[str, Any] | None = None


def ask(asked: Field, label: str, key: str, case: Case, taken: Sequence[str]) -> Found:
    """Ask for a thing; it is there once it is chosen, or typed as the id of one of the case.

    A new thing gets an id that neither the store nor ``taken`` has.
    """
    chosen: Mapping[str, Any] = st.session_state.get(_of(key), {})
    if chosen.get("typed") and st.session_state.get(key) == chosen["typed"]:
        st.session_state[key] = chosen["text"]  # a browser that did not know of the choice yet sent what it was made on
    typed = st.text_input(
        label,
        key=key,
        help=f"{asked.about} It is a {', '.join(asked.kinds)}.",
        placeholder="Type a name or an id",
        live=True,
        **_KEPT,
    )
    text = (typed or "").strip()
    if not text or chosen.get("text") != text:
        st.session_state.pop(_of(key), None)
        if case.kind_of(text) in asked.kinds:
            return Found(text)
        _offer(asked, key, text, case)
        return Found()
    return Found(chosen["id"]) if chosen["id"] else _new(asked, key, text, case, taken)


def choose(key: str, text: str, id_: str | None) -> None:
    """Put a thing into a field: the one of this id as this text, or a new one that is called so."""
    st.session_state[_of(key)] = {"text": text.strip(), "id": id_, "typed": st.session_state.get(key)}
    st.session_state[key] = text.strip()


def _of(key: str) -> str:
    return f"{key}-chosen"


def _offer(asked: Field, key: str, text: str, case: Case) -> None:
    if not text:
        return
    with st.container(gap="xxsmall", key=f"{key}-near"):
        for hit in case.near(text, asked.kinds):
            shown = case.called(hit["id"]) or hit["id"]
            button(hit, f"{key}-{hit['id']}", "", choose, key, shown, hit["id"])
        if case.outside(text, asked.kinds):
            label = f"{plain(text)} · the id of a thing outside this case"
            st.button(label, key=f"{key}-outside", on_click=choose, args=(key, text, text), width="stretch")
        new = f"New: {plain(text)}"
        st.button(
            new, key=f"{key}-new", icon=":material/add:", on_click=choose, args=(key, text, None), width="stretch"
        )


def button(hit: Mapping[str, Any], key: str, verb: str, then: Any, *args: Any) -> None:
    """Show a thing that is near as a button: its sign, its name, the other name it was met by, and its id."""
    met = [hit["called"]] if hit["called"] not in (hit["name"], hit["id"]) else []
    called = " · ".join(dict.fromkeys([hit["name"], *met, hit["id"]]))
    label = f"{verb}{palette.glyph(hit['kind'])} {plain(called)}"
    st.button(label, key=key, on_click=then, args=args, width="stretch", help=hit["kind"])


def _new(asked: Field, key: str, text: str, case: Case, taken: Sequence[str]) -> Found:
    with st.container(border=True, gap="small", key=f"{key}-made"):
        st.caption(f"A new thing, written along: **{plain(text)}**")
        name = asked.kinds[0]
        if len(asked.kinds) > 1:
            name = st.selectbox("Kind of the new thing", asked.kinds, key=f"{key}-kind", **_KEPT)
        record = flow.new_thing(case.store, flow.catalog()[name], text, taken)
        if "id" in record:
            own = st.text_input("Id of the new thing", key=f"{key}-id", placeholder=record["id"], **_KEPT).strip()
            record |= {"id": own or record["id"]}
    return Found(flow.id_of(case.store, record) or text, record)
