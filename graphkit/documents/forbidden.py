"""What is never kept, whatever its name: pictures, sound, films and programs, told by how they begin."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

HEAD = 1024
"""Bytes that tell what a content is."""
MAX_UNPACKED = 512 * 2**20
BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)
"""What reading a damaged or encrypted zip raises."""

_IMAGE, _FILM, _PROGRAM, _ARCHIVE = "a picture", "sound or film", "a program", "an archive"
_BEGINNINGS = {
    _IMAGE: (
        rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|RIFF.{4}WEBP|\x00\x00[\x01\x02]\x00|8BPS\x00|BM.{4}\x00{4}"
        rb"|\xff\x0a|\x00\x00\x00\x0c(?:JXL |jP  )|%!PS"
    ),
    _FILM: (
        rb"\x00.{3}ftyp|RIFF.{4}(?:WAVE|AVI )|OggS\x00|fLaC|ID3[\x02-\x04]|\xff[\xe2-\xfd]|\x1aE\xdf\xa3|FLV\x01"
        rb"|\x00\x00\x01[\xb3\xba]|0&\xb2u|MThd\x00|FORM.{4}AIF|\.snd\x00|#!AMR|(?:G.{187}){4}"
    ),
    _PROGRAM: rb"MZ.{0,58}\x00|\x7fELF|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe|\x00asm|dex\n|#!",
    _ARCHIVE: rb"Rar!\x1a|7z\xbc\xaf|\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ|\(\xb5/\xfd|.{257}ustar",
}
_FORBIDDEN = {what: re.compile(pattern, re.S) for what, pattern in _BEGINNINGS.items()}
_DRAWING = re.compile(rb"<svg[\s>]")
_MACROS = re.compile(r"(^|/)vbaProject\.bin$", re.I)


def forbidden(content: bytes) -> str | None:
    """Return what a content is that is never kept, in words, by how it begins; None when it is nothing of that."""
    head = content[:HEAD]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _DRAWING.search(head):
        return _IMAGE
    return next((what for what, beginning in _FORBIDDEN.items() if beginning.match(head)), None)


def forbidden_inside(packed: bytes) -> Iterator[str]:
    """Yield what a zip holds that is never kept, in words; raises ``BROKEN`` when it cannot be read through."""
    with zipfile.ZipFile(io.BytesIO(packed)) as held:
        members = held.infolist()
        if sum(member.file_size for member in members) > MAX_UNPACKED:
            raise ValueError("unpacks to too much")
        for member in members:
            with held.open(member) as file:
                what = _PROGRAM if _MACROS.search(member.filename) else forbidden(file.read(HEAD))
            if what:
                yield f"{what}, {member.filename}"
