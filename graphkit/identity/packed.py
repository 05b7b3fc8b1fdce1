"""Names as numbers, so that loops can compare them without Python."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from functools import cache, lru_cache

import numpy as np

from graphkit.identity import heard, kernel
from graphkit.identity.kernel import Ints
from graphkit.identity.names import groups, is_number, is_of_father, is_small, taken_apart

_KEPT = 2**17
_SIGNS = 128
_NONE: frozenset[str] = frozenset()
_COUNT = [array("q", [count]).tobytes() for count in range(kernel.WORDS + 1)]
_OTHER = 127  # a sign that no sound is known of
_CHEAP, _HALF, _VOWEL, _EDIT = 1, 2, 3, 4
_VOWELS = "aeiou"
_KINDRED = ("td", "pb", "kgH", "HhJ", "szcSCJ", "fv", "mn")
_NEARLY = ("Ji", "vu", "CS", "CJ", "kH", "kg", "vb", "hH")


@lru_cache(_KEPT)
def packed(text: str) -> bytes:
    """Return a name as ``pack`` does; the latest ones are remembered."""
    return pack(text)


def as_ints(given: bytes) -> Ints:
    """Return what was packed as an array."""
    return np.frombuffer(given, np.int64)


def pack(text: str) -> bytes:
    """Return a name as 64-bit numbers, laid out as ``kernel`` says."""
    one = taken_apart(text)
    script = heard.script(one.text)
    lettered = heard.is_lettered(script)
    own = _words(one.words, one.initials)
    keys = [hash(key) or 1 for key in one.keys]
    head = array("q", [
        hash(script), lettered, hash(one.forms) if one.forms else 0, hash(one.titles) if one.titles else 0,
        keys[0] if keys else 0, keys[1] if len(keys) > 1 else 0, keys[2] if len(keys) > 2 else 0,
        kernel.HEAD + (0 if lettered else len(own) // 8),
    ]).tobytes()  # fmt: skip
    return (
        head + own
        if lettered
        else head + own + _words([(word, False) for word in heard.romanized(one.text).split()], _NONE)
    )


def _words(given: Sequence[tuple[str, bool]], initials: Collection[str]) -> bytes:
    found = [_word(word, is_son, word in initials) for word, is_son in given[: kernel.WORDS]]
    return _COUNT[len(found)] + b"".join(found)


@lru_cache(_KEPT)
def _word(word: str, is_son: bool, are_initials: bool) -> bytes:
    letters = [ord(sign) for sign in word[: kernel.LONGEST]]
    sounds = [min(ord(sign), _OTHER) for sign in heard.sound(word)[: kernel.LONGEST]]
    flags = kernel.SON * is_son | kernel.SPELLED * (are_initials and len(word) > 1)
    flags |= kernel.OF_FATHER * is_of_father(word) | kernel.NUMBER * is_number(word)
    of = groups(word)
    return array(
        "q", [len(letters), len(sounds), 3 if is_small(word) else 10, flags, len(of), *of, *letters, *sounds]
    ).tobytes()


@cache
def costs() -> Ints:
    """Return what it costs to take a sound for another, in fourths of an edit; row and column 0 are none at all."""
    found = np.full((_SIGNS, _SIGNS), _EDIT, np.int64)
    for kindred, cost in (
        (_VOWELS, _HALF),
        *((group, _HALF) for group in _KINDRED),
        *((pair, _CHEAP) for pair in _NEARLY),
    ):
        for a in kindred:
            for b in kindred:
                found[ord(a), ord(b)] = cost
    for sign, cost in (*((vowel, _VOWEL) for vowel in _VOWELS), ("h", _HALF)):
        found[0, ord(sign)] = found[ord(sign), 0] = cost
    return found
