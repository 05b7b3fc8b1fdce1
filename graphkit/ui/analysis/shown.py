"""How rows, colours and cautions look on all tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from graphkit.exports import palette, wording
from graphkit.ui import session
from graphkit.ui.cards import plain

BAR = palette.colour("Person")
RISE, FALL = palette.colour("Organization"), palette.ALLEGED
AT_ONCE = 13
ROW = 35
NO_LIST = (
    "It ranks how these records link things, not what anybody did. Who is written about much ranks high: witnesses, "
    "victims and officials too. Open a row to see who says what."
)


def footing(computed_on: str) -> None:
    """Say below what is shown what it was computed on, and what it does not mean."""
    st.caption(f"Computed on {plain(computed_on)}")
    st.caption(wording.CAUTION)


def kinds(rows: Sequence[str]) -> list[str]:
    """Return kinds with the sign that each has in pictures."""
    return [f"{palette.glyph(kind)} {kind}" for kind in rows]


def height(rows: int) -> Any:
    """Return how high a table of so many rows is."""
    return "content" if rows <= AT_ONCE else ROW * (AT_ONCE + 1)


def moved(change: int | None) -> str:
    """Return by how many ranks a thing rose or fell, as a text."""
    if change is None:
        return ""
    return "—" if change == 0 else f"{'▲' if change > 0 else '▼'} {abs(change):,}"


def opens(id_: str, name: str, key: str) -> None:
    """Offer to open a thing where its claims are."""
    if st.button(f"Open {plain(name)} in Investigate", key=key, type="primary", icon=":material/hub:"):
        session.go("investigate", id=id_)
