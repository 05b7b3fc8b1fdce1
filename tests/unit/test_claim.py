import hashlib
import json
from dataclasses import asdict, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.model.claim import COLUMNS, RATINGS, Claim, as_claims, as_frame
from tests.ids import claim_id, relation_id

SAID = {
    "subject": "kunming-2014-03-01",
    "property": "killed",
    "value": "29",
    "source": "china-daily-2014-11-28",
    "claimant": "yang-shaowen",
    "stance": "asserts",
    "modality": "stated",
    "said_at": None,
    "valid_from": None,
    "valid_to": None,
    "locator": "paragraph 6",
}
OUTSIDE = sorted({field.name for field in fields(Claim)} - SAID.keys())


def test_the_id_is_the_hash_that_the_design_describes():
    text = json.dumps(SAID, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert claim_id(SAID) == hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
    assert claim_id(SAID) == "db9b0088978a8fdfe5a45eaaabe98594"


@pytest.mark.parametrize("name", SAID)
def test_the_id_changes_with_what_is_said(name):
    assert claim_id(SAID | {name: "another"}) != claim_id(SAID)
    assert claim_id({key: value for key, value in SAID.items() if key != name} | {name: None}) != claim_id(
        SAID | {name: ""}
    )


@pytest.mark.parametrize("name", OUTSIDE)
def test_the_id_does_not_change_with_anything_else(name):
    assert claim_id(SAID | {name: "another"}) == claim_id(SAID)


def test_ratings_dates_of_recording_and_words_of_ours_are_outside_the_id():
    assert {"recorded_at", "quote", "summary", "confidence", "credibility", "note", "resolution"} <= set(OUTSIDE)
    assert set(RATINGS) <= set(OUTSIDE)


def test_two_ways_to_write_one_letter_are_one_claim():
    assert claim_id(SAID | {"value": "Cafe\u0301"}) == claim_id(SAID | {"value": "Caf\u00e9"})


@given(st.permutations(list(SAID)))
def test_the_id_does_not_depend_on_the_order_of_the_fields(order):
    assert claim_id({name: SAID[name] for name in order}) == claim_id(SAID)


@given(st.dictionaries(st.sampled_from(list(SAID)), st.text(max_size=5)))
def test_a_value_never_slips_into_the_next_field(changed):
    same = all(SAID[name] == value for name, value in changed.items())
    assert (claim_id(SAID | changed) == claim_id(SAID)) == same


def test_a_relation_has_one_id_whichever_way_round_only_when_it_is_symmetric():
    assert relation_id("a", "ALIAS_OF", "b", True) == relation_id("b", "ALIAS_OF", "a", True)
    assert relation_id("a", "PART_OF", "b", False) != relation_id("b", "PART_OF", "a", False)
    assert relation_id("a", "X", "b", True) == relation_id("a", "X", "b", False)


@given(st.tuples(*[st.text(max_size=4)] * 3), st.tuples(*[st.text(max_size=4)] * 3))
def test_different_relations_have_different_ids(one, other):
    assert (relation_id(*one, False) == relation_id(*other, False)) == (one == other)
    assert relation_id(*one, False).startswith("rel:")


def test_claims_survive_the_way_through_a_frame():
    row = dict.fromkeys(COLUMNS) | SAID | {"id": claim_id(SAID), "confidence": 60, "recorded_at": "2014-11-28"}
    claims = as_claims(as_frame([row, row | {"id": "x", "confidence": None}]))
    assert asdict(claims[0]) == row
    assert claims[1].confidence is None
    assert as_frame([]).columns == list(COLUMNS)
