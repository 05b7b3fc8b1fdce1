import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graphkit import flow
from graphkit.ingest.importers.misp import clusters
from graphkit.last_used import LastUsed
from tests.budget import budget
from tests.conftest import SHARED
from tests.importing import ANY_JSON, paths, put, taken

ACTORS = SHARED / "data" / "misp_galaxy" / "threat-actor.json"
ONE, TWO = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
APART = "33333333-3333-4333-8333-333333333333"
CLUSTER = {
    "uuid": ONE,
    "value": "Grey Gull",
    "description": "Reads the mail of harbours.\r\nQuietly.",
    "meta": {
        "synonyms": ["Sea Mew", "G9001"],
        "country": "FR",
        "attribution-confidence": "25",
        "refs": ["https://example.com/gull", "a paper on gulls"],
        "cfr-suspected-victims": ["Freedonia", "Sylvania"],
        "cfr-type-of-incident": "Espionage",
        "origin:Sea Mew": "Tern Ltd.",
        "threat-actor-classification": ["campaign"],
        "nationality": "French",
        "spoken-language": ["fra"],
    },
    "related": [
        {"dest-uuid": TWO, "type": "similar", "tags": ['estimative-language:likelihood-probability="likely"']},
        {"dest-uuid": APART, "type": "uses"},
        {"dest-uuid": ONE, "type": "similar"},
    ],
}
GALAXY = {
    "type": "threat-actor",
    "category": "actor",
    "name": "Threat Actor",
    "uuid": "7cdff317-a673-4474-84ec-4f1754947823",
    "description": "Groups.",
    "source": "MISP Project",
    "authors": ["Somebody"],
    "version": 9,
    "values": [CLUSTER, {"uuid": TWO, "value": "Sea Mew"}],
}
ID, OTHER = f"misp:{ONE}", f"misp:{TWO}"


def galaxy(type_, *clusters, **fields):
    return {"type": type_, "uuid": "g", "name": "Galaxy", "values": list(clusters), **fields}


def test_a_galaxy_is_a_source_and_says_everything_in_it():
    found = taken(GALAXY)
    (source,) = found.of("Source")
    assert source == {
        "kind": "Source",
        "id": "misp:7cdff317-a673-4474-84ec-4f1754947823",
        "name": "Threat Actor",
        "publisher": "MISP Project",
        "authors": ["Somebody"],
        "note": "Groups. Version 9.",
    }
    assert set(found.batch.claims["source"]) == {source["id"]}
    said = found.batch.claims.filter(subject=ID)
    assert set(said["claimant"]) == {"misp:source:misp-project"}
    assert set(said["locator"]) == {ONE}
    assert found.rejects == []


def test_a_threat_actor_is_an_organization_with_its_names_and_references():
    found = taken(GALAXY).claims(ID)
    assert found["name"] == ["Grey Gull", "Sea Mew", "G9001"]
    assert found["org_type"] == ["threat actor", "campaign"]
    assert found["reference"] == ["https://example.com/gull"]
    assert "Reads the mail of harbours.\nQuietly." in found["statement"]
    assert "Type of incident: Espionage." in found["statement"]
    assert "The name Sea Mew is that of Tern Ltd." in found["statement"]


def test_a_synonym_is_reported_and_merges_nothing():
    found = taken(GALAXY)
    said = found.batch.claims.filter(property="name", value="Sea Mew")
    assert dict(said.select("subject", "stance").iter_rows()) == {ID: "reports", OTHER: "asserts"}
    assert found.of("ALIAS_OF") == []


def test_a_country_is_suspected_and_as_sure_as_the_galaxy_says():
    found = taken(GALAXY)
    country = found.claim(ID, "country")
    assert (country["value"], country["modality"], country["confidence"]) == ("FR", "suspected", 25)
    assert "suspected to be from" in country["note"]
    rated = found.batch.claims.filter(subject=ID).drop_nulls("confidence")
    assert sorted(rated["property"]) == ["RELATED_TO", "country"]


def test_a_country_without_a_rating_is_not_rated():
    cluster = {"uuid": ONE, "value": "Grey Gull", "meta": {"country": "FR"}}
    assert taken(galaxy("threat-actor", cluster)).claim(ID, "country")["confidence"] is None


def test_what_the_galaxy_suspects_is_no_fact():
    said = taken(GALAXY).batch.claims.filter(subject=ID, property="statement")
    modality = dict(said.select("value", "modality").iter_rows())
    assert modality["Suspected victims: Freedonia, Sylvania."] == "suspected"
    assert modality["Type of incident: Espionage."] == "stated"


def test_relations_keep_the_word_and_how_likely_they_are():
    found = taken(GALAXY)
    (link,) = found.of("RELATED_TO")
    assert (link["from"], link["to"], link["relationship"]) == (ID, OTHER, "similar")
    assert (link["confidence"], link["modality"]) == (68, "estimated")
    assert link["note"] == 'Tagged estimative-language:likelihood-probability="likely".'


def test_what_has_no_place_is_counted_and_what_is_refused_is_nowhere():
    found = taken(GALAXY)
    assert found.lost == {
        "refs that are no web address": 1,
        "relations to clusters that are neither in this file nor in the store": 1,
        "relations of a cluster to itself": 1,
        "spoken-language": 1,
    }
    assert (found.batch.refused_fields, found.batch.refused_names) == (1, ["nationality"])
    assert "French" not in found.batch.claims.write_json()


def test_a_relation_may_lead_to_what_the_store_has():
    found = taken(GALAXY, known={f"misp:{APART}": "Software"})
    (link,) = found.of("USES")
    assert (link["from"], link["to"]) == (ID, f"misp:{APART}")
    assert found.rejects == []


@pytest.mark.parametrize(
    ("type_", "category", "kind", "field", "word"),
    [
        ("microsoft-activity-group", "actor", "Organization", "org_type", "threat actor"),
        ("mitre-intrusion-set", "actor", "Organization", "org_type", "threat actor"),
        ("intelligence-agency", "Intelligence Agencies", "Concept", "concept_type", "intelligence agency"),
        ("intelligence-agencies", "", "Organization", "org_type", "intelligence agencies"),
        ("surveillance-vendor", "", "Organization", "org_type", "surveillance vendor"),
        ("mitre-malware", "tool", "Software", "software_type", "mitre malware"),
        ("ransomware", "tool", "Software", "software_type", "ransomware"),
        ("rat", "", "Software", "software_type", "rat"),
        ("something-else", "tool", "Software", "software_type", "something else"),
        ("mitre-attack-pattern", "attack-pattern", "Technique", None, None),
        ("disarm-techniques", "", "Technique", None, None),
        ("mitre-course-of-action", "", "Mitigation", None, None),
        ("mitre-campaign", "", "Incident", "incident_type", "campaign"),
        ("country", "country", "Place", "place_type", "country"),
        ("sector", "sector", "Concept", "concept_type", "sector"),
        ("mitre-data-source", "", "Concept", "concept_type", "mitre data source"),
    ],
)
def test_the_type_of_a_galaxy_says_what_its_clusters_are(type_, category, kind, field, word):
    found = taken(galaxy(type_, {"uuid": ONE, "value": "A"}, category=category))
    (thing,) = [data for data in found.of(kind) if data["id"] == ID]
    assert (thing["name"], thing.get(field)) == ("A", word)
    assert found.rejects == []


def test_a_technique_has_its_tactic_platform_and_catalogue_id():
    meta = {
        "external_id": "T1",
        "kill_chain": ["mitre-attack:collection"],
        "mitre_platforms": ["Linux"],
        "revoked": True,
    }
    found = taken(galaxy("mitre-attack-pattern", {"uuid": ONE, "value": "A", "description": "What.", "meta": meta}))
    said = found.claims(ID)
    expected = {"name": ["A"], "description": ["What."], "external_id": ["T1"], "tactic": ["collection"]}
    assert said == expected | {"platform": ["Linux"]}
    assert found.claim(ID, "name")["note"] == "Revoked by who made it."


def test_a_source_that_is_an_address_or_nobody_is_no_claimant_and_who_loads_may_name_one():
    cluster = {"uuid": ONE, "value": "A", "related": [{"dest-uuid": TWO, "type": "attributed-to"}]}
    files = [galaxy("mitre-campaign", cluster, source=source) for source in ("https://example.com", "Open Sources")]
    known = {OTHER: "Organization"}
    for file in files:
        found = taken(file, known=known)
        assert set(found.batch.claims["claimant"]) == {None}
        assert found.rejects == [
            "a.json:[1]: claimant: is missing; ATTRIBUTED_TO is an allegation and must say who makes it"
        ]
        named = taken(file, known=known | {"me": "Person"}, claimant="me")
        assert named.rejects == []
        assert named.claim(ID, "ATTRIBUTED_TO")["claimant"] == "me"


@pytest.mark.parametrize("cluster", [5, None, "x", [], {}, {"value": ""}, {"value": ["A"]}, {"uuid": ONE}])
def test_what_is_no_cluster_is_rejected_with_its_place(cluster):
    found = taken(galaxy("tool", {"uuid": TWO, "value": "A"}, cluster))
    assert found.rejects == ["a.json:[2]: is no cluster of a MISP galaxy; it needs a value, which is its name"]


def test_a_file_goes_on_after_what_is_no_galaxy():
    found = taken(GALAXY, {"values": 3}, {"type": "tool", "values": [{"value": "A"}]})
    assert found.rejects == ["a.json:[2]: is no MISP galaxy; it needs a type and a list of values"]
    assert [data["id"] for data in found.of("Software")] == ["misp:galaxy:tool:a"]


def test_too_many_names_reject_the_names_and_not_the_actor():
    found = taken(
        galaxy("threat-actor", {"uuid": ONE, "value": "A", "meta": {"synonyms": [f"n{n}" for n in range(10_001)]}})
    )
    assert found.rejects == ["a.json:[1]: name: holds 10,001 values; 10,000 are allowed"]
    assert found.claims(ID)["name"] == ["A"]


def test_kinds_are_kinds_of_the_catalog():
    for type_ in ("threat-actor", "tool", "mitre-attack-pattern", "mitre-campaign", "country", "sector", ""):
        kind, word = clusters.kind(type_)
        assert clusters.thing({"value": "A"}, type_, "")["kind"] == kind
        assert isinstance(word, str)


def test_loading_twice_changes_nothing(tmp_path):
    path = tmp_path / "galaxy.json"
    path.write_text(json.dumps(GALAXY))
    store, last = flow.store_at(str(tmp_path / "a.kgl")), LastUsed(tmp_path / "state")
    first, second = (flow.load(store, [path], None, last) for _ in range(2))
    assert second.new_claims == 0
    assert first.new_claims > 10
    assert second.rejected == 0


@pytest.mark.shared
def test_the_galaxy_of_threat_actors_is_loaded_whole():
    raw = json.loads(ACTORS.read_text(encoding="utf-8"))
    found = taken(raw)
    assert found.rejects == []
    names = found.batch.claims.filter(property="name", kind="Organization")
    own = {subject: set(values) for subject, values in names.group_by("subject").agg("value").iter_rows()}
    clusters = {f"misp:{one['uuid']}": one for one in raw["values"]}
    synonyms = [(id_, name.strip()) for id_, one in clusters.items() for name in one["meta"].get("synonyms", [])]
    assert (len(clusters), len(synonyms)) == (1041, 1403)
    assert clusters.keys() <= own.keys()
    assert all(name in own[id_] for id_, name in synonyms)
    assert all(
        own[id_] == {one["value"].strip(), *(name for held, name in synonyms if held == id_)}
        for id_, one in clusters.items()
    )
    countries = found.batch.claims.filter(property="country")
    assert set(countries["modality"]) == {"suspected"}
    rated = dict(countries.select("subject", "confidence").iter_rows())
    assert all(rated[id_] == _confidence(one) for id_, one in clusters.items() if one["meta"].get("country"))
    references = {(id_, ref) for id_, one in clusters.items() for ref in one["meta"].get("refs", [])}
    assert references <= set(found.batch.claims.filter(property="reference").select("subject", "value").iter_rows())
    related = [to for one in raw["values"] for to in one.get("related", [])]
    left = sum(found.lost[name] for name in found.lost if name.startswith("relations "))
    assert len([data for data in found.records if data.data and "to" in data.data]) == len(related) - left


def _confidence(cluster):
    given = cluster["meta"].get("attribution-confidence")
    return None if given is None else int(given)


@pytest.mark.shared
def test_names_that_several_actors_claim_stay_with_each_of_them():
    raw = json.loads(ACTORS.read_text(encoding="utf-8"))
    holders: dict[str, set[str]] = {}
    for one in raw["values"]:
        for name in [one["value"], *one["meta"].get("synonyms", [])]:
            holders.setdefault(name.casefold().strip(), set()).add(f"misp:{one['uuid']}")
    shared = {name: ids for name, ids in holders.items() if len(ids) > 1}
    assert len(shared) == 27
    found = taken(raw)
    assert found.of("ALIAS_OF") == []
    said = found.batch.claims.filter(property="name").select("value", "subject").iter_rows()
    kept: dict[str, set[str]] = {}
    for name, subject in said:
        kept.setdefault(name.casefold(), set()).add(subject)
    assert {name: kept[name] for name in shared} == shared


PATHS = list(paths(GALAXY))


@budget(40, 500)
@given(st.sampled_from(PATHS), ANY_JSON)
@example(("values", 0, "meta"), "x")
@example(("values", 0, "value"), "x" * 200_000)
def test_whatever_stands_in_a_galaxy_nothing_is_raised_and_nothing_vanishes(path, value):
    found = taken(put(GALAXY, path, value))
    if path[:2] == ("values", 0):
        assert OTHER in set(found.batch.claims["subject"])
