"""Native records as JSON Lines, or as one JSON document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphkit.errors import FileUnreadable
from graphkit.ingest.readers import stream
from graphkit.ingest.record import Record

MAX_DOCUMENT = 512 * 2**20


def read_lines(path: Path) -> Iterator[Record]:
    """Yield one record a line; a line that is not a JSON object in UTF-8 is a record with a problem."""
    for number, line in stream.lines(path):
        if line.strip():
            yield _record(f"{path.name}:{number}", line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)


def _record(place: str, line: bytes) -> Record:
    try:
        text = line.decode()
    except UnicodeDecodeError as problem:
        shown = line.decode(errors="replace")
        return Record(place, None, shown, f"is not UTF-8 text at byte {problem.start + 1}; save the file as UTF-8")
    try:
        return _object(place, json.loads(text), text)
    except (ValueError, RecursionError) as problem:
        reason = problem.msg if isinstance(problem, json.JSONDecodeError) else _beyond(problem)
        column = f" at column {problem.colno}" if isinstance(problem, json.JSONDecodeError) else ""
        return Record(place, None, text, f"is not JSON{column}: {reason}")


def _object(place: str, value: Any, text: str | None = None) -> Record:
    if isinstance(value, dict):
        return Record(place, value)
    return Record(place, None, text, 'is not a JSON object; write {"kind": …, "source": …}')


def read_document(path: Path) -> Iterator[Record]:
    """Yield the records of a JSON document: a list of objects, one object, or {"records": [...]}."""
    content = stream.whole(path, MAX_DOCUMENT)
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FileUnreadable(f"{path.name}: is not UTF-8 text. Save it as UTF-8 and load that.") from None
    except (ValueError, RecursionError) as problem:
        reason = str(problem) if isinstance(problem, json.JSONDecodeError) else _beyond(problem)
        raise FileUnreadable(f"{path.name}: is not JSON: {reason}. One object a line is .jsonl.") from None
    records = document.get("records", [document]) if isinstance(document, dict) else document
    for number, value in enumerate(records if isinstance(records, list) else [records], start=1):
        yield _object(f"{path.name}:[{number}]", value, _text(value))


def _beyond(problem: Exception) -> str:
    return "it is nested too deeply" if isinstance(problem, RecursionError) else "a number in it is too long"


def _text(value: Any) -> str | None:
    try:
        return None if isinstance(value, dict) else json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return None
