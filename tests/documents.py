"""Documents of every kind that is taken, and of kinds that never are."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import openpyxl

PAGES = ("The first page.", "The harbour master denied it.", "The end.")
TEXT = "First paragraph.\n\nSecond one,\nof two lines.\n\nThird.\n"
SHEET = "place;killed\nKunming;29\n昆明;33\n"


def pdf(*pages: str) -> bytes:
    """Return a PDF with these words, a page each."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, words in enumerate(pages):
        drawn = f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET"
        font = "/Resources << /Font << /F1 3 0 R >> >>"
        parts.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] {font} /Contents {5 + 2 * number} 0 R >>")
        parts.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    made, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(parts) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return f"{made}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode()


def xlsx() -> bytes:
    """Return a workbook with two sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Ports"
    for row in (["port", "ships"], ["Haven", 3], ["Ostend", None]):
        sheet.append(row)
    book.create_sheet("More ports").append(["name"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mail(attached: bytes | None = None, as_type: str = "application/octet-stream") -> bytes:
    """Return a mail, with a file in it if one is given."""
    made = EmailMessage()
    made["From"], made["To"] = "a@example.com", "b@example.com"
    made["Subject"], made["Date"] = "Ships of 昆明", "Fri, 03 May 2024 10:00:00 +0000"
    made.set_content("Hello.\n\nThe ship left.\n")
    if attached is not None:
        main, _, sub = as_type.partition("/")
        made.add_attachment(attached, maintype=main, subtype=sub, filename="a.bin")
    return bytes(made)


def zipped(**members: bytes) -> bytes:
    """Return a zip that a sheet could be, with more in it; ``__`` stands for a slash and ``_`` for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as held:
        held.writestr("[Content_Types].xml", "<Types/>")
        held.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in members.items():
            held.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


GOOD = {
    "report.pdf": pdf(*PAGES),
    "notes.txt": TEXT.encode(),
    "Notes.MD": b"# A heading\n",
    "utf16.txt": TEXT.encode("utf-16"),
    "table.csv": SHEET.encode(),
    "letter.eml": mail(),
    "with-a-report.eml": mail(pdf("Page"), "application/pdf"),
    "ports.xlsx": xlsx(),
}
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
NEVER = {
    "png": PNG,
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 20,
    "gif": b"GIF89a\x01\x00\x01\x00",
    "svg": b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a -->\n<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    "webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "heic": b"\x00\x00\x00\x18ftypheic\x00\x00",
    "mp4": b"\x00\x00\x00\x20ftypisom\x00\x00",
    "mp3": b"ID3\x03\x00\x00\x00\x00",
    "mp3 without tags": b"\xff\xfb\x90\x00" + b"\x00" * 20,
    "ogg": b"OggS\x00\x02",
    "wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "avi": b"RIFF\x24\x00\x00\x00AVI LIST",
    "matroska": b"\x1aE\xdf\xa3\x01\x00",
    "exe": b"MZ\x90\x00\x03\x00\x00\x00",
    "elf": b"\x7fELF\x02\x01\x01",
    "mach-o": b"\xcf\xfa\xed\xfe\x07\x00",
    "script": b"#!/bin/sh\nrm -rf /\n",
    "rar": b"Rar!\x1a\x07\x00",
}
