"""Outcomes from different days follow one another; those of one day, or of none, contradict each other."""

from __future__ import annotations

import pytest

from graphkit import flow
from graphkit.model.conflict import Said, differ

OUTCOME = flow.catalog()["Request"].properties["outcome"]
BASIS = flow.catalog()["Request"].properties["legal_basis"]


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ("2022-03-01", "2022-05-02", False),
        ("2022-03", "2022-05", False),
        ("2022", "2022-05", True),
        ("2022-03-01", "2022-03-01", True),
        (None, "2022-05-02", True),
        (None, None, True),
    ],
)
def test_two_outcomes_contradict_each_other_unless_they_surely_begin_on_different_days(
    one: str | None, other: str | None, contradict: bool
) -> None:
    said = [Said("granted", one, None, False), Said("appealed", other, None, False)]
    assert differ(OUTCOME, said) is contradict
    assert differ(BASIS, said)


def test_a_denied_outcome_is_contradicted_and_the_same_outcome_is_not() -> None:
    granted = Said("granted", "2022-03-01", None, False)
    assert differ(OUTCOME, [granted, Said("granted", "2022-03-01", None, True)])
    assert not differ(OUTCOME, [granted, Said("granted", "2022-03-01", None, False)])
