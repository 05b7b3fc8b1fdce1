"""What a metric is said to heed can change its scores, and nothing else can."""

from __future__ import annotations

import numpy as np
import pytest

from graphkit.analytics import HEEDS, METRICS, Counting
from graphkit.errors import ChooseAgain
from graphkit.graph.snapshot import Snapshot
from tests.analytics.views import link, view_of

GIVEN = {
    "weights": [Counting(weights="count"), Counting(weights="support")],
    "directed": [Counting(directed=True)],
    "near": [Counting(near=("e",))],
}


@pytest.fixture(scope="module")
def view() -> Snapshot:
    """Things that are linked unevenly, several times, and in directions that matter."""
    links = ["ab", "ac", "bc", "cd", "de", "ea", "ef", "fd", "gc"]
    twice = [link(*pair, kind="PART_OF") for pair in ("ab", "de", "ef")]
    return view_of("abcdefg", *(link(*pair) for pair in links), *twice)


def test_only_metrics_are_said_to_heed_anything() -> None:
    assert set(HEEDS) <= set(METRICS)


@pytest.mark.parametrize("field", GIVEN)
@pytest.mark.parametrize("name", METRICS)
def test_a_metric_heeds_what_it_is_said_to_heed_and_nothing_else(view: Snapshot, name: str, field: str) -> None:
    plain = METRICS[name](view).values

    def changes(counting: Counting) -> bool:
        try:
            given = METRICS[name](view, counting).values
        except ChooseAgain:
            return False
        return not np.allclose(plain, given, atol=1e-12, equal_nan=True)

    assert (field in HEEDS.get(name, ())) == any(map(changes, GIVEN[field]))
