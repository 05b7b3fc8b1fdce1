"""The examples of the console run on every store and find something in the seed."""

from __future__ import annotations

from typing import Any

import pytest

from graphkit import flow
from graphkit.graph.scope import Scope
from graphkit.stores import Store
from graphkit.ui.examples import EXAMPLES, Example, parameters


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
@pytest.mark.parametrize("case", ["article", "invented"])
def test_every_example_finds_something(seed: Store, example: Example, case: str) -> None:
    given = parameters(example, flow.snapshot(seed, Scope((case,))))
    assert set(given) == set(example.names)
    answer = seed.query(example.cypher, given, 1000, 60)
    assert answer.rows
    assert answer.complete


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_every_example_can_be_explained(seed: Store, example: Example, article: Any) -> None:
    answer = seed.query(f"EXPLAIN {example.cypher}", parameters(example, article), 1000, 60)
    assert answer.columns == ["step", "operation", "estimated_rows"]
    assert answer.rows
    assert [row[0] for row in answer.rows] == list(range(1, len(answer.rows) + 1))
