"""What stands at a place in a document, as plain text.

Run as ``python -m graphkit.documents.reading``: reads one line of JSON and then the document, answers with JSON.
Only ``landing`` starts it.
"""

from __future__ import annotations

import csv
import email
import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from email.header import decode_header, make_header
from email.message import Message
from html.parser import HTMLParser
from itertools import islice
from typing import Any

from graphkit.documents.locator import Locator, Span, column
from graphkit.documents.recognised import SHEET, decoded
from graphkit.engines import child

MAX_PLACES = 50
"""Pages, paragraphs, lines or rows that are shown together."""
MAX_COLUMNS = 200
MAX_SHOWN = 20_000
MEMORY_MB = 1024
_HEADERS = ("From", "To", "Cc", "Date", "Subject")

Read = tuple[str, str]
"""Where it is, and what stands there."""


class NoPlace(ValueError):
    """A locator names no place in this document; the words say which it has."""


def read(content: bytes, media_type: str, locator: str) -> Read:
    """Return where a locator lands in a document and what stands there; NoPlace when it lands nowhere."""
    return _READ[media_type](content, locator)


def _pdf(content: bytes, locator: str) -> Read:
    import pypdf

    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    wanted = Locator.of(locator).spans.get("page")
    if wanted is None:
        raise NoPlace(f"'{locator}' names no page; a PDF has pages, here {len(pages)}: write 'page 1'")
    chosen = _within(wanted, len(pages), "page")
    texts = [pages[number - 1].extract_text().strip() for number in chosen]
    return _where("page", chosen, len(pages)), "\n\n".join(text or "(no text; it may be a picture)" for text in texts)


def _text(content: bytes, locator: str) -> Read:
    return _in_text(decoded(content) or "", locator)


def _in_text(text: str, locator: str) -> Read:
    spans = Locator.of(locator).spans
    if "paragraph" in spans:
        unit, parts = "paragraph", [part for part in re.split(r"\n[^\S\n]*\n", text) if part.strip()]
    elif "line" in spans:
        unit, parts = "line", text.splitlines()
    else:
        raise NoPlace(f"'{locator}' names no paragraph or line; write 'paragraph 2' or 'line 12'")
    chosen = _within(spans[unit], len(parts), unit)
    joint = "\n\n" if unit == "paragraph" else "\n"
    return _where(unit, chosen, len(parts)), joint.join(parts[number - 1].strip("\r\n") for number in chosen)


def _mail(content: bytes, locator: str) -> Read:
    message = email.message_from_bytes(content)
    for name in _HEADERS:
        if locator.strip().lower() == name.lower():
            return f"header {name}", _header(message, name)
    try:
        return _in_text(_body(message), locator)
    except NoPlace as problem:
        raise NoPlace(f"{problem}, or a header such as 'subject'") from None


def _header(message: Message, name: str) -> str:
    raw = str(message[name] or "")
    try:
        return str(make_header(decode_header(raw)))
    except (LookupError, ValueError):
        return raw


def _body(message: Message) -> str:
    found = {part.get_content_type(): part for part in reversed(list(message.walk())) if not part.is_multipart()}
    part = found.get("text/plain") or found.get("text/html")
    if part is None:
        raise NoPlace("the mail has no text")
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    try:
        text = raw.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = raw.decode("utf-8", "replace")
    text = text.replace("\r\n", "\n")
    return _Words.of(text) if part.get_content_type() == "text/html" else text


class _Words(HTMLParser):
    """The words of an HTML text, a paragraph for each block."""

    _BLOCKS = ("p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "table", "blockquote")

    @classmethod
    def of(cls, html: str) -> str:
        """Return the words."""
        words = cls()
        words.found, words.hidden = [], 0
        words.feed(html)
        return "".join(words.found)

    found: list[str]
    hidden: int

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.hidden += tag in ("script", "style")
        if tag in self._BLOCKS:
            self.found.append("\n" if tag == "br" else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style") and self.hidden > 0

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)


def _csv(content: bytes, locator: str) -> Read:
    text = decoded(content) or ""
    csv.field_size_limit(2**24)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    return _in_rows(lambda: csv.reader(io.StringIO(text, newline=""), dialect), locator, "")


def _xlsx(content: bytes, locator: str) -> Read:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    named = Locator.of(locator).sheet
    if named is not None and named not in sheets:
        raise NoPlace(f"it has no sheet '{named}'; there are {', '.join(sheets)}")
    title = named or next(iter(sheets))
    return _in_rows(lambda: sheets[title].iter_rows(values_only=True), locator, f" of sheet {title}")


def _in_rows(rows: Callable[[], Any], locator: str, of: str) -> Read:
    """Return cells with their addresses, each beside what stands at the head of its column."""
    found = Locator.of(locator)
    lines = found.spans.get("row") or found.spans.get("line")
    columns, wanted = found.cells or ((1, MAX_COLUMNS), lines)
    if wanted is None:
        raise NoPlace(f"'{locator}' names no row or cell; write 'row 7', 'B7' or 'B7:C9'")
    first, last = wanted
    head: Sequence[Any] = next(iter(rows()), ())
    taken = islice(rows(), max(first, 1) - 1, min(last, first + MAX_PLACES - 1))
    told = [cell for number, row in enumerate(taken, first) for cell in _cells(number, row, columns, head)]
    if not told:
        raise NoPlace(f"'{locator}' is empty or past the end{of}")
    span = f"{column(columns[0])}{first}" + (f":{column(columns[1])}{last}" if columns[0] != columns[1] or first != last
                                             else "")  # fmt: skip
    rows_ = f"row {first}" if first == last else f"rows {first} to {last}"
    return (f"cell {span}" if found.cells else rows_) + of, "\n".join(told)


def _cells(number: int, row: Sequence[Any], columns: Span, head: Sequence[Any]) -> Iterator[str]:
    for place, value in enumerate(row[columns[0] - 1 : columns[1]], columns[0]):
        if value not in (None, ""):
            over = head[place - 1] if number > 1 and place <= len(head) else None
            yield f"{column(place)}{number}{f' ({over})' if over not in (None, '') else ''}: {value}"


def _within(span: Span, count: int, unit: str) -> range:
    first, last = span
    if not 1 <= first <= count:
        there = f"there are {count}" if count != 1 else "there is one"
        raise NoPlace(f"there is no {unit} {first}; {there}")
    return range(first, min(last, count, first + MAX_PLACES - 1) + 1)


def _where(unit: str, chosen: range, count: int) -> str:
    if len(chosen) == 1:
        return f"{unit} {chosen[0]} of {count}"
    return f"{unit}s {chosen[0]} to {chosen[-1]} of {count}"


_READ: dict[str, Callable[[bytes, str], Read]] = {
    "application/pdf": _pdf,
    "text/plain": _text,
    "text/markdown": _text,
    "message/rfc822": _mail,
    "text/csv": _csv,
    SHEET: _xlsx,
}


def main() -> None:
    """Answer the request on standard input."""
    child.end_with_parent()
    request = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    child.closing(MEMORY_MB * 2**20)(False)
    print(json.dumps(_answered(content, request["media_type"], request["locator"])))


def _answered(content: bytes, media_type: str, locator: str) -> dict[str, Any]:
    try:
        where, text = read(content, media_type, locator)
    except NoPlace as nowhere:
        return {"nowhere": str(nowhere)}
    more = "\n…" if len(text) > MAX_SHOWN else ""
    page = int(where.split()[1]) if media_type == "application/pdf" else None
    return {"where": where, "text": text[:MAX_SHOWN] + more, "page": page}


if __name__ == "__main__":
    main()
