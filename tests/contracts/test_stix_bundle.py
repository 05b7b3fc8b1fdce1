"""A bundle says to other tools what the graph says, in their words, and nothing as a fact that is an allegation."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.exports import wording
from graphkit.graph.redact import redacted
from graphkit.graph.scope import Scope
from graphkit.graph.snapshot import Snapshot
from graphkit.last_used import LastUsed
from graphkit.model.stix import EXTENSION, MAKER, id_of
from graphkit.stores import Store
from tests.contracts.world import ME, source
from tests.stix import OBSERVABLES, bundle

C = Scope(("c",))
S1 = {"source": "s1"}
MADE = "--2014aaaa-0000-4000-8000-00000000000"


def exported(store: Store, scope: Scope = C, around: list[str] | None = None) -> dict[str, dict[str, Any]]:
    return bundle(b"".join(flow.export(store, scope, "stix", around or ())))


def thing_of(given: dict[str, Any]) -> dict[str, Any]:
    """Return what an object stands for."""
    held = given.get("extensions", {}).get(EXTENSION, {})
    found: dict[str, Any] = held.get("graphkit_thing") or given.get("graphkit_thing") or {}
    return found


def by_thing(objects: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    (grouping,) = (given for given in objects.values() if given["type"] == "grouping")
    files = {thing["id"]: objects[id_] for id_, thing in thing_of(grouping)["elsewhere"].items()}
    return {thing_of(given)["id"]: given for given in objects.values() if "id" in thing_of(given)} | files


@pytest.mark.parametrize("case", ["article", "invented"])
def test_a_bundle_has_the_things_the_relations_and_the_sources_of_the_graph(
    seed: Store, article: Snapshot, invented: Snapshot, case: str
) -> None:
    view = redacted({"article": article, "invented": invented}[case])[0]
    objects = exported(seed, Scope((case,)))
    of = by_thing(objects)
    named = dict(view.entities.select("id", "name").iter_rows())
    assert named.keys() <= of.keys()
    for id_, name in named.items():
        assert of[id_]["type"] in OBSERVABLES or of[id_]["name"] == name
    linked = Counter()
    for given in objects.values():
        if given["type"] in ("relationship", "sighting"):
            ends = [thing_of(objects[given[end]]).get("id") for end in ("source_ref", "target_ref")]
            turned = thing_of(given)["kind"] == "TARGET_OF"
            linked[(*(reversed(ends) if turned else ends), thing_of(given)["kind"])] += 1
    files = {id_ for id_, given in of.items() if given["type"] == "file"}
    told = view.relations.filter(~view.relations["from"].is_in(files) & ~view.relations["to"].is_in(files))
    assert {key: n for key, n in linked.items() if None not in key} == Counter(
        told.select("from", "to", "type").iter_rows()
    )
    reported = {given["name"] for given in objects.values() if given["type"] == "report"}
    assert reported == set(view.sources.filter(view.sources["n_claims"] > 0)["name"])


def test_allegations_are_worded_as_such_and_say_who_makes_them(seed: Store, invented: Snapshot) -> None:
    catalog = flow.catalog()
    view = redacted(invented)[0]
    said = [given for given in exported(seed, Scope(("invented",))).values() if given["type"] == "relationship"]
    accusing = [row for row in view.relations.to_dicts() if wording.alleged(row, catalog)]
    alleged = [given for given in said if "An allegation." in given["description"]]
    assert len(alleged) == len(accusing) > 0
    for given in alleged:
        assert given["relationship_type"].startswith("is-") or given["relationship_type"] == "attributed-to"
        assert re.search(r"Said by .+, in .+\.$", given["description"])
    assert {"is-said-to-be-suspected-of", "is-said-to-be-a-member-of"} <= {g["relationship_type"] for g in alleged}


def test_every_object_is_marked_with_what_every_hand_over_says(seed: Store) -> None:
    for case, words in (("article", [wording.CAUTION]), ("invented", [wording.INVENTED, wording.CAUTION])):
        objects = exported(seed, Scope((case,)))
        marks = {
            given["definition"]["statement"]: id_ for id_, given in objects.items() if given["type"].startswith("mark")
            and given.get("definition_type") == "statement"
        }  # fmt: skip
        assert list(marks) == words
        for given in objects.values():
            if given["type"] not in ("marking-definition", "extension-definition") and given["id"] != MAKER:
                assert {*marks.values()} <= set(given["object_marking_refs"])


def test_an_object_has_a_maker_and_a_confidence_when_all_its_claims_have_the_same(store: Store, load: Any) -> None:
    load(
        store, source("s1"), source("s2"),
        {"kind": "Organization", "id": "who", "name": "Who", "claimant": "who", **S1},
        {"kind": "Organization", "id": "both", "name": "B", "claimant": "who", "confidence": 40, **S1},
        {"kind": "Organization", "id": "both", "country": "C", "claimant": "who", "confidence": 40, "source": "s2"},
        {"kind": "Organization", "id": "some", "name": "D", "claimant": "who", "confidence": 40, **S1},
        {"kind": "Organization", "id": "some", "country": "E", "claimant": "both", **S1},
        {"kind": "Organization", "id": "none", "name": "F", "claimant": "who", "confidence": 0, **S1},
        {"kind": "Organization", "id": "none", "country": "G", **S1},
    )  # fmt: skip
    of = by_thing(exported(store))
    who = of["who"]["id"]
    assert (of["both"]["created_by_ref"], of["both"]["confidence"]) == (who, 40)
    assert not {"created_by_ref", "confidence"} & (of["some"].keys() | of["none"].keys())


def test_what_a_decision_set_aside_makes_nothing_of_an_object(store: Store, load: Any) -> None:
    load(
        store, source("s1"), source("s2"), {"kind": "Organization", "id": "who", "name": "W", **S1},
        {"kind": "Place", "id": "k", "name": "K", "claimant": "who", "said_at": "2014", "confidence": 60, **S1},
        {"kind": "Place", "id": "k", "place_type": "city", "said_at": "2020", "confidence": 10, "source": "s2"},
    )  # fmt: skip
    flow.retract(store, ME, ["s2"])
    objects = exported(store)
    place = by_thing(objects)["k"]
    assert place["created"] == place["modified"] == "2014-01-01T00:00:00.000Z"
    assert (place["confidence"], place["created_by_ref"]) == (60, by_thing(objects)["who"]["id"])
    assert [given["name"] for given in objects.values() if given["type"] == "report"] == ["Paper s1"]


def test_what_is_said_comes_from_the_time_it_was_said(store: Store, load: Any) -> None:
    load(
        store, source("s1", published="2013-05"), source("s2", accessed="2014-06-07"),
        {"kind": "Place", "id": "k", "name": "K", "said_at": "2014-03", **S1},
        {"kind": "Place", "id": "k", "place_type": "city", "recorded_at": "2020-02-03T04:05:06+02:00", "source": "s2"},
    )  # fmt: skip
    objects = exported(store)
    place = by_thing(objects)["k"]
    assert (place["created"], place["modified"]) == ("2014-03-01T00:00:00.000Z", "2020-02-03T02:05:06.000Z")
    published = {given["name"]: given["published"] for given in objects.values() if given["type"] == "report"}
    assert published == {"Paper s1": "2013-05-01T00:00:00.000Z", "Paper s2": "2014-06-07T00:00:00.000Z"}


def test_the_strictest_marking_of_its_sources_and_cases_is_on_an_object(store: Store, load: Any) -> None:
    load(
        store, {"kind": "Case", "id": "c", "name": "C", "tlp": "GREEN"}, source("s1"), source("s2", tlp="AMBER+STRICT"),
        {"kind": "Place", "id": "open", "name": "O", **S1}, {"kind": "Place", "id": "shut", "name": "S", **S1},
        {"kind": "Place", "id": "shut", "place_type": "city", "source": "s2"},
    )  # fmt: skip
    objects = exported(store)
    marks = {id_: given["name"] for id_, given in objects.items() if given.get("name", "").startswith("TLP:")}
    assert marks == {
        "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "TLP:GREEN",
        "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "TLP:AMBER+STRICT",
    }
    of = by_thing(objects)
    for id_, word in (("open", "TLP:GREEN"), ("shut", "TLP:AMBER+STRICT")):
        assert [marks[ref] for ref in of[id_]["object_marking_refs"] if ref in marks] == [word]


THINGS: list[tuple[dict[str, Any], str]] = [
    ({"kind": "Domain", "domain": "example.com"}, "domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7"),
    ({"kind": "Host", "ip": "198.51.100.3"}, "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4"),
    ({"kind": "Identifier", "id": "as:15139", "value": "15139"},
     "autonomous-system--3aa27478-50b5-5ab8-9da9-cdc12b657fff"),
    ({"kind": "Host", "ip": "2001:DB8::1"}, "ipv6-addr--6469e3a9-b053-5e34-a025-9396ae051d26"),
    ({"kind": "Identifier", "id": "email:no mail", "value": "x"}, "graphkit-identifier"),
    ({"kind": "Identifier", "id": "phone:+123", "value": "+123"}, "graphkit-identifier"),
    ({"kind": "Identifier", "id": "cert:" + "ab" * 20, "value": "x"}, "x509-certificate"),
    ({"kind": "Identifier", "id": "cert:abc", "value": "x"}, "graphkit-identifier"),
    ({"kind": "ContentItem", "id": "item", "name": "A film"}, "graphkit-content-item"),
    ({"kind": "ContentItem", "id": "sha256:" + "ab" * 32, "sha256": "ab" * 32}, "file"),
    ({"kind": "Person", "id": f"stix:identity{MADE}1", "name": "P"}, f"identity{MADE}1"),
    ({"kind": "Person", "id": f"stix:malware{MADE}1", "name": "P"}, "identity"),
    ({"kind": "Person", "id": "stix:identity--no-uuid", "name": "P"}, "identity"),
    ({"kind": "Organization", "id": f"stix:intrusion-set{MADE}1", "name": "P"}, f"intrusion-set{MADE}1"),
    ({"kind": "Organization", "id": "o", "name": "O", "org_type": ["bank", "threat-actor"]}, "threat-actor"),
    ({"kind": "Software", "id": "t", "name": "T", "software_type": "tool"}, "tool"),
    ({"kind": "Software", "id": "m", "name": "T", "software_type": "worm"}, "malware"),
    ({"kind": "Incident", "id": "i", "name": "I", "incident_type": "a campaign of lies"}, "incident"),
    ({"kind": "Incident", "id": "i", "name": "I", "incident_type": "campaign", "date": "2014-03/2015"}, "campaign"),
    ({"kind": "Concept", "id": f"stix:x-mitre-tactic{MADE}1", "name": "P"}, f"x-mitre-tactic{MADE}1"),
    ({"kind": "Concept", "id": f"stix:indicator{MADE}1", "name": "P"}, "graphkit-concept"),
    ({"kind": "Concept", "id": "CVE-2014-0160", "name": "C", "concept_type": "vulnerability"}, "vulnerability"),
    ({"kind": "Place", "id": "k", "name": "K", "latitude": 24.9}, "location"),
    ({"kind": "Place", "id": "k", "name": "K", "latitude": 95, "longitude": 3}, "location"),
    ({"kind": "Statistic", "id": "n", "name": "N", "amount": 3}, "graphkit-statistic"),
    ({"kind": "Group", "id": "g", "description": "suspects"}, "identity"),
]  # fmt: skip


@pytest.mark.long_on_neo4j
@pytest.mark.parametrize(("record", "id_"), THINGS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_thing_is_of_the_type_and_has_the_id_that_stix_has_for_it(
    store: Store, load: Any, record: dict[str, Any], id_: str
) -> None:
    assert not load(store, source("s1"), record | S1).rejects
    objects = exported(store)
    (thing,) = flow.snapshot(store, C).entities["id"]
    given = by_thing(objects)[thing]
    assert id_ in (given["id"], given["type"])


def test_two_things_that_are_one_observable_are_two_objects(store: Store, load: Any) -> None:
    load(
        store, source("s1"), {"kind": "Identifier", "id": "handle:x", "value": "x", **S1},
        {"kind": "Identifier", "id": "handle:account:x", "value": "x", **S1},
    )  # fmt: skip
    assert Counter(given["type"] for given in by_thing(exported(store)).values()) == {
        "user-account": 1, "graphkit-identifier": 1, "report": 1,
    }  # fmt: skip


def test_no_thing_takes_the_id_of_another_one(store: Store, load: Any) -> None:
    other = id_of("identity", "a")
    load(
        store, source("s1"), {"kind": "Person", "id": "a", "name": "A", **S1},
        {"kind": "Person", "id": f"stix:{other}", "name": "B", **S1},
        {"kind": "Person", "id": f"stix:{MAKER}", "name": "C", **S1},
    )  # fmt: skip
    of = by_thing(exported(store))
    assert of["a"]["id"] == other
    assert len({of[id_]["id"] for id_ in ("a", f"stix:{other}", f"stix:{MAKER}")} - {MAKER}) == 3


def test_a_relation_nobody_asserts_or_that_was_withdrawn_is_no_relationship(store: Store, load: Any) -> None:
    load(
        store, source("s1"), *({"kind": "Organization", "id": id_, "name": id_, **S1} for id_ in ("a", "b", "d")),
        {"kind": "COOPERATES_WITH", "from": "a", "to": "b", "stance": "denies", **S1},
        {"kind": "COOPERATES_WITH", "from": "a", "to": "d", **S1},
        {"kind": "COOPERATES_WITH", "from": "b", "to": "d", "stance": "retracts", **S1},
    )  # fmt: skip
    (claim,) = flow.snapshot(store, C).relations["id"]
    flow.withdraw(store, ME, store.claims(about=[claim])["id"].to_list())
    objects = exported(store)
    assert "relationship" not in {given["type"] for given in objects.values()}
    (grouping,) = (given for given in objects.values() if given["type"] == "grouping")
    carried = grouping["extensions"][EXTENSION]["graphkit_records"]
    assert Counter(record["kind"] for record in carried) == {"COOPERATES_WITH": 3, "Decision": 1}


def test_merged_things_are_one_object(store: Store, load: Any) -> None:
    load(
        store, source("s1"), *({"kind": "Person", "id": id_, "name": id_.upper(), **S1} for id_ in ("a", "b")),
        {"kind": "Organization", "id": "o", "name": "O", **S1},
        {"kind": "EMPLOYED_BY", "from": "b", "to": "o", "claimant": "b", **S1},
    )  # fmt: skip
    flow.merge(store, ME, ["a", "b"], "a")
    objects = exported(store)
    of = by_thing(objects)
    assert "b" not in of
    (link,) = (given for given in objects.values() if given["type"] == "relationship")
    assert link["source_ref"] == link["created_by_ref"] == of["a"]["id"]
    assert len(of["a"]["extensions"][EXTENSION]["graphkit_records"]) == 2


def test_a_part_names_those_who_speak_and_nobody_else(store: Store, load: Any) -> None:
    load(
        store, source("s1"), source("s2"), *({"kind": "Person", "id": x, "name": x, **S1} for x in ("a", "far", "who")),
        {"kind": "Organization", "id": "o", "name": "O", **S1},
        {"kind": "EMPLOYED_BY", "from": "a", "to": "o", "claimant": "who", **S1},
        {"kind": "EMPLOYED_BY", "from": "who", "to": "o", "source": "s2"},
        {"kind": "EMPLOYED_BY", "from": "who", "to": "o", "source": "s2", "claimant": "far"},
    )  # fmt: skip
    of = by_thing(exported(store, C, ["a"]))
    assert {id_ for id_ in of if not id_.startswith("rel:")} == {"a", "o", "who", "s1"}
    assert [given["description"] for given in of.values() if given["type"] == "relationship"] == [
        "a works for O. Said by who, in Paper s1."
    ]


def test_what_another_tool_adds_is_read_beside_what_graphkit_wrote(
    store: Store, load: Any, last_used: LastUsed, tmp_path: Path, emptied: Any
) -> None:
    load(store, source("s1"), {"kind": "Organization", "id": "o", "name": "O", **S1})
    content = json.loads(b"".join(flow.export(store, C, "stix")))
    (ours,) = (given["id"] for given in content["objects"] if thing_of(given).get("id") == "o")
    made = {"spec_version": "2.1", "created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z"}
    content["objects"] += [
        {"type": "malware", "id": f"malware{MADE}1", "name": "M", "is_family": True, "created_by_ref": ours, **made},
        {"type": "relationship", "id": f"relationship{MADE}1", "relationship_type": "uses", "source_ref": ours,
         "target_ref": f"malware{MADE}1", "created_by_ref": ours, **made},
    ]  # fmt: skip
    file = tmp_path / "more.stix.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    emptied(store)
    report = flow.load(store, [file], "c", last_used)
    assert list(map(str, report.rejects)) == []
    view = flow.snapshot(store, C)
    assert view.relations.select("from", "type", "to").rows() == [("o", "USES", f"stix:malware{MADE}1")]
    assert view.relations["claimants"].to_list() == [["o"]]
    assert set(view.entities["id"]) == {"o", f"stix:malware{MADE}1"}
