"""What a metric is, how it may be asked for, and the one place where it is looked up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.analytics.kernels.progress import Told, silent
from graphkit.errors import ChooseAgain, did_you_mean
from graphkit.graph.arrays import Links
from graphkit.graph.linked import WEIGHTS
from graphkit.graph.snapshot import Snapshot

Metric = Callable[..., "Scores"]
"""Takes a snapshot, and how to count (``Counting``) when that is not as usual."""


@dataclass(frozen=True, slots=True)
class Counting:
    """How a metric counts.

    ``weights`` is one of ``graph.linked.WEIGHTS``. ``near`` are the ids of things that scores are to be relative to.
    With ``among`` only things of these kinds and the relations between them are there; with ``through`` they are
    linked by the things of these other kinds that they share. ``told`` is told how much is done, 0 to 1.
    """

    weights: str = "none"
    directed: bool = False
    near: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    told: Told = silent

    def said(self) -> str:
        """Return all of it that changes scores, as a text."""
        return f"{self.weights} {self.directed} {self.near} {self.among} {self.through}"


PLAIN = Counting()


@dataclass(frozen=True, slots=True)
class Scores:
    """One score a node, in node order, NaN where it is not defined, and what they were computed on."""

    values: NDArray[np.float64]
    computed_on: str


def metric_named(name: str, metrics: Mapping[str, Metric]) -> Metric:
    """Return the metric of this name; ChooseAgain suggests the nearest one."""
    if name not in metrics:
        known = ", ".join(metrics)
        raise ChooseAgain(f"No metric named '{name}'.{did_you_mean(name, metrics)} There are: {known}.")
    return metrics[name]


def links_for(view: Snapshot, counting: Counting, metric: str, *heeded: str) -> Links:
    """Return the links that a metric runs on; ChooseAgain when it is asked for what it does not heed.

    ``heeded`` are the names of fields of ``Counting``.
    """
    usual = {"weights": "none", "directed": False, "near": (), "among": (), "through": ()}
    words = {
        "weights": "Weights do not apply to",
        "directed": "Directions do not apply to",
        "near": "Nothing can be named as near to",
        "among": "The kinds must be picked before",
        "through": "What is shared must be found before",
    }
    for name, value in usual.items():
        if name not in heeded and getattr(counting, name) != value:
            raise ChooseAgain(f"{words[name]} {metric}. Leave --{name} out, or choose another metric.")
    return view.graph(counting.directed, counting.weights).links


def computed_on(view: Snapshot, how: str, counting: Counting = PLAIN) -> str:
    """Return the line that goes with every score: scope, size, and how it was computed."""
    dates = str(view.scope.moment) or "all dates"
    nodes, relations = len(view.things), len(view.types)
    size = f"{nodes:,} things, {relations:,} relations"
    ways = "along their directions" if counting.directed else "directions ignored"
    return f"case {view.scope.named}: {size}; {how}; {ways}; {dates}; weights: {_weighed(view, counting.weights)}"


def _weighed(view: Snapshot, weights: str) -> str:
    if weights == "none":
        return "none"
    unrated = view.weights["support"].null_count()
    told = f" ({unrated:,} relations are not rated)" if weights == "support" and unrated else ""
    return f"{weights}, {WEIGHTS[weights]}{told}"
