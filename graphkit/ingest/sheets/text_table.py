"""Tables in text files: which encoding, which separator, and the rows."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import IO, Any

from charset_normalizer import from_bytes

from graphkit.errors import FileUnreadable
from graphkit.ingest.readers import stream
from graphkit.ingest.sheets.sheet import Row, Sheet

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SAMPLE = 2**16
_LINES = 200
_LONGEST = 2_000
"""Lines that one cell may go over; a quote that is never closed would go on to the end."""
_CLOSE = 'Write a quote inside of quotes twice, as in "the ""Group""", and close what is opened.'
_BROKEN = "\ufffd"
_SHOWN = 5
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OLDER = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1256", "koi8_r", "gb18030", "big5", "cp932", "cp949"]

csv.field_size_limit(stream.MAX_LINE)


def sheet(path: Path, encoding: str | None = None, separator: str | None = None) -> Sheet:
    """Return the table in a text file; FileUnreadable when it is none. What is not given is found out."""
    start = head(path)
    notes: tuple[str, ...] = ()
    is_damaged = False
    if encoding is None:
        encoding, is_damaged = _encoding(path, start)
        notes = _damage(path) if is_damaged else _guess(encoding)
    separator = separator or _separator(_decoded(start, encoding))
    return Sheet(
        path.name,
        "",
        lambda: _rows(path, encoding, separator, "replace" if is_damaged else "strict"),
        encoding=encoding,
        separator=separator,
        notes=notes,
    )


def head(path: Path) -> bytes:
    """Return the first bytes of a file, unpacked."""
    with stream.unpacked(path) as file:
        found: bytes = file.read(_SAMPLE)
    return found


def _encoding(path: Path, head: bytes) -> tuple[str, bool]:
    """Return the encoding: by its mark, else UTF-8 when all or nearly all of it is, else what its bytes look like.

    With it, whether some bytes are not of it.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, False
    if found := _wide(head):
        return found, False
    if b"\0" in head:
        raise FileUnreadable(f"{path.name}: is binary and no sheet of text. Save it as CSV UTF-8 or .xlsx.")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in stream.chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        sample = _not_plain(path)
        if _is_damaged(sample):
            return "utf-8", True
        best = from_bytes(sample, cp_isolation=_OLDER).best()
        return (best.encoding if best else "cp1252"), False
    return "utf-8", False


def _is_damaged(sample: bytes) -> bool:
    """Say whether bytes are UTF-8 but for a few: other encodings hardly ever look like its sequences."""
    read = sample.decode("utf-8", "replace")
    broken = read.count(_BROKEN)
    return sum(not char.isascii() for char in read) > 5 * broken


def _guess(encoding: str) -> tuple[str, ...]:
    if encoding.startswith("utf"):
        return ()
    return (f"it is no UTF-8 and was read as {encoding}; look at its letters, and name another with encoding=NAME",)


def _damage(path: Path) -> tuple[str, ...]:
    lines = [str(number) for number, line in enumerate(_raw_lines(path), start=1) if not _is_utf8(line)]
    more = f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
    return (f"bytes that are no UTF-8 became {_BROKEN} in line {', '.join(lines[:_SHOWN])}{more}",)


def _raw_lines(path: Path) -> Iterator[bytes]:
    rest = b""
    for chunk in stream.chunks(path):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
    yield rest


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _wide(head: bytes) -> str | None:
    """Return UTF-16 when every other byte is nought, as in plain text without a mark."""
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if (
            len(head) > 3
            and head[offset::2].count(0) > 0.4 * len(head[offset::2])
            and not head[1 - offset :: 2].count(0)
        ):
            return name
    return None


def _not_plain(path: Path) -> bytes:
    """Return the parts of a file that are not plain ASCII, up to a bound: the others say nothing on its encoding."""
    found = bytearray()
    for chunk in stream.chunks(path):
        found += b"\n".join(line for line in chunk.splitlines() if not line.isascii())
        if len(found) > _SAMPLE:
            break
    return bytes(found[:_SAMPLE])


def _decoded(head: bytes, encoding: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    return decoder.decode(head)


def _separator(text: str) -> str:
    """Return the separator that cuts most rows of a sample into one number of cells, above one."""
    return max(SEPARATORS, key=lambda mark: _fit(text, mark))


def _fit(text: str, separator: str) -> tuple[float, int]:
    lines = text.splitlines(keepends=True)[: _LINES + 1]
    lines = lines[:-1] if len(lines) > 1 and len(text) >= _SAMPLE // 4 else lines
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if any(row))
    except csv.Error:
        return 0.0, 0
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0, 0
    width, count = max(wide.items(), key=lambda one: (one[1], one[0]))
    return round(count / widths.total(), 1), width


def _rows(path: Path, encoding: str, separator: str, errors: str) -> Iterator[Row]:
    """Yield each row and its number, from 1."""
    with stream.unpacked(path) as raw:
        text = io.TextIOWrapper(io.BufferedReader(_Bounded(path, raw), 2**20), encoding, errors, newline="")
        lines = _Lines(text)
        rows = csv.reader(lines, delimiter=separator)
        for number in count(1):
            start = rows.line_num + 1
            try:
                row = next(rows)
            except StopIteration:
                return
            except UnicodeDecodeError as problem:
                wrong = f"{path.name}:{start}: is not {encoding} text: {problem.reason}"
                raise FileUnreadable(f"{wrong}. Name its encoding in the mapping.") from None
            except csv.Error as problem:
                raise FileUnreadable(f"{path.name}:{start}: is no table: {problem}.") from None
            if rows.line_num > start and not lines.is_whole(separator):
                raise FileUnreadable(f"{path.name}:{start}: a quote that is opened in this row is not closed. {_CLOSE}")
            lines.forget()
            yield number, list(row)


class _Lines:
    """Lines of a text, kept while they are one row, which a quote that is not closed draws over those after it."""

    def __init__(self, text: Iterator[str]) -> None:
        self._text = text
        self._kept: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self._kept.append(line)
            if len(self._kept) > _LONGEST:
                return
            yield line

    def is_whole(self, separator: str) -> bool:
        """Say whether the lines kept are one row, each quote in its place."""
        if len(self._kept) > _LONGEST:
            return False
        try:
            return len(list(csv.reader(self._kept, delimiter=separator, strict=True))) == 1
        except csv.Error:
            return False

    def forget(self) -> None:
        """Begin with the next row."""
        self._kept.clear()


class _Bounded(io.RawIOBase):
    """Bytes of a file that may be packed, refused when they grow like a bomb."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._growth = stream.Growth(path)
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self._file.read(len(buffer))
        self._growth.add(len(chunk))
        buffer[: len(chunk)] = chunk
        return len(chunk)
