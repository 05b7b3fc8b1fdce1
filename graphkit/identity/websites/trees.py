"""Trees that say how much answers speak for one operator, each leaf under the question that leads to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.identity.websites.answers import NAMES, QUESTIONS
from graphkit.identity.websites.context import NAMES as CONTEXT
from graphkit.identity.websites.loops import descend

FILE = Path(__file__).with_name("trees.json")
COLUMNS = (tuple(NAMES), (*NAMES, *CONTEXT))
"""What the trees of each of the two passes read."""
Doubles = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Trees:
    """The nodes of all trees: which column each asks about, up to which bound it goes left, and to which nodes.

    ``base`` are the log-odds of a pair of which nothing is known but that it shares something. A node whose column is
    -1 is a leaf; ``bound`` is then what it adds to the log-odds, ``question`` what it is about.
    """

    base: float
    roots: NDArray[np.int64]
    column: Ints
    bound: Doubles
    left: Ints
    right: Ints
    question: Ints

    def say(self, rows: NDArray[np.float32]) -> Doubles:
        """Return what all trees say of each row, in natural log-odds: one column a question."""
        found = np.zeros((len(rows), len(QUESTIONS)))
        descend(rows, self.roots, self.column, self.bound, self.left, self.right, self.question, found)
        return found


@cache
def trees() -> tuple[Trees, Trees]:
    """Return the trees of the first pass, which sees a pair alone, and of the second, which sees its neighbours too."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    first, second = (read(one, columns) for one, columns in zip(told["passes"], COLUMNS, strict=True))
    return first, second


def read(told: Mapping[str, Any], columns: tuple[str, ...]) -> Trees:
    """Return trees as they are written; ValueError if they were grown on other answers."""
    if tuple(told["columns"]) != columns:
        raise ValueError(f"{FILE.name} was grown on other answers: run python -m bench.learning")
    whole = (np.array(told[name], dtype=np.int32) for name in ("column", "left", "right", "question"))
    column, left, right, question = whole
    roots = np.array(told["roots"], dtype=np.int64)
    return Trees(told["base"], roots, column, np.array(told["bound"]), left, right, question)
