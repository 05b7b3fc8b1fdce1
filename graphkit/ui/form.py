"""A form made from the fields of a kind. What is typed stays where it is; each field has a place for what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from graphkit.ingest.fields import Field
from graphkit.ui.cards import plain

MAX_OFFERED = 1_000
_LONG = ("statement", "summary", "quote", "note", "resolution", "purpose", "why")
_EXAMPLES = {
    "date": "2014-03-01, 2014-03, 2014? or 2014-03/2014-05",
    "domain": "example.com",
    "ip": "198.51.100.7",
    "email": "name@example.com",
    "url": "https://example.com/page",
}
_MOST = {"confidence": 100}
_UNSAID = "Not said"
_TYPED = ""  # no id is empty

_KEPT: Any = {"persist_state": "session"}  # what is typed is still there after a look at another page or kind

Offered = Mapping[tuple[str, ...], Mapping[str, str]]


@dataclass(slots=True)
class Form:
    """Asks for the fields of one record. ``offered`` are the things a field may name, by the kinds it takes."""

    kind: str
    offered: Offered
    record: dict[str, Any] = field(init=False)
    _places: dict[str, Any] = field(init=False, default_factory=dict)
    _asked: list[Field] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.record = {"kind": self.kind}

    def ask(self, fields: Sequence[Field], key: str) -> None:
        """Show fields, two of one height in a row where they are short, and keep what is typed.

        ``key`` tells one record from the next, whose fields are empty again.
        """
        rows: dict[bool, list[Any]] = {}
        for asked in fields:
            high = asked.many and not asked.choices
            if not _is_long(asked) and not rows.get(high):
                rows[high] = list(st.columns(2))
            with st.container() if _is_long(asked) else rows[high].pop(0):
                self.put(asked, _shown(asked, f"{key}-{asked.name}", self.offered))

    def put(self, asked: Field, value: Any) -> None:
        """Take the value of a field, and make a place below it for what is wrong."""
        self._asked.append(asked)
        self._places[asked.name] = st.empty()
        if value not in (None, "", []):
            self.record[asked.name] = value

    def missing(self) -> list[str]:
        """Return the names of fields that are needed and not filled in."""
        return [asked.name for asked in self._asked if asked.required and asked.name not in self.record]

    def say_what_is_wrong(self, wrong: Mapping[str, str], missing_too: bool) -> None:
        """Show at each field what is wrong with it.

        What is missing is said only with ``missing_too``: nobody is told off for a form just opened.
        """
        for name, place in self._places.items():
            if name in wrong and (name in self.record or missing_too):
                place.markdown(f":red[:material/edit: {plain(wrong[name])}]")


def _is_long(asked: Field) -> bool:
    return asked.name in _LONG


def _shown(asked: Field, key: str, offered: Offered) -> Any:
    label = asked.name.replace("_", " ") + (" (needed)" if asked.required else "")
    if asked.kinds and not asked.many:
        return reference(asked, label, key, offered.get(asked.kinds, {}))
    if asked.choices:
        return _choice(asked, label, key)
    if asked.type == "flag":
        return st.selectbox(
            label, ["true", "false"], index=None, key=key, help=asked.about, placeholder=_UNSAID, **_KEPT
        )
    if asked.type == "count":
        most = _MOST.get(asked.name)
        number = st.number_input(
            label,
            value=None,
            step=1,
            min_value=0,
            max_value=most,
            key=key,
            help=asked.about,
            placeholder=_UNSAID,
            **_KEPT,
        )
        return None if number is None else str(number)
    return _text(asked, label, key)


def reference(asked: Field, label: str, key: str, offered: Mapping[str, str]) -> str | None:
    """Ask for a thing: one of those offered, searched for as one types, or by an id that is typed in full."""
    chosen: str | None = st.selectbox(
        label,
        [*_fitting(offered, label, key), _TYPED],
        index=None,
        format_func=lambda id_: "Another id …" if id_ == _TYPED else offered.get(id_, id_),
        key=key,
        help=f"{asked.about} It is a {', '.join(asked.kinds)}.",
        placeholder="A name, or an id",
        filter_mode="contains",
        **_KEPT,
    )
    if chosen == _TYPED:
        chosen = st.text_input(f"{label}: id", key=f"{key}-typed", help="As it is in the store.", **_KEPT)
    return chosen and chosen.strip()


def _fitting(offered: Mapping[str, str], label: str, key: str) -> list[str]:
    """Return the ids to choose from; of very many, those that fit what is typed beside."""
    if len(offered) <= MAX_OFFERED:
        return list(offered)
    text = st.text_input(f"{label}: search", key=f"{key}-search", placeholder="A part of a name or id").strip().lower()
    fitting = [id_ for id_, shown in offered.items() if text in shown.lower()]
    if len(fitting) > MAX_OFFERED:
        st.caption(f"The first {MAX_OFFERED:,} of {len(fitting):,} can be chosen; search to see others.")
    chosen = st.session_state.get(key)
    kept = [str(chosen)] if chosen in offered else []
    return list(dict.fromkeys([*fitting[:MAX_OFFERED], *kept]))


def _choice(asked: Field, label: str, key: str) -> Any:
    if asked.many:
        return st.multiselect(label, asked.choices, key=key, help=asked.about, placeholder=_UNSAID, **_KEPT)
    return st.selectbox(label, asked.choices, index=None, key=key, help=asked.about, placeholder=_UNSAID, **_KEPT)


def _text(asked: Field, label: str, key: str) -> Any:
    example = _EXAMPLES.get(asked.type, "")
    if asked.many:
        typed = st.text_area(
            label, key=key, height=68, help=f"{asked.about} Several: one a line.", placeholder=example, **_KEPT
        )
        lines = [line.strip() for line in typed.splitlines() if line.strip()]
        return lines[0] if len(lines) == 1 else lines
    if _is_long(asked):
        return st.text_area(label, key=key, height=68, help=asked.about, **_KEPT).strip()
    return st.text_input(label, key=key, help=asked.about, placeholder=example, **_KEPT).strip()


def labels(things: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return how things are offered: by name and id."""
    return {id_: f"{name} · {id_}" if name and name != id_ else id_ for id_, name in things}
