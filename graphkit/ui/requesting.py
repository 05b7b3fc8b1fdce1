"""One request in full: what happened to it, what it concerns and what became of that, each with who says so."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graphkit.requesting import Concerned, Event, Party, Reappeared, Request, Saying, Word, history, in_words
from graphkit.ui import cards, session
from graphkit.ui.cards import plain

SHOWN = 40
ORDERS = {
    "after": "after the decision",
    "same day": "on the day of the decision",
    "maybe after": "perhaps after the decision: the dates leave it open",
    "began before": "began before the decision",
    "before": "before the decision",
    "undated": "without a date to compare",
}
"""How something lies to the decision, in words."""
NOTHING = "No source links anything on from it after the decision. That does not say that nothing followed."
RELATION = "No request record: sources tell of it as a relation between the two only, in their own words."
ALSO = "Also told as a relation between the same two. Whether it is about this request is not said."


def detail(one: Request) -> None:
    """Show one request."""
    name, opens = st.columns([3, 1], vertical_alignment="center")
    with name:
        st.subheader(plain(one.name), anchor=False)
        st.caption(plain(_between(one)))
    if opens.button("Open in Investigate", type="primary", icon=":material/hub:", width="stretch"):
        session.go("investigate", id=one.id if one.known_as == "request" else one.made_by[0].id)
    for line in one.contradicted:
        cards.disputed(line)
    if one.known_as == "relation":
        st.info(RELATION, icon=":material/info:")
    left, right = st.columns(2, gap="large")
    with left:
        _history(one)
        _asked(one)
        _also(one)
    with right:
        _concerns(one)


def _between(one: Request) -> str:
    made = ", ".join(party.name for party in one.made_by) or "no record says who made it"
    to = ", ".join(party.name for party in one.addressed_to)
    return f"{made} → {to}" if to else made


def _history(one: Request) -> None:
    st.header("History", anchor=False)
    events = history(one)
    with st.container(border=True, gap="small"):
        for event in events[:SHOWN]:
            st.markdown(f"**{plain(_dated(event, one))}** · {plain(event.what)}  \n{said_by(event.words)}")
        if not events:
            st.caption("No source gives a date or an outcome.")
    if one.known_as == "request":
        st.caption(_took(one))
    if len(events) > SHOWN:
        st.caption(f"The first {SHOWN} of {len(events):,}. All: graphkit requests --json")


def _dated(event: Event, one: Request) -> str:
    """Return when something happened; an outcome that follows the decision without a date says that it has none."""
    return str(event.when) or ("no date of its own" if event.is_outcome and one.decided else "no date")


def _took(one: Request) -> str:
    took = in_words.days(one)
    why = one.days.why
    if one.days.negative or not took:
        return plain(f"How long it took cannot be said: {why}.")
    return plain(f"From sent to decided: {took}" + (f"; {why}." if why else "."))


def _asked(one: Request) -> None:
    st.header("What was asked, and what came of it" if one.outcome or one.removed else "What was asked", anchor=False)
    parts: tuple[tuple[str, Sequence[Saying | Party]], ...] = (
        ("type", one.type),
        ("legal basis", one.legal_basis),
        ("made by", one.made_by),
        ("addressed to", one.addressed_to),
        ("items asked", one.asked),
        ("items removed", one.removed),
        ("how much", one.amount),
        ("said of it", one.statements),
    )
    with st.container(border=True, gap="small"):
        for label, said in parts:
            for part in said:
                value = part.value if isinstance(part, Saying) else part.name
                st.markdown(f":small[{label}] · **{plain(value)}**  \n{said_by(part.words)}")
        if not one.outcome:
            st.caption("No outcome is on record. That is no refusal.")


def _also(one: Request) -> None:
    if one.also:
        st.caption(ALSO)
    for told in one.also:
        with st.container(border=True, gap="small"):
            for line in in_words.also(told):
                st.markdown(plain(line))
            st.markdown(said_by(told.words))


def _concerns(one: Request) -> None:
    st.header("What it concerns, and what became of it", anchor=False)
    if not one.concerns:
        st.caption("No source says what it concerns.")
    for thing in one.concerns[:SHOWN]:
        with st.container(border=True, gap="small"):
            _concerned(thing, one)


def _concerned(thing: Concerned, one: Request) -> None:
    name = f"{thing.name} · {thing.kind}"
    st.markdown(f"**{plain(name)}**  \n{said_by(thing.words)}")
    for host in thing.hosted_by:
        st.markdown(f":small[said to have been hosted by] {plain(host.name)}  \n{said_by(host.words)}")
    for status in thing.statuses:
        when = " · ".join(part for part in (str(status.held), _order(one, status.order)) if part)
        st.markdown(f"{plain(status.value)} · :small[{plain(when)}]  \n{said_by(status.words)}")
    if thing.kind != "Host":
        st.markdown(":small[**What reappeared where**]")
        for link in thing.reappeared[:SHOWN]:
            _reappeared(link, one)
        if not thing.reappeared:
            st.markdown(cards.small(NOTHING))


def _reappeared(link: Reappeared, one: Request) -> None:
    when = " · ".join(part for part in (str(link.held), _order(one, link.order)) if part)
    st.markdown(f"{plain(link.sentence)} · :small[{plain(when)}]  \n{said_by(link.words)}")


def _order(one: Request, order: str) -> str:
    """Return how something lies to the decision, or to the sending while no decision is on record."""
    words = ORDERS[order]
    return words if one.decided or not one.sent else words.replace("the decision", "the sending")


def said_by(words: Sequence[Word]) -> str:
    """Return who says a thing, in which source and where in it, each once, as safe Markdown."""
    lines = dict.fromkeys(" · ".join(_parts(word)) for word in words)
    return "  \n".join(cards.small(plain(line)) for line in lines)


def _parts(word: Word) -> list[str]:
    marks = [mark for mark in (word.stance, word.modality) if mark not in ("asserts", "stated")]
    return [part for part in (f"Said by {word.who}", *marks, word.title, word.locator, word.rating) if part]
