"""Opening a file that may be packed, and refusing what is not text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyarrow as pa

from graphkit.errors import FileUnreadable
from graphkit.model.invisible import in_brief

PACKED = {".gz": "gzip", ".zst": "zstd"}
MAX_LINE = 16 * 2**20
MAX_RATIO = 400
FREE = 64 * 2**20
_OTHER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"PK\x03\x04": "a zip archive", b"%PDF": "a PDF"}


@contextmanager
def unpacked(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading bytes, unpacking .gz and .zst; FileUnreadable when it cannot be read to its end."""
    packing = PACKED.get(path.suffix.lower())
    try:
        with pa.input_stream(str(path), compression=packing, buffer_size=2**20) as stream:
            yield stream
    except (OSError, pa.ArrowException) as problem:
        why = f"{path.name}: cannot be read to its end: {short(problem)}"
        raise FileUnreadable(f"{why}. Is it whole, and may you read it?") from problem


class Growth:
    """How far a packed file has grown while it was unpacked."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._packed = path.stat().st_size
        self._total = 0

    def add(self, size: int) -> None:
        """Count bytes; FileUnreadable when they are so many that the file must be a decompression bomb."""
        self._total += size
        if self._total > FREE and self._total > MAX_RATIO * self._packed:
            raise FileUnreadable(f"{self._name}: unpacks to over {MAX_RATIO} times its size; refused as a bomb.")


def short(problem: BaseException) -> str:
    """Return what went wrong in one short line."""
    return in_brief(str(problem).splitlines()[0], 160).rstrip(".") if str(problem) else type(problem).__name__


def _must_be_text(path: Path, head: bytes) -> None:
    for mark, name in _OTHER_MARKS.items():
        if head.startswith(mark):
            raise FileUnreadable(f"{path.name}: is {name} and not UTF-8 text. Save it as UTF-8 text and load that.")
    if b"\0" in head:
        raise FileUnreadable(f"{path.name}: is binary and not UTF-8 text. Save it as UTF-8 text and load that.")


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield line numbers from 1 and lines of a text file.

    FileUnreadable on a file that is no text, a line over 16 MiB or a decompression bomb.
    """
    rest, number = b"", 0
    for chunk in text(path):
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


def chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file in parts; FileUnreadable on a decompression bomb."""
    growth = Growth(path)
    with unpacked(path) as stream:
        while chunk := stream.read(2**20):
            growth.add(len(chunk))
            yield chunk


def text(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a text file in parts; FileUnreadable on what is no text, or a decompression bomb."""
    for number, chunk in enumerate(chunks(path)):
        if number == 0:
            _must_be_text(path, chunk[:4096])
        yield chunk


def whole(path: Path, limit: int) -> bytes:
    """Return all bytes of a file; FileUnreadable when they are over ``limit`` or a decompression bomb."""
    content = bytearray()
    for chunk in text(path):
        content += chunk
        if len(content) > limit:
            raise FileUnreadable(
                f"{path.name}: over {limit // 2**20} MiB of JSON in one piece; write it as JSON Lines."
            )
    return bytes(content)
