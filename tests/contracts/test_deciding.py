"""What a decision changes for who looks things up, what speaks against making one, and what a load says of them."""

from __future__ import annotations

from typing import Any

import pytest

from graphkit import flow
from graphkit.errors import BadRecord, ChooseAgain, NotFound
from graphkit.stores import Store

ME = flow.Maker("A. Analyst", "a reason", "c")
SCOPE = flow.Scope(("c",))
WORLD = [
    *({"kind": "Source", "id": id_, "name": f"Paper {id_}", "cases": ["c"]} for id_ in ("s1", "s2")),
    {"kind": "Organization", "id": "fbi", "name": "FBI", "source": "s1"},
    {"kind": "Organization", "id": "bureau", "name": "Federal Bureau", "source": "s2"},
    {"kind": "Organization", "id": "police", "name": "Police", "source": "s1"},
    {"kind": "Person", "id": "p", "name": "P", "source": "s1"},
    {"kind": "Incident", "id": "i", "killed": 92, "locator": "page 1", "source": "s1"},
    {"kind": "COOPERATES_WITH", "from": "fbi", "to": "police", "source": "s1"},
    {"kind": "COOPERATES_WITH", "from": "bureau", "to": "police", "source": "s2"},
    {"kind": "COOPERATES_WITH", "from": "fbi", "to": "bureau", "source": "s2"},
    {"kind": "MEMBER_OF", "from": "p", "to": "bureau", "claimant": "police", "source": "s2"},
]
DECISION = {"kind": "Decision", "who": "B", "when": "2026-01-02", "why": "told so", "case": "c"}


@pytest.fixture
def world(store: Store, load: Any) -> Store:
    load(store, *WORLD)
    return store


def claim_of(store: Store, name: str) -> str:
    return str(store.claims().filter(store.claims()["property"] == name)["id"][0])


def test_a_merged_thing_answers_to_all_its_ids(world: Store) -> None:
    flow.merge(world, ME, ["fbi", "bureau"], "fbi")
    for id_ in ("fbi", "bureau"):
        found = flow.show(world, SCOPE, id_)
        assert found.node["id"] == "fbi"
        assert found.node["ids"] == ["bureau", "fbi"]
        assert {"FBI", "Federal Bureau"} == set(found.node["names"])
        assert {relation["type"] for relation in found.relations} == {"COOPERATES_WITH", "MEMBER_OF"}
        assert len(found.relations) == 2, "what links a thing to itself is no relation"
    view = flow.snapshot(world, SCOPE)
    assert view.number("bureau") == view.number("fbi")
    assert view.neighbours("bureau").equals(view.neighbours("fbi"))
    assert view.around(["bureau"], 1, 10) == view.around(["fbi"], 1, 10)
    assert [hit["id"] for hit in flow.search(world, SCOPE, "Federal Bureau", 5)] == ["fbi"]


def test_a_decision_of_one_case_changes_nothing_in_another(world: Store, load: Any) -> None:
    load(world, {"kind": "Source", "id": "s1", "name": "Paper s1", "cases": ["other"]})
    flow.merge(world, ME, ["fbi", "police"])
    assert flow.show(world, flow.Scope(("other",)), "police").node["id"] == "police"
    assert flow.show(world, SCOPE, "police").node["id"] == "fbi"


def test_who_decides_against_a_decision_is_told_of_it(world: Store) -> None:
    merged = flow.merge(world, ME, ["fbi", "bureau"])
    with pytest.raises(ChooseAgain, match="are one already"):
        flow.merge(world, ME, ["bureau", "fbi"])
    with pytest.raises(ChooseAgain, match=f"First take that back: 'graphkit undo {merged['id']}'"):
        flow.split(world, ME, ["fbi", "bureau"])
    flow.undo(world, ME, [merged["id"]])
    with pytest.raises(ChooseAgain, match="is undone already by undo-"):
        flow.undo(world, ME, [merged["id"]])
    parted = flow.split(world, ME, ["fbi", "bureau"])
    with pytest.raises(ChooseAgain, match=f"A. Analyst decided on .* are not one. 'graphkit undo {parted['id']}'"):
        flow.merge(world, ME, ["fbi", "bureau"])


def test_a_correction_stands_in_place_of_a_claim(world: Store) -> None:
    typed = claim_of(world, "killed")
    made = flow.correct(world, ME, typed[:8], {"value": "29"})
    found = flow.show(world, SCOPE, "i")
    assert [claim.value for claim in found.claims if claim.property == "killed"] == ["29"]
    assert [(claim.value, entry["id"]) for claim, entry in found.set_aside] == [("92", made["id"])]
    with pytest.raises(ChooseAgain, match=f"Correct claim {made['by']}, which is in its place"):
        flow.correct(world, ME, typed, {"value": "31"})
    with pytest.raises(ChooseAgain, match="set aside"):
        flow.withdraw(world, ME, [typed])
    flow.undo(world, ME, [made["id"]])
    with pytest.raises(ChooseAgain, match="which is undone"):
        flow.withdraw(world, ME, [made["by"]])
    assert [c.value for c in flow.show(world, SCOPE, "i").claims if c.property == "killed"] == ["92"]


def test_a_withdrawn_claim_cannot_be_corrected(world: Store) -> None:
    typed = claim_of(world, "killed")
    made = flow.withdraw(world, ME, [typed])
    with pytest.raises(ChooseAgain, match=f"is set aside: .*'graphkit undo {made['id']}' takes that back"):
        flow.correct(world, ME, typed, {"value": "29"})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": "92"}, "says that already"),
        ({"value": "many"}, "value: "),
        ({"value": ""}, "value: must not be empty"),
        ({"valid_from": "2014-02-30"}, "valid_from: "),
        ({"valid_from": "2015", "valid_to": "2014"}, "valid_to: "),
        ({"claimant": "nobody"}, "'nobody' names nothing in the store"),
        ({"claimant": "i"}, "is of kind Incident"),
        ({"confidence": "101"}, "confidence: "),
        ({"source": "s2"}, "source: cannot be corrected"),
        ({"locater": "page 2"}, "Did you mean 'locator'"),
    ],
)
def test_a_correction_that_cannot_be_says_which_field_and_why(
    world: Store, changes: dict[str, str], words: str
) -> None:
    before = world.version()
    with pytest.raises(ChooseAgain) as told:
        flow.correct(world, ME, claim_of(world, "killed"), changes)
    assert words in str(told.value)
    assert world.version() == before


def test_what_is_decided_on_must_be_there_and_of_one_kind(world: Store) -> None:
    before = world.version()
    for decide in (
        lambda: flow.merge(world, ME, ["fbi", "fib"]),
        lambda: flow.split(world, ME, ["fbi", "fib"]),
        lambda: flow.retract(world, ME, ["fib"]),
        lambda: flow.withdraw(world, ME, ["fib"]),
        lambda: flow.undo(world, ME, ["fib"]),
        lambda: flow.correct(world, ME, "fib", {"value": "1"}),
        lambda: flow.log(world, SCOPE, "fib"),
    ):
        with pytest.raises(NotFound, match="'fib'"):
            decide()
    with pytest.raises(BadRecord, match="'fbi' is of kind Organization and 'p' of kind Person"):
        flow.merge(world, ME, ["fbi", "p"])
    with pytest.raises(BadRecord, match="names one thing"):
        flow.split(world, ME, ["fbi", "fbi"])
    with pytest.raises(BadRecord, match="none of the things to merge"):
        flow.merge(world, ME, ["fbi", "bureau"], "police")
    with pytest.raises(ChooseAgain, match="'why' is empty"):
        flow.merge(world, flow.Maker("A", " ", "c"), ["fbi", "bureau"])
    assert world.version() == before


def test_retracting_a_source_takes_away_what_rests_on_it_alone(world: Store, graph_of: Any) -> None:
    before = graph_of(world)
    made = flow.retract(world, ME, ["s2"])
    view = flow.snapshot(world, SCOPE)
    assert "bureau" not in view.entities["id"]
    assert view.relations["type"].to_list() == ["COOPERATES_WITH"]
    with pytest.raises(ChooseAgain, match="to retract 's2' already"):
        flow.retract(world, ME, ["s2"])
    flow.undo(world, ME, [made["id"]])
    after = graph_of(world)
    for kind in ("Decision",):
        before.pop(kind, None), after.pop(kind, None)
    assert after == before


def test_the_log_has_the_latest_first_and_what_is_undone(world: Store) -> None:
    merged = flow.merge(world, ME, ["fbi", "bureau"])
    back = flow.undo(world, ME, [merged["id"]])
    told = flow.log(world, SCOPE, "bureau")
    assert [(one.entry["id"], one.undone_by) for one in told.entries] == [(merged["id"], back["id"])]
    assert told.names["fbi"] == "FBI"
    assert {one.entry["id"] for one in flow.log(world, SCOPE).entries} == {merged["id"], back["id"]}


def test_contradicting_decisions_of_files_are_warned_about_and_listed(world: Store, load: Any) -> None:
    load(world, DECISION | {"id": "d1", "action": "merge", "about": ["fbi", "bureau"]})
    report = load(world, DECISION | {"id": "d2", "action": "split", "about": ["fbi", "bureau"]})
    (warning,) = report.warnings
    assert "are said to be one and not one. They stay apart until one is undone: d1, d2." in warning
    (clash,) = flow.log(world, SCOPE).contradictions
    assert str(clash) == warning
    assert flow.show(world, SCOPE, "bureau").node["id"] == "bureau"


def test_a_decision_in_the_log_is_not_changed_by_a_file(world: Store, load: Any) -> None:
    merge = DECISION | {"id": "d1", "action": "merge", "about": ["fbi", "bureau"]}
    assert load(world, merge).warnings == []
    assert load(world, merge).warnings == []
    (warning,) = load(world, merge | {"why": "another reason"}).warnings
    assert "'d1' is in the log already and is not changed" in warning
    assert world.register("Decision")["why"].to_list() == ["told so"]


def test_a_load_says_which_claims_a_decision_keeps_out(world: Store, load: Any) -> None:
    made = flow.retract(world, ME, ["s1"])
    report = load(world, {"kind": "Person", "id": "p", "position": "mayor", "source": "s1"})
    (warning,) = report.warnings
    assert f"1 claim is kept and not counted, as '{made['id']}' decided" in warning
