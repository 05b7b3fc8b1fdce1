"""Opening a file that may be packed, and refusing what is not text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyarrow as pa

from graphkit.errors import FileUnreadable

PACKED = (".gz", ".zst")
MAX_LINE = 16 * 2**20
MAX_RATIO = 400
_FREE = 64 * 2**20
_OTHER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"PK\x03\x04": "a zip archive", b"%PDF": "a PDF"}


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading bytes, unpacking .gz and .zst; FileUnreadable says what it is instead of text."""
    try:
        with pa.input_stream(str(path), compression="detect", buffer_size=2**20) as stream:
            head = stream.read(4096)
            _must_be_text(path, head)
        with pa.input_stream(str(path), compression="detect", buffer_size=2**20) as stream:
            yield stream
    except (OSError, pa.ArrowException) as problem:
        raise FileUnreadable(f"{path.name}: cannot be read to its end: {_short(problem)}") from problem


def _short(problem: BaseException) -> str:
    return str(problem).splitlines()[0][:160] if str(problem) else type(problem).__name__


def _must_be_text(path: Path, head: bytes) -> None:
    for mark, name in _OTHER_MARKS.items():
        if head.startswith(mark):
            raise FileUnreadable(f"{path.name}: is {name} and not UTF-8 text. Save it as UTF-8 text and load that.")
    if b"\0" in head:
        raise FileUnreadable(f"{path.name}: is binary and not UTF-8 text.")


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield line numbers from 1 and lines; FileUnreadable on a line over 16 MiB or a decompression bomb."""
    packed = path.stat().st_size
    total = 0
    with opened(path) as stream:
        rest, number = b"", 0
        while chunk := stream.read(2**20):
            total += len(chunk)
            if total > _FREE and total > MAX_RATIO * packed:
                raise FileUnreadable(f"{path.name}: unpacks to over {MAX_RATIO} times its size; refused as a bomb.")
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                number += 1
                yield number, line
            if len(rest) > MAX_LINE:
                raise FileUnreadable(
                    f"{path.name}:{number + 1}: a line of over {MAX_LINE // 2**20} MiB; is this JSON Lines?"
                )
        if rest:
            yield number + 1, rest


def whole(path: Path, limit: int) -> bytes:
    """Return all bytes of a file of at most ``limit`` bytes; FileUnreadable when it is larger."""
    with opened(path) as stream:
        content: bytes = stream.read(limit + 1)
    if len(content) > limit:
        raise FileUnreadable(f"{path.name}: over {limit // 2**20} MiB of JSON in one piece; write it as JSON Lines.")
    return content
