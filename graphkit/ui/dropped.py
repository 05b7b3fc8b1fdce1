"""A file that was dropped on a page, kept in a folder of its own until the next one takes its place."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import streamlit as st

from graphkit.errors import ChooseAgain

File = Path
_KEPT = "data-kept"


def kept(given: Any) -> File:
    """Return the path of an uploaded file under its own name; it is written once, and gone with the window."""
    held = st.session_state.get(_KEPT)
    if held and held[0] == given.file_id:
        found: File = held[2]
        return found
    name = Path(given.name.replace("\\", "/")).name
    if name in ("", ".", ".."):
        raise ChooseAgain("The file has no name. Give it one, and drop it again.")
    folder = tempfile.TemporaryDirectory(prefix="graphkit-")
    path = Path(folder.name, name)
    path.write_bytes(given.getbuffer())
    st.session_state[_KEPT] = (given.file_id, folder, path)
    return path
