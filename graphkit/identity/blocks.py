"""Which of many names are worth comparing, so that not every one is compared with every other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from graphkit.compiled import compiled
from graphkit.distinct import distinct
from graphkit.identity import grams, heard
from graphkit.identity.names import groups, is_small, taken_apart

Ints = NDArray[np.int64]
_EACH = 40
_AT_LEAST = 500_000
_WORDS = 8
_RAREST = 6
_BEGIN = 2
_LIKE = str.maketrans("HJzcv", "hCssf")
_BONES = str.maketrans("tpkSC", "dbgss", "aeiouh ")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Places of names that are worth comparing, ``left`` below ``right``, each pair once.

    ``left_out`` is how many groups of names that have something common in common were too large to be compared.
    """

    left: Ints
    right: Ints
    left_out: int


def worth_comparing(texts: Sequence[str], each: int = _EACH) -> Pairs:
    """Return the pairs of different names that share what few names have.

    That is: the name but for its writing; its consonants; a word by its sound, alone, with another one, or with the
    first letter, the first consonants or the given name of another one; or two of its six rarest runs of three letters.
    What the fewest share is taken first, until there are ``each`` pairs a name, so that time grows with the number of
    names. Of a thousand names or fewer all pairs are worth it.
    """
    if len(texts) * (len(texts) - 1) // 2 <= _AT_LEAST:
        left, right = np.triu_indices(len(texts), 1)
        return Pairs(left.astype(np.int64), right.astype(np.int64), 0)
    keys, of, spoken = list[int](), list[int](), list[str]()
    for place, text in enumerate(texts):
        said = _said(text)
        spoken.append("  " + "  ".join(said) + " ")
        for key in {hash(key) for key in _keys(text, said)}:
            keys.append(key)
            of.append(place)
    rare, rare_of = _rarest(spoken)
    every = np.concatenate([np.array(keys, np.int64), rare])
    return _grouped(every, np.concatenate([np.array(of, np.int64), rare_of]), len(texts), each)


def _said(text: str) -> list[str]:
    """Return the words of a name by what they sound like."""
    one = taken_apart(text)
    lettered = heard.is_lettered(heard.script(text))
    given = [word for word, _ in one.words] if lettered else heard.romanized(text).split()
    return [heard.sound(word).translate(_LIKE) for word in given]


def _keys(text: str, said: Sequence[str]) -> Iterator[tuple[str, ...]]:
    one = taken_apart(text)
    yield from (("key", key) for key in one.keys)
    bones = [word.translate(_BONES) for word in said]
    yield from (("bones", " ".join(sorted(bones))), ("bones", "".join(bones)))
    given = [word for word, _ in one.words]
    told = [word for word in said if len(word) > 1 and not is_small(word)][:_WORDS]
    for word in told:
        yield ("word", word)
        for other, bare in zip(said[:_WORDS], bones[:_WORDS], strict=True):
            if other != word:
                yield from (("with", word, other[0]), ("bare", word, bare[:_BEGIN]))
        yield from (("with", word, str(group)) for other in given[:_WORDS] for group in groups(other))
    yield from (("two", *sorted(two)) for two in combinations(told, 2))


def _rarest(spoken: Sequence[str]) -> tuple[Ints, Ints]:
    """Return keys of two of the rarest runs of three letters of each text, and the text that has each."""
    found, of = grams.cut(spoken)
    _, which, counts = np.unique(found, return_inverse=True, return_counts=True)
    first = np.unique(of * (len(counts) + 1) + which, return_index=True)[1]
    which, of = which[first], of[first]
    order = np.lexsort((which, counts[which], of))
    which, of = which[order], of[order]
    rank = np.arange(len(of)) - np.searchsorted(of, of)
    table = np.full((len(spoken), _RAREST), -1, np.int64)
    kept = rank < _RAREST
    table[of[kept], rank[kept]] = which[kept]
    keys, texts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for a, b in combinations(range(_RAREST), 2):
        both = np.flatnonzero(table[:, b] >= 0)
        low, high = np.minimum(table[both, a], table[both, b]), np.maximum(table[both, a], table[both, b])
        keys.append(-1 - (low * len(counts) + high))
        texts.append(both)
    return np.concatenate(keys), np.concatenate(texts)


def _grouped(keys: Ints, of: Ints, count: int, each: int) -> Pairs:
    order = np.lexsort((of, keys))
    keys, of = keys[order], of[order]
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, np.int64)
    sizes = np.diff(np.append(starts, len(keys)))
    starts, sizes = starts[sizes > 1], sizes[sizes > 1]
    order = np.argsort(sizes, kind="stable")
    starts, sizes = starts[order], sizes[order]
    made = np.cumsum(sizes * (sizes - 1) // 2)
    taken = int(np.searchsorted(made, each * count, side="right"))
    taken = int(np.searchsorted(sizes, sizes[taken])) if taken < len(sizes) else taken  # none of a size, or all
    codes = distinct(_paired(of, starts[:taken], sizes[:taken], int(made[taken - 1]) if taken else 0, count))
    return Pairs(codes // max(count, 1), codes % max(count, 1), len(sizes) - taken)


@compiled
def _paired(of: Ints, starts: Ints, sizes: Ints, total: int, count: int) -> Ints:
    found = np.empty(total, np.int64)
    place = 0
    for group in range(len(starts)):
        for i in range(starts[group], starts[group] + sizes[group]):
            for j in range(i + 1, starts[group] + sizes[group]):
                found[place] = of[i] * count + of[j]
                place += 1
    return found[:place]
