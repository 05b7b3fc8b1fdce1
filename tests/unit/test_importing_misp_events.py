import pytest

from tests.importing import taken
from tests.misp import EVENT, ORG, SOURCE, attribute, event, tags


@pytest.mark.parametrize(
    ("given", "place"),
    [
        (event(attribute("domain", "a.example")), "a.json:[1]"),
        (event(attribute("domain", "a.example"))["Event"], "a.json:[1]"),
        ({"response": event(attribute("domain", "a.example"))}, "a.json:[1].response"),
        ({"response": [event(attribute("domain", "a.example"))]}, "a.json:[1].response[1]"),
    ],
)
def test_an_event_may_stand_in_an_answer_or_by_itself(given, place):
    found = taken(given)
    assert found.claims("domain:a.example") == {"domain": ["a.example"]}
    assert [record.place for record in found.records[2:]] == [f"{place}.Attribute[1]"]
    assert found.origin.format == "MISP events"


def test_several_events_are_several_sources():
    first, second = (
        event(attribute("domain", "a.example")),
        event(attribute("domain", "a.example"), uuid="e2", info="Two"),
    )
    found = taken(first, second)
    assert [data["id"] for data in found.of("Source")] == [SOURCE, "misp:e2"]
    assert set(found.batch.claims.filter(subject="domain:a.example")["source"]) == {SOURCE, "misp:e2"}


@pytest.mark.parametrize("given", [{"Event": 5}, {"Event": {}}, {"Event": {"uuid": ""}}, {"Event": {"uuid": ["x"]}}])
def test_what_is_no_event_is_rejected_and_the_next_is_read(given):
    found = taken(given, event(attribute("domain", "a.example")))
    assert found.rejects == ['a.json:[1]: is no MISP event; it needs a uuid, as in {"Event": {"uuid": …, "info": …}}']
    assert len(found.of("Domain")) == 1


def test_attributes_without_their_event_are_rejected():
    found = taken({"response": {"Attribute": [attribute("domain", "a.example")]}})
    assert found.rejects == ["a.json:[1]: response is no list of events; export events, not attributes alone"]


def test_an_event_is_a_source_published_by_who_made_it():
    about = {"analysis": "1", "threat_level_id": "2", "distribution": "0", "published": False, "extends_uuid": "e0"}
    link = attribute("link", "https://news.example/harbour")
    found = taken(event(link, **about, Tag=tags("tlp:green", "type:OSINT", 'admiralty-scale:source-reliability="b"')))
    assert found.of("Source") == [
        {
            "kind": "Source",
            "id": SOURCE,
            "name": "Mail of harbours",
            "publisher": "CERT",
            "published": "2024-03-02",
            "tlp": "GREEN",
            "reliability": "B",
            "note": "Analysis: ongoing. Threat level: medium. Shared with: your organisation only. Not published. "
            "Extends the event e0. Tagged type:OSINT. Cites https://news.example/harbour.",
        }
    ]
    assert found.of("Organization") == [
        {"kind": "Organization", "id": ORG, "name": "CERT", "source": SOURCE, "locator": EVENT}
    ]
    assert (found.rejects, found.lost) == ([], {})


@pytest.mark.parametrize(
    ("of_event", "of_attribute", "tlp"),
    [
        (("tlp:white",), (), "CLEAR"),
        (("TLP:AMBER+STRICT", "tlp:amber"), (), "AMBER+STRICT"),
        (("tlp:green",), ("tlp:red",), "RED"),
        (("red", "tlp:ex:chr"), (), None),
    ],
)
def test_the_strictest_tlp_among_the_tags_counts(of_event, of_attribute, tlp):
    found = taken(event(attribute("domain", "a.example", Tag=tags(*of_attribute)), Tag=tags(*of_event)))
    assert found.of("Source")[0].get("tlp") == tlp


def test_every_claim_says_who_says_it_where_and_when():
    given = attribute(
        "domain",
        "a.example",
        comment="C2\r\nserver",
        category="Network activity",
        to_ids=True,
        timestamp="1709553600",
        first_seen="2024-01-05T10:00:00.000000+00:00",
        last_seen="2024-02-05T10:00:00.000000+00:00",
    )
    said = taken(event(given)).claim("domain:a.example", "domain")
    assert (said["source"], said["claimant"], said["locator"], said["said_at"]) == (SOURCE, ORG, "a1", "2024-03-04")
    assert (said["valid_from"], said["valid_to"]) == ("2024-01-05", "2024-02-05")
    assert said["note"] == "Network activity, meant for detection. C2\nserver"
    assert (said["modality"], said["confidence"], said["credibility"]) == ("stated", None, None)


def test_without_a_maker_who_loads_says_who_says_it():
    given = event(attribute("domain", "a.example"), Orgc={})
    assert taken(given).claim("domain:a.example", "domain")["claimant"] is None
    assert taken(given, known={"me": "Person"}, claimant="me").claim("domain:a.example", "domain")["claimant"] == "me"


def test_one_source_named_by_who_loads_holds_all_events_and_is_as_strict_as_the_strictest():
    one = event(attribute("domain", "a.example"), Tag=tags("tlp:red"))
    two = event(attribute("domain", "b.example"), uuid="e2", Tag=tags("tlp:green"))
    found = taken(one, two, source="feed")
    assert found.of("Source") == [{"kind": "Source", "id": "feed", "name": "a.json", "tlp": "RED"}]
    assert set(found.batch.claims["source"]) == {"feed"}
    assert found.lost == {"titles, dates and notes of events that are one source here": 2}
    (alone,) = taken(one, source="feed").of("Source")
    assert (alone["id"], alone["name"], alone["tlp"]) == ("feed", "Mail of harbours", "RED")


@pytest.mark.parametrize(
    ("names", "rated"),
    [
        (['misp:confidence-level="usually-confident"'], (75, None, "stated")),
        (['misp:confidence-level="unconfident"'], (0, None, "stated")),
        (['misp:confidence-level="confidence-cannot-be-evalued"'], (None, None, "stated")),
        (['admiralty-scale:information-credibility="2"'], (None, 2, "stated")),
        (['admiralty-scale:information-credibility="6"'], (None, None, "stated")),
        (['estimative-language:likelihood-probability="very-likely"'], (88, None, "estimated")),
        (
            ['misp:confidence-level="completely-confident"', 'misp:confidence-level="rarely-confident"'],
            (25, None, "stated"),
        ),
        (['osint:certainty="75"'], (None, None, "stated")),
    ],
)
def test_a_rating_in_a_tag_is_the_rating_of_the_claim(names, rated):
    for given in (attribute("domain", "a.example", Tag=tags(*names)), attribute("domain", "a.example")):
        found = taken(event(given, Tag=[] if given.get("Tag") else tags(*names)))
        said = found.claim("domain:a.example", "domain")
        assert (said["confidence"], said["credibility"], said["modality"]) == rated
