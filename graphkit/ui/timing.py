"""Asking at which moment a case is looked at."""

from __future__ import annotations

import streamlit as st

from graphkit.errors import ChooseAgain
from graphkit.graph.moment import Moment, day
from graphkit.ui.cards import plain

_CLOCKS = {
    "as_of": ("As of", "What held on this day: 2014-03-01, or in this month or year: 2014-03, 2014"),
    "published_by": ("Published by", "Only sources that had been published by the end of this day"),
    "known_on": ("Known on", "Only what had been recorded, and decided, by the end of this day"),
}


def asked() -> Moment:
    """Ask for the days that count, and return them; ChooseAgain when one is no date, which is said at its field."""
    given: dict[str, str] = {}
    with st.expander("Time", icon=":material/schedule:", expanded=any(map(st.session_state.get, map(_key, _CLOCKS)))):
        for name, (label, explained) in _CLOCKS.items():
            text = st.text_input(label, key=_key(name), help=explained, placeholder="Any", persist_state="session")
            try:
                given[name] = day(text)
            except ValueError as problem:
                st.error(plain(str(problem)))
        certainly = st.toggle(
            "Certain only",
            key=_key("certainly"),
            help="Leaves out what may be so, since a date is vague or missing",
            persist_state="session",
        )
    if len(given) < len(_CLOCKS):
        raise ChooseAgain("A date under Time is none. Nothing is shown until it is mended or cleared.")
    return Moment(**given, certainly=certainly)


def said(moment: Moment) -> None:
    """Say above a page that it does not show everything."""
    if moment:
        with st.container(key="moment"):
            words = f"Only what is in the case {moment}. Clear the dates under Time to see all."
            st.info(plain(words), icon=":material/schedule:")


def _key(name: str) -> str:
    return f"time-{name}"
