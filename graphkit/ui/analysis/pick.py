"""Picking things by name; what is picked stands in the address, so that a link leads to it."""

from __future__ import annotations

import streamlit as st

from graphkit.errors import NotFound
from graphkit.exports import palette
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import finder
from graphkit.ui.cards import plain

_NEAR = 6


def one(view: Snapshot, label: str, name: str, about: str) -> str | None:
    """Ask for a thing, and return its id once it is picked; ``name`` is what it is called in the address."""
    found = picked(view, name)
    if found:
        st.caption(label)
        _chip(view, name, found[0])
        return found[0]
    _ask(view, label, name, about)
    _say_if_missing(view, name)
    return None


def many(view: Snapshot, label: str, name: str, about: str) -> list[str]:
    """Ask for things, and return the ids of those that are picked."""
    _ask(view, label, name, about)
    found = picked(view, name)
    for id_ in found:
        _chip(view, name, id_)
    _say_if_missing(view, name)
    return found


def picked(view: Snapshot, name: str) -> list[str]:
    """Return the ids of the things that the address has under a name and that are in the case."""
    asked = st.query_params.get_all(name)
    return list(dict.fromkeys(view.things["id"][view.index[id_]] for id_ in asked if id_ in view.index))


def pick(name: str, *ids: str) -> None:
    """Put things into the address, after those that are there under that name."""
    st.query_params[name] = list(dict.fromkeys([*st.query_params.get_all(name), *ids]))
    st.session_state[_turn(name)] = st.session_state.get(_turn(name), 0) + 1


def drop(name: str, *ids: str) -> None:
    """Take things out of the address; all that is there under that name when none is named."""
    left = [id_ for id_ in st.query_params.get_all(name) if ids and id_ not in ids]
    if left:
        st.query_params[name] = left
    else:
        st.query_params.pop(name, None)


def _turn(name: str) -> str:
    return f"pick-turn-{name}"


def _ask(view: Snapshot, label: str, name: str, about: str) -> None:
    key = f"pick-{name}-{st.session_state.get(_turn(name), 0)}"
    typed = st.text_input(label, key=key, help=about, placeholder="Type a name or an id", live=True)
    text = (typed or "").strip()
    if not text:
        return
    with st.container(gap="xxsmall", key=f"{key}-near"):
        hits = [hit for hit in view.near.to(text, (), _NEAR) if hit["id"] not in picked(view, name)]
        for hit in hits:
            finder.button(hit, f"{key}-{hit['id']}", "", pick, name, hit["id"])
        if not hits:
            st.caption(f"Nothing in this case is called like “{plain(text)}”.")


def _chip(view: Snapshot, name: str, id_: str) -> None:
    kind, called = view.things.select("kind", "name").row(view.number(id_))
    st.button(
        f"{palette.glyph(kind)} {plain(called)}",
        key=f"picked-{name}-{id_}",
        on_click=drop,
        args=(name, id_),
        icon=":material/close:",
        icon_position="right",
        help=f"{kind} · {plain(id_)}. Click to take it out of here.",
    )


def _say_if_missing(view: Snapshot, name: str) -> None:
    """Say so when the address names a thing that is not in the case."""
    for id_ in st.query_params.get_all(name):
        if id_ not in view.index:
            try:
                view.number(id_)
            except NotFound as problem:
                st.warning(plain(str(problem)), icon=":material/search_off:")
            st.button("Forget it", key=f"forget-{name}-{id_}", on_click=drop, args=(name, id_), type="tertiary")
