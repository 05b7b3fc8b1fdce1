"""What may be one is proposed with its reasons, and nothing is decided: a name that two have keeps them two."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.errors import ChooseAgain
from graphkit.last_used import LastUsed
from graphkit.resolving import MANY
from graphkit.stores import Store
from tests.conftest import SHARED

ME = flow.Maker("A. Analyst", "a reason", "c")
SCOPE = flow.Scope(("c",))
WORLD: list[dict[str, Any]] = [
    *({"kind": "Source", "id": id_, "name": f"Paper {id_}", "cases": ["c"]} for id_ in ("s1", "s2")),
    {"kind": "Person", "id": "viktor", "name": "Viktor Marrow", "source": "s1"},
    {"kind": "Person", "id": "viktor-2", "name": "Marrow, Viktor", "source": "s2"},
    {"kind": "Person", "id": "victor", "name": "Виктор Марров", "source": "s2", "claimant": "harbour"},
    {"kind": "Person", "id": "olga", "name": "Olga Tarn", "source": "s1"},
    {"kind": "Organization", "id": "harbour", "name": "Harbour Office", "source": "s1"},
    {"kind": "Organization", "id": "harbor", "name": "Harbor Office Ltd", "source": "s2"},
    {"kind": "Organization", "id": "marrow", "name": "Viktor Marrow", "source": "s2"},
    {"kind": "Group", "id": "grey", "name": "Grey Heron", "source": "s1"},
    {"kind": "Group", "id": "grey", "name": "Night Shift", "source": "s1", "claimant": "harbour"},
    {"kind": "Group", "id": "blue", "name": "Blue Lantern", "source": "s2"},
    {"kind": "Group", "id": "blue", "name": "NIGHT SHIFT", "source": "s2"},
    {"kind": "Place", "id": "quay", "name": "Old Quay", "source": "s1"},
    {"kind": "Place", "id": "quay-2", "name": "Old Quay", "source": "s2"},
    {"kind": "Website", "domain": "lamp.example", "name": "Lamp", "source": "s1"},
    {"kind": "USES", "from": "viktor", "to": "website:lamp.example", "claimant": "harbour", "source": "s1"},
    {"kind": "USES", "from": "victor", "to": "website:lamp.example", "claimant": "harbour", "source": "s1"},
    {"kind": "ALIAS_OF", "from": "viktor", "to": "viktor-2", "claimant": "harbour", "source": "s2"},
]


@pytest.fixture
def world(store: Store, load: Any) -> Store:
    load(store, *[row for row in WORLD if row["kind"] != "USES"])
    return store


def _pairs(found: flow.Doubles) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["a"], row["b"]): row for row in found.pairs.iter_rows(named=True)}


def test_what_may_be_one_is_proposed_with_reasons_and_who_says_so(world: Store) -> None:
    pairs = _pairs(flow.resolve(world, SCOPE, flow.Alike()))
    assert set(pairs) == {("harbor", "harbour"), ("victor", "viktor"), ("victor", "viktor-2"), ("viktor", "viktor-2")}
    same = pairs["viktor", "viktor-2"]
    assert same["score"] == 1
    assert same["reasons"] == ["word order", "said to be the same"]
    assert "said to be the same by Harbour Office" in same["why"]
    assert same["command"] == 'graphkit merge viktor viktor-2 --why "" --case c'
    other = pairs["victor", "viktor"]
    assert {"script"} <= set(other["reasons"])
    assert other["said_a"] == "Harbour Office"
    assert other["said_b"] == "“Paper s1”"
    assert other["sources"] == ["s1", "s2"]
    assert sorted(world.claims_by_id(other["claims"])["value"].to_list()) == ["Viktor Marrow", "Виктор Марров"]
    assert {"sounds alike", "legal form"} & set(pairs["harbor", "harbour"]["reasons"])
    assert all(0.8 <= row["score"] <= 1 for row in pairs.values())


def test_a_name_that_two_have_is_listed_and_makes_them_one_by_no_means(world: Store) -> None:
    found = flow.resolve(world, SCOPE, flow.Alike(least=0))
    assert ("blue", "grey") not in _pairs(flow.resolve(world, SCOPE, flow.Alike()))
    (row,) = flow.resolve(world, SCOPE, flow.Alike()).of_both.to_dicts()
    assert (row["a"], row["b"], row["met_a"], row["met_b"]) == ("blue", "grey", "NIGHT SHIFT", "Night Shift")
    assert row["why"].startswith("a name of both, written otherwise: NIGHT SHIFT / Night Shift")
    assert (row["said_a"], row["said_b"], row["command"]) == ("“Paper s2”", "Harbour Office", "")
    assert found.names == 10


def test_only_the_kinds_that_are_named_are_looked_at_and_only_one_kind_can_be_one(world: Store) -> None:
    assert set(_pairs(flow.resolve(world, SCOPE, flow.Alike(("Place",))))) == {("quay", "quay-2")}
    found = flow.resolve(world, SCOPE, flow.Alike(("Person", "Organization")))
    assert not any({"marrow", "viktor"} <= set(pair) for pair in _pairs(found))
    with pytest.raises(ChooseAgain, match="Did you mean 'Person'"):
        flow.resolve(world, SCOPE, flow.Alike(("Persn",)))


def test_what_is_decided_is_not_proposed_again(world: Store) -> None:
    before = world.version()
    flow.resolve(world, SCOPE, flow.Alike())
    assert world.version() == before, "nothing is written down"
    flow.split(world, ME, ["victor", "viktor", "olga"])
    flow.merge(world, ME, ["harbour", "harbor"])
    pairs = _pairs(flow.resolve(world, SCOPE, flow.Alike()))
    assert set(pairs) == {("victor", "viktor-2"), ("viktor", "viktor-2")}
    merge = flow.merge(world, ME, ["viktor", "viktor-2"])
    assert not _pairs(flow.resolve(world, SCOPE, flow.Alike())), "what is decided of a member holds for the one thing"
    flow.undo(world, ME, [merge["id"]])
    assert len(_pairs(flow.resolve(world, SCOPE, flow.Alike()))) == 2


def test_a_shared_identifier_is_said_and_no_common_one(store: Store, load: Any) -> None:
    common = {"kind": "Domain", "domain": "mail.example", "source": "s1"}
    ids = [f"o-{number}" for number in range(5)]
    things = [{"kind": "Organization", "id": id_, "name": f"Office of {id_}", "source": "s1"} for id_ in ids]
    uses = [
        {"kind": "USES", "from": id_, "to": "domain:mail.example", "source": "s1"}
        for id_ in (*ids, "viktor", "viktor-2")
    ]
    load(store, *WORLD, common, *things, *uses)
    pairs = _pairs(flow.resolve(store, SCOPE, flow.Alike()))
    assert "shared identifier" in pairs["victor", "viktor"]["reasons"]
    assert "both are said to use or own Lamp (website:lamp.example)" in pairs["victor", "viktor"]["why"]
    assert "shared identifier" not in pairs["viktor", "viktor-2"]["reasons"]


def test_protected_persons_are_marked_and_not_handed_over(store: Store, load: Any) -> None:
    load(
        store, *WORLD, {"kind": "Person", "id": "olga-2", "name": "Olga Tarne", "protected": "witness", "source": "s1"}
    )
    found = flow.resolve(store, SCOPE, flow.Alike(("Person",)))
    assert _pairs(found)["olga", "olga-2"]["protected"]
    handed = found.to_hand_over()
    assert handed.found == found.found - 1
    assert "Tarne" not in json.dumps([handed.pairs.to_dicts(), handed.of_both.to_dicts()])


def test_a_name_of_very_many_tells_nobody_apart_and_is_said(store: Store, load: Any) -> None:
    many = [{"kind": "Person", "id": f"p-{n}", "name": "Anna Quill", "source": "s1"} for n in range(MANY + 1)]
    load(store, *WORLD, *many)
    found = flow.resolve(store, SCOPE, flow.Alike(("Person",)))
    assert not any("p-0" in pair for pair in _pairs(found))
    assert found.notes[0].startswith(f"{MANY + 1} things are called “Anna Quill”")


def test_one_thing_and_none_may_be_one_with_nothing(store: Store, load: Any) -> None:
    load(store, *WORLD[:3])
    found = flow.resolve(store, SCOPE, flow.Alike())
    assert (found.found, found.shared, found.names) == (0, 0, 1)
    assert flow.resolve(store, SCOPE, flow.Alike(("Group",))).names == 0


def test_at_most_so_many_are_told_the_most_alike_first(world: Store) -> None:
    found = flow.resolve(world, SCOPE, flow.Alike(top=2))
    assert (len(found.pairs), found.found) == (2, 4)
    scores = flow.resolve(world, SCOPE, flow.Alike()).pairs["score"].to_list()
    assert scores == sorted(scores, reverse=True)


ACTORS = SHARED / "data/misp_galaxy/threat-actor.json"


@pytest.mark.shared
def test_of_actors_that_claim_one_name_none_is_proposed_and_all_are_listed(tmp_path: Path) -> None:
    """Needs ../shared/data/misp_galaxy: in it 27 names are claimed by more than one actor."""
    store, last_used = flow.store_at(str(tmp_path / "graphkit.kgl")), LastUsed(tmp_path / "state")
    flow.load(store, [ACTORS], "c", last_used)
    holders: dict[str, set[str]] = {}
    for one in json.loads(ACTORS.read_text(encoding="utf-8"))["values"]:
        for called in [one["value"], *one["meta"].get("synonyms", [])]:
            holders.setdefault(called.casefold().strip(), set()).add(f"misp:{one['uuid']}")
    claimed = {called: ids for called, ids in holders.items() if len(ids) > 1}
    assert len(claimed) == 27
    found = flow.resolve(store, SCOPE, flow.Alike(top=1_000))
    pairs = {pair for ids in claimed.values() for pair in combinations(sorted(ids), 2)}
    assert pairs.isdisjoint(_pairs(found))
    assert pairs <= set(found.of_both.select("a", "b").iter_rows())
    assert found.found < 20
    assert all(row["said_a"] and row["said_b"] and len(row["claims"]) > 1 for row in found.of_both.to_dicts())
