"""What decisions teach stays near what is usual, follows them, and never turns evidence round."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphkit.identity.websites.taught import taught

BASE = -3.0
SAID = st.lists(st.tuples(*[st.floats(-8, 8)] * 3), min_size=1, max_size=30)


def test_nothing_decided_changes_nothing() -> None:
    base, worth = taught(np.zeros((0, 3)), BASE, np.zeros(0, np.int8))
    assert (base, worth.tolist()) == (BASE, [1.0, 1.0, 1.0])


def test_what_people_find_to_mean_nothing_is_worth_less_and_the_rest_stays() -> None:
    said = np.array([[6.0, 0.0]] * 20 + [[0.0, 6.0]] * 20)
    _, (first, second) = taught(said, BASE, np.array([-1] * 20 + [1] * 20, np.int8))
    assert first < 0.6
    assert second > first


@given(SAID, st.data())
def test_decisions_never_turn_evidence_round_and_no_number_of_them_breaks(
    said: list[tuple[float, ...]], data: st.DataObject
) -> None:
    decided = data.draw(st.lists(st.sampled_from([1, -1]), min_size=len(said), max_size=len(said)))
    base, worth = taught(np.array(said), BASE, np.array(decided, np.int8))
    assert np.isfinite(base)
    assert np.isfinite(worth).all()
    assert (worth >= 0).all()
    assert (worth < 8).all()


@given(SAID, st.data())
def test_decisions_are_more_probable_afterwards(said: list[tuple[float, ...]], data: st.DataObject) -> None:
    decided = np.array(data.draw(st.lists(st.sampled_from([1, -1]), min_size=len(said), max_size=len(said))), np.int8)
    rows = np.array(said)
    base, worth = taught(rows, BASE, decided)
    before, after = (-np.logaddexp(0, -decided * odds).sum() for odds in (BASE + rows.sum(axis=1), base + rows @ worth))
    assert after >= before - 1e-6
