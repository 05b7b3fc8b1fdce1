"""Readers by file ending. A reader is a function from a path to records."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphkit.errors import ChooseAgain, FileUnreadable
from graphkit.ingest.readers import delimited, gexf, graphml, native, stream, yaml, zipped
from graphkit.ingest.record import Record
from graphkit.kept import ENDING


def _parquet(path: Path) -> Iterator[Record]:
    from graphkit.ingest.readers import parquet

    return parquet.read(path)


READERS = {
    ".jsonl": native.read_lines,
    ".ndjson": native.read_lines,
    ".json": native.read_document,
    ".csv": delimited.read,
    ".yaml": yaml.read,
    ".yml": yaml.read,
    ".parquet": _parquet,
    ".graphml": graphml.read,
    ".gexf": gexf.read,
    ".cyjs": native.read_document,
}
ENDINGS = tuple(READERS)
"""How files of records end that need no mapping."""
SHEETS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".tsv", ".tab")
"""How sheets end that hold records only by a mapping."""
SIDE_FILES = {".md", ".txt", ".kgl", ".lock", ".lock-owner"}
"""What may lie beside records in a folder: notes, and a store with its locks."""
KEPT = (".documents", ENDING)
"""How folders end that keep the documents of a store, and its snapshots."""
_JOBS = re.compile(rb"^jobs[ \t]*:", re.M)
_HEAD = 2**16
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Found:
    """The record files among what was named; ``unknown`` and ``jobs`` are files of the folders that are none."""

    files: list[Path]
    unknown: list[Path]
    jobs: list[Path]

    def notes(self) -> list[str]:
        """Return a sentence each on the files that no reader knows, and on those with scheduled exports."""
        said = (("what no reader knows", self.unknown), ("scheduled exports, which are no records", self.jobs))
        return [f"Left out {words}: {_named(left)}." for words, left in said if left]


def ending(path: Path) -> str:
    """Return the ending that decides on the reader, without ``.gz`` or ``.zst``."""
    name = path.name.lower()
    for packed in stream.PACKED:
        name = name.removesuffix(packed)
    return Path(name).suffix


def found(paths: Iterable[Path], endings: Sequence[str] = ENDINGS) -> Found:
    """Return the files of records that end so among files and folders, folders opened in name order.

    In a folder, what is no record file is left out. FileUnreadable says so of a file that was named itself, and
    of names that lead to no record file; ChooseAgain names a file whose name is not UTF-8.
    """
    paths = list(paths)
    all_of_it = Found([], [], [])
    for path in paths:
        if path.is_dir():
            _sort(_inside(path), endings, all_of_it)
        elif path.exists():
            _must_have_a_reader(path, endings)
            all_of_it.files.append(path)
        else:
            raise FileUnreadable(f"{path}: there is no such file or folder.")
    for path in all_of_it.files:
        _must_be_named_in_utf8(path)
    if not all_of_it.files:
        raise FileUnreadable(" ".join([f"{', '.join(map(str, paths))}: no record file in here.", *all_of_it.notes()]))
    return all_of_it


def files(paths: Iterable[Path]) -> list[Path]:
    """Return the record files among files and folders, as ``found`` does."""
    return found(paths).files


def _inside(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder in name order.

    Hidden ones are passed over, and those of hidden folders and of folders that keep documents or snapshots.
    """
    inside: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and not name.endswith(KEPT)]
        inside += [Path(place, name) for name in names if not name.startswith(".")]
    yield from sorted(path for path in inside if path.is_file())


def _sort(paths: Iterable[Path], endings: Sequence[str], into: Found) -> None:
    for path in paths:
        kind = ending(path)
        if _holds_jobs(path):
            into.jobs.append(path)
        elif kind in endings:
            into.files.append(path)
        elif kind not in SIDE_FILES:
            into.unknown.append(path)


def _holds_jobs(path: Path) -> bool:
    if ending(path) not in (".yaml", ".yml"):
        return False
    try:
        with path.open("rb") as file:
            return _JOBS.search(file.read(_HEAD)) is not None
    except OSError:
        return False


def _must_have_a_reader(path: Path, endings: Sequence[str]) -> None:
    if _holds_jobs(path):
        raise FileUnreadable(f"{path}: holds scheduled exports and no records. Check it with 'graphkit jobs check'.")
    if ending(path) in endings or path.suffix.lower() == zipped.ENDING:
        return
    if ending(path) in SHEETS:
        propose = f"'graphkit map {shlex.quote(str(path))}' proposes one"
        raise FileUnreadable(f"{path}: is a sheet, and its rows become records by a mapping: {propose}.")
    known = ", ".join(endings)
    raise FileUnreadable(f"{path}: no reader for '{path.suffix}'. Readable are {known}, also as .gz, .zst or .zip.")


def _must_be_named_in_utf8(path: Path) -> None:
    shown = _shown(path)
    if shown != str(path):
        raise ChooseAgain(f"{shown}: the name is not UTF-8 text. Rename the file.")


def _named(paths: list[Path]) -> str:
    rest = len(paths) - _SHOWN
    names = ", ".join(map(_shown, paths[:_SHOWN])) + (f" and {rest:,} more" if rest > 0 else "")
    return f"{len(paths):,} {'file' if len(paths) == 1 else 'files'} ({names})"


def _shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def read(path: Path) -> Iterator[Record]:
    """Yield the records of one file; FileUnreadable when it is not what it claims to be."""
    yield from READERS[ending(path)](path)
