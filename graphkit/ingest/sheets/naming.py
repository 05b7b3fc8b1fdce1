"""What the name of a column says that the column holds: its roles, by the words that are in use for them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from graphkit.model import yaml_file

_WORDS = Path(__file__).with_name("words.yaml")
_SHORT = 5
_LAST = 10_000
_CODED = frozenset(
    {"id", "prec", "code", "dset", "number", "new", "type", "quality", "details", "precision", "country", "street1"}
    | {"category", "status", "size", "clarity"}
)
"""Words in names of columns that hold codes of what the other words say."""
_OF = frozenset({"of", "de", "du", "des", "del", "di", "da", "der", "von", "the"})
_AROUND = re.compile(r"(?:entity |item |name alias )?(.+?)(?: label| txt| text)?")
"""What programs that write several columns on one thing put around the word that counts."""
_LABELS = re.compile(r"[:_]labels?", re.I)
"""The kinds of nodes in graph databases, which are no labels as other programs have them."""
_TYPED = re.compile(
    r"(.*):(?:id|int|long|float|double|boolean|byte|short|char|string|point|(?:local)?date(?:time)?|(?:local)?time)"
    r"(?:\(.*\)|\{.*\})?(?:\[\])?",
    re.I,
)
"""A name with the type after it that loaders of graphs want."""


def roles(name: str) -> list[str]:
    """Return the roles that the name of a column fits, the nearest first."""
    return named(name) or begun(name)


def named(name: str) -> list[str]:
    """Return the roles whose words are those of a column's name."""
    whole, *bare = _spelled(name)
    own = [role for role, names in _lexicon().items() if whole in names]
    return own or [role for role, names in _lexicon().items() if names.keys() & {*bare}]


def rank(name: str) -> int:
    """Return how usual a name is for what it says: 0 is the first word for a role."""
    spelled = _spelled(name)
    return min((names[word] for names in _lexicon().values() for word in spelled if word in names), default=_LAST)


def begun(name: str) -> list[str]:
    """Return the role with the longest words that a column's name begins with.

    A name that ends in the word of another role, such as "Location description", is of neither.
    """
    words = _plain(name)
    every = words.split()
    if _CODED & set(every):
        return []
    longest = {role: max(map(len, filter(words.startswith, begun)), default=0) for role, begun in _openings().items()}
    found = [role for role, size in sorted(longest.items(), key=lambda one: -one[1]) if size > _SHORT][:1]
    last = {role for role, names in _lexicon().items() if every and every[-1] in names}
    return [] if last and not last & {*found} and not _OF & {*every} else found


def _spelled(name: str) -> list[str]:
    """Return the words of a name, then without what stands around the word that counts."""
    words = _plain(name)
    bare = re.sub(r" (?:s|x|\d+)(?= |$)", "", words)
    around = _AROUND.fullmatch(words)
    return [words, bare, *([around[1]] if around and not around[1].endswith("id") else [])]


@cache
def _openings() -> dict[str, tuple[str, ...]]:
    """Return the names of each role as beginnings of longer ones."""
    return {role: tuple(f"{name} " for name in names) for role, names in _lexicon().items()}


@cache
def _lexicon() -> dict[str, dict[str, int]]:
    """Return the words of each role with their places in its list."""
    given: dict[str, list[str]] = yaml_file.read(_WORDS)
    return {
        role: {_plain(str(name)): at for at, name in reversed([*enumerate(names)])} for role, names in given.items()
    }


def _plain(name: str) -> str:
    """Return a name as its words: lower case, CamelCase cut, without marks and what stands in brackets."""
    if _LABELS.fullmatch(name):
        return "labels"
    typed = _TYPED.fullmatch(name)
    bare = (typed[1] or name) if typed else name
    cut = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"\(.*?\)|\[.*?\]", " ", bare) or bare)
    folded = "".join(c for c in unicodedata.normalize("NFKD", cut.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", folded))
