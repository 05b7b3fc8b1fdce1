"""Names as numbers, so that loops can compare them without Python."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from struct import Struct

import numpy as np

from graphkit.identity import heard, kernel, unpacked
from graphkit.identity.distances import Ints
from graphkit.identity.names import (
    are_plain,
    fathered,
    groups,
    initials,
    is_number,
    is_of_father,
    is_small,
    plain_keys,
    taken_apart,
    words,
)

_KEPT = 2**17
_HEAD = Struct(f"{unpacked.HEAD}q").pack
_LATIN = hash(heard.script(""))
_SIGNS = 128
_NONE: frozenset[str] = frozenset()
_COUNT = [array("q", [count]).tobytes() for count in range(kernel.WORDS + 1)]
_OTHER = 127  # a sign that no sound is known of
_CHEAP, _HALF, _VOWEL, _EDIT = 1, 2, 3, 4
_VOWELS = "aeiou"
_KINDRED = ("td", "pb", "kgH", "HhJ", "szcSCJ", "ckCH", "fv", "mn")
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
    every = words(text)
    if every and are_plain(text, every):
        own = _words([(word, False) for word in every], initials(text))
        return _HEAD(_LATIN, unpacked.BY_LETTERS, 0, 0, *map(hash, plain_keys(every)), 0, unpacked.HEAD) + own
    one = taken_apart(text)
    script = heard.script(one.text)
    lettered = heard.is_lettered(script)
    how = unpacked.BY_LETTERS if lettered else unpacked.BY_SIGNS * heard.is_of_signs(script)
    own = _words(one.words, one.initials)
    keys = [hash(key) or 1 for key in one.keys]
    keys += [0] * (3 - len(keys))
    told = (hash(one.forms) if one.forms else 0, hash(one.titles) if one.titles else 0)
    head = _HEAD(hash(script), how, *told, *keys, unpacked.HEAD + (0 if lettered else len(own) // 8)) + own
    return head if lettered else head + _words(list(fathered(heard.romanized(text).split())), _NONE)


def _words(given: Sequence[tuple[str, bool]], spelled: Collection[str]) -> bytes:
    found = [_word(word, is_son, word in spelled) for word, is_son in given[: kernel.WORDS]]
    return _COUNT[len(found)] + b"".join(found)


@lru_cache(_KEPT)
def _word(word: str, is_son: bool, are_initials: bool) -> bytes:
    letters = [ord(sign) for sign in word[: kernel.LONGEST]]
    sounds = [min(ord(sign), _OTHER) for sign in heard.sound(word)[: kernel.LONGEST]]
    flags = unpacked.SON * is_son | unpacked.SPELLED * (are_initials and len(word) > 1)
    flags |= unpacked.OF_FATHER * is_of_father(word) | unpacked.NUMBER * is_number(word)
    flags |= unpacked.FIGURES * (not word.isalpha())
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
