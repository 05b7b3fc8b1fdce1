"""Investigate: search, a picture that stays still, and the dossier of what is chosen in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl
import streamlit as st

from graphkit import flow
from graphkit.errors import NotFound
from graphkit.exports import palette, wording
from graphkit.graph.snapshot import Snapshot
from graphkit.ui import canvas, cards, deciding, documents, session
from graphkit.ui.cards import plain

BUDGET = 120
STEP = 30


@dataclass(frozen=True, slots=True)
class Desk:
    """What is on the picture, what is chosen, what it was before, and what to know of it."""

    ids: tuple[str, ...]
    selected: canvas.Chosen = field(default_factory=lambda: dict(canvas.NOTHING))
    placed: dict[str, tuple[float, float]] = field(default_factory=dict)
    before: Desk | None = None
    note: str = ""

    def with_ids(self, ids: list[str], view: Snapshot) -> Desk:
        """Return the desk with other things on it; what stays keeps its place."""
        nodes, _, _ = flow.picture(view, self.ids, self.placed)
        placed = {node["id"]: (node["x"], node["y"]) for node in nodes}
        return replace(self, ids=tuple(dict.fromkeys(ids)), placed=placed, before=self, note="")


def page() -> None:
    """Show the picture of a case and what is said of each thing in it."""
    view = session.snapshot()
    desk = _desk(view)
    with st.sidebar:
        desk = _searched(desk, view)
        desk = _kinds(desk, view)
    picture, side = st.columns([2.3, 1], gap="medium")
    with picture:
        desk = _picture(desk, view)
    _keep(view, desk)  # the address changes before what it names can be clicked
    with side:
        _dossier(desk, view)


def _key(view: Snapshot) -> str:
    return f"desk:{view.scope}"


def _keep(view: Snapshot, desk: Desk) -> None:
    st.session_state[_key(view)] = desk
    chosen = desk.selected["node"]
    if chosen:
        st.query_params["id"] = chosen
    elif st.query_params.get("id") in view.index:
        st.query_params.pop("id")


def _changed(view: Snapshot, desk: Desk) -> None:
    """Keep the desk and draw the page anew, its kinds afresh: what was pressed on them before is done with."""
    st.session_state["turn"] = st.session_state.get("turn", 0) + 1
    _keep(view, desk)
    st.rerun()


def _desk(view: Snapshot) -> Desk:
    """Return what was on the desk, and chosen on it what the address names, as a link or the way back does."""
    held: Desk | None = st.session_state.get(_key(view))
    desk = held or Desk(tuple(flow.first_look(view, _first_kinds(view), BUDGET)))
    there = [view.entities["id"][view.index[id_]] for id_ in desk.ids if id_ in view.index]
    desk = replace(desk, ids=tuple(dict.fromkeys(there)))
    asked = st.query_params.get("id")
    asked = view.entities["id"][view.index[asked]] if asked in view.index else asked
    if asked == desk.selected["node"] or (asked is None and not canvas.stands()):
        return desk
    if asked in view.index and asked not in desk.ids:
        return _with(desk, view, asked)
    return replace(desk, selected={"node": asked if asked in view.index else None, "edge": None})


def _with(desk: Desk, view: Snapshot, id_: str) -> Desk:
    """Return the desk with a thing chosen on it, and with what is around it."""
    around = [view.entities["id"][number] for number in view.around([id_], 1, STEP)]
    return replace(desk.with_ids([*desk.ids, *around], view), selected={"node": id_, "edge": None})


def _first_kinds(view: Snapshot) -> list[str]:
    kinds = view.entities["kind"].unique().to_list()
    actors = [kind for kind in flow.ACTORS if kind in kinds]
    return kinds if len(view.entities) <= BUDGET or not actors else actors


def _searched(desk: Desk, view: Snapshot) -> Desk:
    text = st.text_input("Search", placeholder="A name, in any script, or an id", key="search").strip()
    if not text:
        return desk
    hits = flow.search(session.store(), view.scope, text, 8)
    if not hits:
        st.caption(f"Nothing in this case is named like “{plain(text)}”.")
    for hit in hits:
        label = f"{palette.glyph(hit['kind'])} {plain(hit['name'])}"
        if st.button(label, key=f"hit-{hit['id']}", width="stretch", help=f"{hit['kind']}: show it in the picture"):
            _changed(view, _with(desk, view, hit["id"]))
    return desk


def _kinds(desk: Desk, view: Snapshot) -> Desk:
    counts = dict(view.entities["kind"].value_counts(sort=True).iter_rows())
    there = Counter(_kinds_of(desk, view))
    shown = [kind for kind in counts if kind in there]
    wanted = st.pills(
        "Kinds in the picture",
        list(counts),
        selection_mode="multi",
        default=shown,
        key=f"shown-{st.session_state.get('turn', 0)}-{'-'.join(shown)}",
        format_func=lambda kind: f"{palette.glyph(kind)} {kind} {_of(there[kind], counts[kind])}",
        help=f"Takes kinds out of the picture, or puts in the {STEP} most linked things of a kind.",
    )
    chosen = set(wanted or ())
    if chosen == set(shown) or not chosen:
        return desk
    kept = [id_ for id_, kind in zip(desk.ids, _kinds_of(desk, view), strict=True) if kind in chosen]
    notes = []
    for kind in sorted(chosen - set(shown)):
        of_kind = flow.first_look(view, list(counts), len(view.entities))
        kept += [id_ for id_ in of_kind if view.entities["kind"][view.number(id_)] == kind][:STEP]
        notes += [f"{kind}: the {STEP} most linked of {counts[kind]:,} are shown."] if counts[kind] > STEP else []
    desk = replace(desk.with_ids(kept, view), note=" ".join(notes))
    _changed(view, desk if desk.selected["node"] in kept else replace(desk, selected=dict(canvas.NOTHING)))
    return desk


def _of(there: int, count: int) -> str:
    return f"{there:,} of {count:,}" if 0 < there < count else f"{count:,}"


def _kinds_of(desk: Desk, view: Snapshot) -> list[str]:
    return view.entities["kind"].gather([view.number(id_) for id_ in desk.ids]).to_list()


def _picture(desk: Desk, view: Snapshot) -> Desk:
    status, undo, reset = st.columns([5, 1.2, 1.2], vertical_alignment="center")
    with status.container(horizontal=True, vertical_alignment="bottom"):
        st.title("Investigate", anchor=False, width="content")
        st.markdown(f"**{len(desk.ids):,} of {len(view.entities):,} things**{_left_out(desk, view)}", width="content")
    if undo.button("Undo", disabled=desk.before is None, width="stretch") and desk.before:
        _changed(view, desk.before)
    if reset.button("Reset", width="stretch", help="Back to the first picture"):
        _changed(view, Desk(tuple(flow.first_look(view, _first_kinds(view), BUDGET)), before=desk))
    if desk.note:
        with st.container(key="desk-note"):
            st.caption(plain(desk.note))
    clicked = canvas.clicked()
    before = st.session_state.get("clicked") if canvas.stands() else canvas.NOTHING
    st.session_state["clicked"] = clicked
    if clicked != before:
        desk = replace(desk, selected=clicked)
    state = canvas.draw(view, desk.ids, desk.selected, desk.placed)
    if state.expand:
        _changed(view, _expanded(desk, view, state.expand, None, STEP))
    return desk


def _left_out(desk: Desk, view: Snapshot) -> str:
    """Say why things are not in the picture: nothing is left out in silence."""
    if len(desk.ids) == len(view.entities):
        return ""
    kinds = view.entities["kind"].n_unique() - len(set(_kinds_of(desk, view)))
    return f" · {wording.plural(kinds, 'kind')} left out" if kinds else " · the rest: search, or expand"


def _expanded(desk: Desk, view: Snapshot, id_: str, kinds: list[str] | None, limit: int) -> Desk:
    near = view.neighbours(id_).unique("id", maintain_order=True).to_dicts()
    new = [row["id"] for row in near if row["id"] not in desk.ids and (kinds is None or row["kind"] in kinds)]
    desk = desk.with_ids([*desk.ids, *new[:limit]], view)
    return replace(desk, selected={"node": id_, "edge": None})


def _dossier(desk: Desk, view: Snapshot) -> None:
    edge, node = desk.selected.get("edge"), desk.selected.get("node")
    if edge and edge in view.relations["id"]:
        _relation(view, edge)
        return
    if not node or node not in view.index:
        st.subheader("Nothing chosen", anchor=False)
        _not_there(view)
        st.caption("Click a thing or a line in the picture to see who says what about it. Double-click expands.")
        return
    found = session.dossier(view, node)
    st.subheader(plain(found.node["name"]), anchor=False)
    mark = palette.glyph(found.node["kind"])
    st.caption(f"{mark} {found.node['kind']} · {plain(node)}")
    cards.contradictions(found)
    cards.decisions(found)
    _actions(desk, view, found)
    said, links = st.tabs([f"Claims {found.node['n_claims']}", f"Links {len(found.relations)}"])
    with said, st.container(height=520, border=False):
        cards.claims(found, documents.beside)
        cards.set_aside(found)
    with links:
        cards.links_table(found)
        cards.denials(found, documents.beside)
        with st.expander("Each relation with its claims"):
            for row in found.relations[: cards.SHOWN]:
                cards.relation(row, found, documents.beside)


def _not_there(view: Snapshot) -> None:
    """Say so when the address names a thing that is not in the case."""
    asked = st.query_params.get("id")
    try:
        _ = asked and view.number(asked)
    except NotFound as problem:
        st.warning(plain(str(problem)), icon=":material/search_off:")


def _relation(view: Snapshot, edge: str) -> None:
    row: dict[str, Any] = view.relations.filter(view.relations["id"] == edge).to_dicts()[0]
    found = session.dossier(view, row["from"])
    st.subheader("Relation", anchor=False)
    for conflict in found.conflicts:
        if conflict["about"] == edge:
            cards.disputed(wording.contradiction(conflict, found.called, flow.catalog()))
    cards.relation(row, found, documents.beside)


def _actions(desk: Desk, view: Snapshot, found: flow.Dossier) -> None:
    node = found.node["id"]
    near = view.neighbours(node).unique("id")
    new = near.filter(~near["id"].is_in(list(desk.ids)))
    buttons = st.container(horizontal=True)
    if not new.is_empty():
        _expand(buttons, desk, view, node, new)
    decide = "Correct or withdraw a claim, merge, keep apart, retract a source"
    if deciding.asked(buttons.button("Decide", width="stretch", help=decide), node):
        deciding.on_thing(view, found)
    if found.conflicts and buttons.button("Sides", width="stretch", help="What is disputed here, side by side"):
        session.go("conflicts", id=node)
    if buttons.button("Hide", width="stretch", help="Take it out of the picture; undo brings it back"):
        desk = desk.with_ids([id_ for id_ in desk.ids if id_ != node], view)
        _changed(view, replace(desk, selected=dict(canvas.NOTHING)))


def _expand(buttons: Any, desk: Desk, view: Snapshot, node: str, new: pl.DataFrame) -> None:
    """Ask which of the things linked to a thing come into the picture."""
    with buttons.popover(f"Expand {len(new):,}", width="stretch"):
        counts = dict(new["kind"].value_counts(sort=True).iter_rows())
        kinds = st.multiselect(
            "Kinds", list(counts), default=list(counts), format_func=lambda k: f"{k} {counts[k]:,}", key=f"kinds-{node}"
        )
        limit = st.slider("At most", 5, 100, STEP, key=f"limit-{node}")
        if st.button("Add to the picture", type="primary", key=f"add-{node}"):
            _changed(view, _expanded(desk, view, node, kinds, limit))
