"""Finding things by a name or id as somebody types it: half written, misspelt, in any script that a record gives."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphkit.identity import grams

_LEAST = 0.5  # of what is typed, how much a name must hold
_MOST_TYPED = 200


class Near:
    """The names and ids of things, compared with what is typed by their runs of three letters.

    A name is near when it holds the text, or at least half of its runs of letters; accents, case, punctuation and
    the order of words do not count. The more the two have in common (Dice 1945), the nearer.
    """

    def __init__(self, things: pl.DataFrame) -> None:
        """Take one thing a row: id, kind, name, names, and ids where several were merged."""
        self._things = things.select("id", "kind", "name")
        texts = pl.concat_list("id", "names", pl.col("ids").fill_null(pl.lit([], dtype=pl.List(pl.String))))
        said = things.select(text=texts.list.unique(maintain_order=True)).with_row_index("thing").explode("text")
        said = said.drop_nulls()
        self._said = said["text"]
        self._thing = said["thing"].to_numpy()
        spaced = [grams.spaced(text) for text in self._said]
        self._spaced = pl.Series(spaced, dtype=pl.String)
        self._grams = grams.Grams(spaced)
        self._kind = self._things["kind"].to_numpy()

    def to(self, text: str, kinds: Collection[str] = (), limit: int = 5) -> list[dict[str, Any]]:
        """Return what is near a text, nearest first: id, kind, name, and the name or id that it is ``called``."""
        wanted = grams.spaced(text[:_MOST_TYPED])
        if not wanted.strip() or not len(self._said):
            return []
        typed = grams.of(wanted)
        shared = self._grams.shared(typed)
        held = shared / max(len(typed), 1)
        held[self._spaced.str.contains(wanted.strip(), literal=True).to_numpy()] = 1.0
        alike = held + 2 * shared / (len(typed) + self._grams.sizes)
        alike[held < _LEAST] = 0
        if kinds:
            alike[~np.isin(self._kind, list(kinds))[self._thing]] = 0
        return self._best(alike, limit)

    def _best(self, alike: NDArray[np.float64], limit: int) -> list[dict[str, Any]]:
        rows = np.flatnonzero(alike)
        ranked = pl.DataFrame({"row": rows, "thing": self._thing[rows], "alike": alike[rows]})
        best = ranked.sort("alike", "row", descending=[True, False]).unique("thing", keep="first", maintain_order=True)
        return [
            self._things.row(thing, named=True) | {"called": self._said[row]}
            for row, thing in best.select("row", "thing").head(limit).iter_rows()
        ]
