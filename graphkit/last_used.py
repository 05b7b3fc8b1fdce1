"""What a user worked on last, by store: a small file of their own, never part of the evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphkit import whole_file
from graphkit.errors import Stop

FILE = "last_used.json"
SAID_FILE = "last_said.json"
SAID = ("source", "claimant", "locator", "said_at", "valid_from", "valid_to")
"""What the next record of a case most often has in common with the last one."""


@dataclass(frozen=True, slots=True)
class LastUsed:
    """Remembers the case used last in each store, and what was said last of records by hand in each case."""

    folder: Path

    def case(self, store: str) -> str | None:
        """Return the case used last in this store, or None."""
        case = self._read(FILE).get(_key(store))
        return case if isinstance(case, str) else None

    def use(self, store: str, case: str) -> None:
        """Remember a case; Stop when that cannot be written down."""
        try:
            self._write(FILE, self._read(FILE) | {_key(store): case})
        except OSError as problem:
            raise Stop(
                f"Which case is in use cannot be kept in {self.folder}: {problem.strerror}. Set GRAPHKIT_STATE to a "
                "folder of yours, or name --case each time."
            ) from problem

    def said(self, store: str, case: str) -> dict[str, str]:
        """Return the ``SAID`` fields of the record added last by hand to a case, as far as it had them."""
        cases = self._read(SAID_FILE).get(_key(store))
        said = cases.get(case) if isinstance(cases, dict) else None
        given = said if isinstance(said, dict) else {}
        return {name: given[name] for name in SAID if isinstance(given.get(name), str)}

    def say(self, store: str, case: str, record: Mapping[str, object]) -> None:
        """Remember the ``SAID`` fields of a record for its case alone; Stop when that cannot be written down."""
        held = self._read(SAID_FILE)
        cases = held.get(_key(store))
        said = {name: value for name in SAID if isinstance(value := record.get(name), str)}
        try:
            self._write(SAID_FILE, held | {_key(store): (cases if isinstance(cases, dict) else {}) | {case: said}})
        except OSError as problem:
            raise Stop(
                f"Source and date cannot be kept for the next record in {self.folder}: {problem.strerror}. "
                "Set GRAPHKIT_STATE to a folder of yours."
            ) from problem

    def forget(self, store: str, words: Sequence[str]) -> None:
        """Forget what was said last in a store where any field of it holds one of these words, ignoring case."""
        for left in self.folder.glob(f".{SAID_FILE}.*.new"):
            left.unlink(missing_ok=True)
        held = self._read(SAID_FILE)
        cases = held.get(_key(store))
        given = cases if isinstance(cases, dict) else {}
        kept = {case: said for case, said in given.items() if not _holds(json.dumps(said, ensure_ascii=False), words)}
        if len(kept) < len(given):
            self._write(SAID_FILE, held | {_key(store): kept})

    def _write(self, file: str, remembered: Mapping[str, object]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        whole_file.put(self.folder / file, json.dumps(remembered, indent=1, sort_keys=True).encode())

    def _read(self, file: str) -> dict[str, object]:
        try:
            content = json.loads((self.folder / file).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}


def _holds(text: str, words: Sequence[str]) -> bool:
    return any(word.casefold() in text.casefold() for word in words)


def _key(store: str) -> str:
    return store if "://" in store else str(Path(store).resolve())
