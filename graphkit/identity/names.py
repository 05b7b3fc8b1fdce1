"""How names are compared: what does not tell two of them apart, and what is left when that is gone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from graphkit.identity.heard import script
from graphkit.model import yaml_file

_FILE = Path(__file__).with_name("names.yaml")
_SIGN = re.compile(r"([\u3040-\u30ff\u3400-\u9fff])")  # written without spaces: each sign is a word
_BETWEEN = re.compile(r"[\W_]+")
_SPELT_OUT = 4
_KEPT = 2**17

_CAPITALS = re.compile(r"\b[A-Z]{2,3}\b")
_PATRONYMIC = 6
_SHORT_NUMBER = 9
_NONE = frozenset({""})
_NONE_AT_ALL: frozenset[str] = frozenset()

Words = tuple[str, ...]


class Name(NamedTuple):
    """A name taken apart.

    ``words`` are what tells it apart, each with whether it is the name of a father, as in ``bin Salman``; ``joined`` is
    the same without spaces. ``forms`` are its legal forms, ``titles`` the words before it, ``initials`` the words that
    may be initials written as one: JC. Names that are the same but for their writing have one of their ``keys`` in
    common.
    """

    text: str
    words: tuple[tuple[str, bool], ...]
    joined: str
    forms: frozenset[str]
    titles: Words
    keys: frozenset[str]
    initials: frozenset[str] = frozenset()


def words(text: str) -> Words:
    """Return the words of a text without capitals and marks, in Latin letters where its script is written by letters.

    Each sign of a script that is written without spaces is a word.
    """
    if text.isascii():
        if text.replace(" ", "").isalnum():
            return tuple(text.lower().split())
        return tuple(_BETWEEN.sub(" ", text.lower().translate(_table())).split())
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    lower = plain.casefold()
    latin = lower.translate(_table())
    latin = latin if any(map(str.isalnum, latin)) else lower
    spaced = "".join(sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else " " for sign in latin)
    return tuple(_SIGN.sub(r" \1 ", spaced).split())


@lru_cache(_KEPT)
def name(text: str) -> Name:
    """Return a name taken apart, as ``taken_apart`` does it; the latest ones are remembered."""
    return taken_apart(text)


def taken_apart(text: str) -> Name:
    """Return a name taken apart; one that is all legal form or title keeps its words."""
    every = words(text)
    if are_plain(text, every):
        joined, in_any_order = plain_keys(every)
        parts = tuple([(word, False) for word in every])
        return Name(text, parts, joined, _NONE_AT_ALL, (), frozenset((joined, in_any_order)) - _NONE, initials(text))
    titles = _titles(every)
    core, forms = _without_forms(every[len(titles) :])
    parts = tuple(fathered(_signs_together(_letters_together(core), text)))
    joined = "".join([word for word, _ in parts])
    in_any_order = " ".join(sorted([word + " " if is_son else word for word, is_son in parts]))
    keys = frozenset((joined, in_any_order, "".join(every))) - _NONE
    return Name(text, parts, joined, forms, titles, keys, initials(text))


def are_plain(text: str, every: Words) -> bool:
    """Say whether the words of a text are those of its name: none is a title, a legal form or a letter alone."""
    return text.isascii() and _special().isdisjoint(every)


def plain_keys(every: Words) -> tuple[str, str]:
    """Return the keys of a name of plain words."""
    return "".join(every), " ".join(sorted(every))


def is_small(word: str) -> bool:
    """Say whether a word is one that many names have, such as ``al`` or ``of``."""
    return word in _words_of("small")


def is_of_father(word: str) -> bool:
    """Say whether a word is a patronymic, such as Viktorovich, by its ending."""
    return len(word) >= _PATRONYMIC and word.endswith(_endings())


def is_number(word: str) -> bool:
    """Say whether a word is a number, in figures or in words."""
    return word.isdecimal() or word in _numbers()


def groups(word: str) -> tuple[int, ...]:
    """Return numbers of what a word is a form of: of given names with their short forms, and of numbers."""
    figures = word if word.isdecimal() and len(word) <= _SHORT_NUMBER else ""
    if number := figures or _numbers().get(word) or _romans().get(word):
        return (-int(number) - 1,)
    return _called().get(word, ())


def differences(a: Name, b: Name) -> tuple[str, ...]:
    """Return what sets the writings of two names apart that have a key in common, in words."""
    found = list(also_apart(a, b))
    if a.words != b.words:
        found.append("word order" if sorted(a.words) == sorted(b.words) else "spaces")
    return tuple(found) or ("capitals, marks or punctuation",)


def also_apart(a: Name, b: Name) -> tuple[str, ...]:
    """Return what sets two names apart beside their words."""
    return tuple(what for what, differs in _DIFFER.items() if differs(a, b))


_DIFFER: dict[str, Callable[[Name, Name], bool]] = {
    "script": lambda a, b: script(a.text) != script(b.text),
    "legal form": lambda a, b: a.forms != b.forms,
    "title": lambda a, b: a.titles != b.titles,
}


def _titles(every: Words) -> Words:
    end, known = 0, _words_of("titles")
    while end < len(every) - 1 and every[end] in known:
        end += 1
    return every[:end]


def initials(text: str) -> frozenset[str]:
    """Return the words of two or three capitals of a text that has small letters too."""
    if text.istitle() or text.isupper():
        return _NONE_AT_ALL
    return frozenset([word.lower() for word in _CAPITALS.findall(text)])


def _without_forms(given: Words) -> tuple[Words, frozenset[str]]:
    last, leading = _ends()
    if not given or (given[-1] not in last and given[0] not in leading):
        return given, _NONE_AT_ALL
    left, found = given, set[str]()
    while met := _form_of(left):
        form, left = met
        found.add(form)
    if found and len(left) > 1 and left[-1] == "and":
        left = left[:-1]
    return left, frozenset(found)


def _form_of(left: Words) -> tuple[str, Words] | None:
    """Return the longest legal form at an end of a name, and the name without it."""
    known, longest = _forms()
    for size in range(min(longest, len(left) - 1), 0, -1):
        if form := known.get(left[-size:]):
            return form, left[:-size]
        if (form := known.get(left[:size], "")) in _read()["leading"]:
            return form, left[size:]
    return None


def _letters_together(core: Words) -> Words:
    """Return words; letters alone are one word, so that A.B.C. is ABC."""
    return ("".join(core),) if len(core) > 1 and max(map(len, core)) == 1 and core[0].isascii() else core


def _signs_together(core: Words, text: str) -> Words:
    """Return words, signs that stand beside each other as one: among them the order tells names apart."""
    if text.isascii() or not any(map(_SIGN.fullmatch, core)):
        return core
    groups = groupby(core, key=lambda word: _SIGN.fullmatch(word) is not None)
    return tuple(word for are_signs, group in groups for word in (["".join(group)] if are_signs else group))


def fathered(core: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield words, each with whether it is the name of a father; the words that say so are left out."""
    sons = _words_of("sons")
    if sons.isdisjoint(core):
        yield from [(word, False) for word in core]
        return
    is_son = False
    for place, word in enumerate(core):
        if word in sons and 0 < place < len(core) - 1:
            is_son = True
        else:
            yield word, is_son
            is_son = is_son and is_small(word)


@cache
def _read() -> dict[str, Any]:
    given: dict[str, Any] = yaml_file.read(_FILE)
    return given


@cache
def _table() -> dict[int, str]:
    return {ord(letter): latin for script in _read()["letters"].values() for letter, latin in script.items()}


@cache
def _words_of(part: str) -> frozenset[str]:
    return frozenset(word for text in _read()[part] for word in words(text))


@cache
def _special() -> frozenset[str]:
    """Return the words that are looked at before a name is its words, and letters alone."""
    last, leading = _ends()
    return last | leading | _words_of("titles") | _words_of("sons") | frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


@cache
def _endings() -> tuple[str, ...]:
    return tuple(_read()["of_fathers"])


@cache
def _numbers() -> dict[str, str]:
    return {word: str(number) for number, given in _read()["numbers"].items() for word in given}


@cache
def _romans() -> dict[str, str]:
    return {word: str(number) for number, given in _read()["romans"].items() for word in given}


@cache
def _called() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for group, given in enumerate(_read()["called"], start=1):
        for text in given:
            word = "".join(words(text))
            found[word] = (*found.get(word, ()), group)
    return found


@cache
def _ends() -> tuple[frozenset[str], frozenset[str]]:
    """Return the last words of all legal forms, and the first ones of those that stand at the beginning."""
    known, leading = _forms()[0], _read()["leading"]
    first = frozenset(form[0] for form, of in known.items() if of in leading)
    return frozenset(form[-1] for form in known), first


@cache
def _forms() -> tuple[dict[Words, str], int]:
    """Return the legal forms by their words, and how many words the longest has."""
    known = {variant: form for form, texts in _read()["forms"].items() for text in texts for variant in _variants(text)}
    return known, max(map(len, known))


def _variants(text: str) -> set[Words]:
    """Return a legal form as it may be cut into words: LLC, L.L.C., Sp. z o.o., Sp. zoo."""
    given = words(text)
    found = {given, _run_together(given)}
    if len(given) == 1 and len(given[0]) <= _SPELT_OUT and given[0].isascii():
        found.add(tuple(given[0]))
    return found


def _run_together(given: Sequence[str]) -> Words:
    return tuple(re.sub(r"(?<=\b\w) (?=\w\b)", "", " ".join(given)).split())
