"""Where words still stand: in every file of a folder, unpacked, and in all that a server answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from graphkit.stores import Store

_ZSTD = b"\x28\xb5\x2f\xfd"
_ALL_OF_IT = (
    "MATCH (n) RETURN labels(n), properties(n)",
    "MATCH (a)-[r]->(b) RETURN type(r), properties(r)",
)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Yield a content, and what every part of it packed by zstd holds."""
    yield content
    at = content.find(_ZSTD)
    while at >= 0:
        try:
            with pa.CompressedInputStream(pa.BufferReader(content[at:]), "zstd") as stream:
                yield stream.read()
        except (OSError, pa.ArrowInvalid):
            pass
        at = content.find(_ZSTD, at + 1)


def files_holding(folder: Path, words: list[str]) -> list[tuple[str, str]]:
    """Return which files below a folder hold which of the words, ignoring case."""
    return [
        (path.name, word)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for word in words
        if any(word.lower().encode() in part.lower() for part in _unpacked(path.read_bytes()))
        or word.lower() in str(path.relative_to(folder)).lower()
    ]


def answers_holding(store: Store, words: list[str]) -> list[str]:
    """Return which of the words any property of any node or relation holds, ignoring case."""
    told = json.dumps([store.query(cypher, {}, 100_000, 60).rows for cypher in _ALL_OF_IT], default=str).lower()
    return [word for word in words if word.lower() in told]
