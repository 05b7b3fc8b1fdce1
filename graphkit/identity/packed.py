"""Names as numbers, so that loops can compare them without Python."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import cache, lru_cache

import numpy as np

from graphkit.identity import heard, kernel
from graphkit.identity.kernel import Ints
from graphkit.identity.names import Name, groups, is_number, is_of_father, is_small, name

_KEPT = 2**17
_SIGNS = 128
_OTHER = 127  # a sign that no sound is known of
_CHEAP, _HALF, _EDIT = 1, 2, 4
_VOWELS = "aeiou"
_KINDRED = ("td", "pb", "kgH", "HhJ", "szcSCJ", "fv", "mn")
_NEARLY = ("Ji", "vu", "CS", "CJ", "kH", "kg", "vb", "hH")


@lru_cache(_KEPT)
def packed(text: str) -> bytes:
    """Return a name as 64-bit numbers, laid out as ``kernel`` says."""
    return _packed(name(text))


def as_ints(given: bytes) -> Ints:
    """Return what was packed as an array."""
    return np.frombuffer(given, np.int64)


def _packed(one: Name) -> bytes:
    script = heard.script(one.text)
    lettered = heard.is_lettered(script)
    own = _words(one.words, one.initials)
    read = b"" if lettered else _words([(word, False) for word in heard.romanized(one.text).split()], ())
    keys = [hash(key) or 1 for key in one.keys][:3]
    head = array("q", [
        hash(script), lettered, hash(one.forms) if one.forms else 0, hash(one.titles) if one.titles else 0,
        *keys, *[0] * (3 - len(keys)), kernel.HEAD + (0 if lettered else len(own) // 8),
    ])  # fmt: skip
    return head.tobytes() + own + read


def _words(given: Iterable[tuple[str, bool]], initials: Iterable[str]) -> bytes:
    found = [_word(word, is_son, word in initials) for word, is_son in list(given)[: kernel.WORDS]]
    return array("q", [len(found)]).tobytes() + b"".join(found)


@lru_cache(_KEPT)
def _word(word: str, is_son: bool, are_initials: bool) -> bytes:
    letters = [ord(sign) for sign in word[: kernel.LONGEST]]
    sounds = [min(ord(sign), _OTHER) for sign in heard.sound(word)[: kernel.LONGEST]]
    flags = kernel.SON * is_son | kernel.SPELLED * (are_initials and len(word) > 1)
    flags |= kernel.OF_FATHER * is_of_father(word) | kernel.NUMBER * is_number(word)
    of = groups(word)
    return array("q", [len(letters), len(sounds), 3 if is_small(word) else 10, flags, len(of), *of, *letters, *sounds]).tobytes()


@cache
def costs() -> Ints:
    """Return what it costs to take a sound for another, in fourths of an edit; row and column 0 are none at all."""
    found = np.full((_SIGNS, _SIGNS), _EDIT, np.int64)
    for kindred, cost in ((_VOWELS, _HALF), *((group, _HALF) for group in _KINDRED), *((pair, _CHEAP) for pair in _NEARLY)):
        for a in kindred:
            for b in kindred:
                found[ord(a), ord(b)] = cost
    for sign in "aeioh":
        found[0, ord(sign)] = found[ord(sign), 0] = _HALF
    found[0, ord("u")] = found[ord("u"), 0] = _HALF
    return found
