"""The deny-list: fields about persons that graphkit never takes, whatever the reader."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LONGEST = 4


def _words(name: str) -> list[str]:
    visible = "".join(c for c in unicodedata.normalize("NFKC", name) if unicodedata.category(c) != "Cf")
    split = _CAMEL.sub(" ", visible)
    return re.findall(r"[^\W\d_]+", _plain(split))


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.category(c).startswith("M"))


@dataclass(frozen=True, slots=True)
class DenyList:
    """Which field names are refused, by one of their words or as a whole."""

    words: frozenset[str]
    names: frozenset[str]

    @classmethod
    def load(cls, path: Path) -> DenyList:
        """Read ``schema/refused.yaml``."""
        lists = yaml.safe_load(path.read_text(encoding="utf-8"))
        words = [word for line in lists["words"] for word in line.split(", ")]
        names = [name for line in lists["names"] for name in line.split(", ")]
        return cls(frozenset(map(_plain, words)), frozenset("".join(_words(name)) for name in names))

    def refuses(self, field: str) -> bool:
        """Say whether a field of this name is refused; case, marks, separators and CamelCase do not matter."""
        return _refuses(self, field)

    def strip(self, record: dict[str, Any]) -> tuple[dict[str, Any], int]:
        """Return the record without refused fields, at any depth, and how many were dropped."""
        kept, dropped = self._strip(record)
        return kept, dropped

    def _strip(self, value: Any) -> tuple[Any, int]:
        if isinstance(value, dict):
            pairs = {k: self._strip(v) for k, v in value.items() if not self.refuses(str(k))}
            dropped = len(value) - len(pairs) + sum(count for _, count in pairs.values())
            return {k: v for k, (v, _) in pairs.items()}, dropped
        if isinstance(value, list):
            items = [self._strip(item) for item in value]
            return [item for item, _ in items], sum(count for _, count in items)
        return value, 0

    def mentions(self, texts: Iterable[str]) -> bool:
        """Say whether free text uses one of the words or names; such text is kept and warned about."""
        return any(self._uses(_words(text)) for text in texts)

    def _uses(self, words: list[str]) -> bool:
        runs = ("".join(words[start : start + n]) for n in range(1, _LONGEST + 1) for start in range(len(words)))
        return any(run in self.words or run in self.names for run in runs)


@lru_cache(maxsize=4096)
def _refuses(deny: DenyList, field: str) -> bool:
    words = _words(field)
    joined = "".join(words)
    return joined in deny.names or joined in deny.words or not deny.words.isdisjoint(words)
