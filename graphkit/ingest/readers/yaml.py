"""Native records as YAML. Every word is text as it is written: ``no`` is no flag, and 2014-03-01 no date object."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from graphkit.errors import FileUnreadable
from graphkit.ingest.readers import native, stream
from graphkit.ingest.record import Record
from graphkit.model import yaml_file

MAX_DEPTH = 100
_NOTHING = {"", "~", "null", "Null", "NULL"}
_CORE = "tag:yaml.org,2002:"
_PLAIN = {None, "!", *(f"{_CORE}{name}" for name in ("str", "int", "float", "bool", "timestamp", "map", "seq"))}
_NULL = f"{_CORE}null"


def read(path: Path) -> Iterator[Record]:
    """Yield the records of each document of a file: a list of records, one record, or {records: [...]}.

    FileUnreadable says on which line it is no YAML. An alias is never followed: the record that has one is a
    record with a problem, and so is one with a tag that asks for more than plain values.
    """
    reading = _Reading(path)
    try:
        while not isinstance(event := reading.next(), yaml.StreamEndEvent):
            if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent | yaml.DocumentEndEvent):
                yield from reading.document(event)
    except yaml.reader.ReaderError as problem:
        encoding = "UTF-8" in str(problem.reason) or "Unicode" in str(problem.reason)
        why = "is not UTF-8 text. Save it as UTF-8" if encoding else f"is not YAML: {problem.reason}. Mend that"
        raise FileUnreadable(f"{path.name}: {why} and load it again.") from None
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise FileUnreadable(f"{path.name}:{line}: is not YAML: {problem.problem}. Mend that line.") from None


class _Bytes:
    """What the parser reads from; it stops a record that never ends."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._chunks = stream.text(path)
        self.waiting = 0

    def read(self, size: int = -1) -> bytes:
        """Return some bytes, whatever the size asked for."""
        chunk = next(self._chunks, b"")
        self.waiting += len(chunk)
        if self.waiting > stream.MAX_LINE:
            raise FileUnreadable(f"{self._name}: a record of over {stream.MAX_LINE // 2**20} MiB; is this a list?")
        return chunk


class _Reading:
    """Makes records of the events of a file, one after the other, so that no file is held whole."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._bytes = _Bytes(path)
        self.next = yaml_file.LOADER(self._bytes).get_event
        self._odd: str | None = None

    def document(self, root: Any) -> Iterator[Record]:
        if isinstance(root, yaml.MappingStartEvent):
            yield from self._mapping(root)
        elif isinstance(root, yaml.SequenceStartEvent):
            yield from self._items()
        else:
            value = self._value(root)
            if value is not None or self._odd:
                yield self._record(root, value)

    def _items(self) -> Iterator[Record]:
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            yield self._record(event, self._value(event))

    def _mapping(self, root: Any) -> Iterator[Record]:
        """Yield what stands under ``records``, else the mapping as one record."""
        pairs: list[tuple[str, Any]] = []
        seen = 0
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            key = self._key(event)
            value = self.next()
            if key != "records":
                pairs.append((key, self._value(value)))
                continue
            seen += 1
            if seen > 1:
                line = event.start_mark.line + 1
                raise FileUnreadable(f"{self._name}:{line}: has the key 'records' twice. Keep one of them.")
            if isinstance(value, yaml.SequenceStartEvent):
                yield from self._items()
            else:
                yield self._record(value, self._value(value))
        if not seen:
            yield self._record(root, native.once(pairs))

    def _key(self, event: Any) -> str:
        value = event.value if isinstance(event, yaml.ScalarEvent) else self._value(event)
        return value if isinstance(value, str) else self._no_key(value)

    def _record(self, event: Any, value: Any) -> Record:
        place, odd = f"{self._name}:{event.start_mark.line + 1}", self._odd
        self._odd, self._bytes.waiting = None, 0
        if not (odd or isinstance(value, dict)):
            odd = "is no record; write its fields below each other, kind: … and source: … among them"
        return Record(place, None, native.written(value), odd) if odd else native.object_at(place, value)

    def _value(self, event: Any) -> Any:
        """Return the value that begins with an event, made of texts, lists and mappings."""
        waiting: list[tuple[bool, list[Any]]] = []
        while True:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                is_mapping, inner = waiting[-1] if waiting else (False, [])
                value = event.value if is_mapping and len(inner) % 2 == 0 else self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                waiting.append((kind is yaml.MappingStartEvent, []))
                self._open(event, len(waiting))
                event = self.next()
                continue
            elif kind is yaml.AliasEvent:
                value = self._alias(event)
            else:
                value = self._closed(*waiting.pop())
            if not waiting:
                return value
            waiting[-1][1].append(value)
            event = self.next()

    def _open(self, event: Any, depth: int) -> None:
        if depth > MAX_DEPTH:
            line = event.start_mark.line + 1
            raise FileUnreadable(f"{self._name}:{line}: is nested too deeply. Write it flat.")
        self._look_at(event.tag)

    def _closed(self, is_mapping: bool, inner: list[Any]) -> Any:
        if not is_mapping:
            return inner
        keys = [key if type(key) is str else self._no_key(key) for key in inner[::2]]
        return native.once(list(zip(keys, inner[1::2], strict=True)))

    def _scalar(self, event: Any) -> str | None:
        tag = event.tag
        if tag is None and not (event.implicit[0] and event.value in _NOTHING):
            return str(event.value)
        if tag in (None, _NULL):
            return None
        self._look_at(tag)
        return str(event.value)

    def _alias(self, event: Any) -> str:
        self._odd = f"has the alias *{event.anchor}; write out what it stands for"
        return f"*{event.anchor}"

    def _look_at(self, tag: str | None) -> None:
        if tag not in _PLAIN:
            self._odd = f"has the tag {tag}; leave it out"

    def _no_key(self, value: Any) -> str:
        self._odd = "has a key that is no text; write each field as name: value"
        return str(value)
