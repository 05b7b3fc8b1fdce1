"""Entities say to other tools what the graph says, in their words, and nothing as a fact that is an allegation."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.graph.redact import redacted
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.last_used import LastUsed
from graphkit.model.ftm import KEY
from graphkit.stores import Store
from tests.contracts.world import ME, source
from tests.ftm_entities import EDGES, entities

C = Scope(("c",))
S1 = {"source": "s1"}


def exported(store: Store, scope: Scope = C, around: list[str] | None = None) -> dict[str, dict[str, Any]]:
    return entities(b"".join(flow.export(store, scope, "ftm", around or ())))


def by_thing(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {given[KEY]["thing"]["id"]: given for given in found.values() if given[KEY]["thing"]}


def edges(found: dict[str, dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return [(given["schema"], given["properties"]) for given in found.values() if given["schema"] in EDGES]


def thing(kind: str, id_: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "id": id_, "name": id_.upper(), **S1, **more}


@pytest.mark.parametrize("case", ["article", "invented"])
def test_entities_are_the_things_the_relations_and_the_sources_of_the_graph(
    seed: Store, article: Snapshot, invented: Snapshot, case: str
) -> None:
    view = redacted({"article": article, "invented": invented}[case])[0]
    found = exported(seed, Scope((case,)))
    of = by_thing(found)
    for id_, kind, name in view.entities.select("id", "kind", "name").iter_rows():
        if kind in ("Person", "Group", "Organization", "Place", "Incident"):
            assert of[id_]["properties"]["name"] == [name]
    assert set(view.sources["id"]) <= of.keys()
    told = Counter(given[KEY]["thing"]["kind"] for given in found.values() if given["schema"] in EDGES)
    assert told == Counter(
        row["type"] for row in view.relations.iter_rows(named=True) if {row["from"], row["to"]} <= of.keys()
    )
    if case == "invented":
        assert all("invented" in json.dumps(given["properties"]).lower() for given in found.values())


def test_what_is_stated_is_an_edge_of_its_own_schema(store: Store, load: Any) -> None:
    load(
        store, source("s1"), thing("Person", "p", position="clerk"), thing("Organization", "o", country=["NO", "Mars"]),
        thing("Organization", "f", org_type="Company", external_id=["Q42", "G1"]),
        {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "role": "head", "claimant": "p", "valid_from": "2014-03-01",
         "valid_to": "2015-03-01", **S1},
        {"kind": "OWNS", "from": "o", "to": "f", "share": "51", **S1},
        {"kind": "OWNS", "from": "f", "to": "o", **S1},
    )  # fmt: skip
    found = exported(store)
    of = by_thing(found)
    ids = {id_: of[id_]["id"] for id_ in "pof"}
    said = {schema: properties for schema, properties in edges(found)}
    assert said.keys() == {"Employment", "Ownership", "UnknownLink"}
    employed = said["Employment"]
    assert (employed["employee"], employed["employer"], employed["role"]) == ([ids["p"]], [ids["o"]], ["head"])
    assert (employed["startDate"], employed["endDate"]) == (["2014-03-01"], ["2015-03-01"])
    assert (said["Ownership"]["asset"], said["Ownership"]["percentage"]) == ([ids["f"]], ["51"])
    assert said["UnknownLink"]["role"] == ["is said to own"]
    assert of["o"]["properties"]["country"] == ["no"]
    assert of["f"]["properties"]["wikidataId"] == ["Q42"]
    assert of["p"]["properties"]["position"] == ["clerk"] and of["p"]["datasets"] == ["s1"]


def test_what_is_alleged_disputed_or_presumed_is_no_plain_edge(store: Store, load: Any) -> None:
    load(
        store, source("s1"), source("s2"), *(thing("Person", id_) for id_ in "pqr"), thing("Organization", "o"),
        {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "claimant": "q", **S1},
        {"kind": "EMPLOYED_BY", "from": "p", "to": "o", "claimant": "p", "stance": "denies", "source": "s2"},
        {"kind": "EMPLOYED_BY", "from": "q", "to": "o", "claimant": "p", "modality": "suspected", **S1},
        {"kind": "EMPLOYED_BY", "from": "r", "to": "o", "claimant": "p", "stance": "denies", **S1},
        {"kind": "MEMBER_OF", "from": "p", "to": "o", "claimant": "q", **S1},
    )  # fmt: skip
    told = edges(exported(store))
    assert {schema for schema, _ in told} == {"UnknownLink"}
    assert sorted(properties["role"][0] for _, properties in told) == [
        "is said to be a member of", "works for (disputed)", "works for (suspected)",
    ]  # fmt: skip
    assert all("Said by" in properties["description"][0] for _, properties in told)


def test_what_sources_contradict_each_other_about_is_no_property(store: Store, load: Any) -> None:
    load(
        store, source("s1"), source("s2"), thing("Incident", "i", date="2014-03-01"),
        {"kind": "Incident", "id": "i", "date": "2016", "source": "s2"},
        thing("Person", "p", position="clerk"),
        {"kind": "Person", "id": "p", "position": "clerk", "stance": "denies", "source": "s2"},
    )  # fmt: skip
    of = by_thing(exported(store))
    assert of["i"]["properties"].keys() == {"name"}
    assert "position" not in of["p"]["properties"]


def test_what_has_no_schema_lies_in_folders(store: Store, load: Any, back: Any, held: Any) -> None:
    many = [{"kind": "Domain", "domain": f"d{number}.example", **S1} for number in range(1500)]
    owner = {"kind": "OWNS", "from": "o", "to": "domain:d1.example", "claimant": "o", **S1}
    load(store, source("s1"), thing("Organization", "o"), owner, *many)
    before = held(store)
    found = exported(store)
    folders = [given for given in found.values() if given["schema"] == "Folder"]
    assert [len(given[KEY]["records"]) for given in folders] == [1000, 501]
    assert folders[1]["properties"]["parent"] == [folders[0]["id"]]
    assert Counter(given["schema"] for given in found.values()) == {"Folder": 2, "Document": 1, "Organization": 1}
    assert back(store, C, "ftm") == before


def test_entities_that_came_as_such_keep_their_ids_and_schemata(
    store: Store, last_used: LastUsed, tmp_path: Path
) -> None:
    given = [
        {"id": "c-1", "schema": "Company", "properties": {"name": ["Kiln"]}, "datasets": ["port"]},
        {"id": "v-1", "schema": "Vessel", "properties": {"name": ["Tern"]}, "datasets": ["port"]},
        {"id": "o-1", "schema": "Ownership", "properties": {"owner": ["c-1"], "asset": ["v-1"]}, "datasets": ["port"]},
        {"id": "u-1", "schema": "UserAccount", "properties": {"username": ["ada"], "service": ["forum"]}},
    ]
    file = tmp_path / "port.jsonl"
    file.write_text("\n".join(map(json.dumps, given)), encoding="utf-8")
    assert not flow.load(store, [file], "c", last_used).rejects
    found = exported(store)
    assert {id_: found[id_]["schema"] for id_ in ("c-1", "v-1")} == {"c-1": "Company", "v-1": "Vessel"}
    assert found["v-1"]["datasets"] == ["port"]
    assert [(schema, said["owner"], said["asset"]) for schema, said in edges(found)] == [
        ("Ownership", ["c-1"], ["v-1"])
    ]
    (account,) = (one["properties"] for one in found.values() if one["schema"] == "UserAccount")
    assert (account["username"], account["service"]) == (["ada"], ["forum"])


def test_merged_things_are_one_entity(store: Store, load: Any) -> None:
    load(store, source("s1"), *(thing("Person", id_) for id_ in "ab"))
    flow.merge(store, ME, ["a", "b"], "a")
    of = by_thing(exported(store))
    assert "b" not in of
    assert of["a"]["properties"]["name"] == ["A"] and len(of["a"][KEY]["records"]) == 2
