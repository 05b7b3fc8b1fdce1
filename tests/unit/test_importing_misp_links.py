from tests.importing import taken
from tests.misp import MD5, ORG, SHA256, SOURCE, attribute, event, made, object_, reference, tags


def test_a_reference_is_a_relation_between_what_both_ends_are():
    file = object_("file", ("md5", "md5", MD5), ("sha256", "sha256", SHA256), uuid="o1")
    file["ObjectReference"] = [
        reference("a1", comment="Seen."),
        reference("o2", "uses"),
        reference("o1"),
        reference("zz"),
    ]
    other = object_(
        "person", ("full-name", "full-name", "Jo"), uuid="o2", ObjectReference=[reference("a1", "uses", deleted=True)]
    )
    found = taken(event(attribute("domain", "a.example"), objects=[file, other]))
    links = [(row["kind"], row["from"], row["to"], row.get("relationship")) for row in found.records_of_relations()]
    assert links == [
        ("RELATED_TO", f"sha256:{SHA256}", "domain:a.example", "connects-to"),
        ("RELATED_TO", f"sha256:{SHA256}", "misp:o2", "uses"),
    ]
    (link,) = [row for row in found.of("RELATED_TO") if row["relationship"] == "connects-to"]
    assert (link["source"], link["claimant"], link["locator"], link["note"]) == (SOURCE, ORG, "r1", "Seen.")
    assert found.lost == {
        "references of a thing to itself": 1,
        "references of objects that are no one thing here": 1,
        "deleted references": 1,
    }
    assert found.rejects == []


def test_an_object_of_several_things_is_no_end_of_a_reference():
    several = object_(
        "file", ("sha256", "sha256", SHA256), ("sha256", "sha256", "a" * 64), ObjectReference=[reference("a1")]
    )
    found = taken(event(attribute("domain", "a.example"), objects=[several]))
    assert found.of("RELATED_TO") == []
    assert found.lost == {"references of objects that are no one thing here": 1}


def test_a_sighting_is_said_by_who_saw_it():
    seen = [
        {
            "uuid": "s1",
            "type": "0",
            "date_sighting": "1709553600",
            "source": "honeypot",
            "Organisation": {"uuid": "p", "name": "Port"},
        },
        {"uuid": "s2", "type": "1", "Organisation": {"uuid": "p", "name": "Port"}},
        {"uuid": "s3", "type": "0"},
    ]
    found = taken(event(attribute("domain", "a.example", Sighting=seen)))
    first, second = found.of("RELATED_TO")
    assert (first["from"], first["to"], first["relationship"]) == ("misp:p", "domain:a.example", "sighted")
    assert (first["claimant"], first["valid_from"], first["valid_to"], first["note"]) == (
        "misp:p",
        "2024-03-04",
        "2024-03-04",
        "Seen by honeypot.",
    )
    assert second["relationship"] == "reported as a false positive"
    assert (found.rejects, found.lost) == ([], {"Sighting": 1})


CLUSTER = {
    "value": "Grey Gull",
    "uuid": "c1",
    "description": "Long.",
    "meta": {"synonyms": ["Sea Mew"], "country": "FR"},
}


def test_a_galaxy_of_an_event_is_a_thing_in_it_and_linked_to_nothing():
    galaxy = [{"type": "threat-actor", "GalaxyCluster": [CLUSTER]}]
    named = tags('misp-galaxy:threat-actor="Grey Gull"', 'misp-galaxy:tool="X"')
    found = taken(event(attribute("domain", "a.example"), Galaxy=galaxy, Tag=named))
    assert made(found, "Organization", "Software") == [
        {"kind": "Organization", "id": "misp:c1", "name": "Grey Gull", "org_type": "threat actor"},
        {"kind": "Software", "id": "misp:galaxy:tool:x", "name": "X", "software_type": "tool"},
    ]
    assert found.of("RELATED_TO") == []
    assert found.lost == {"descriptions of galaxy clusters, which the galaxies themselves give": 1}
    assert "FR" not in found.batch.claims["value"]


def test_a_galaxy_of_an_attribute_is_linked_to_it():
    galaxy = [{"type": "threat-actor", "GalaxyCluster": [CLUSTER]}]
    found = taken(
        event(attribute("domain", "a.example", Galaxy=galaxy), attribute("domain", "b.example", Galaxy=galaxy))
    )
    links = [(row["from"], row["relationship"], row["to"]) for row in found.of("RELATED_TO")]
    assert links == [("domain:a.example", "tagged", "misp:c1"), ("domain:b.example", "tagged", "misp:c1")]
    assert len(made(found, "Organization")) == 1
    assert found.rejects == []
