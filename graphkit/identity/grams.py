"""Texts cut into runs of three letters, so that any text is compared with all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graphkit.identity.names import words

Ints = NDArray[np.int64]
_END = 10


def spaced(text: str) -> str:
    """Return the words of a text, each set off by two spaces, so that no run of letters goes over two of them."""
    return "  " + "  ".join(words(text)) + " "


class Grams:
    """The runs of three letters of many texts, and the places of the texts that have each."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Take texts as ``spaced`` gives them."""
        grams, of = cut(texts)
        order = np.argsort(grams, kind="stable")
        grams, of = grams[order], of[order]
        first = np.append(True, (grams[1:] != grams[:-1]) | (of[1:] != of[:-1]))[: len(grams)]
        self._gram, self._of = grams[first], of[first]
        self.sizes: Ints = np.bincount(self._of, minlength=len(texts))

    def shared(self, typed: Ints) -> Ints:
        """Return how many of these runs each text has."""
        found = np.concatenate([np.zeros(0, np.int64), *(self._of[start:end] for start, end in self._spans(typed))])
        return np.bincount(found, minlength=len(self.sizes))

    def nearest(self, typed: Ints, looked_at: int, most: int) -> Ints:
        """Return the places of up to ``most`` texts that have most of the rarest of these runs, the nearest first.

        Runs are looked up, the rarest first, until they have led to ``looked_at`` texts. The fewer texts have one, the
        more it counts.
        """
        spans = sorted(self._spans(typed), key=lambda span: (span[1] - span[0], span))
        hits, weights, seen = list[Ints](), list[float](), 0
        for start, end in spans:
            seen += end - start
            if hits and seen > looked_at:
                break
            hits.append(self._of[start:end])
            weights.append(np.log1p(len(self.sizes) / max(end - start, 1)))
        if not hits:
            return np.zeros(0, np.int64)
        places, which = np.unique(np.concatenate(hits), return_inverse=True)
        told = np.repeat(weights, list(map(len, hits)))
        shared = np.bincount(which, weights=told, minlength=len(places)) / np.sqrt(self.sizes[places] + 1)
        best = np.lexsort((places, -shared))[:most]
        nearest: Ints = places[best]
        return nearest

    def _spans(self, typed: Ints) -> list[tuple[int, int]]:
        starts, ends = np.searchsorted(self._gram, typed), np.searchsorted(self._gram, typed, side="right")
        return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True) if end > start]


def of(text: str) -> Ints:
    """Return the runs of a text that ``spaced`` gave, each once, as numbers."""
    runs: Ints = np.unique(cut([text.rstrip()])[0])
    return runs


def cut(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """Return all runs of three letters of texts, each as one number, and the place of the text each is in."""
    signs = np.frombuffer("\n".join(texts).encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.int64)
    if len(signs) < 3:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    ends = signs == _END
    inside = ~(ends[:-2] | ends[1:-1] | ends[2:])
    grams = signs[:-2] << 42 | signs[1:-1] << 21 | signs[2:]
    return grams[inside], np.cumsum(ends)[:-2][inside]
