"""Writing a file whole or not at all, and saying why it cannot be written."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graphkit.errors import ChooseAgain


def put(path: Path, content: bytes) -> None:
    """Write a file whole, as ``put_parts`` does."""
    put_parts(path, [content])


def put_parts(path: Path, parts: Iterable[bytes]) -> int:
    """Write a file beside its place, part by part, and rename it there; return how many bytes it has.

    What is no file, such as /dev/stderr, is written to. A killed process leaves the old file as it was. OSError says
    why it could not be done.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            return sum(map(file.write, parts))
    beside = _beside(path)
    try:
        with beside.open("xb") as file:
            size = sum(map(file.write, parts))
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode)
        beside.replace(path)
        return size
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def may_put(path: Path) -> None:
    """Raise the OSError that ``put`` would raise for want of a place or of rights; nothing is left behind."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.is_file() or not path.exists():
        beside = _beside(path)
        beside.open("xb").close()
        beside.unlink()


def must_not_replace(out: Path, option: str, kept: Iterable[Path]) -> None:
    """Raise ChooseAgain when writing ``out`` would replace one of these files."""
    for path in kept:
        if out.resolve() == path.resolve() or (out.exists() and path.exists() and out.samefile(path)):
            raise ChooseAgain(f"{out} would replace {path}, which is needed. Choose another {option}.")


def must_be_writable(out: Path, option: str) -> None:
    """Raise ChooseAgain when a file cannot be written there; nothing is left behind."""
    with _written(out, option):
        may_put(out)


def write(out: Path, content: bytes, option: str) -> None:
    """Write a file whole or not at all; ChooseAgain says why it cannot be written."""
    write_parts(out, [content], option)


def write_parts(out: Path, parts: Iterable[bytes], option: str) -> int:
    """Write a file whole or not at all, part by part, and return its size; ChooseAgain says why it cannot be done."""
    with _written(out, option):
        return put_parts(out, parts)


@contextmanager
def _written(out: Path, option: str) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise ChooseAgain(f"{out} cannot be written: {problem.strerror}. Choose another {option}.") from problem


def _beside(path: Path) -> Path:
    return path.parent / f".{path.name[:40]}.{secrets.token_hex(8)}.new"
