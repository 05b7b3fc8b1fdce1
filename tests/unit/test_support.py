import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.model.support import CREDIBILITY, RELIABILITY, support, weight

WEIGHTS = st.none() | st.integers(0, 100).map(lambda n: n / 100)
CLAIMS = st.lists(
    st.tuples(st.sampled_from(["r1", "r2", "r3", "r4"]), st.sampled_from([None, "c1", "c2", "c3"]), WEIGHTS),
    max_size=10,
)


@given(CLAIMS, st.randoms())
def test_order_changes_nothing(claims, random):
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert support(shuffled) == support(claims)


@given(CLAIMS, st.data())
def test_copies_change_nothing(claims, data):
    copied = data.draw(st.lists(st.sampled_from(claims), max_size=5)) if claims else []
    assert support(claims + copied) == support(claims)


@given(CLAIMS, WEIGHTS)
def test_a_weaker_claim_of_the_same_source_changes_nothing(claims, own):
    for root, claimant, strongest in claims:
        if strongest is not None and own is not None and own <= strongest:
            assert support([*claims, (root, claimant, own)]) == support(claims)


@given(CLAIMS, WEIGHTS.filter(lambda own: own is not None))
def test_an_independent_claim_never_lowers_it(claims, own):
    before, after = support(claims), support([*claims, ("another source", "another claimant", own)])
    assert after >= (before or 0)
    if own > 0 and (before or 0) < 100:
        assert after > (before or 0)


@given(CLAIMS)
def test_it_is_a_number_from_0_to_100_or_none_when_nothing_is_rated(claims):
    found = support(claims)
    assert (found is None) == all(own is None for _, _, own in claims)
    assert found is None or 0 <= found <= 100


@given(CLAIMS)
def test_claims_that_nobody_rated_change_nothing(claims):
    assert support([*claims, ("r1", "c1", None), ("new", "new", None)]) == support(claims)


@given(CLAIMS)
def test_it_agrees_with_groups_found_the_slow_way(claims):
    rated = [claim for claim in claims if claim[2] is not None]
    groups = [{n} for n in range(len(rated))]
    for a, one in enumerate(rated):
        for b, other in enumerate(rated):
            if one[0] == other[0] or (one[1] and one[1] == other[1]):
                first, second = (next(g for g in groups if n in g) for n in (a, b))
                if first is not second:
                    groups.remove(second)
                    first |= second
    doubt = math.prod(1 - max(rated[n][2] for n in group) for group in groups)
    assert support(claims) == (pytest.approx(100 * (1 - doubt), abs=1e-5) if rated else None)


def test_one_claimant_in_two_sources_is_not_independent():
    assert support([("r1", "c", 0.6), ("r2", "c", 0.5)]) == 60
    assert support([("r1", "c", 0.6), ("r2", "d", 0.5)]) == 80


def test_two_claimants_in_one_source_are_not_independent():
    assert support([("r", "c", 0.6), ("r", "d", 0.5)]) == 60


def test_a_chain_of_shared_sources_and_claimants_is_one_voice():
    assert support([("r1", "a", 0.5), ("r2", "b", 0.5)]) == 75
    assert support([("r1", "a", 0.5), ("r2", "b", 0.5), ("r1", "b", 0.1)]) == 50


def test_sources_without_a_claimant_are_not_taken_for_one_claimant():
    assert support([("r1", None, 0.5), ("r2", None, 0.5)]) == 75


def test_confidence_counts_before_credibility():
    assert weight(40, 1, None) == 0.4
    assert weight(None, 1, None) == CREDIBILITY[1]
    assert weight(0, 1, None) == 0


@pytest.mark.parametrize("reliability", ["A", "B", "C", "D", "E", None])
@pytest.mark.parametrize("credibility", [None, 6])
def test_a_claim_that_cannot_be_judged_is_not_rated(credibility, reliability):
    assert weight(None, credibility, reliability) is None


def test_a_source_that_cannot_be_judged_counts_like_one_that_nobody_rated():
    assert weight(60, None, "F") == weight(60, None, None) == 0.6


def test_a_better_rating_never_weighs_less():
    assert sorted(CREDIBILITY, key=CREDIBILITY.get, reverse=True) == [1, 2, 3, 4, 5]
    assert sorted(RELIABILITY, key=RELIABILITY.get, reverse=True) == list("ABCDE")
    assert all(weight(80, None, letter) <= weight(80, None, None) for letter in RELIABILITY)
