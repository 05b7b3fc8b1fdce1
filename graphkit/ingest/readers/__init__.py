"""Readers by file ending. A reader is a function from a path to records."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from graphkit.errors import ChooseAgain, FileUnreadable
from graphkit.ingest.readers import delimited, native, stream
from graphkit.ingest.record import Record

READERS = {
    ".jsonl": native.read_lines,
    ".ndjson": native.read_lines,
    ".json": native.read_document,
    ".csv": delimited.read,
}
SIDE_FILES = {".md", ".txt"}


def ending(path: Path) -> str:
    """Return the ending that decides on the reader, without ``.gz`` or ``.zst``."""
    name = path.name.lower()
    for packed in stream.PACKED:
        name = name.removesuffix(packed)
    return Path(name).suffix


def files(paths: Iterable[Path]) -> list[Path]:
    """Return the readable files named, folders opened in name order; FileUnreadable names what is not one.

    ChooseAgain names a file whose name is not UTF-8.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
            found += [p for p in inside if ending(p) not in SIDE_FILES]
        elif path.exists():
            found.append(path)
        else:
            raise FileUnreadable(f"{path}: there is no such file or folder.")
    for path in found:
        _must_be_named_in_utf8(path)
        if ending(path) not in READERS:
            known = ", ".join(READERS)
            raise FileUnreadable(f"{path}: no reader for '{path.suffix}'. Readable are {known}, also as .gz or .zst.")
    if not found:
        raise FileUnreadable(f"{', '.join(map(str, paths))}: no record file in here.")
    return found


def _must_be_named_in_utf8(path: Path) -> None:
    shown = os.fsencode(path).decode("utf-8", "backslashreplace")
    if shown != str(path):
        raise ChooseAgain(f"{shown}: the name is not UTF-8 text. Rename the file.")


def read(path: Path) -> Iterator[Record]:
    """Yield the records of one file; FileUnreadable when it is not what it claims to be."""
    yield from READERS[ending(path)](path)
