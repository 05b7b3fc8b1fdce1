"""A form made from the fields of a kind. What is typed stays where it is; each field has a place for what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from graphkit import flow
from graphkit.ingest.fields import Field
from graphkit.model.schema import Kind
from graphkit.ui import finder
from graphkit.ui.cards import plain

_LONG = ("statement", "summary", "quote", "note", "resolution", "purpose", "why")
_EXAMPLES = {
    "date": "2014-03-01 or 2014?",
    "domain": "example.com",
    "ip": "198.51.100.7",
    "email": "name@example.com",
    "url": "https://example.com/page",
}
_MOST = {"confidence": 100}
_UNSAID = "Not said"

_KEPT: Any = {"persist_state": "session"}  # what is typed is still there after a look at another page or kind


@dataclass(slots=True)
class Form:
    """Asks for the fields of one record, which may name things of a case. ``made`` are those that it makes, by field.

    ``taken`` are ids that other records of the same form have.
    """

    kind: Kind
    case: finder.Case
    taken: list[str] = field(default_factory=list)
    record: dict[str, Any] = field(init=False)
    made: dict[str, Mapping[str, Any]] = field(init=False, default_factory=dict)
    _places: dict[str, Any] = field(init=False, default_factory=dict)
    _asked: list[Field] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.record = {"kind": self.kind.name}

    def ask(self, fields: Sequence[Field], key: str, abreast: int = 2) -> None:
        """Show fields, those of one height beside each other where they are short, and keep what is typed.

        ``key`` tells one record from the next, whose fields are empty again.
        """
        rows: dict[bool, list[Any]] = {}
        for asked in fields:
            high = asked.many and not asked.choices
            if not _is_long(asked) and not rows.get(high):
                rows[high] = list(st.columns(abreast))
            with st.container() if _is_long(asked) else rows[high].pop(0):
                self._show(asked, f"{key}-{asked.name}")

    def _show(self, asked: Field, key: str) -> None:
        if asked.name in self._places:  # what it is called was asked for already, above
            self.put(asked, _text(asked, "other names", f"{key}-other"))
            return
        if not asked.kinds or asked.many:
            self.put(asked, _shown(asked, key))
            return
        found = finder.ask(asked, _label(asked), key, self.case, self.taken)
        if found.new:
            self.made[asked.name] = found.new
            self.taken.append(str(found.id))
        self.put(asked, found.id)

    def call(self, key: str) -> None:
        """Ask what the thing is called and for its id, and show what is near; one click takes that instead.

        Left empty, the id is made of the name, and one that nothing has yet.
        """
        fields = {asked.name: asked for asked in flow.fields(self.kind)}
        called = fields[flow.called_by(self.kind) or "id"]
        left, right = st.columns(2)
        with left:
            text = _live(called, _label(called), f"{key}-{called.name}", "")
            self.put(called, text)
        if "id" in fields:
            free = flow.free_id(self.case.store, text, self.kind, self.taken) if text else ""
            with right:
                id_ = _live(fields["id"], "id", f"{key}-id", free)
                self.put(fields["id"], id_ or free)
        self._near(key, called, text)

    def _near(self, key: str, called: Field, text: str) -> None:
        own = flow.id_of(self.case.store, self.record)
        typed = st.session_state.get(f"{key}-id", "").strip()
        hits = self.case.near(text, [self.kind.name]) + self.case.near(typed, [self.kind.name])
        near = {hit["id"]: hit for hit in hits if hit["id"] != own}
        place = st.empty()  # always there: whatever moves below it would lose what is being typed
        if near and not self.kind.registry:
            with place.container(gap="xxsmall", key=f"{key}-near"):
                st.caption(f"In this case already? One click speaks of that {self.kind.name} instead.")
                for id_, hit in list(near.items())[: finder.SHOWN]:
                    finder.button(hit, f"{key}-use-{id_}", "Use ", _use, key, called.name, hit)

    def put(self, asked: Field, value: Any) -> None:
        """Take the value of a field, or more values of it, and make a place below it for what is wrong."""
        self._asked.append(asked)
        self._places[asked.name] = st.empty()
        if value not in (None, "", []):
            held = [self.record[asked.name]] if asked.name in self.record else []
            more = value if isinstance(value, list) else [value]
            self.record[asked.name] = [*held, *more] if held else value

    def missing(self) -> list[str]:
        """Return the names of fields that are needed and not filled in."""
        return [asked.name for asked in self._asked if asked.required and asked.name not in self.record]

    def say_what_is_wrong(self, wrong: Mapping[tuple[str, str], str], missing_too: bool) -> None:
        """Show at each field what is wrong with it, given by kind and field, or with the thing that it makes.

        What is missing is said only with ``missing_too``: nobody is told off for a form just opened.
        """
        for name, place in self._places.items():
            kind = self.made[name]["kind"] if name in self.made else self.kind.name
            told = [text for (of, field), text in wrong.items() if of == kind and field in self.made.get(name, ())]
            told += [wrong[self.kind.name, name]] if (self.kind.name, name) in wrong else []
            if told and (name in self.record or missing_too):
                place.markdown(f":red[:material/edit: {plain(told[0])}]")


def _is_long(asked: Field) -> bool:
    return asked.name in _LONG


def _use(key: str, called: str, hit: Mapping[str, Any]) -> None:
    """Speak of a thing that is there: by its id, or by its name where that makes the id."""
    by_id = f"{key}-id" in st.session_state
    st.session_state[f"{key}-{called}"] = "" if by_id else hit["name"]
    if by_id:
        st.session_state[f"{key}-id"] = hit["id"]


def _label(asked: Field) -> str:
    return asked.name.replace("_", " ") + (" (needed)" if asked.required else "")


def _live(asked: Field, label: str, key: str, placeholder: str) -> str:
    typed = st.text_input(label, key=key, help=asked.about, placeholder=placeholder, live=True, **_KEPT)
    return (typed or "").strip()


def _shown(asked: Field, key: str) -> Any:
    label = _label(asked)
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
