"""What a user worked on last, by store: a small file of their own, never part of the evidence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from graphkit import whole_file
from graphkit.errors import Stop

FILE = "last_used.json"


@dataclass(frozen=True, slots=True)
class LastUsed:
    """Remembers the case used last in each store."""

    folder: Path

    def case(self, store: str) -> str | None:
        """Return the case used last in this store, or None."""
        return self._read().get(_key(store))

    def use(self, store: str, case: str) -> None:
        """Remember a case; Stop when that cannot be written down."""
        remembered = self._read() | {_key(store): case}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            whole_file.put(self.folder / FILE, json.dumps(remembered, indent=1, sort_keys=True).encode())
        except OSError as problem:
            raise Stop(
                f"Which case is in use cannot be kept in {self.folder}: {problem.strerror}. Set GRAPHKIT_STATE to a "
                "folder of yours, or name --case each time."
            ) from problem

    def _read(self) -> dict[str, str]:
        try:
            content = json.loads((self.folder / FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}


def _key(store: str) -> str:
    return store if "://" in store else str(Path(store).resolve())
