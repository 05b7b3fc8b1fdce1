"""Native records as JSON Lines, or as one JSON document."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphkit.errors import FileUnreadable
from graphkit.ingest.readers import graph_json, stream
from graphkit.ingest.record import Record
from graphkit.model.invisible import in_brief

MAX_DOCUMENT = 512 * 2**20


class _Doubled(dict[str, Any]):
    """An object that has a key twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs
        self.key = Counter(name for name, _ in pairs).most_common(1)[0][0]


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of its pairs; one that has a key twice is told from others by ``object_at``."""
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Doubled(pairs)


def _parsed(text: str) -> Any:
    return _DECODER.decode(text)


def _no_constant(name: str) -> Any:
    raise _NotJson(f"{name} is no value in JSON; leave it out")


class _NotJson(ValueError):
    """Something that Python's parser takes and JSON does not have."""


_DECODER = json.JSONDecoder(object_pairs_hook=once, parse_constant=_no_constant)


def _doubled(value: Any) -> str | None:
    """Return a key that stands twice in an object, at any depth."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, _Doubled):
            return part.key
        if isinstance(part, dict | list):
            inner = part.values() if isinstance(part, dict) else part
            waiting += [value for value in inner if isinstance(value, dict | list)]
    return None


def _written(value: Any) -> str:
    """Return an object as JSON, both values of a key that it has twice included."""
    if isinstance(value, dict):
        pairs = value.pairs if isinstance(value, _Doubled) else value.items()
        return "{" + ", ".join(f"{json.dumps(name, ensure_ascii=False)}: {_written(v)}" for name, v in pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


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
        return object_at(place, _parsed(text), text)
    except (ValueError, RecursionError) as problem:
        reason = problem.msg if isinstance(problem, json.JSONDecodeError) else _beyond(problem)
        column = f" at column {problem.colno}" if isinstance(problem, json.JSONDecodeError) else ""
        return Record(place, None, text, f"is not JSON{column}: {reason}")


def object_at(place: str, value: Any, text: str | None = None) -> Record:
    """Return a value as a record, with a problem when it is no object or has a key twice, at any depth."""
    nests = text is None or text.count("{") > 1
    doubled = _doubled(value) if nests or isinstance(value, _Doubled) else None
    if doubled:
        return Record(place, None, text or written(value), f"has the key '{doubled}' twice; keep one of them")
    if isinstance(value, dict):
        return Record(place, value, text)
    return Record(place, None, text, 'is not a JSON object; write {"kind": …, "source": …}')


def read_document(path: Path) -> Iterator[Record]:
    """Yield the records of a JSON document: a list of objects, one object, or {"records": [...]}."""
    content = stream.whole(path, MAX_DOCUMENT)
    try:
        document = _parsed(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FileUnreadable(f"{path.name}: is not UTF-8 text. Save it as UTF-8 and load that.") from None
    except (ValueError, RecursionError) as problem:
        if _is_lines(content):
            yield from read_lines(path)
            return
        reason = str(problem) if isinstance(problem, json.JSONDecodeError) else _beyond(problem)
        raise FileUnreadable(f"{path.name}: is not JSON: {reason}. One object a line is .jsonl.") from None
    if isinstance(document, _Doubled) and "records" in document:
        raise FileUnreadable(f"{path.name}: has the key '{in_brief(document.key)}' twice. Keep one of them.")
    if graph_json.is_it(document):
        yield from (Record(f"{path.name}:{place}", given) for place, given in graph_json.objects(document))
        return
    records = document.get("records", [document]) if isinstance(document, dict) else document
    for number, value in enumerate(records if isinstance(records, list) else [records], start=1):
        yield object_at(f"{path.name}:[{number}]", value, None if isinstance(value, dict) else written(value))


def _is_lines(content: bytes) -> bool:
    """Say whether a file has an object of another tool in each of its first lines, as .jsonl has."""
    first = [line for line in content.removeprefix(b"\xef\xbb\xbf").split(b"\n", 9)[:2] if line.strip()]
    try:
        objects = [_parsed(line.decode()) for line in first]
    except (ValueError, RecursionError):
        return False
    return len(objects) == 2 and all(isinstance(one, dict) and "kind" not in one for one in objects)


def _beyond(problem: Exception) -> str:
    if isinstance(problem, _NotJson):
        return str(problem)
    return "it is nested too deeply" if isinstance(problem, RecursionError) else "a number in it is too long"


def written(value: Any) -> str | None:
    """Return a value as JSON, all that it has included; None when it is nested too deeply."""
    try:
        return _written(value)
    except RecursionError:
        return None
