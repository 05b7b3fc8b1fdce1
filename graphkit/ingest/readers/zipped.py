"""Record files and sheets in a zip archive, unpacked where nothing of it can do harm."""

from __future__ import annotations

import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from graphkit.errors import FileUnreadable
from graphkit.ingest.readers import stream
from graphkit.model.invisible import in_brief

ENDING = ".zip"
_SHOWN = 5
MAX_FILES = 1_000
MAX_UNPACKED = 4 * 2**30
DAMAGED = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, zlib.error, lzma.LZMAError)
"""What is raised where an archive is damaged or locked."""


@contextmanager
def unzipped(path: Path, endings: Sequence[str]) -> Iterator[list[Path]]:
    """Give the files of an archive that end so, in name order; a file that is no archive is given as it is.

    FileUnreadable when the archive is damaged, locked or a bomb, or holds no such file. Folders in it do not matter:
    files of one name in two folders are both given.
    """
    if path.suffix.lower() != ENDING:
        yield [path]
        return
    with tempfile.TemporaryDirectory(prefix="graphkit-") as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                found = list(_unpacked(path, archive, endings, Path(folder)))
        except DAMAGED as problem:
            words = (str(problem).splitlines() or [type(problem).__name__])[0][:120].rstrip(".")
            raise FileUnreadable(f"{path.name}: is damaged or locked: {words}. Unpack it yourself.") from problem
        if not found:
            raise FileUnreadable(f"{path.name}: holds no file that ends in {', '.join(endings)}.")
        yield found


def left_out(path: Path, endings: Sequence[str]) -> list[str]:
    """Return a sentence that names the files of an archive that ``unzipped`` does not give; none for other files."""
    if path.suffix.lower() != ENDING:
        return []
    with zipfile.ZipFile(path) as archive:
        wanted = {one.filename for one in _wanted(archive, endings)}
        names = sorted({one.filename for one in archive.infolist() if not one.is_dir()} - wanted)
    if not names:
        return []
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return [f"{path.name}: left out, being no table: {', '.join(map(in_brief, names[:_SHOWN]))}{more}."]


def _wanted(archive: zipfile.ZipFile, endings: Sequence[str]) -> list[zipfile.ZipInfo]:
    """Return the files that are read, in name order; a text beside tables says what they are and is none."""
    found = [one for one in sorted(archive.infolist(), key=lambda one: one.filename) if _is_wanted(one, endings)]
    return [one for one in found if not one.filename.lower().endswith(".txt")] or found


def _unpacked(path: Path, archive: zipfile.ZipFile, endings: Sequence[str], folder: Path) -> Iterator[Path]:
    growth, total = stream.Growth(path), 0
    wanted = _wanted(archive, endings)
    if len(wanted) > MAX_FILES:
        raise FileUnreadable(f"{path.name}: holds {len(wanted):,} files; {MAX_FILES:,} are read at a time.")
    for number, one in enumerate(wanted):
        to = folder / str(number) / PurePosixPath(one.filename.replace("\\", "/")).name
        to.parent.mkdir()
        with archive.open(one) as packed, to.open("xb") as file:
            while chunk := packed.read(2**20):
                growth.add(len(chunk))
                total += len(chunk)
                if total > MAX_UNPACKED:
                    raise FileUnreadable(
                        f"{path.name}: unpacks to over {MAX_UNPACKED // 2**30} GiB. Unpack it yourself."
                    )
                file.write(chunk)
        yield to


def _is_wanted(one: zipfile.ZipInfo, endings: Sequence[str]) -> bool:
    parts = PurePosixPath(one.filename.replace("\\", "/")).parts
    if one.is_dir() or not parts or any(part.startswith((".", "__MACOSX")) for part in parts):
        return False
    name = parts[-1].lower()
    for packed in stream.PACKED:
        name = name.removesuffix(packed)
    return name.endswith(tuple(endings))
