"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def put(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it there; what is no file, such as /dev/stderr, is written to.

    A killed process leaves the old file as it was. OSError says why it could not be done.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".new", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.chmod(path.stat().st_mode if path.exists() else 0o666 & ~_mask())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def may_put(path: Path) -> None:
    """Raise the OSError that ``put`` would raise for want of a place or of rights; nothing is left behind."""
    if path.is_dir():
        raise IsADirectoryError(21, "Is a directory", str(path))
    if path.is_file() or not path.exists():
        handle, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
        os.close(handle)
        Path(name).unlink()


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
