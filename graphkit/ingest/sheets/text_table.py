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
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OLDER = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1256", "koi8_r", "gb18030", "big5", "cp932", "cp949"]

csv.field_size_limit(stream.MAX_LINE)


def sheet(path: Path, encoding: str | None = None, separator: str | None = None) -> Sheet:
    """Return the table in a text file; FileUnreadable when it is none. What is not given is found out."""
    head = _head(path)
    encoding = encoding or _encoding(path, head)
    separator = separator or _separator(_decoded(head, encoding))
    return Sheet(path.name, "", lambda: _rows(path, encoding, separator), encoding=encoding, separator=separator)


def _head(path: Path) -> bytes:
    with stream.unpacked(path) as file:
        head: bytes = file.read(_SAMPLE)
    return head


def _encoding(path: Path, head: bytes) -> str:
    """Return the encoding: by its mark, else UTF-8 when all of the file is, else what its bytes look like."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if found := _wide(head):
        return found
    if b"\0" in head:
        raise FileUnreadable(f"{path.name}: is binary and no sheet of text. Save it as CSV UTF-8 or .xlsx.")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in stream.chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        best = from_bytes(_not_plain(path), cp_isolation=_OLDER).best()
        return best.encoding if best else "cp1252"
    return "utf-8"


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


def _rows(path: Path, encoding: str, separator: str) -> Iterator[Row]:
    """Yield each row and its number, from 1."""
    with stream.unpacked(path) as raw:
        text = io.TextIOWrapper(io.BufferedReader(_Bounded(path, raw), 2**20), encoding=encoding, newline="")
        rows = csv.reader(text, delimiter=separator)
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
            if rows.line_num - start > _LONGEST:
                raise FileUnreadable(
                    f"{path.name}:{start}: a quote that is opened in this row is never closed. Close it."
                )
            yield number, list(row)


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
