"""All records of a load, part by part: checked, turned into what they say, or set aside with the reason."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from graphkit.errors import Rejected
from graphkit.ingest.checked import Checked
from graphkit.ingest.record import Record, Reject
from graphkit.ingest.said import Said, said
from graphkit.ingest.validate import Validator
from graphkit.model.hidden import stands_for_nothing
from graphkit.model.invisible import holds_invisible, in_brief
from graphkit.model.schema import Catalog, Kind

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_NOT_KEPT = json.dumps({"withheld": "this line could not be read and may hold a refused field"})
_SENSITIVE = "free text may speak of what graphkit does not record of persons; read it"
_HIDDEN = "the source says that it is hidden; left out"
_UNSEEN = "holds invisible characters; it is kept as written, and they are shown as [U+…]"
_LONGEST = 1_000
"""Characters of what is wrong with a record that are said."""
_FREE_TEXTS = ("summary", "quote", "note", "statement", "description")


@dataclass(slots=True)
class Entry:
    """An entry of a register: a source, a case, a decision or a document."""

    number: int
    kind: Kind
    id: str
    values: dict[str, list[str]]


@dataclass(slots=True)
class _Part:
    """Records that were taken together: the first one's number, and all of them as they may be written again."""

    first: int
    places: list[str]
    packed: bytes
    size: int

    def texts(self) -> list[str]:
        """Return each record as JSON, or an empty text."""
        text: bytes = pa.decompress(self.packed, self.size, "zstd", asbytes=True)
        return text.decode().split("\n")


class Sieve:
    """Takes records in parts and keeps what they say; ``rejects`` has those that do not stand, with the reason."""

    def __init__(self, catalog: Catalog, now: str) -> None:
        self.rejects: list[Reject] = []
        self.rejected: dict[str, str] = {}
        self.refused: Counter[str] = Counter()
        self.entries: list[Entry] = []
        self.count = 0
        self._catalog = catalog
        self._now = now
        self._validator = Validator(catalog)
        self._said: list[Said] = []
        self._parts: list[_Part] = []
        self._warned: list[tuple[int, str]] = []

    def take(self, records: Sequence[Record]) -> None:
        """Check some more records; those of one kind together."""
        first, self.count = self.count, self.count + len(records)
        kinds: dict[str, dict[int, dict[str, Any]]] = {}
        again: list[str] = []
        for number, record in enumerate(records, start=first):
            data = self._stripped(record)
            again.append("" if data is None else _again(record, data))
            if data is not None and record.wrong:
                field, problem = next(iter(record.wrong.items()))
                self._refuse(record.place, again[-1], data.get("id"), Rejected(field, problem, record.wrong))
            elif data is not None:
                try:
                    kind = self._validator.kind(data)
                    kinds.setdefault(kind.name, {})[number] = self._told(number, kind, data)
                except Rejected as refusal:
                    self._refuse(record.place, again[-1], data.get("id"), refusal)
        for name, rows in kinds.items():
            checked, wrong = self._validator.check(self._catalog[name], rows)
            for number, why in wrong.items():
                self._refuse(records[number - first].place, again[number - first], rows[number].get("id"), why)
            self._warn(checked)
            self._said.append(said(checked, self._catalog, self._now))
            self.entries += _entries(checked)
        text = "\n".join(again).encode()
        self._parts.append(_Part(first, [r.place for r in records], pa.compress(text, "zstd", asbytes=True), len(text)))

    def _told(self, number: int, kind: Kind, data: dict[str, Any]) -> dict[str, Any]:
        """Return a record without addresses and numbers in place of which it says that they are hidden."""
        typed = [name for name, one in kind.properties.items() if one.type in ("email", "phone") and name in data]
        hidden = [name for name in typed if isinstance(data[name], str) and stands_for_nothing(data[name])]
        if not hidden:
            return data
        self._warned.append((number, f"{', '.join(hidden)}: {_HIDDEN}"))
        return {name: value for name, value in data.items() if name not in hidden}

    def said(self) -> Said:
        """Return what all the records that stand say, in their order."""
        return Said.together(self._said)

    def refuse(self, problems: dict[int, Rejected]) -> None:
        """Set records aside after all, by number."""
        for part in self._parts:
            wrong = {n: p for n, p in problems.items() if part.first <= n < part.first + len(part.places)}
            texts = part.texts() if wrong else []
            for number, problem in wrong.items():
                text = texts[number - part.first]
                self._refuse(part.places[number - part.first], text, json.loads(text).get("id"), problem)

    def warnings(self) -> list[str]:
        """Return a sentence for each record whose words should be read again."""
        places = [place for part in self._parts for place in part.places]
        return [f"{places[number]}: {text}" for number, text in sorted(self._warned)]

    def _stripped(self, record: Record) -> dict[str, Any] | None:
        """Return the fields of a record less those that are refused; None when it could not be read."""
        if record.data is None:
            text = self._withheld(record.text)
            self.rejects.append(Reject(record.place, "", in_brief(record.problem or "", _LONGEST), text))
            return None
        try:
            data, dropped = self._catalog.deny.strip(record.data)
        except RecursionError:
            self.rejects.append(Reject(record.place, "", "is nested too deeply; write it flat", _NOT_KEPT))
            return None
        self.refused.update(dropped)
        return data

    def _refuse(self, place: str, again: str, id_: object, problem: Rejected) -> None:
        if isinstance(id_, str):
            self.rejected.setdefault(id_, place)
        wrong = {_writable(name): _writable(text) for name, text in problem.wrong.items()}
        self.rejects.append(Reject(place, in_brief(problem.field), in_brief(problem.problem, _LONGEST), again, wrong))

    def _withheld(self, text: str | None) -> str:
        if text and self._catalog.deny.mentions([text, _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)]):
            return _NOT_KEPT
        return _writable(text or "")

    def _warn(self, checked: Checked) -> None:
        unseen: dict[int, list[str]] = {}
        for name, column in checked.fields.items():
            texts = list(map(_joined, column))
            if holds_invisible("\n".join(texts)):
                for place in (place for place, text in enumerate(texts) if holds_invisible(text)):
                    unseen.setdefault(checked.numbers[place], []).append(name)
            if name in _FREE_TEXTS and not checked.kind.registry:
                found = self._catalog.deny.mentioned(texts)
                self._warned += [(checked.numbers[place], _SENSITIVE) for place in found]
        self._warned += [(number, f"{', '.join(names)} {_UNSEEN}") for number, names in unseen.items()]


def _joined(given: Any) -> str:
    if isinstance(given, list):
        return given[0][0] if len(given) == 1 else "\n".join(text for text, _ in given)
    return given if isinstance(given, str) else ""


def _entries(checked: Checked) -> list[Entry]:
    if not checked.kind.registry:
        return []
    entries = [Entry(number, checked.kind, id_, {}) for number, id_ in zip(checked.numbers, checked.ids, strict=True)]
    for name in checked.kind.properties:
        for entry, given in zip(entries, checked.column(name), strict=True):
            if given:
                entry.values[name] = [value for value, _ in given]
    return entries


def _again(record: Record, data: dict[str, Any]) -> str:
    """Return a record on one line: as it came, or, less what was refused, as JSON."""
    if record.text and data is record.data:
        return record.text.strip()
    return _writable(json.dumps(data, ensure_ascii=False, default=str))


def _writable(words: str) -> str:
    """Return words that any file takes: halves of characters, which JSON allows, as JSON writes them."""
    return words.encode("utf-8", "backslashreplace").decode()
