import pytest

from tests.importing import taken
from tests.misp import MD5, ORG, SHA256, event, made, object_


def test_a_whois_object_is_a_registration():
    given = object_(
        "whois",
        ("domain", "domain", "a.example"),
        ("registrar", "whois-registrar", "Names Ltd"),
        ("registrant-name", "whois-registrant-name", "Jo Vance"),
        ("registrant-email", "whois-registrant-email", "jo@a.example"),
        ("registrant-org", "whois-registrant-org", "Vance"),
        ("registrant-phone", "whois-registrant-phone", "+12025550100"),
        ("nameserver", "hostname", "ns1.a.example"),
        ("nameserver", "hostname", "ns2.a.example"),
        ("creation-date", "datetime", "2024-01-02T03:04:05+0000"),
        ("expiration-date", "datetime", "2025-01-02T03:04:05Z"),
        ("modification-date", "datetime", "2024-02-02"),
        ("text", "text", "Domain Name: A.EXAMPLE"),
    )
    found = taken(event(objects=[given]))
    assert made(found, "Registration") == [
        {
            "kind": "Registration",
            "domain": "a.example",
            "registrar": "Names Ltd",
            "registrant_name": "Jo Vance",
            "registrant_email": "jo@a.example",
            "registrant_org": "Vance",
            "registrant_phone": "+12025550100",
            "nameservers": ["ns1.a.example", "ns2.a.example"],
            "created": "2024-01-02",
            "expires": "2025-01-02",
        }
    ]
    assert found.of("Registration")[0]["note"] == "Changed: 2024-02-02."
    assert (found.rejects, found.lost) == ([], {"whois: text": 1})


def test_a_whois_object_without_a_domain_is_its_single_attributes():
    found = taken(event(objects=[object_("whois", ("registrant-email", "whois-registrant-email", "jo@a.example"))]))
    assert [record["id"] for record in made(found)] == ["email:jo@a.example"]


def test_a_domain_ip_object_is_a_resolution_each():
    given = object_(
        "domain-ip",
        ("domain", "domain", "a.example"),
        ("ip", "ip-dst", "198.51.100.7"),
        ("ip", "ip-dst", "198.51.100.8"),
        ("first-seen", "datetime", "2024-01-02T03:04:05Z"),
        ("last-seen", "datetime", "2024-02-02"),
        ("port", "port", "443"),
        ("registration-date", "datetime", "2023-12-31"),
    )
    found = taken(event(objects=[given]))
    rows = found.of("Resolution")
    assert [(row["domain"], row["ip"]) for row in rows] == [
        ("a.example", "198.51.100.7"),
        ("a.example", "198.51.100.8"),
    ]
    assert {(row["valid_from"], row["valid_to"], row["note"]) for row in rows} == {
        ("2024-01-02", "2024-02-02", "Port 443.")
    }
    assert made(found, "Registration") == [{"kind": "Registration", "domain": "a.example", "created": "2023-12-31"}]
    assert (found.rejects, found.lost) == ([], {})


def test_a_domain_ip_object_of_several_names_and_addresses_says_no_pairs():
    parts = [("domain", "domain", name) for name in ("a.example", "b.example")]
    parts += [("ip", "ip-dst", ip) for ip in ("198.51.100.7", "198.51.100.8")]
    found = taken(event(objects=[object_("domain-ip", *parts)]))
    assert found.of("Resolution") == []
    assert [record["kind"] for record in made(found)] == ["Domain", "Domain", "Host", "Host"]
    assert list(found.lost) == ["objects domain-ip that do not say which address belongs to which name"]


@pytest.mark.parametrize(
    ("type_", "data", "records"),
    [
        ("A", "198.51.100.7", [{"kind": "Resolution", "domain": "a.example", "ip": "198.51.100.7"}]),
        ("AAAA", "2001:db8::1", [{"kind": "Resolution", "domain": "a.example", "ip": "2001:db8::1"}]),
        ("NS", "ns1.b.example.", [{"kind": "Nameserver", "domain": "a.example", "nameserver": "ns1.b.example."}]),
        (
            "CNAME",
            "b.example",
            [{"kind": "RELATED_TO", "from": "domain:a.example", "to": "domain:b.example", "relationship": "CNAME"}],
        ),
        (
            "MX",
            "10 mx.b.example.",
            [{"kind": "RELATED_TO", "from": "domain:a.example", "to": "domain:mx.b.example", "relationship": "MX"}],
        ),
    ],
)
def test_a_passive_dns_object_is_read_by_its_record_type(type_, data, records):
    parts = [
        ("rrname", "text", "a.example"),
        ("rrtype", "text", type_),
        ("rdata", "text", data),
        ("count", "counter", "12"),
    ]
    parts += [("time_first", "datetime", "2024-01-02T03:04:05"), ("time_last", "datetime", "1709553600")]
    found = taken(event(objects=[object_("passive-dns", *parts)]))
    seen = {"valid_from": "2024-01-02", "valid_to": "2024-03-04"}
    assert made(found, "Resolution", "Nameserver", "RELATED_TO") == [record | seen for record in records]
    assert (found.rejects, found.lost) == ([], {})


def test_a_passive_dns_object_of_another_type_is_counted():
    found = taken(event(objects=[object_("passive-dns", ("rrname", "text", "a.example"), ("rrtype", "text", "SOA"))]))
    assert "objects passive-dns of type SOA" in found.lost
    assert made(found) == []


@pytest.mark.parametrize(
    ("name", "parts", "words"),
    [
        ("passive-dns", ("rrname", "rdata"), "objects passive-dns of several names"),
        ("whois", ("domain", "nameserver"), "objects whois of over 10,000 pairs of a domain and a name server"),
    ],
)
def test_an_object_with_thousands_of_values_makes_no_millions_of_records(name, parts, words):
    values = [(part, "hostname", f"n{number}.example") for part in parts for number in range(3000)]
    found = taken(event(objects=[object_(name, ("rrtype", "text", "NS"), *values)]))
    assert len(found.records) == 6002
    assert found.lost[words] == 1


def test_the_fingerprints_of_an_x509_object_are_one_certificate():
    given = object_(
        "x509",
        ("x509-fingerprint-sha1", "x509-fingerprint-sha1", "bb"),
        ("issuer", "text", "CN=CA"),
        ("x509-fingerprint-sha256", "x509-fingerprint-sha256", "aa"),
        ("dns_names", "hostname", "a.example"),
        ("email", "email-dst", "jo@a.example"),
        ("pem", "text", "----"),
    )
    found = taken(event(objects=[given]))
    assert made(found, "ALIAS_OF") == [{"kind": "ALIAS_OF", "from": "cert:bb", "to": "cert:aa"}]
    links = {(row["from"], row["relationship"], row["to"]) for row in found.of("RELATED_TO")}
    assert links == {("cert:aa", "dns_names", "domain:a.example"), ("cert:aa", "email", "email:jo@a.example")}
    assert [row["note"] for row in found.of("Identifier") if "Issuer" in row["note"]] == ["Issuer: CN=CA."]
    assert (found.rejects, found.lost) == ([], {"x509: pem": 1})


def test_a_person_object_is_a_person_and_accuses_nobody():
    given = object_(
        "person",
        ("first-name", "first-name", "Jo"),
        ("last-name", "last-name", "Vance"),
        ("alias", "text", "Gull"),
        ("function", "text", "diver"),
        ("role", "text", "Suspect"),
        ("role", "text", "Witness"),
        ("e-mail", "email-src", "jo@a.example"),
        ("handle", "text", "jo"),
        ("instant-messaging-used", "text", "Signal"),
        ("address", "text", "1 Quay"),
        ("date-of-birth", "date-of-birth", "1990-01-01"),
        ("portrait", "attachment", "x.jpg"),
    )
    found = taken(event(objects=[given]))
    assert made(found, "Person") == [
        {"kind": "Person", "id": "misp:o1", "name": ["Jo Vance"], "position": ["diver"], "protected": "witness"},
        {"kind": "Person", "id": "misp:o1", "name": ["Gull"], "stance": "reports"},
    ]
    assert {(row["to"], row["claimant"]) for row in found.of("USES")} == {
        ("email:jo@a.example", ORG),
        ("handle:signal:jo", ORG),
    }
    assert found.rejects == []
    assert found.lost == {"role": 1, "person: address": 1, "person: date-of-birth": 1, "person: portrait": 1}
    assert "Suspect" not in str(found.batch.claims.rows())


def test_what_is_said_of_a_person_needs_somebody_who_says_it():
    given = object_("person", ("full-name", "full-name", "Jo Vance"), ("e-mail", "email-src", "jo@a.example"))
    (reject,) = taken(event(objects=[given], Orgc=None)).rejects
    assert reject == "a.json:[1].Object[1]: claimant: is missing; USES is an allegation and must say who makes it"


def test_an_organization_object_is_an_organization():
    given = object_(
        "organization",
        ("name", "text", "Port"),
        ("alias", "text", "Quay"),
        ("type-of-organization", "text", "company"),
        ("sector", "text", "transportation"),
        ("description", "text", "Ships."),
        ("registration-number", "text", "R1"),
        ("phone-number", "phone-number", "+12025550100"),
        ("VAT", "text", "V1"),
    )
    found = taken(event(objects=[given]))
    assert made(found, "Organization") == [
        {
            "kind": "Organization",
            "id": "misp:o1",
            "name": ["Port"],
            "org_type": ["company", "transportation"],
            "statement": ["Ships."],
            "external_id": ["R1"],
        },
        {"kind": "Organization", "id": "misp:o1", "name": ["Quay"], "stance": "reports"},
    ]
    assert [row["to"] for row in found.of("USES")] == ["phone:+12025550100"]
    assert (found.rejects, found.lost) == ([], {"organization: VAT": 1})


def test_another_object_is_its_single_attributes():
    given = object_(
        "file",
        ("md5", "md5", MD5),
        ("sha256", "sha256", SHA256),
        ("size-in-bytes", "size-in-bytes", "9"),
        comment="Dropped.",
    )
    found = taken(event(objects=[given]))
    assert [record["id"] for record in made(found)] == [f"file:{MD5}", f"sha256:{SHA256}"]
    assert found.of("Identifier")[0]["note"] == "Part of an object file, as md5. Dropped."
    assert found.lost == {"file: size-in-bytes": 1}
