"""Why two things are linked: the best paths in words, with who says each hop, and as a picture."""

from __future__ import annotations

from typing import Any

import streamlit as st

from graphkit import flow
from graphkit.explaining import Explanation, Hop, Link, Path, Said
from graphkit.exports import palette
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import canvas, cards, session
from graphkit.ui.analysis import pick, shown
from graphkit.ui.analysis.asked import Asked
from graphkit.ui.analysis.known import known
from graphkit.ui.cards import plain, small

_STAYS: Any = {"persist_state": "session"}
_PICTURE = "why-canvas"
_COST = "In bits: the less, the better backed, rarer and closer in time its hops are. Only its order matters."


def show(view: Snapshot, _: Asked) -> None:
    """Ask for two things, and show by which paths they are linked."""
    one, other, how = st.columns([1.3, 1.3, 1], gap="medium")
    with one:
        a = pick.one(view, "From", "a", "A thing of this case")
    with other:
        b = pick.one(view, "To", "b", "Another thing of this case")
    with how:
        hops = st.slider("At most so many hops", 1, 6, 4, key="analysis-hops", **_STAYS)
        avoid = st.toggle("Avoid hubs", key="analysis-hubs", help="Pass through nothing that many share", **_STAYS)
    if not a or not b:
        st.info("Pick two things to see by which relations they are linked, and who says so.", icon=":material/route:")
        return
    if a == b:
        st.info("Both are the same thing. Pick another one.", icon=":material/info:")
        return
    wanted = flow.Wanted(max_hops=hops, avoid_hubs=avoid)
    store = session.store()
    found = known(view, f"why {a} {b} {wanted!r}", lambda: flow.explain(store, view, a, b, wanted))
    _explained(view, found)


def _explained(view: Snapshot, found: Explanation) -> None:
    st.subheader(plain(found.answer), anchor=False)
    for note in found.notes:
        st.caption(f":material/info: {plain(note)}")
    if found.paths:
        words, picture = st.columns([1.25, 1], gap="large")
        with words:
            for number, path in enumerate(found.paths, start=1):
                _path(number, path)
        with picture, st.container(key="why-beside"):
            _drawn(view, found)
    shown.footing(found.computed_on)
    st.caption(plain(found.method))


def _path(number: int, path: Path) -> None:
    through = " → ".join(f"{palette.glyph(thing.kind)} {plain(thing.name)}" for thing in path.things)
    with st.container(border=True, gap="small", key=f"why-path-{number}"):
        title, cost = st.columns([5, 1], vertical_alignment="top")
        title.markdown(f"**Path {number}** · {through}")
        cost.markdown(small(f"cost {path.cost:.1f}"), help=_COST)
        for hop in path.hops:
            _hop(hop)
        with st.expander(f"Who says so · {sum(len(link.said) for hop in path.hops for link in hop.links):,} claims"):
            for hop in path.hops:
                for link in hop.links:
                    _claims(link)


def _hop(hop: Hop) -> None:
    first, *others = hop.links
    lines = [f"**{plain(first.sentence)}**", small(plain(_rests(first)))]
    lines += [small(plain(f"Also: {link.sentence} · {_rests(link)}")) for link in others[:3]]
    if len(others) > 3:
        lines.append(small(f"and {len(others) - 3} more relations between the two"))
    reasons = "; ".join(f"{reason.words} ({reason.cost:.1f})" for reason in hop.because)
    lines.append(small(f"_because_ {plain(reasons)}"))
    st.markdown("  \n".join(lines))


def _rests(link: Link) -> str:
    marks = ["disputed" if link.disputed else "", link.when, link.rests_on, f"said by {link.said_by}"]
    return " · ".join(mark for mark in marks if mark)


def _claims(link: Link) -> None:
    st.markdown(f"**{plain(link.sentence)}**")
    said = [*link.said, *link.denied]
    for claim in said[: cards.SHOWN]:
        st.markdown(_said(claim))
    if len(said) > cards.SHOWN:
        st.caption(f"The first {cards.SHOWN} of {len(said):,} claims. All: graphkit explain, with --format json")


def _said(claim: Said) -> str:
    how = ", ".join(word for word in (claim.stance, claim.modality) if word not in ("asserts", "stated"))
    who = f"Said by {claim.who}" + (f" ({how})" if how else "") + (f": {claim.says}" if claim.says else "")
    source = " · ".join(filter(None, (claim.title, claim.publisher, claim.published, claim.locator)))
    rated = f"reliability of the source: {claim.reliability} · claim: {claim.rating}"
    lines = [plain(who), small(plain(source)), small(plain(rated + (f" · held {claim.held}" if claim.held else "")))]
    lines += [small(f"_{plain(text)}_") for text in (claim.summary, claim.quote and f"“{claim.quote}”") if text]
    return "  \n".join(lines)


def _drawn(view: Snapshot, found: Explanation) -> None:
    """Draw the things of the paths, and offer to open the one that is clicked."""
    ends: canvas.Chosen = dict(canvas.NOTHING)
    state = canvas.draw(view, found.things, ends, {}, _PICTURE)
    node = (state.selected or canvas.NOTHING).get("node")
    if node in found.things:
        name = view.things["name"][view.number(node)]
        shown.opens(node, name, "why-open")
    else:
        st.caption("All relations between the things on the paths. Click a thing to open it where its claims are.")
