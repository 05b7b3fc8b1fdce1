"""The deny-list: fields about persons that graphkit never takes, whatever the reader."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from graphkit.model import yaml_file

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LONGEST = 4
_LETTERS_ALIKE = str.maketrans("авекмнорстухіјѕԁһԛԝ", "abekmhopctyxijsdhqw")
_LATIN = re.compile("[a-z]")
_NAMING = ("key", "property", "field", "attribute", "label")
_VALUED = ("value", "values", "read_as", "raw")


def _words(name: str) -> list[str]:
    visible = "".join(c for c in unicodedata.normalize("NFKC", name) if unicodedata.category(c) != "Cf")
    split = _CAMEL.sub(" ", visible)
    found = re.findall(r"[^\W\d_]+", _plain(split))
    return [word.translate(_LETTERS_ALIKE) if _LATIN.search(word) else word for word in found]


def _singular(word: str) -> set[str]:
    """Return a word, and what it may be the English plural of."""
    if not word.endswith("s"):
        return {word}
    return {word, word[:-1], word.removesuffix("es"), re.sub("ies$", "y", word)}


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    return "".join(c for c in decomposed if not unicodedata.category(c).startswith("M"))


@dataclass(frozen=True, slots=True, eq=False)
class DenyList:
    """Which field names are refused: by a word, how a word begins, what stands in it, or several words in a row."""

    words: frozenset[str]
    stems: tuple[str, ...]
    parts: tuple[str, ...]
    names: frozenset[str]

    @classmethod
    def load(cls, path: Path) -> DenyList:
        """Read ``schema/refused.yaml``."""
        given = yaml_file.read(path)
        lists = {
            name: [entry for line in given[name] for entry in line.split(", ")]
            for name in ("words", "stems", "parts", "names")
        }
        return cls(
            frozenset(map(_plain, lists["words"])),
            tuple(map(_plain, lists["stems"])),
            tuple(map(_plain, lists["parts"])),
            frozenset("".join(_words(name)) for name in lists["names"]),
        )

    def refuses(self, field: str) -> bool:
        """Say whether a field of this name is refused; case, marks, separators and CamelCase do not matter."""
        return _refuses(self, field)

    def strip(self, record: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """Return the record without refused fields, at any depth, and the names of those dropped.

        A pair that names a refused field, such as ``{"key": "religion", "value": …}``, loses its value.
        """
        if _keeps(self, tuple(record)) and not any(map(_may_hold_fields, record.values())):
            return record, []
        dropped: list[str] = []
        kept = self._strip(record, dropped)
        return kept, dropped

    def _strip(self, value: Any, dropped: list[str]) -> Any:
        if isinstance(value, dict):
            valued = _VALUED if self._names_refused(value) else ()
            gone = [str(name) for name in value if name in valued or self.refuses(str(name))]
            dropped += gone
            return {name: self._strip(inner, dropped) for name, inner in value.items() if str(name) not in gone}
        if isinstance(value, list):
            return [self._strip(item, dropped) for item in value]
        return value

    def _names_refused(self, pair: dict[str, Any]) -> bool:
        return any(isinstance(pair.get(key), str) and self.refuses(pair[key]) for key in _NAMING)

    def mentions(self, texts: Iterable[str]) -> bool:
        """Say whether free text uses one of the words or names; such text is kept and warned about."""
        return any(self._uses(_words(text)) for text in texts)

    def mentioned(self, texts: Sequence[str]) -> list[int]:
        """Return the places of the texts for which ``mentions`` holds."""
        letters = pl.Series(texts, dtype=pl.String).str.to_lowercase().str.replace_all("[^a-z]", "")
        plain = pl.Series([text.isascii() for text in texts], dtype=pl.Boolean)
        doubtful = ~plain | letters.str.contains_any(self._needles())
        return [place for place in doubtful.arg_true() if self.mentions([texts[place]])]

    def _needles(self) -> list[str]:
        """Return what stands in the letters of every plain text that mentions something, however it is spelled."""
        return sorted({word.removesuffix("y") for word in (*self.words, *self.stems, *self.parts, *self.names)})

    def _uses(self, words: list[str]) -> bool:
        return self.has_word(words) or any(run in self.names for run in _runs(words, 2))

    def has_word(self, words: Iterable[str]) -> bool:
        """Say whether one of these words is refused by itself."""
        return any(_refuses_word(self, word) for word in words)


def _runs(words: list[str], shortest: int) -> Iterator[str]:
    for size in range(shortest, _LONGEST + 1):
        yield from ("".join(words[start : start + size]) for start in range(len(words) - size + 1))


def _may_hold_fields(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict | list) for item in value))


@lru_cache(maxsize=4096)
def _keeps(deny: DenyList, names: tuple[object, ...]) -> bool:
    """Say whether a record of plain values under these names loses none of them."""
    return not any(name in _NAMING or deny.refuses(str(name)) for name in names)


@lru_cache(maxsize=1 << 16)
def _refuses_word(deny: DenyList, word: str) -> bool:
    is_one = not deny.words.isdisjoint(_singular(word)) or word.startswith(deny.stems)
    return is_one or any(part in word for part in deny.parts)


@lru_cache(maxsize=4096)
def _refuses(deny: DenyList, field: str) -> bool:
    words = _words(field)
    joined = "".join(words)
    return deny.has_word([*words, joined]) or not deny.names.isdisjoint([joined, *_runs(words, 2)])
