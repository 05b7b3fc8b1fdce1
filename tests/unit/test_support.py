import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.model.support import CREDIBILITY, RELIABILITY, support, weight

WEIGHTS = st.none() | st.integers(0, 100).map(lambda n: n / 100)
ORIGINS = st.sets(st.sampled_from(["r1", "r2", "r3", "r4"]), min_size=1, max_size=3).map(lambda s: tuple(sorted(s)))
CLAIMS = st.lists(
    st.tuples(ORIGINS, st.sampled_from([None, "c1", "c2", "c3"]), WEIGHTS),
    max_size=7,
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
    before, after = support(claims), support([*claims, (("another source",), "another claimant", own)])
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
    assert support([*claims, (("r1",), "c1", None), (("new",), "new", None)]) == support(claims)


def _independent(claims):
    sources = [set(origins) for origins, _, _ in claims]
    speakers = [claimant for _, claimant, _ in claims if claimant]
    return len(set(speakers)) == len(speakers) and all(not a & b for a, b in combinations(sources, 2))


@given(CLAIMS)
def test_it_is_the_most_that_independent_claims_give_together(claims):
    rated = [claim for claim in claims if claim[2] is not None]
    sets = [chosen for size in range(1, len(rated) + 1) for chosen in combinations(rated, size) if _independent(chosen)]
    best = max((100 * (1 - math.prod(1 - own for *_, own in chosen)) for chosen in sets), default=None)
    assert support(claims) == (None if best is None else pytest.approx(best, abs=1e-6))


@given(CLAIMS, CLAIMS)
def test_more_claims_never_lower_it(claims, more):
    assert (support(claims + more) or 0) >= (support(claims) or 0)


def test_a_digest_of_many_sources_never_hides_them():
    apart = [((f"r{n}",), None, 0.45) for n in range(15)]
    digest = (tuple(f"r{n}" for n in range(15)), None, 0.5)
    assert support([digest, *apart]) == support(apart) > 99
    assert support([digest, *apart, (("new",), None, 0.01)]) >= support([digest, *apart])


@given(st.lists(st.tuples(ORIGINS, st.sampled_from([None, "c1", "c2", "c3", "c4"]), WEIGHTS), min_size=14, max_size=24))
def test_many_claims_are_weighed_like_few(claims):
    assert (support(claims) or 0) >= (support(claims[:-1]) or 0)
    assert (support(claims) or 0) >= max(100 * (own or 0) for _, _, own in claims) - 1e-6


def test_one_claimant_in_very_many_sources_is_one_voice_at_once():
    assert support([((f"r{n}",), "c", 0.6) for n in range(3000)]) == 60


def test_a_digest_of_two_sources_does_not_make_them_one():
    assert support([(("a",), None, 0.5), (("b",), None, 0.5)]) == 75
    assert support([(("a",), None, 0.5), (("b",), None, 0.5), (("a", "b"), None, 0.5)]) == 75
    assert support([(("a", "b"), None, 0.5)]) == 50


def test_one_claimant_in_two_sources_is_not_independent():
    assert support([(("r1",), "c", 0.6), (("r2",), "c", 0.5)]) == 60
    assert support([(("r1",), "c", 0.6), (("r2",), "d", 0.5)]) == 80


def test_two_claimants_in_one_source_are_not_independent():
    assert support([(("r",), "c", 0.6), (("r",), "d", 0.5)]) == 60


def test_a_claim_that_shares_with_two_others_makes_them_not_one_voice():
    assert support([(("r1",), "a", 0.5), (("r2",), "b", 0.5)]) == 75
    assert support([(("r1",), "a", 0.5), (("r2",), "b", 0.5), (("r1",), "b", 0.1)]) == 75


def test_sources_without_a_claimant_are_not_taken_for_one_claimant():
    assert support([(("r1",), None, 0.5), (("r2",), None, 0.5)]) == 75


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
