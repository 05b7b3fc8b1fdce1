"""One run of a job: files written whole, the manifest last, and only then the folder under its name."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from graphkit import whole_file
from graphkit.errors import ChooseAgain, Stop
from graphkit.jobs.file import JobsFile
from graphkit.jobs.lock import held
from graphkit.jobs.making import making
from graphkit.jobs.model import Job
from graphkit.stores import Store

MANIFEST = "manifest.json"
LOCK = ".lock"
_LEFT = re.compile(r"\.[0-9TZ-]+\.[0-9a-f]{16}\.(new|gone)")


class Interrupted(Stop):
    """A run was told to stop, between two files."""


def run(store: Store, file: JobsFile, job: Job, slot: str, stopped: Callable[[], bool]) -> tuple[Path, Any, str]:
    """Export a job into ``destination/name/slot``; return the folder, its manifest, and what to know of it.

    The folder comes into being with its manifest, whole: a killed run leaves a hidden folder, which the next
    run of the job takes away. Errors say what is wrong; nothing of a failed run stays.
    """
    with _own(file, job) as home:
        swept(home)
        if there := manifest_of(home / slot):
            return home / slot, there, "was there already"
        fresh = home / f".{slot}.{secrets.token_hex(8)}.new"
        try:
            fresh.mkdir()
            manifest, note = _filled(fresh, store, file, job, stopped)
            fresh.rename(home / slot)
            _settled(home)
        except BaseException:
            _removed(fresh)
            raise
    return home / slot, manifest, note


@contextmanager
def _own(file: JobsFile, job: Job) -> Iterator[Path]:
    """Give the folder of a job to one run; an error names the destination when it cannot be written.

    Folders that were made for a run that failed are taken away again while they hold nothing.
    """
    home = file.folder(job)
    try:
        new = [folder for folder in (home, *home.parents) if not folder.exists()]
        home.mkdir(parents=True, exist_ok=True)
        with held(home / LOCK) as alone:
            if not alone:
                raise Stop(f"{home}: another run writes there. Try again when it has ended.")
            try:
                yield home
            except BaseException:
                _unmade(home, new)
                raise
    except OSError as problem:
        raise unwritable(file, job, problem) from problem


def _unmade(home: Path, new: list[Path]) -> None:
    if home in new and {left.name for left in home.iterdir()} <= {LOCK, f"{LOCK}-journal"}:
        shutil.rmtree(home, ignore_errors=True)
        with suppress(OSError):
            for folder in new[1:]:
                folder.rmdir()


def must_be_writable(file: JobsFile, job: Job) -> None:
    """Raise the error of a destination in which a run could not write, by trying; nothing is left behind."""
    home = file.folder(job)
    try:
        there = next(folder for folder in (home, *home.parents) if folder.exists())
        if not there.is_dir():
            raise NotADirectoryError(0, "it is no folder", str(there))
        Path(tempfile.mkdtemp(prefix=".", dir=there)).rmdir()
    except OSError as problem:
        raise unwritable(file, job, problem) from None


def unwritable(file: JobsFile, job: Job, problem: OSError) -> ChooseAgain | Stop:
    """Return the error of a destination; a full disk can be tried again."""
    kind = ChooseAgain if isinstance(problem, PermissionError | NotADirectoryError | FileExistsError) else Stop
    place = file.place(job, "destination")
    where = Path(problem.filename or file.folder(job))
    shown = where.parent if where.name.startswith(".") else where
    return kind(f"{place}: {shown} cannot be written: {problem.strerror}. Mend it, or "
                "choose another folder.")  # fmt: skip


def _filled(
    fresh: Path, store: Store, file: JobsFile, job: Job, stopped: Callable[[], bool]
) -> tuple[dict[str, Any], str]:
    started = _now()
    made = making(store, file, job, fresh)
    files = []
    for one in made.files:
        if stopped():
            raise Interrupted("stopped before it was finished")
        digest = hashlib.sha256()
        size = whole_file.put_parts(fresh / one.name, _digested(one.parts, digest))
        files.append({"path": one.name, "sha256": digest.hexdigest(), "bytes": size, "rows": one.rows})
    manifest = {"files": files, "started": started, "ended": _now(), "store_version": made.version}
    manifest |= {"scope": made.scope, "graphkit": version("graphkit")}
    whole_file.put(fresh / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    _settled(fresh)
    return manifest, made.note


def _digested(parts: Iterable[bytes], digest: hashlib._Hash) -> Iterator[bytes]:
    for part in parts:
        digest.update(part)
        yield part


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _settled(folder: Path) -> None:
    """Make sure that the names in a folder outlive a power cut, where the system can promise that."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def manifest_of(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of a finished run, or None."""
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def swept(home: Path) -> None:
    """Take away what killed runs left in the folder of a job; nobody else may be writing there."""
    for left in home.iterdir():
        if _LEFT.fullmatch(left.name):
            _removed(left)


def _removed(folder: Path) -> None:
    """Take away a folder, its manifest first: what has a manifest is whole."""
    (folder / MANIFEST).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def let_go(file: JobsFile, job: Job, folders: list[Path]) -> None:
    """Take away the folders of earlier runs, each at once: none is ever seen half."""
    home = file.folder(job)
    for folder in folders:
        if folder.parent == home and folder.is_dir() and not folder.is_symlink():
            gone = home / f".{folder.name}.{secrets.token_hex(8)}.gone"
            folder.rename(gone)
            _removed(gone)
