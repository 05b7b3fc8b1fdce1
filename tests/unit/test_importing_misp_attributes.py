import json

import pytest

from tests.importing import taken
from tests.misp import MD5, SHA256, attribute, event, made, object_, tags


@pytest.mark.parametrize(
    ("type_", "value", "record"),
    [
        ("domain", "A.example", {"kind": "Domain", "domain": "A.example"}),
        ("hostname", "www.a.example", {"kind": "Domain", "domain": "www.a.example"}),
        ("hostname|port", "www.a.example|443", {"kind": "Domain", "domain": "www.a.example"}),
        ("ip-src", "198.51.100.7", {"kind": "Host", "ip": "198.51.100.7"}),
        ("ip-dst|port", "2001:db8::1|443", {"kind": "Host", "ip": "2001:db8::1"}),
        ("domain|ip", "a.example|198.51.100.7", {"kind": "Resolution", "domain": "a.example", "ip": "198.51.100.7"}),
        ("sha256", SHA256, {"kind": "ContentItem", "id": f"sha256:{SHA256}", "sha256": SHA256}),
        (
            "filename|sha256",
            f"a|b.exe|{SHA256}",
            {"kind": "ContentItem", "id": f"sha256:{SHA256}", "sha256": SHA256, "name": "a|b.exe"},
        ),
        ("threat-actor", "Gull", {"kind": "Organization", "id": "misp:a1", "name": "Gull", "org_type": "threat actor"}),
        ("campaign-name", "Tide", {"kind": "Incident", "id": "misp:a1", "name": "Tide", "incident_type": "campaign"}),
        ("target-location", "Freedonia", {"kind": "Place", "id": "misp:a1", "name": "Freedonia"}),
        ("target-org", "Port", {"kind": "Organization", "id": "misp:a1", "name": "Port"}),
        ("full-name", "Jo Vance", {"kind": "Person", "id": "misp:a1", "name": "Jo Vance"}),
        (
            "whois-registrar",
            "Names, Ltd.",
            {"kind": "Organization", "id": "registrar:names-ltd", "name": "Names, Ltd."},
        ),
    ],
)
def test_an_attribute_is_the_thing_that_its_type_says(type_, value, record):
    found = taken(event(attribute(type_, value)))
    assert made(found) == [record]
    assert (found.rejects, found.lost) == ([], {})


@pytest.mark.parametrize(
    ("type_", "value", "id_"),
    [
        ("url", "http://a.example/x", "url:http://a.example/x"),
        ("email-src", "Jo@A.example", "email:jo@a.example"),
        ("email-dst", "jo@a.example", "email:jo@a.example"),
        ("whois-registrant-email", "jo@a.example", "email:jo@a.example"),
        ("phone-number", "+1 (202) 555-0100", "phone:+12025550100"),
        ("whois-registrant-phone", "+12025550100", "phone:+12025550100"),
        ("whois-registrant-name", "Jo  VANCE", "registrant-name:jo vance"),
        ("whois-registrant-org", "Vance Ltd.", "registrant-org:vance ltd."),
        ("x509-fingerprint-sha1", "AA:bb", "cert:AA:bb"),
        ("md5", MD5.upper(), f"file:{MD5}"),
        ("filename|md5", f"x.exe|{MD5}", f"file:{MD5}"),
        ("malware-sample", f"x.exe|{MD5}", f"file:{MD5}"),
        ("ssdeep", "3:aB:cD", "ssdeep:3:aB:cD"),
        ("AS", "AS64500", "as:64500"),
        ("github-username", "gull", "handle:github:gull"),
        ("twitter-id", "gull", "handle:twitter:gull"),
        ("jabber-id", "gull@jabber.example", "handle:jabber:gull@jabber.example"),
        ("favicon-mmh3", "-12", "favicon:-12"),
        ("btc", "1Gull", "btc:1Gull"),
        ("named pipe", r"\\.\pipe\gull", r"named-pipe:\\.\pipe\gull"),
        ("regkey|value", r"HKLM\Run|a|b", r"regkey:HKLM\Run"),
        ("mutex", "gull", "mutex:gull"),
        ("filename", "gull.exe", "filename:gull.exe"),
    ],
)
def test_a_value_that_can_be_shared_is_an_identifier(type_, value, id_):
    found = taken(event(attribute(type_, value)))
    (record,) = made(found)
    assert (record["kind"], record["id"]) == ("Identifier", id_)
    assert (found.rejects, found.lost) == ([], {})


def test_the_same_value_is_the_same_thing_as_in_a_native_record():
    native = [
        {
            "kind": "Registration",
            "domain": "a.example",
            "registrant_email": "jo@a.example",
            "registrant_name": "Jo Vance",
            "registrant_phone": "+12025550100",
            "registrant_org": "Vance",
            "registrar": "Names Ltd",
            "source": "s",
        },
        {"kind": "Certificate", "domain": "a.example", "fingerprint": "aa", "source": "s"},
        {"kind": "Source", "id": "s", "name": "S"},
    ]
    misp = event(
        attribute("whois-registrant-email", "jo@a.example"),
        attribute("whois-registrant-name", "Jo Vance"),
        attribute("whois-registrant-phone", "+12025550100"),
        attribute("whois-registrant-org", "Vance"),
        attribute("whois-registrar", "Names Ltd"),
        attribute("x509-fingerprint-sha1", "aa"),
    )
    theirs = {record["id"] for record in made(taken(misp))}
    claims = taken(*native).batch.claims
    ours = {*claims["subject"], *claims.filter(claims["object_kind"].is_not_null())["value"]}
    assert theirs <= ours


def test_notes_say_what_the_thing_has_no_field_for():
    def note(type_, value):
        return next(data for data in taken(event(attribute(type_, value))).records[2:]).data.get("note")

    assert note("ip-dst|port", "198.51.100.7|443") == "Port 443."
    assert note("filename|md5", f"x.exe|{MD5}") == "File name: x.exe."
    assert note("regkey|value", r"HKLM\Run|x") == "Value x."
    assert note("domain", "a.example") is None


def test_two_attributes_with_one_name_are_two_things():
    given = event(
        attribute("threat-actor", "Gull", "a1"), attribute("threat-actor", "Gull", "a2", category="Attribution")
    )
    assert [record["id"] for record in made(taken(given))] == ["misp:a1", "misp:a2"]


def test_an_address_that_no_id_can_hold_is_taken_all_the_same():
    long = "http://a.example/" + "x" * 3000
    found = taken(event(attribute("url", long), attribute("email-subject", "two\nlines")))
    assert found.rejects == []
    address, subject = made(found)
    assert (address["value"], subject["value"]) == (long, "two\nlines")
    assert len(address["id"]) < 50


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (attribute("domain", "no domain!"), "domain: is not a domain name"),
        (attribute("ip-dst", "1.2.3"), "ip: is not an IP address or range"),
        (attribute("email-src", "nobody"), "email-src: is not an e-mail address; write it like name@example.com"),
        (attribute("domain|ip", "a.example"), "domain|ip: 'a.example' is no pair; write domain|ip"),
        (attribute("domain", ""), "has no value; write it as text"),
        (attribute("domain", ["a.example"]), "has no value; write it as text"),
        (attribute(None, "x"), "has no type; say what its value is, such as domain"),
        (attribute("domain", "a.example", timestamp="soon"), "said_at: 'soon' is not an EDTF date"),
        (attribute("domain", "a.example", timestamp=10**11), "said_at: '100000000000' is not an EDTF date"),
        (attribute("domain", "a.example", first_seen="2025-01-01", last_seen="2024-01-01"), "valid_to"),
        (attribute("domain", "a.example", comment={"a": 1}), "note: must be text"),
        (5, 'is no JSON object; write {"type": …, "value": …}'),
    ],
)
def test_an_attribute_that_does_not_stand_is_rejected_with_its_place_and_the_rest_is_taken(given, words):
    found = taken(event(given, attribute("domain", "b.example")))
    (reject,) = found.rejects
    assert reject.startswith(f"a.json:[1].Attribute[1]: {words}")
    assert "domain:b.example" in set(found.batch.claims["subject"])


def test_what_is_not_taken_is_counted_by_its_type():
    given = event(
        attribute("comment", "long words"),
        attribute("text", "x"),
        attribute("text", "y"),
        attribute("cc-number", "4111"),
        attribute("attachment", "a.pdf", data="UEsDB"),
        attribute("malware-sample", f"x|{MD5}", data="UEsDB"),
        attribute("domain", "a.example", distribution="0", odd="x"),
        ShadowAttribute=[{"a": 1}],
    )
    found = taken(given)
    assert found.lost == {
        "ShadowAttribute": 1,
        "attached files, which are never taken": 2,
        "attributes of type attachment": 1,
        "attributes of type cc-number": 1,
        "attributes of type comment": 1,
        "attributes of type text": 2,
        "distribution": 1,
        "odd": 1,
    }
    everything = json.dumps([record.data for record in found.records])
    assert not any(word in everything for word in ("UEsDB", "4111", "long words"))


def test_what_is_refused_is_counted_and_its_value_is_nowhere():
    given = event(
        attribute("nationality", "Freedonian"),
        attribute("passport-number", "X99"),
        attribute("gender", "Female"),
        attribute("gender", "Male"),
        attribute("domain", "a.example", Tag=tags('people:religion="quiet"')),
        objects=[object_("person", ("full-name", "full-name", "Jo Vance"), ("dni", "text", "1234Z"))],
        Tag=tags('country:ethnicity="some"'),
    )
    found = taken(given)
    names = ["country:ethnicity", "dni", "gender", "nationality", "passport-number", "people:religion"]
    assert (found.batch.refused_fields, found.batch.refused_names) == (7, names)
    kept = found.batch.claims.write_json() + str(found.batch.registers) + str(found.lost)
    assert not any(word in kept for word in ("Freedonian", "X99", "Female", "Male", "quiet", "1234Z", '"some"'))
    assert found.rejects == []


@pytest.mark.parametrize("more", [{}, {"Orgc": None}])
def test_what_is_refused_is_counted_with_or_without_a_maker(more):
    found = taken(event(attribute("nationality", "Freedonian"), **more))
    assert (found.batch.refused_fields, found.rejects) == (1, [])


def test_a_deleted_attribute_is_left_out_and_counted():
    given = event(attribute("domain", "a.example", deleted=True), attribute("domain", "b.example", deleted="1"))
    found = taken(given)
    assert (made(found), found.lost) == ([], {"deleted attributes": 2})


def test_a_deleted_attribute_takes_back_what_the_store_has():
    given = event(attribute("domain", "A.example", deleted=True), attribute("domain", "b.example", deleted=True))
    found = taken(given, known={"domain:a.example": "Domain"})
    assert found.claim("domain:a.example", "domain")["stance"] == "retracts"
    assert found.lost == {"deleted attributes": 1}


def test_all_of_a_deleted_object_is_deleted():
    given = event(objects=[object_("whois", ("domain", "domain", "a.example"), deleted=True)])
    found = taken(given)
    assert (made(found), found.lost) == ([], {"deleted attributes": 1})
