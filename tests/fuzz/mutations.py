"""Good files made bad: trees with hostile values in them, and bytes cut, turned and put together anew."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.hostile import KEYS, MANY, RAW, REFUSED, SCALARS, TOKENS, WITHHELD
from tests.importing import ANY_JSON, paths, put


@st.composite
def trees(draw: Any, good: Sequence[Any], withheld: bool = True) -> Any:
    """Draw one of the good trees with some of its parts made bad."""
    tree = deepcopy(draw(st.sampled_from(good)))
    for _ in range(draw(st.integers(1, 4))):
        where = list(paths(tree))
        if not where or len(where) > 2_000:
            break
        path = where[draw(st.integers(0, len(where) - 1))]
        tree = _changed(draw, tree, path, where)
    return _with_withheld(draw, tree) if withheld and draw(st.integers(0, 9)) == 9 else tree


def _at(tree: Any, path: Sequence[Any]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _changed(draw: Any, tree: Any, path: tuple[Any, ...], where: Sequence[tuple[Any, ...]]) -> Any:
    old = _at(tree, path)
    how = draw(
        st.sampled_from(("put", "put", "other", "other", "edge", "away", "double", "name", "wrap", "any", "many"))
    )
    if how == "put":
        return put(tree, path, draw(st.sampled_from(SCALARS)))
    if how == "other":
        from_ = where[draw(st.integers(0, len(where) - 1))]
        return put(tree, path, deepcopy(_at(tree, from_)))
    if how == "edge":
        words = draw(st.sampled_from([one for one in SCALARS if isinstance(one, str)]))
        return put(tree, path, f"{old}{words}" if draw(st.booleans()) else f"{words}{old}")
    if how == "wrap":
        return put(
            tree, path, draw(st.sampled_from(([old], {"a": old}, [old, old], [[old]], {"value": old}, str(old))))
        )
    if how == "any":
        return put(tree, path, draw(ANY_JSON))
    if how == "many":
        return put(tree, path, draw(st.sampled_from(MANY))(old))
    return _moved(draw, deepcopy(tree), path, how)


def _moved(draw: Any, tree: Any, path: tuple[Any, ...], how: str) -> Any:
    """Return a tree with a part taken away, doubled, or under another name."""
    parent, step = _at(tree, path[:-1]), path[-1]
    if how == "away":
        del parent[step]
    elif isinstance(parent, list):
        parent.insert(draw(st.integers(0, len(parent))), deepcopy(parent[step]))
    else:
        name = draw(st.sampled_from(KEYS))
        parent[name] = deepcopy(parent[step]) if how == "double" else parent.pop(step)
    return tree


def _with_withheld(draw: Any, tree: Any) -> Any:
    objects = [path for path in [(), *paths(tree)] if isinstance(_at(tree, path), dict)]
    is_table = isinstance(tree, list) and all(isinstance(row, list) for row in tree)
    if objects and not is_table:  # in a cell a mapping is text
        _at(tree, objects[draw(st.integers(0, len(objects) - 1))])[draw(st.sampled_from(REFUSED))] = WITHHELD
    return tree


_MOST = 2**16
_PARTS = st.integers(0, _MOST)
"""How far into a file, in parts of its length."""


@st.composite
def turned(draw: Any, good: Sequence[bytes]) -> bytes:
    """Draw one of the good files with some of its bytes made bad, or two of them put together."""
    content = bytearray(draw(st.sampled_from(good)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(_PARTS) * len(content) // _MOST
        how = draw(st.sampled_from(("flip", "byte", "cut", "end", "repeat", "token", "token", "raw", "splice", "swap")))
        size = draw(st.sampled_from((1, 2, 3, 8, 40, 200)))
        if how == "flip" and at < len(content):
            content[at] ^= 1 << draw(st.integers(0, 7))
        elif how == "byte" and at < len(content):
            content[at] = draw(st.integers(0, 255))
        elif how == "cut":
            del content[at : at + size]
        elif how == "end":
            del content[at:]
        elif how == "repeat":
            content[at:at] = bytes(content[at : at + size]) * draw(st.sampled_from((1, 2, 30)))
        elif how in ("token", "raw"):
            content[at:at] = draw(st.sampled_from(TOKENS if how == "token" else RAW))
        elif how == "swap":
            content[at : at + size] = draw(st.binary(max_size=size))
        else:
            other = draw(st.sampled_from(good))
            content[at:] = other[draw(_PARTS) * len(other) // _MOST :]
    return bytes(content)


@st.composite
def within(draw: Any, good: Sequence[bytes]) -> bytes:
    """Draw one of the good archives with the bytes of one of its parts made bad."""
    content = draw(st.sampled_from(good))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(parts)))
    parts[name] = draw(turned([parts[name]]))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return packed.getvalue()
