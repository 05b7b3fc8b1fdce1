"""Trees of plain values as the bytes of files; what a format cannot hold is written as text."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from tests.sheets import packing

_MADE_AT = re.compile(rb"(?<=W3CDTF\">)[^<]+")
_NO_NAME = re.compile(r"[^A-Za-z0-9:._-]|:(?=.*:)|^:|:$")
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MARKS = {
    "<deep list>": "[" * 3000 + "]" * 3000,
    "<deep object>": '{"a":' * 3000 + "1" + "}" * 3000,
    "<long number>": "9" * 5000,
    "<infinity>": "1e999",
    "<not a number>": "NaN",
    "<half>": '"\\ud800"',
}
"""What stands in a JSON document for such a text, quotes included; no value of Python writes itself so."""


def in_json(tree: Any) -> bytes:
    return _marked(json.dumps(tree, ensure_ascii=False, default=str))


def in_lines(tree: Any) -> bytes:
    return b"\n".join(map(in_json, tree if isinstance(tree, list) else [tree])) + b"\n"


def in_ascii(tree: Any) -> bytes:
    return _marked(json.dumps(tree, indent=1, default=str))


def _marked(text: str) -> bytes:
    for mark, raw in MARKS.items():
        text = text.replace(json.dumps(mark), raw)
    return text.encode("utf-8", "surrogatepass")


def in_yaml(tree: Any) -> bytes:
    try:
        text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    except (yaml.YAMLError, UnicodeError):
        return in_json(tree)
    return _marked(
        text.replace("'<alias>'", "*a").replace("<alias>", "*a").replace("<deep list>", "[" * 300 + "]" * 300)
    )


def in_xml(tree: Any) -> bytes:
    """Return a tree of elements as XML that is well formed, so that what is in it comes to be read."""
    text = _element(tree)
    return (text if text.startswith("<") else f"<{text or 'a'}/>").encode("utf-8", "replace")


def _element(tree: Any) -> str:
    if not isinstance(tree, list) or not tree:
        return escape(_plain(tree))
    given = tree[1].items() if len(tree) > 1 and isinstance(tree[1], dict) else ()
    attributes = "".join(f" {name}={quoteattr(_plain(value))}" for name, value in _named(given).items())
    name = _NO_NAME.sub("_", str(tree[0])[:60]) or "_"
    name = name if name[0].isalpha() else f"a{name}"
    return f"<{name}{attributes}>{''.join(map(_element, tree[2:]))}</{name}>"


def _named(given: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    return {name if (name := _NO_NAME.sub("_", str(key)))[:1].isalpha() else f"a{name}": value for key, value in given}


def _plain(value: Any) -> str:
    return "" if isinstance(value, dict) else _NO_XML.sub("?", str(value))


def _rows(tree: Any) -> list[list[Any]]:
    return [row if isinstance(row, list) else [row] for row in (tree if isinstance(tree, list) else [tree])]


def in_cells(separator: str, encoding: str = "utf-8", end: str = "\n") -> Callable[[Any], bytes]:
    """Return what writes a table as text."""

    def write(tree: Any) -> bytes:
        text = packing.delimited(_rows(tree), separator, end)
        return text.encode(encoding, "surrogatepass" if encoding == "utf-8" else "replace")

    return write


def in_parquet(tree: Any) -> bytes:
    rows = [row if isinstance(row, dict) else {"kind": row} for row in (tree if isinstance(tree, list) else [tree])]
    names = list(dict.fromkeys(str(name) for row in rows for name in row))
    columns = [_column([row.get(name) for row in rows]) for name in names]
    packed = io.BytesIO()
    safe = [name.encode("utf-8", "replace").decode() for name in names]
    try:
        pq.write_table(pa.Table.from_arrays(columns, names=safe), packed)
    except pa.ArrowException:  # such as a mapping without keys
        texts = [pa.array(map(_text, column.to_pylist()), pa.string()) for column in columns]
        pq.write_table(pa.Table.from_arrays(texts, names=safe), packed)
    return packed.getvalue()


def _column(values: list[Any]) -> pa.Array:
    try:
        return pa.array(values)
    except (pa.ArrowException, ValueError, TypeError, OverflowError):
        return pa.array(map(_text, values), pa.string())


def _text(value: Any) -> str | None:
    return None if value is None else str(value).encode("utf-8", "replace").decode()


def _cell(value: Any) -> Any:
    if isinstance(value, bool | date) or (isinstance(value, int | float) and abs(value) < 1e300):
        return value
    if value is None:
        return None
    words = str(value).encode("utf-8", "replace").decode()[:30_000]
    return "".join(c for c in words if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))


def in_xlsx(tree: Any) -> bytes:
    """Return a workbook of one sheet, some of its cells merged, a row hidden; and another sheet that is hidden."""
    rows = [[_as_words(_cell(cell)) for cell in row] for row in _rows(tree)]
    page = packing.Page("Sites", rows, merged=("A1:D1",), hidden=(4,))
    return _always_the_same(packing.xlsx(page, packing.Page("Old", [["a", "b"], ["c", 1]], is_hidden=True)))


def _always_the_same(book: bytes) -> bytes:
    """Return a workbook less the times at which it was made."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = [(name, _MADE_AT.sub(b"2024-01-01T00:00:00Z", archive.read(name))) for name in archive.namelist()]
    return packing.zipped(*parts)


def _as_words(cell: Any) -> Any:
    return f" {cell}" if isinstance(cell, str) and cell.startswith("=") else cell


def in_ods(tree: Any) -> bytes:
    return packing.ods(packing.Page("Sites", [[_cell(cell) for cell in row] for row in _rows(tree)], hidden=(3,)))


def in_xls(tree: Any) -> bytes:
    rows = [[_words(_cell(cell)) for cell in row] for row in _rows(tree)]
    return packing.xls("Sites", rows)


def _words(cell: Any) -> Any:
    return cell[:200].encode("utf-16-le", "replace").decode("utf-16-le") if isinstance(cell, str) else cell
