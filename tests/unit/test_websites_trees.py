"""What trees say adds up from the leaves, and more that is shared, or rarer, never speaks less for one operator."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.identity.websites.answers import CONTEXT, NAMES, QUESTIONS, RISING, SETUP
from graphkit.identity.websites.context import NAMES as NEAR
from graphkit.identity.websites.trees import COLUMNS, FILE, read, trees

TOLD: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["passes"]
PASSES = st.sampled_from(range(len(TOLD)))
ANSWERS = st.floats(-2, 60, width=32)


def rows_for(number: int, data: st.DataObject) -> np.ndarray[Any, np.dtype[np.float32]]:
    size = len(COLUMNS[number])
    return np.array([data.draw(st.lists(ANSWERS, min_size=size, max_size=size))], dtype=np.float32)


def by_hand(told: dict[str, Any], row: list[float]) -> float:
    total = 0.0
    for root in told["roots"]:
        node = root
        while told["column"][node] >= 0:
            goes_left = row[told["column"][node]] <= told["bound"][node]
            node = told["left" if goes_left else "right"][node]
        total += told["bound"][node]
    return total


@given(PASSES, st.data())
def test_all_leaves_that_a_row_comes_to_add_up(number: int, data: st.DataObject) -> None:
    rows = rows_for(number, data)
    said = trees()[number].say(rows)
    assert said.shape == (1, len(QUESTIONS))
    assert said.sum() == pytest.approx(by_hand(TOLD[number], rows[0].tolist()))


@given(PASSES, st.sampled_from(RISING), ANSWERS, st.data())
def test_more_that_is_shared_never_speaks_less(number: int, name: str, more: float, data: st.DataObject) -> None:
    rows = rows_for(number, data)
    column = COLUMNS[number].index(name)
    raised = rows.copy()
    raised[0, column] = max(more, float(rows[0, column]))
    by = trees()[number]
    assert by.say(raised).sum() >= by.say(rows).sum() - 1e-4


def test_each_leaf_is_about_a_question_that_its_answers_bear_on() -> None:
    bears = NAMES | dict.fromkeys(NEAR, (CONTEXT,))
    for told, columns in zip(TOLD, COLUMNS, strict=True):
        for root in told["roots"]:
            for leaf, asked in _leaves(told, root, ()):
                own = {bears[columns[one]][0] for one in asked if len(bears[columns[one]]) == 1} - {CONTEXT}
                assert own <= {told["question"][leaf]}
                assert own or told["question"][leaf] == CONTEXT


def _leaves(told: dict[str, Any], node: int, asked: tuple[int, ...]) -> list[tuple[int, tuple[int, ...]]]:
    column = told["column"][node]
    if column < 0:
        return [(node, asked)]
    return [leaf for side in ("left", "right") for leaf in _leaves(told, told[side][node], (*asked, column))]


def test_trees_of_other_answers_are_refused() -> None:
    with pytest.raises(ValueError, match=r"grown on other answers: run python -m bench\.learning"):
        read(TOLD[0] | {"columns": [*TOLD[0]["columns"], "more"]}, COLUMNS[0])
    assert NAMES["apart"] == (SETUP,)
