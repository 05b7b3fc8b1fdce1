"""What is taken as a document: PDF, text, mail and sheets, if the content is what the name says."""

from __future__ import annotations

import codecs
import email
import io
import os
import re
import stat
import zipfile
from collections.abc import Callable
from email.message import Message
from pathlib import Path, PurePath

from graphkit.documents.forbidden import BROKEN, forbidden, forbidden_inside
from graphkit.errors import ChooseAgain, FileUnreadable, Refused

MAX_BYTES = 64 * 2**20
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "message/rfc822": ".eml",
    "text/csv": ".csv",
    SHEET: ".xlsx",
}
"""What is kept, by media type, and the ending of its name."""
NOUNS = {"application/pdf": "PDF", "message/rfc822": "mail", "text/csv": "sheet", SHEET: "sheet"} | dict.fromkeys(
    ("text/plain", "text/markdown"), "text"
)
_NEVER = "graphkit keeps no pictures, sound, films or programs, under no name and in nothing"
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_HEADER = re.compile(rb"[!-9;-~]+:")
_MAIL_NEEDS = ("Date", "Subject", "To", "Message-ID", "Received")


def chosen(path: Path) -> bytes:
    """Return the content of a file that is to be kept; an error says in a sentence why it is none that can be."""
    if path.is_symlink():
        raise ChooseAgain(f"{path} is a symbolic link. Name the file itself.")
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ChooseAgain(f"{path} is no file. Name one file.")
            return file.read(MAX_BYTES + 1)
    except IsADirectoryError:
        raise ChooseAgain(f"{path} is a folder. Name one file; several are attached one by one.") from None
    except OSError as problem:
        raise FileUnreadable(f"{path} cannot be read: {problem.strerror}.") from problem


def media_type(name: str, content: bytes) -> str:
    """Return what a file is by its name and content.

    Refused says that it is never kept, FileUnreadable that it is not what its name says.
    """
    if not content:
        raise FileUnreadable(f"{name} is empty; there is nothing to keep.")
    if len(content) > MAX_BYTES:
        raise Refused(f"{name} is larger than {MAX_BYTES // 2**20} MiB. Attach the part that the claims rest on.")
    if what := forbidden(content):
        raise Refused(f"{name} is {what}; {_NEVER}.")
    types = {ending: type_ for type_, ending in ENDINGS.items()}
    ending = PurePath(name).suffix.lower()
    if ending not in types:
        raise Refused(f"{name} is not kept: documents are PDF, text, mail and sheets, named {', '.join(types)}.")
    if not _IS[types[ending]](content, name):
        raise FileUnreadable(f"{name} is not what its name says: {_MUST[types[ending]]}. Check the file.")
    return types[ending]


def decoded(content: bytes) -> str | None:
    """Return a content as text, UTF-8 or UTF-16 with its mark; None when it is none."""
    utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if _CONTROLS.search(text) else text


def _is_pdf(content: bytes, name: str) -> bool:
    return content.startswith(b"%PDF-")


def _is_text(content: bytes, name: str) -> bool:
    return decoded(content) is not None and not _is_pdf(content, name)


def _is_sheet(content: bytes, name: str) -> bool:
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            names = set(held.namelist())
        inside = next(forbidden_inside(content), None)
    except BROKEN:
        return False
    if inside:
        raise Refused(f"{name} holds {inside}; {_NEVER}. Save it without, and attach that.")
    return {"[Content_Types].xml", "xl/workbook.xml"} <= names


def _is_mail(content: bytes, name: str) -> bool:
    if not _HEADER.match(content):
        return False
    message = email.message_from_bytes(content)
    if not message["From"] or not any(message[header] for header in _MAIL_NEEDS):
        return False
    for part in message.walk():
        if what := _never_in_mail(part):
            raise Refused(f"{name} holds {what}; {_NEVER}. Save the mail without, and attach that.")
    return True


def _never_in_mail(part: Message) -> str | None:
    if part.is_multipart():
        return None
    called = f" ({part.get_content_type()})"
    if part.get_content_maintype() in ("image", "audio", "video"):
        return f"a picture, sound or film{called}"
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    if what := forbidden(content):
        return f"{what}{called}"
    try:
        return next(forbidden_inside(content), None) if content.startswith(b"PK\x03\x04") else None
    except BROKEN:
        return "an archive that cannot be looked into"


_IS: dict[str, Callable[[bytes, str], bool]] = {
    "application/pdf": _is_pdf,
    "text/plain": _is_text,
    "text/markdown": _is_text,
    "message/rfc822": _is_mail,
    "text/csv": _is_text,
    SHEET: _is_sheet,
}
_MUST = {
    "application/pdf": "a PDF begins with %PDF-",
    "text/plain": "a text is UTF-8 or UTF-16 and holds no control characters",
    "text/markdown": "a text is UTF-8 or UTF-16 and holds no control characters",
    "message/rfc822": "a mail begins with its headers, From among them",
    "text/csv": "a CSV is text in UTF-8 or UTF-16",
    SHEET: "an Excel sheet is a zip with xl/workbook.xml in it",
}
