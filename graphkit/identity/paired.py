"""Things that have names in common, or names that are alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from graphkit.identity import alike, blocks
from graphkit.identity.names import name

_LONGEST = 200  # of a name; what is longer is text


@dataclass(frozen=True, slots=True)
class Met:
    """Pairs of things whose names met.

    ``pairs`` has one row for each two names that met: the ids ``a`` and ``b``, in the order of the alphabet, their
    ``kind``, ``met_a`` and ``met_b``, how alike these are (``score``, 0 to 1), whether both are what the two are mainly
    called (``main``), and of others whether they are the ``same`` but for their writing. ``left_out`` is how many
    groups of names were too large to be compared by what they share.
    """

    pairs: pl.DataFrame
    left_out: int


def met(called: pl.DataFrame, least: float) -> Met:
    """Return which things of one kind have names that are at least so alike.

    ``called`` has what things are called, one name a row: ``id``, ``kind``, ``text`` and whether it is a ``main`` name.
    """
    called = called.filter(pl.col("text").str.len_chars() <= _LONGEST).unique(["id", "text"], keep="first")
    texts = called["text"].unique().sort().to_list()
    near = blocks.worth_comparing(texts)
    scores = alike.Prepared(texts).scores(near.left, near.right)
    kept = np.flatnonzero(scores >= least)
    named = pl.Series("text", texts, dtype=pl.String)
    every = np.arange(len(texts))
    of_texts = pl.DataFrame(
        {
            "met_a": named.gather(np.concatenate([near.left[kept], every])),
            "met_b": named.gather(np.concatenate([near.right[kept], every])),
            "score": np.concatenate([scores[kept], np.ones(len(texts))]),
        }
    )
    a, b = (called.rename({"id": side, "text": f"met_{side}", "main": f"main_{side}"}) for side in "ab")
    found = of_texts.join(a, on="met_a").join(b, on=["met_b", "kind"]).filter(pl.col("a") != pl.col("b"))
    turned = pl.col("a") > pl.col("b")
    swapped = [
        pl.when(turned).then(other).otherwise(one).alias(one)
        for one, other in (("a", "b"), ("b", "a"), ("met_a", "met_b"), ("met_b", "met_a"))
    ]
    pairs = found.with_columns(swapped).with_columns(main=pl.col("main_a") & pl.col("main_b"))
    pairs = pairs.select("a", "b", "kind", "met_a", "met_b", "score", "main").unique()
    others = pairs.select("met_a", "met_b").filter(~pairs["main"]).unique()
    same = [alike.is_same(name(x), name(y)) for x, y in others.iter_rows()]
    pairs = pairs.join(others.with_columns(same=pl.Series(same, dtype=pl.Boolean)), on=["met_a", "met_b"], how="left")
    order = ["score", "a", "b", "met_a", "met_b"]
    return Met(pairs.sort(order, descending=[True, *[False] * 4]), near.left_out)
