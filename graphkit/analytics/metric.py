"""What a metric is, and the one place where it is looked up and run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.errors import ChooseAgain, did_you_mean
from graphkit.graph.snapshot import Snapshot

Metric = Callable[[Snapshot], "Scores"]


@dataclass(frozen=True, slots=True)
class Scores:
    """One score a node, in node order, and what they were computed on."""

    values: NDArray[np.float64]
    computed_on: str


def metric_named(name: str, metrics: Mapping[str, Metric]) -> Metric:
    """Return the metric of this name; ChooseAgain suggests the nearest one."""
    if name not in metrics:
        known = ", ".join(metrics)
        raise ChooseAgain(f"No metric named '{name}'.{did_you_mean(name, metrics)} There are: {known}.")
    return metrics[name]


def computed_on(snapshot: Snapshot, how: str) -> str:
    """Return the line that goes with every score: scope, size, and how it was computed."""
    dates = str(snapshot.scope.moment) or "all dates"
    nodes, links = len(snapshot.things), len(snapshot.types)
    size = f"{nodes:,} things, {links:,} relations"
    return f"case {snapshot.scope.named}: {size}; {how}; {dates}; weights: none"
