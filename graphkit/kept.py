"""Frames kept on disk for the next process: in folders only their owner can read, checked before they are used.

What cannot be kept is not kept, and what is damaged is not there: nobody needs it, it only saves time.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from graphkit.errors import Stop

ENDING = ".kgl-snapshots"
"""How folders end that keep the snapshots of a store."""
MOST = 8
"""How many snapshots of a store are kept."""
_TOLD = "snapshot.json"
_NEW = ".new-"
_LEFT_AFTER = 3600.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder with one frame a file and ``told``, a small JSON object on all of them.

    ``holds`` says whether what is kept still holds; what does not is taken away again.
    """

    path: Path
    told: Mapping[str, Any]
    holds: Callable[[], bool] = lambda: True

    @classmethod
    def at(cls, path: Path, holds: Callable[[], bool] = lambda: True) -> Kept | None:
        """Return what is kept in a folder; None when that is nothing, or nothing that can be trusted."""
        if not _is_own(path.parent):
            return None
        try:
            told = json.loads((path / _TOLD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        with suppress(OSError):
            os.utime(path)
        return cls(path, told, holds) if isinstance(told, dict) else None

    def frame(self, name: str) -> pl.DataFrame | None:
        """Return a frame, mapped from its file and shared with all who do so; None when it is not there whole."""
        for file in self.path.glob(f"{name}.*.arrow") if _is_own(self.path.parent) else ():
            with suppress(OSError, ValueError, pa.ArrowException, pl.exceptions.PolarsError):
                if file.name == _called(name, file):
                    with pa.memory_map(str(file)) as mapped:
                        frame = pl.from_arrow(pa.ipc.open_file(mapped).read_all())
                    if isinstance(frame, pl.DataFrame):
                        return frame
        return None

    def keep(self, frames: Mapping[str, pl.DataFrame]) -> bool:
        """Keep frames, and say whether all of them are kept."""
        if not self.holds():
            return False
        try:
            self._made()
            for name, frame in frames.items():
                self._put(name, frame)
        except (OSError, pl.exceptions.PolarsError):
            return False
        if not self.holds():
            shutil.rmtree(self.path, ignore_errors=True)
            return False
        return True

    def _made(self) -> None:
        """Have the folder with what is told there at once, or not at all."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(self.path.parent):
            raise PermissionError(f"others can write to {self.path.parent}")
        if (self.path / _TOLD).exists():
            return
        beside = self.path.parent / f"{_NEW}{secrets.token_hex(8)}"
        beside.mkdir(mode=0o700)
        try:
            with _created(beside / _TOLD) as file:
                file.write(json.dumps(self.told, ensure_ascii=False).encode())
            beside.rename(self.path)
        except OSError:
            shutil.rmtree(beside, ignore_errors=True)
            if not (self.path / _TOLD).exists():
                raise

    def _put(self, name: str, frame: pl.DataFrame) -> None:
        beside = self.path / f"{_NEW}{secrets.token_hex(8)}"
        try:
            with _created(beside) as file:
                frame.write_ipc(file, compression="uncompressed", record_batch_size=max(len(frame), 1))
            beside.rename(self.path / _called(name, beside))
        finally:
            beside.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder with all snapshots that are kept of a store, each called after the version and what it is of."""

    path: Path

    @classmethod
    def of(cls, address: str, cache: Path) -> Shelf:
        """Return the folder of the store at an address: beside its file, or of a server in the user's own cache."""
        if "://" in address:
            return cls(cache / f"{_hash(address)}{ENDING}")
        store = Path(address).resolve()
        return cls(store.with_name(f"{store.name.removesuffix('.kgl')}{ENDING}"))

    def place(self, version: str, of: str) -> Path:
        """Return the folder for the snapshot of a version of the store, of what ``of`` says."""
        return self.path / f"{version}-{_hash(of)}"

    def tidy(self, version: str) -> None:
        """Take away what is of other versions, what killed processes left, and of many snapshots the eldest."""
        if _is_own(self.path):
            with suppress(OSError):
                for path in self._not_wanted(version):
                    shutil.rmtree(path, ignore_errors=True)

    def _not_wanted(self, version: str) -> Iterator[Path]:
        found = sorted(self.path.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        current = [path for path in found if path.name.startswith(f"{version}-")]
        yield from current[MOST:]
        for path in set(found).difference(current):
            if not path.name.startswith(_NEW) or path.stat().st_mtime < time.time() - _LEFT_AFTER:
                yield path

    def drop(self) -> None:
        """Take all of it away for good; Stop says why that cannot be done."""
        if not self.path.is_dir() or self.path.is_symlink():
            return
        try:
            shutil.rmtree(self.path)
        except FileNotFoundError:
            return self.drop()
        except OSError as problem:
            raise Stop(
                f"The snapshots kept in {self.path} cannot be removed: {problem.strerror}. Delete that folder, and try "
                "again."
            ) from problem


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=12).hexdigest()


def _called(name: str, file: Path) -> str:
    """Return what a file with a frame is called when it is whole: the name, how long it is, and its CRC-32."""
    size = file.stat().st_size
    with file.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as content:
        return f"{name}.{size:x}-{zlib.crc32(content):08x}.arrow"


def _created(path: Path) -> Any:
    """Open a new file that only its owner can read, for writing."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _is_own(folder: Path) -> bool:
    """Say whether a folder is ours and nobody else can write there: what is in it then came from us."""
    with suppress(OSError):
        seen = folder.lstat()
        return folder.is_dir() and not folder.is_symlink() and seen.st_uid == os.geteuid() and not seen.st_mode & 0o022
    return False
