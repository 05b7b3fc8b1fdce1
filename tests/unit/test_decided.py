"""What decisions add up to: undoing, merging, and what contradicts what."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.model.claim import COLUMNS
from graphkit.model.decision import Decided
from graphkit.model.schema import Catalog
from graphkit.model.source import empty_register
from graphkit.settings import shipped

CATALOG = Catalog.load(shipped("schema"))
SCHEMA = empty_register(CATALOG, "Decision").schema


def decided(*entries: dict[str, Any]) -> Decided:
    """Give what decisions add up to; the later in the list, the later made."""
    rows = [
        {"who": "A", "why": "because", "case": "c", "when": f"2026-01-01T00:{n:02d}:00+00:00"} | entry
        for n, entry in enumerate(entries)
    ]
    return Decided(pl.DataFrame(rows, schema=SCHEMA))


def entry(id_: str, action: str, *about: str, **more: str) -> dict[str, Any]:
    return {"id": id_, "action": action, "about": list(about), **more}


def claims(*ids: str) -> pl.DataFrame:
    return pl.DataFrame([{"id": id_, "source": "s"} for id_ in ids], schema=COLUMNS)


def test_who_undoes_an_undoing_has_the_decision_back():
    made = [entry("m", "merge", "a", "b"), entry("u1", "undo", "m"), entry("u2", "undo", "u1")]
    assert decided(*made[:2]).linker.read("b") == "b"
    assert decided(*made).linker.read("b") == "a"
    assert decided(*made).undone_by == {"u1": "u2"}


def test_of_undoings_in_a_circle_none_holds_and_that_is_reported():
    held = decided(entry("m", "merge", "a", "b"), entry("u1", "undo", "u2", "m"), entry("u2", "undo", "u1"))
    assert held.in_force == []
    (clash,) = held.contradictions
    assert set(clash.decisions) == {"m", "u1", "u2"}
    assert "None of them holds" in str(clash)


DECISIONS = [f"d{n}" for n in range(6)]


@given(st.dictionaries(st.sampled_from(DECISIONS), st.lists(st.sampled_from(DECISIONS), min_size=1, unique=True)))
def test_what_holds_is_undone_by_nothing_that_holds(undoings: dict[str, list[str]]):
    held = decided(*(entry(id_, "undo", *undoings[id_]) for id_ in sorted(undoings)))
    in_force = {one["id"] for one in held.in_force}
    for id_ in undoings:
        by = {other for other, about in undoings.items() if id_ in about}
        if id_ in in_force:
            assert not by & in_force
        else:
            assert held.undone_by[id_] in by
            assert by & in_force or by <= set(held.undone_by)


def test_merges_join_and_the_survivor_is_who_was_chosen_last_along_the_chain():
    held = decided(entry("m1", "merge", "a", "b", keep="b"), entry("m2", "merge", "b", "c", keep="c"))
    assert held.linker.members == {"c": ["a", "b", "c"]}
    assert not held.contradictions


def test_merges_in_a_circle_are_one_merge():
    held = decided(entry("m1", "merge", "b", "c"), entry("m2", "merge", "c", "a"), entry("m3", "merge", "a", "b"))
    assert held.linker.members == {"a": ["a", "b", "c"]}
    assert not held.contradictions


def test_two_chosen_survivors_are_reported_and_the_smallest_id_stands():
    held = decided(entry("m1", "merge", "a", "b", keep="b"), entry("m2", "merge", "b", "c", keep="b"))
    assert held.linker.members == {"b": ["a", "b", "c"]}
    held = decided(entry("m1", "merge", "a", "b", "c", keep="b"), entry("m2", "merge", "a", "d", keep="d"))
    assert held.linker.members == {"a": ["a", "b", "c", "d"]}
    (clash,) = held.contradictions
    assert clash.decisions == ("m1", "m2")
    assert "'b' and 'd'" in str(clash)


def test_what_is_merged_and_split_stays_apart_and_is_reported():
    held = decided(entry("m1", "merge", "a", "b"), entry("m2", "merge", "b", "c"), entry("s", "split", "a", "c"))
    assert held.linker.canonical == {}
    (clash,) = held.contradictions
    assert set(clash.decisions) == {"m1", "m2", "s"}
    assert "They stay apart" in str(clash)
    assert decided(entry("m1", "merge", "a", "b"), entry("s", "split", "a", "c")).linker.read("b") == "a"


THINGS = ["a", "b", "c", "d", "e"]
PAIRS = st.lists(st.sampled_from(THINGS), min_size=2, max_size=3, unique=True)


@given(st.lists(PAIRS, max_size=5), st.lists(PAIRS, max_size=2), st.randoms(use_true_random=False))
def test_things_are_one_when_merges_join_them_and_no_split_is_inside(merges, splits, random):
    entries = [entry(f"m{n}", "merge", *pair) for n, pair in enumerate(merges)]
    entries += [entry(f"s{n}", "split", *pair) for n, pair in enumerate(splits)]
    groups = {thing: {thing} for thing in THINGS}
    for pair in merges:
        joined = set().union(*(groups[thing] for thing in pair))
        groups |= dict.fromkeys(joined, joined)
    random.shuffle(entries)
    link = decided(*entries).linker
    for thing in THINGS:
        forbidden = any(len(groups[thing].intersection(pair)) > 1 for pair in splits)
        assert link.read(thing) == (thing if forbidden else min(groups[thing]))


def test_a_claim_corrected_in_two_ways_has_both_in_its_place():
    held = decided(entry("c1", "correct", "x", by="y"), entry("c2", "correct", "x", by="z"))
    out = dict(zip("xyz", held.set_aside_by(claims("x", "y", "z")), strict=True))
    assert out["x"] in ("c1", "c2")
    assert out["y"] is None and out["z"] is None
    (clash,) = held.contradictions
    assert "corrected in more than one way" in str(clash)


def test_a_corrected_and_withdrawn_claim_is_reported():
    held = decided(entry("c1", "correct", "x", by="y"), entry("w", "withdraw", "x"))
    (clash,) = held.contradictions
    assert "one withdraws it" in str(clash)


def test_two_people_who_withdraw_or_correct_alike_do_not_contradict():
    assert not decided(entry("w1", "withdraw", "x"), entry("w2", "withdraw", "x", "y")).contradictions
    assert not decided(entry("c1", "correct", "x", by="y"), entry("c2", "correct", "x", by="y")).contradictions


def test_a_retracted_source_takes_its_claims_away_and_an_undo_has_them_back():
    made = [entry("r", "retract", "s"), entry("u", "undo", "r")]
    assert decided(made[0]).standing(claims("x", "y")).is_empty()
    assert len(decided(*made).standing(claims("x", "y"))) == 2


def test_a_value_read_in_two_ways_is_read_as_it_is_written():
    one = entry("r1", "read", "i", property="killed", value="29", read_as="31")
    other = entry("r2", "read", "i", property="killed", value="29", read_as="33")
    assert decided(one).readings == {("i", "killed", "29"): "31"}
    held = decided(one, other)
    assert held.readings == {}
    (clash,) = held.contradictions
    assert "'31' and as '33'" in str(clash)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_the_records_changes_nothing(order):
    entries = [
        entry("m", "merge", "a", "b") | {"when": "2026-01-01"},
        entry("s", "split", "a", "b") | {"when": "2026-01-02"},
        entry("u", "undo", "s") | {"when": "2026-01-03"},
    ]
    assert decided(*(entries[n] for n in order)).linker.members == {"a": ["a", "b"]}
